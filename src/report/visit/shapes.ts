import type { EventType, VisitEvent } from '../../messages/index.ts';
import type { CommonField, FieldName } from '../../words/chapter.ts';
import type { Codes } from '../../words/codes.ts';
import type { Words } from '../words/en.ts';

const common: readonly string[] = ['visitId', 'at', 'by', 'recordedBy'] satisfies CommonField[];

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
  | 'rules'
  | 'reported'
  | 'words'
  | 'places';

type ValueOf<F extends FieldName, Data = VisitEvent['data']> = Data extends unknown ? Data[F & keyof Data] : never;

/** The fields that are neither plain text nor a number, with the rendering of each. */
type Asked = {
  [F in FieldName]: string extends ValueOf<F> ? never : number extends ValueOf<F> ? never : F;
}[FieldName];

/** The rendering of each datum, in the order of the report; one that is not listed is a text or a number, and comes last. */
const kinds: { readonly [F in Asked]: Kind } & { readonly [F in FieldName]?: Kind } = {
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
  issue: 'issue',
  about: 'topic',
  reached: 'flag',
  position: 'position',
  credentialId: 'text',
  decision: 'decision',
  text: 'text',
  representative: 'person',
  waives: 'rules',
  person: 'identified',
  fullNameGiven: 'flag',
  documentShown: 'flag',
  documentKind: 'document',
  where: 'text',
  clientPresent: 'flag',
  clientConsented: 'flag',
  photos: 'photos',
  photoIds: 'texts',
  channel: 'text',
  appUnavailableReason: 'text',
  diagnosis: 'text',
  method: 'text',
  materials: 'materials',
  suppliedBy: 'supplier',
  items: 'texts',
  mismatches: 'mismatches',
  outcome: 'ending',
  reason: 'text',
  call: 'contact',
  tools: 'texts',
  moved: 'moved',
  reference: 'text',
  kind: 'pause',
  notice: 'contact',
  returnExpected: 'moment',
  tests: 'tests',
  withClient: 'flag',
  passed: 'flag',
  what: 'text',
  structuralConditionPreserved: 'flag',
  tidy: 'flag',
  clientConfirmed: 'flag',
  disputed: 'texts',
  noticedAt: 'moment',
  activity: 'activity',
  detail: 'text',
  resolvable: 'flag',
  exceedsResponseTime: 'flag',
  expectedArrival: 'moment',
  act: 'annulled',
  recorded: 'moment',
  corrected: 'moment',
  discrepancyId: 'text',
  basedOn: 'text',
  acts: 'reported',
  taken: 'places',
  facts: 'words',
};

/** Data that are something else in one act. */
const exceptions: { readonly [T in EventType]?: { readonly [F in FieldName]?: Kind } } = {
  ClientNotified: { about: 'notification' },
  PhotosSubmitted: { channel: 'channel' },
  MaterialsSupplied: { items: 'materials' },
  MaterialsCoordinated: { outcome: 'agreed' },
  IdentityRejected: { reason: 'rejection' },
  ConductBreachReported: { kind: 'breach' },
  TimeCorrected: { what: 'time' },
};

/** The label of a datum of an act. */
export const labelField = ({ fields, labels }: Words, field: FieldName, kind: Kind): string =>
  kind === 'time' ? labels.time : fields[field];

const fields = Object.keys(kinds) as FieldName[];

/** The data of an act apart from its time and its author, each with its rendering, in the order of the report. */
export function listFields(type: EventType, data: object): readonly (readonly [FieldName, Kind])[] {
  const others = (Object.keys(data) as FieldName[]).filter((name) => !fields.includes(name) && !common.includes(name));
  const present = [...fields.filter((name) => Object.hasOwn(data, name)), ...others];
  return present.map((name) => [name, exceptions[type]?.[name] ?? kinds[name] ?? 'text']);
}
