import type { AttestedFact } from './attestation.ts';
import type { EventType } from './index.ts';

/** The events that make each fact. */
export const factEvents: Readonly<Record<AttestedFact, readonly EventType[]>> = {
  arrival: ['ProviderArrived'],
  absence: ['ClientAbsenceReported'],
  identity: ['IdentityValidated'],
  inspection: ['AreaInspected'],
  explanation: ['WorkExplained'],
  supply: ['MaterialsSupplied'],
  acceptance: ['MaterialsAccepted'],
  tools: ['ToolsShown'],
  start: ['WorkStarted'],
  tests: ['QualityTested'],
  conformity: ['ClientConformed'],
  handover: ['SiteHandedOver'],
  belongings: ['BelongingsShown'],
  end: ['Completed', 'VisitClosed'],
};
