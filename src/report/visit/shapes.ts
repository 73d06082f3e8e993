import type { EventType, VisitEvent } from '../../messages/index.ts';
import type { Codes, Common } from '../words/acts.ts';

/** The rendering of a datum of an act. */
export type Kind =
  | keyof Codes
  | 'text'
  | 'hash'
  | 'texts'
  | 'moved'
  | 'flag'
  | 'moment'
  | 'person'
  | 'contact'
  | 'position'
  | 'photos'
  | 'materials'
  | 'tests'
  | 'mismatches'
  | 'rules';

type DataOf<T extends EventType> = Extract<VisitEvent, { readonly type: T }>['data'];

type Shape<T extends EventType> = { readonly [Field in Exclude<keyof DataOf<T>, Common>]-?: Kind };

const nothing = {};

/** The data of each act apart from its time and its author, in the order of the report. */
export const shapes: { readonly [T in EventType]: Shape<T> } = {
  VisitAssigned: {
    caseNumber: 'text',
    service: 'text',
    client: 'person',
    provider: 'person',
    place: 'text',
    arriveBy: 'moment',
    instructions: 'text',
    requiredShots: 'texts',
    policyId: 'text',
    edition: 'hash',
  },
  AssignmentAmended: {
    service: 'text',
    client: 'person',
    place: 'text',
    arriveBy: 'moment',
    instructions: 'text',
    requiredShots: 'texts',
  },
  TransitIssueReported: {
    issue: 'issue',
    detail: 'text',
    resolvable: 'flag',
    exceedsResponseTime: 'flag',
    expectedArrival: 'moment',
  },
  TransitIssueAcknowledged: nothing,
  ClientNotified: { about: 'notification', reached: 'flag', channel: 'text' },
  ProviderReassigned: { provider: 'person', arriveBy: 'moment' },
  ProviderArrived: { position: 'position' },
  CredentialShown: { credentialId: 'text' },
  ClientAbsenceReported: { call: 'contact' },
  ClientReturned: nothing,
  InstructionGiven: { about: 'topic', decision: 'decision', text: 'text', representative: 'person', waives: 'rules' },
  IdentityValidated: { person: 'identified', fullNameGiven: 'flag', documentShown: 'flag', documentKind: 'document' },
  IdentityRejected: { reason: 'rejection', call: 'contact' },
  ServiceAnnounced: { service: 'text' },
  FaultLocated: { where: 'text' },
  AreaInspected: { clientPresent: 'flag', clientConsented: 'flag' },
  PhotosTaken: { photos: 'photos' },
  PhotosSubmitted: { photoIds: 'texts', channel: 'channel', appUnavailableReason: 'text' },
  PhotosDocumented: { photoIds: 'texts' },
  ServiceAssessed: { diagnosis: 'text' },
  WorkExplained: { method: 'text', materials: 'materials' },
  MaterialsSupplied: { suppliedBy: 'supplier', items: 'materials' },
  MaterialsAccepted: nothing,
  MaterialsRejected: { mismatches: 'mismatches' },
  MaterialsChangeRefused: { reason: 'text', call: 'contact' },
  MaterialsCoordinated: { outcome: 'agreed' },
  ExtraMaterialsRequested: { materials: 'materials' },
  ToolsShown: { tools: 'texts' },
  AreaCleared: { moved: 'moved' },
  StartReported: { call: 'contact' },
  StartDocumented: { reference: 'text' },
  WorkStarted: nothing,
  Paused: { kind: 'pause', notice: 'contact', returnExpected: 'moment' },
  Resumed: { kind: 'pause', notice: 'contact' },
  QualityTested: { tests: 'tests', withClient: 'flag', passed: 'flag' },
  ClientConformed: nothing,
  ClientObjected: { what: 'text' },
  SiteHandedOver: { structuralConditionPreserved: 'flag', tidy: 'flag', detail: 'text' },
  BelongingsShown: { items: 'texts', clientConfirmed: 'flag', disputed: 'texts' },
  CompletionReported: { caseNumber: 'text', call: 'contact' },
  FarewellGiven: nothing,
  Completed: nothing,
  VisitClosed: { outcome: 'ending', reason: 'text' },
  ClientImpactEscalated: { what: 'text', noticedAt: 'moment' },
  ConductBreachReported: { kind: 'breach', detail: 'text' },
  OffContractRequestDeclined: { activity: 'activity', detail: 'text' },
  OffContractActPerformed: { activity: 'activity', detail: 'text' },
};
