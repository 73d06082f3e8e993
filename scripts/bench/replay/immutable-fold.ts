/** The same fold as users of Emmett, Castore and xstate write it: each event makes a new state with spreads. */
import type { VisitEvent } from 'auxilio';
import { change, emptyVisit, phaseOf } from './baseline.ts';
import type { Visit } from './baseline-visit.ts';

type Part =
  | 'transit'
  | 'arrival'
  | 'identity'
  | 'inspection'
  | 'photos'
  | 'materials'
  | 'work'
  | 'closing'
  | 'debts'
  | 'waivers'
  | 'formerProviders'
  | 'discrepancies'
  | 'attestations';

/** The parts of a state that an event may change besides its own fields. */
const touched: Readonly<Record<VisitEvent['type'], readonly Part[]>> = {
  VisitAssigned: [],
  AssignmentAmended: ['inspection', 'arrival'],
  TransitIssueReported: ['transit', 'debts'],
  TransitIssueAcknowledged: [],
  ClientNotified: ['transit', 'debts'],
  ProviderReassigned: ['transit', 'arrival', 'identity', 'work', 'closing', 'debts', 'formerProviders'],
  ProviderArrived: ['arrival'],
  CredentialShown: ['arrival'],
  ClientAbsenceReported: ['arrival', 'identity', 'debts'],
  ClientReturned: ['arrival', 'identity', 'debts'],
  InstructionGiven: ['transit', 'identity', 'materials', 'work', 'debts', 'waivers'],
  IdentityValidated: ['arrival', 'identity', 'debts'],
  IdentityRejected: ['identity', 'debts'],
  ServiceAnnounced: ['inspection'],
  FaultLocated: ['inspection'],
  AreaInspected: ['inspection'],
  PhotosTaken: ['photos'],
  PhotosSubmitted: ['photos', 'debts'],
  PhotosDocumented: ['photos', 'debts'],
  ServiceAssessed: ['inspection'],
  WorkExplained: ['inspection', 'materials', 'work', 'debts'],
  MaterialsSupplied: ['materials', 'debts'],
  MaterialsAccepted: ['materials', 'work'],
  MaterialsRejected: ['materials', 'debts'],
  MaterialsChangeRefused: ['materials', 'debts'],
  MaterialsCoordinated: ['materials', 'debts'],
  ExtraMaterialsRequested: ['materials', 'work', 'closing', 'debts'],
  ToolsShown: ['work'],
  AreaCleared: ['work'],
  StartReported: ['work', 'debts'],
  StartDocumented: ['debts'],
  WorkStarted: ['work'],
  Paused: ['arrival', 'work', 'closing'],
  Resumed: ['work'],
  QualityTested: ['closing'],
  ClientConformed: ['closing'],
  ClientObjected: ['closing'],
  SiteHandedOver: ['closing'],
  BelongingsShown: ['closing', 'debts'],
  CompletionReported: ['closing'],
  FarewellGiven: ['closing'],
  Completed: ['work', 'closing', 'debts'],
  VisitClosed: ['work', 'closing', 'debts'],
  ClientImpactEscalated: ['debts'],
  ConductBreachReported: [],
  OffContractRequestDeclined: [],
  OffContractActPerformed: [],
  ActAnnulled: ['arrival', 'identity', 'work', 'closing', 'debts'],
  TimeCorrected: ['arrival', 'work', 'closing'],
  DiscrepancyReported: ['debts', 'discrepancies'],
  DiscrepancySettled: ['debts', 'discrepancies'],
  FactsAttested: ['debts', 'attestations'],
};

/** The state after one event; the state before it stays as it is. */
export function evolveBySpread(visit: Visit, event: VisitEvent): Visit {
  const next = { ...visit };
  for (const part of touched[event.type]) copy(next, part, event);
  change(next, event);
  next.phase = phaseOf(next);
  return next;
}

/** The state after all events. */
export function foldBySpread(events: readonly VisitEvent[]): Visit {
  return events.reduce(evolveBySpread, emptyVisit());
}

function copy(visit: Visit, part: Part, event: VisitEvent): void {
  switch (part) {
    case 'transit':
      visit.transit = { ...visit.transit };
      return;
    case 'arrival':
      visit.arrival = { ...visit.arrival };
      return;
    case 'identity':
      visit.identity = { ...visit.identity };
      return;
    case 'inspection':
      visit.inspection = { ...visit.inspection };
      return;
    case 'photos':
      visit.photos = { ...visit.photos, byId: { ...visit.photos.byId } };
      copyPhotos(visit.photos.byId, event);
      return;
    case 'materials':
      visit.materials = { ...visit.materials };
      return;
    case 'work':
      visit.work = { ...visit.work, tools: [...visit.work.tools], intervals: copyOf(visit.work.intervals, event) };
      return;
    case 'closing':
      visit.closing = { ...visit.closing, lapsed: [...visit.closing.lapsed] };
      return;
    case 'debts':
      visit.debts = [...visit.debts];
      return;
    case 'waivers':
      visit.waivers = [...visit.waivers];
      return;
    case 'formerProviders':
      visit.formerProviders = [...visit.formerProviders];
      return;
    case 'discrepancies':
      visit.discrepancies = [...visit.discrepancies];
      return;
    case 'attestations':
      visit.attestations = [...visit.attestations];
  }
}

/** Copies the photographs of an event. */
function copyPhotos(byId: Visit['photos']['byId'], event: VisitEvent): void {
  if (event.type !== 'PhotosSubmitted' && event.type !== 'PhotosDocumented') return;
  for (const id of event.data.photoIds) {
    const photo = byId[id];
    if (photo !== undefined) byId[id] = { ...photo };
  }
}

/** Of the stretches of work only the last is ever changed, but by a correction. */
function copyOf(intervals: Visit['work']['intervals'], { type }: VisitEvent): Visit['work']['intervals'] {
  if (type === 'TimeCorrected') return intervals.map((interval) => ({ ...interval }));
  const last = intervals.at(-1);
  return last === undefined ? [] : [...intervals.slice(0, -1), { ...last }];
}
