// biome-ignore-all assist/source/organizeImports: the order is that of the protocol
import type { EventMetadata, EventType, ReportedAct, VisitEvent } from '../messages/index.ts';
import { photoChannels } from '../visit/inspection.ts';
import { mismatchKinds } from '../visit/materials.ts';
import type {
  DecisionTree,
  Decisions,
  Holder,
  KeptField,
  Purpose,
  ReasonKept,
  Reader,
  SealedField,
} from './decision.ts';

const staff = ['contact-center', 'auditor'] as const;
const everyone = ['provider', 'contact-center', 'client', 'auditor'] as const;

const sealed = (of: readonly Holder[], purpose: Purpose, seenBy: readonly Reader[] = everyone): SealedField => ({
  of,
  purpose,
  seenBy,
  stored: 'text-token',
});
const keep = (kept: ReasonKept): KeptField => ({ kept });

const hostId = keep('identifier-of-the-host');
const staffId = keep('identifier-of-staff');
const messageId = keep('identifier-of-a-message');
const time = keep('time');
const word = keep('word-of-the-protocol');
const proof = keep('proof');

const work = sealed(['client'], 'serve');
const told = sealed(['client'], 'communicate');
const remark = sealed(['client'], 'prove');
const clientName = sealed(['client'], 'identify');
const providerName = sealed(['provider'], 'identify');
const place = sealed(['client'], 'locate');

const onlyWords = (field: SealedField, words: readonly string[]): SealedField => ({ ...field, words });

/** The author and the recorder of an act: ids of staff, and the client's own, which may be a telephone number. */
const person = { id: { ...sealed(['client'], 'identify'), words: ['client'], role: 'client' } } as const;
const contact = { at: time, reference: sealed(['client'], 'prove', staff), operatorId: staffId } as const;
const provider = { id: staffId, name: providerName } as const;
const client = { name: clientName } as const;
const material = { item: work, unit: work, kind: work, quality: work } as const;

/** The fields that every event has. */
const common = { visitId: hostId, at: time, by: person, recordedBy: person } as const;

const position: SealedField = { ...sealed(['client', 'recorder'], 'prove', staff), stored: 'nothing' };
const unstored = (seenBy: readonly Reader[] = staff): SealedField => ({
  ...sealed(['recorder'], 'supervise', seenBy),
  stored: 'nothing',
});

/** The metadata that a command brings, on its event or in the report of its act. */
const ofDevice = {
  despite: { ...sealed(['client', 'recorder'], 'supervise', staff), stored: 'nothing' },
  device: unstored(),
  enteredAt: unstored(),
  signature: unstored(['contact-center', 'client', 'auditor']),
} as const;

type DataDecisions = { readonly [E in VisitEvent as E['type']]: Decisions<E['data']> };

