import type {
  AttestedFact,
  CommandOf,
  CommandType,
  Contact,
  FactWord,
  ReportedAct,
  Role,
  VisitCommand,
  WaivableRule,
} from '../../src/messages/index.ts';
import type { ModelCommand, ModelWord } from './itf.ts';

/** The data of an act in addition to `visitId` and `at`, which every act has. */
type Said<T extends CommandType> = Omit<CommandOf<T>['data'], 'visitId' | 'at'>;

const sha256 = 'ab'.repeat(32);

/** A field that is there or not, never `undefined`. */
function optional<K extends string, V>(key: K, value: V | undefined): { readonly [k in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [k in K]: V });
}

/** A datum of which the model says "yes", "no" or nothing at all. */
const said = <K extends string>(key: K, word: string) => optional(key, word === '' ? undefined : word === 'yes');

const text = <K extends string>(key: K, word: string) => optional(key, word === '' ? undefined : word);

const contact = (c: ModelCommand, at: string): Contact | undefined =>
  c.contact ? { at, reference: 'call', operatorId: 'op' } : undefined;

const call = (c: ModelCommand, at: string) => optional('call', contact(c, at));

const notice = (c: ModelCommand, at: string) => optional('notice', contact(c, at));

const nothing = () => ({});

/** The one material of the model. */
const materials = (count: number) => (count > 0 ? [{ item: 'Tubo', quantity: count, unit: 'm' }] : []);

const changes: { readonly [kind: string]: Said<'AmendAssignment'> } = {
  '': {},
  client: { client: { name: 'Ana Mora', title: 'doña' } },
  instructions: { instructions: 'Ring twice' },
  arriveBy: { arriveBy: '2026-03-09T20:00:00.000Z' },
  'service-a': { service: 'a' },
  'service-b': { service: 'b' },
  'place-x': { place: 'x' },
  'place-y': { place: 'y' },
  'shots-none': { requiredShots: [] },
  'shots-front': { requiredShots: ['front'] },
  'service-b-and-place-y': { service: 'b', place: 'y' },
  'case-number': { caseNumber: 'case2' },
};

const mismatches: { readonly [kind: string]: Said<'RejectMaterials'> } = {
  good: { mismatches: [{ item: 'Tubo', reasons: ['quantity', 'quality'] }] },
  two: {
    mismatches: [
      { item: 'Tubo', reasons: ['kind'] },
      { item: 'Codo', reasons: ['quality'], note: 'cracked' },
    ],
  },
  absent: {},
  empty: { mismatches: [] },
  'no-reasons': { mismatches: [{ item: 'Tubo', reasons: [] }] },
  'bad-reason': { mismatches: [{ item: 'Tubo', reasons: ['kind', 'colour'] }] },
  'one-bad': { mismatches: [{ item: 'Tubo', reasons: ['kind'] }, { item: 'Codo' }] },
};

const provider = (id: string) => ({ id, name: `Provider ${id}` });

const photo = (photoId: string, takenAt: string) => ({
  photoId,
  sha256,
  takenAt,
  ...optional('shot', photoId === 'f1' ? 'front' : undefined),
});

const arriveBy = '2026-03-09T18:00:00.000Z';

/** Narrows a word of the model to the words of a message; that they are the same words is what the parser checks. */
const word = <T extends string>(value: string) => value as T;

/** A word of the model, or its last one on a fact and time, as a command and the state have it. */
export function wordOf({ fact, recorded, agrees, what }: ModelWord): FactWord {
  return { fact: word<AttestedFact>(fact), recorded: instant(recorded), agrees, ...text('what', what) };
}

/** The acts that the model reports, in their order. */
const reportable = [
  { type: 'ToolsShown', by: { role: 'provider', id: 'p1' }, own: () => ({ tools: [] }) },
  { type: 'PhotosSubmitted', by: { role: 'provider', id: 'p1' }, own: () => ({ photoIds: ['f1'], channel: 'app' }) },
  {
    type: 'FactsAttested',
    by: { role: 'client', id: 'cl' },
    own: (at: string) => ({ facts: [{ fact: 'arrival', recorded: at, agrees: false, what: 'Nobody came' }] }),
  },
] as const;

function reported({ type, by, own }: (typeof reportable)[number], c: ModelCommand, at: string): ReportedAct {
  const said = {
    commandId: 'k',
    on: 0,
    violations: [],
    lawfulThen: false,
    ...optional('twinOf', c.first === 'yes' ? 1 : undefined),
  };
  return { type, data: { visitId: c.visit, at, ...own(at), by }, ...said } as ReportedAct;
}

