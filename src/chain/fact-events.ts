import type { AttestedFact, EventType } from '../messages/index.ts';

/** The types of the events that make each fact. The chain reads no rules, so it has a list of its own; a test compares it. */
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