const recordable: Omit<DataDecisions, 'DiscrepancyReported'> = {
  VisitAssigned: {
    ...common,
    caseNumber: sealed(['client'], 'prove'),
    client,
    provider,
    service: work,
    instructions: told,
    place,
    arriveBy: time,
    requiredShots: work,
    edition: proof,
    policyId: keep('word-of-the-policy'),
  },
  AssignmentAmended: {
    ...common,
    caseNumber: sealed(['client'], 'prove'),
    client,
    service: work,
    instructions: told,
    place,
    arriveBy: time,
    requiredShots: work,
  },
  TransitIssueReported: { ...common, expectedArrival: time, detail: sealed(['recorder'], 'communicate') },
  TransitIssueAcknowledged: common,
  ClientNotified: { ...common, channel: onlyWords(told, photoChannels) },
  ProviderReassigned: { ...common, provider, arriveBy: time },
  ProviderArrived: { ...common, position },
  CredentialShown: { ...common, credentialId: sealed(['recorder'], 'identify') },
  ClientAbsenceReported: { ...common, call: contact },
  ClientReturned: common,
  InstructionGiven: {
    ...common,
    text: sealed(['client', 'representative'], 'communicate'),
    representative: { name: sealed(['representative'], 'identify') },
  },
  IdentityValidated: common,
  IdentityRejected: { ...common, call: contact },
  ServiceAnnounced: { ...common, service: work },
  FaultLocated: { ...common, where: place },
  AreaInspected: common,
  PhotosTaken: {
    ...common,
    photos: {
      photoId: hostId,
      sha256: { ...sealed(['client'], 'prove'), stored: 'hash-token' },
      takenAt: time,
      mediaType: onlyWords(remark, [
        'image/jpeg',
        'image/png',
        'image/webp',
        'image/avif',
        'image/heic',
        'image/heif',
        'image/gif',
      ]),
      shot: work,
    },
  },
  PhotosSubmitted: {
    ...common,
    photoIds: hostId,
    channel: onlyWords(told, photoChannels),
    appUnavailableReason: sealed(['recorder'], 'communicate'),
  },
  PhotosDocumented: { ...common, photoIds: hostId },
  ServiceAssessed: { ...common, diagnosis: work },
  WorkExplained: { ...common, method: work, materials: material },
  MaterialsSupplied: { ...common, items: { item: work, unit: work } },
  MaterialsAccepted: common,
  MaterialsRejected: {
    ...common,
    mismatches: { item: work, reasons: onlyWords(work, mismatchKinds), note: work },
  },
  MaterialsChangeRefused: { ...common, reason: remark, call: contact },
  MaterialsCoordinated: common,
  ExtraMaterialsRequested: { ...common, materials: material },
  ToolsShown: { ...common, tools: remark },
  AreaCleared: { ...common, moved: remark },
  StartReported: { ...common, call: contact },
  StartDocumented: { ...common, reference: sealed(['client'], 'prove', staff) },
  WorkStarted: common,
  Paused: { ...common, notice: contact, returnExpected: time },
  Resumed: { ...common, notice: contact },
  QualityTested: { ...common, tests: { name: work } },
  ClientConformed: common,
  ClientObjected: { ...common, what: remark },
  SiteHandedOver: { ...common, detail: remark },
  BelongingsShown: { ...common, items: remark, disputed: remark },
  CompletionReported: { ...common, caseNumber: sealed(['client'], 'prove'), call: contact },
  FarewellGiven: common,
  Completed: common,
  VisitClosed: { ...common, reason: told },
  ClientImpactEscalated: { ...common, what: remark, noticedAt: time },
  ConductBreachReported: { ...common, detail: sealed(['client'], 'supervise', staff) },
  OffContractRequestDeclined: { ...common, detail: remark },
  OffContractActPerformed: {
    ...common,
    activity: onlyWords(remark, ['material-purchase', 'other', 'policy']),
    detail: remark,
  },
  ActAnnulled: { ...common, recorded: time, reason: remark },
  TimeCorrected: { ...common, recorded: time, corrected: time, reason: remark },
  DiscrepancySettled: { ...common, discrepancyId: messageId, text: remark },
  FactsAttested: { ...common, facts: { recorded: time, what: remark } },
};

type OfAct = Decisions<Omit<ReportedAct, 'data'>>;

/** The fields of a reported act, beside the data of its type. */
const reportedAct: OfAct = {
  commandId: messageId,
  violations: { rule: word, clause: word },
  ...ofDevice,
};

/** The decision on each field of the data of each event; the acts of a report have those of their own types besides. */
export const dataDecisions: Readonly<Record<EventType, DecisionTree>> = {
  ...recordable,
  DiscrepancyReported: { ...common, discrepancyId: messageId, acts: reportedAct },
} as unknown as Readonly<Record<EventType, DecisionTree>>;

type Named = { [Key in keyof EventMetadata as string extends Key ? never : Key]: EventMetadata[Key] };

const metadata: Decisions<Named> & DecisionTree = {
  eventId: messageId,
  commandId: messageId,
  commandHash: proof,
  recordedAt: time,
  previousHash: proof,
  hash: proof,
  ...ofDevice,
  recorder: person,
  source: unstored(),
};

/** The decision on each field of the metadata of an event. */
export const metadataDecisions: DecisionTree = metadata;