const data: { readonly [T in CommandType]: (c: ModelCommand, at: string) => Said<T> } = {
  AssignVisit: (c) => ({
    caseNumber: 'case',
    client: { name: 'Ana Mora' },
    provider: provider(c.kind),
    service: 'a',
    place: 'x',
    arriveBy,
    requiredShots: c.names,
  }),
  AmendAssignment: (c) => changes[c.kind] ?? {},
  ReportTransitIssue: (c) => ({
    ...optional('issue', c.kind === '' ? undefined : word<'breakdown' | 'delay' | 'other'>(c.kind)),
    ...said('resolvable', c.first),
    ...said('exceedsResponseTime', c.second),
    ...optional('detail', c.contact ? 'a flat tyre' : undefined),
  }),
  AcknowledgeTransitIssue: nothing,
  NotifyClient: (c) => ({
    about: c.names.map((topic) => word<'delay' | 'provider-change'>(topic)),
    reached: c.first === 'yes',
  }),
  ReassignProvider: (c) => ({ provider: provider(c.kind), arriveBy }),
  RecordArrival: nothing,
  ShowCredential: nothing,
  ReportClientAbsence: call,
  RecordClientReturn: nothing,
  GiveInstruction: (c) => ({
    about: word<Said<'GiveInstruction'>['about']>(c.about),
    decision: word<Said<'GiveInstruction'>['decision']>(c.kind),
    text: 'As agreed by telephone',
    ...optional('representative', c.kind === 'proceed-with-representative' ? { name: 'Luis Mora' } : undefined),
    ...optional('waives', c.names.length === 0 ? undefined : c.names.map((rule) => word<WaivableRule>(rule))),
  }),
  ValidateIdentity: (c) => ({
    person: word<'client' | 'representative'>(c.kind),
    ...said('fullNameGiven', c.first),
    ...said('documentShown', c.second),
  }),
  RejectIdentity: (c, at) => ({ reason: 'name-mismatch', ...call(c, at) }),
  AnnounceService: (c) => ({ service: c.kind }),
  LocateFault: () => ({ where: 'the kitchen' }),
  InspectArea: (c) => said('clientPresent', c.first),
  TakePhotos: (c, at) => ({
    photos: (c.kind === 'twice' ? [...c.names, ...c.names] : c.names).map((id) => photo(id, at)),
  }),
  SubmitPhotos: (c) => ({
    photoIds: c.names,
    ...text('channel', c.kind),
    ...text('appUnavailableReason', c.first === 'yes' ? 'no signal' : ''),
  }),
  DocumentPhotos: (c) => ({ photoIds: c.names }),
  AssessService: () => ({ diagnosis: 'A leaking joint' }),
  ExplainWork: (c) => ({ method: 'A new joint', materials: materials(c.count) }),
  SupplyMaterials: (c) => ({
    ...optional('suppliedBy', c.kind === '' ? undefined : word<'client' | 'provider'>(c.kind)),
    ...optional('items', c.count < 0 ? undefined : materials(c.count)),
  }),
  AcceptMaterials: nothing,
  RejectMaterials: (c) => mismatches[c.kind] ?? {},
  ReportMaterialsRefusal: call,
  CoordinateMaterials: (c) => ({ outcome: word<Said<'CoordinateMaterials'>['outcome']>(c.kind) }),
  RequestExtraMaterials: (c) => ({ materials: materials(c.count) }),
  ShowTools: () => ({ tools: ['Llave'] }),
  ClearArea: () => ({ moved: [] }),
  ReportStart: call,
  DocumentStart: nothing,
  StartWork: nothing,
  PauseWork: (c, at) => ({ kind: word<'break' | 'second-visit'>(c.kind), ...notice(c, at) }),
  ResumeWork: (c, at) => ({ kind: word<'break' | 'second-visit'>(c.kind), ...notice(c, at) }),
  TestQuality: (c) => ({
    ...said('withClient', c.first),
    tests: [
      { name: 'no leak', passed: true },
      { name: 'pressure', passed: c.second === 'yes' },
    ],
  }),
  RecordConformity: nothing,
  RecordObjection: () => ({ what: 'It still drips' }),
  HandOverSite: (c) => said('structuralConditionPreserved', c.first),
  ShowBelongings: (c) => ({ items: ['Llave'], ...said('clientConfirmed', c.first) }),
  ReportCompletion: (c, at) => ({ ...text('caseNumber', c.kind), ...call(c, at) }),
  GiveFarewell: nothing,
  CompleteVisit: nothing,
  CloseVisit: nothing,
  EscalateClientImpact: () => ({ what: 'A wall must be opened' }),
  ReportConductBreach: () => ({ kind: 'smoking' }),
  DeclineOffContractRequest: () => ({ activity: 'other' }),
  PerformOffContractAct: (c) => ({ activity: c.kind }),
  AnnulAct: (c) => ({ act: word(c.kind), recorded: instant(c.recorded), reason: 'A mistake' }),
  CorrectTime: (c) => ({
    what: word(c.kind),
    recorded: instant(c.recorded),
    corrected: instant(c.corrected),
    reason: 'A mistake',
  }),
  ReportDiscrepancy: (c, at) => ({
    discrepancyId: c.kind,
    basedOn: 0,
    acts: reportable.filter(({ type }) => c.names.includes(type)).map((act) => reported(act, c, at)),
  }),
  SettleDiscrepancy: (c) => ({ discrepancyId: c.kind, taken: c.names.map(Number).sort(), text: 'Settled' }),
  AttestFacts: (c) => ({ facts: c.words.map(wordOf) }),
};

/** The acts of the library; the model must know them all. */
export const acts = Object.keys(data) as CommandType[];

/** The model's instants are its steps: one a minute. */
export function instant(step: number): string {
  return new Date(Date.UTC(2026, 2, 9, 14, step)).toISOString();
}

/** The command of the library that says what a command of the model says. */
export function translate(c: ModelCommand, step: number): VisitCommand {
  const say = Object.hasOwn(data, c.act) ? data[c.act as CommandType] : undefined;
  if (say === undefined) throw new Error(`the model tried ${c.act}, which is no act`);
  const at = instant(step);
  return {
    type: c.act,
    data: { visitId: c.visit, at, ...say(c, at) },
    metadata: { actor: { role: c.role as Role, id: c.who } },
  } as VisitCommand;
}
