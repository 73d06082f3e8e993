import fc from 'fast-check';
import type { CommandType } from '../../messages/index.ts';
import type { KeptMetadata } from '../../messages/kept-metadata.ts';
import type { Act } from '../../visit/act.ts';
import { attestedFacts } from '../../visit/attestation.ts';
import { defaultPolicy, initialState, waivableRules } from '../../visit/index.ts';
import { recordableActs } from '../../visit/recordable.ts';
import { actors, minute, visitId } from '../fixtures.ts';
import { decisions, topics } from '../instructions.ts';

const few = <T>(items: fc.Arbitrary<T>) => fc.array(items, { maxLength: 3 });
const some = <T>(items: fc.Arbitrary<T>) => fc.array(items, { minLength: 1, maxLength: 3 });

type Fields<T> = { [K in keyof T]: fc.Arbitrary<T[K]> };

/** Data that always have these of their fields. */
const requiring = <T extends object>(requiredKeys: NoInfer<keyof T>[], fields: Fields<T>): fc.Arbitrary<object> =>
  fc.record<T, keyof T>(fields, { requiredKeys });

const optional = <T extends object>(fields: Fields<T>) => requiring([], fields);

const instant = fc.nat(300).map((minutes) => new Date(Date.UTC(2026, 2, 17, 14, minutes)).toISOString());
const text = fc.constantFrom('a', 'constructor', '__proto__', 'ñandú 🚰', 'servicio');
const contact = requiring(['at'], { at: instant, reference: text, operatorId: fc.constant('op-1') });
const photoId = fc.constantFrom('foto-0', 'foto-1', 'constructor', 'f-9');
const item = fc.constantFrom('Tubo', ' tubo ', 'TUBO', 'Unión', 'Unión', 'constructor');
const quantity = fc.constantFrom(0.1, 0.2, 0.3, 1, 2.5, 3);
const supplied = requiring(['item', 'quantity'], { item, quantity, unit: fc.constantFrom('m', 'kg') });
const material = requiring(['item', 'quantity'], {
  item,
  quantity,
  unit: fc.constantFrom('m', 'kg'),
  kind: text,
  quality: text,
});
const person = (ids: readonly string[]) =>
  requiring(['id', 'name'], { id: fc.constantFrom(...ids), name: text, title: fc.constantFrom('don', 'doña') });
const client = requiring(['name'], { name: text, title: fc.constantFrom('don', 'doña') });
const photo = requiring(['photoId', 'sha256', 'takenAt'], {
  photoId,
  sha256: fc.constant('a'.repeat(64)),
  takenAt: instant,
  mediaType: fc.constant('image/jpeg'),
  shot: text,
});
const called = optional({ call: contact });
const provider = person(['prov-1', 'prov-2']);

/** Data of the commands with more variety than their first witness. */
const own: { readonly [T in CommandType]?: fc.Arbitrary<object> } = {
  AssignVisit: requiring(['caseNumber', 'client', 'provider', 'service', 'place', 'arriveBy'], {
    caseNumber: text,
    client,
    provider,
    service: text,
    instructions: text,
    place: text,
    arriveBy: instant,
    requiredShots: few(text),
    policyId: text,
  }),
  AmendAssignment: optional({
    caseNumber: text,
    client,
    service: text,
    instructions: text,
    place: text,
    arriveBy: instant,
    requiredShots: few(text),
  }),
  ReportTransitIssue: optional({
    issue: fc.constantFrom('breakdown', 'delay', 'other'),
    resolvable: fc.boolean(),
    exceedsResponseTime: fc.boolean(),
    expectedArrival: instant,
    detail: text,
  }),
  NotifyClient: requiring(['about', 'reached'], {
    about: some(fc.constantFrom('delay', 'provider-change')),
    reached: fc.boolean(),
    channel: text,
  }),
  ReassignProvider: fc.record({ provider, arriveBy: instant }),
  RecordArrival: optional({ position: fc.record({ latitude: fc.constant(9.9), longitude: fc.constant(-84.1) }) }),
  ShowCredential: optional({ credentialId: text }),
  ReportClientAbsence: called,
  GiveInstruction: requiring(['about', 'decision', 'text'], {
    about: fc.constantFrom(...topics),
    decision: fc.constantFrom(...decisions),
    text,
    representative: fc.record({ name: text }),
    waives: fc.subarray([...waivableRules], { maxLength: 3 }),
  }),
  ValidateIdentity: requiring(['person'], {
    person: fc.constantFrom('client', 'representative'),
    fullNameGiven: fc.boolean(),
    documentShown: fc.boolean(),
    documentKind: fc.constantFrom('cedula', 'dimex', 'nite', 'passport', 'other'),
  }),
  RejectIdentity: requiring(['reason'], {
    reason: fc.constantFrom('name-mismatch', 'no-document', 'refused', 'other'),
    call: contact,
  }),
  InspectArea: optional({ clientPresent: fc.boolean(), clientConsented: fc.boolean() }),
  TakePhotos: fc.record({ photos: few(photo) }),
  SubmitPhotos: requiring(['photoIds'], {
    photoIds: few(photoId),
    channel: fc.constantFrom('app', 'email', 'fax'),
    appUnavailableReason: text,
  }),
  DocumentPhotos: fc.record({ photoIds: few(photoId) }),
  ExplainWork: fc.record({ method: text, materials: few(material) }),
  SupplyMaterials: optional({ suppliedBy: fc.constantFrom('client', 'provider'), items: few(supplied) }),
  RejectMaterials: optional({
    mismatches: few(
      requiring(['item'], { item, reasons: few(fc.constantFrom('quantity', 'kind', 'quality', 'price')), note: text }),
    ),
  }),
  ReportMaterialsRefusal: optional({ reason: text, call: contact }),
  CoordinateMaterials: fc.record({ outcome: fc.constantFrom('client-will-supply', 'reschedule', 'cancel') }),
  RequestExtraMaterials: fc.record({ materials: few(material) }),
  ReportStart: called,
  DocumentStart: optional({ reference: text }),
  PauseWork: requiring(['kind'], {
    kind: fc.constantFrom('break', 'second-visit'),
    notice: contact,
    returnExpected: instant,
  }),
  ResumeWork: requiring(['kind'], { kind: fc.constantFrom('break', 'second-visit'), notice: contact }),
  TestQuality: requiring(['tests'], {
    withClient: fc.boolean(),
    tests: some(fc.record({ name: text, passed: fc.boolean() })),
  }),
  HandOverSite: optional({ structuralConditionPreserved: fc.boolean(), tidy: fc.boolean(), detail: text }),
  ShowBelongings: requiring(['items'], { items: few(text), clientConfirmed: fc.boolean(), disputed: few(text) }),
  ReportCompletion: optional({ caseNumber: text, call: contact }),
  CloseVisit: optional({ reason: text }),
  EscalateClientImpact: requiring(['what'], { what: text, noticedAt: instant }),
  ReportConductBreach: requiring(['kind'], {
    kind: fc.constantFrom('alcohol', 'drugs', 'smoking', 'discourtesy', 'other'),
    detail: text,
  }),
  DeclineOffContractRequest: requiring(['activity'], {
    activity: fc.constantFrom('material-purchase', 'other'),
    detail: text,
  }),
  PerformOffContractAct: requiring(['activity'], {
    activity: fc.constantFrom('material-purchase', 'other', 'jardinería'),
    detail: text,
  }),
  AttestFacts: fc.record({
    facts: fc.uniqueArray(
      requiring(['fact', 'recorded', 'agrees'], {
        fact: fc.constantFrom(...attestedFacts),
        recorded: instant,
        agrees: fc.boolean(),
        what: text,
      }),
      { minLength: 1, maxLength: 3, selector: (word) => Object.values(word).slice(0, 2).join(' ') },
    ),
  }),
};

/** Data with the fields of the first witness, each of its kind: a text, a list of texts, a number or a flag. */
function likeWitness({ witnesses }: Act): fc.Arbitrary<object> {
  const [witness = {}] = witnesses(initialState(), { at: '2026-03-17T14:00:00.000Z', policy: defaultPolicy });
  const fields = Object.entries(witness).map(([name, value]) => [name, likeValue(value)]);
  return fields.length === 0 ? fc.constant({}) : fc.record(Object.fromEntries(fields));
}

function likeValue(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return few(text);
  if (typeof value === 'number') return fc.constantFrom(value, value + 1, value + 2);
  return typeof value === 'boolean' ? fc.boolean() : text;
}

const recordableData = Object.fromEntries(
  recordableActs.map((act) => [act.command, own[act.command] ?? likeWitness(act)]),
);

const derived: { readonly [event: string]: fc.Arbitrary<object> } = {
  VisitAssigned: fc.constant({ edition: 'e'.repeat(64) }),
  QualityTested: fc.record({ passed: fc.boolean() }),
  VisitClosed: fc.record({ outcome: fc.constantFrom('cancelled', 'rescheduled') }),
};

/** The fields that an event has beyond the data of its command. */
export const makeDerived = (event: string): fc.Arbitrary<object> => derived[event] ?? fc.constant({});

const time = fc.nat(80).map(minute);
const reason = fc.constantFrom('a', 'constructor', 'ñandú 🚰');
const discrepancyId = fc.constantFrom('d-1', 'd-2', 'constructor');
const actor = fc.constantFrom(actors.provider, actors.otherProvider, actors.client);
const violation = fc.constantFrom(
  { rule: 'arrived', clause: '1.1-01' },
  { rule: 'assigned-provider', clause: '1.2-12' },
);

/** Metadata of its command that a report has with an act. */
const kept: { readonly [Field in keyof Required<KeptMetadata>]: fc.Arbitrary<unknown> } = {
  despite: fc.record({ by: reason, reason }),
  device: reason,
  enteredAt: time,
  signature: fc.constantFrom('e30..AA', 'eyJhbGciOiJFUzI1NiJ9..c2lnbmF0dXJl'),
};

/** An act as a report quotes it. */
const reportedAct: fc.Arbitrary<object> = fc.constantFrom(...recordableActs).chain(({ command, event }) =>
  fc
    .record({
      own: recordableData[command] ?? fc.constant({}),
      derived: makeDerived(event),
      at: time,
      by: actor,
      said: fc.record(
        {
          commandId: fc.constantFrom('c-1', 'c-2', 'constructor'),
          on: fc.nat(9),
          violations: fc.array(violation, { maxLength: 2 }),
          lawfulThen: fc.boolean(),
          twinOf: fc.integer({ min: 1, max: 9 }),
          ...kept,
        },
        { requiredKeys: ['commandId', 'on', 'violations', 'lawfulThen'] },
      ),
    })
    .map(({ own, derived, at, by, said }) => ({
      type: event,
      data: { visitId, at, ...own, by, ...derived },
      ...said,
    })),
);

const corrections = {
  AnnulAct: fc.record({
    act: fc.constantFrom('ProviderArrived', 'WorkStarted', 'Completed', 'VisitClosed'),
    recorded: time,
    reason,
  }),
  CorrectTime: fc.record({
    what: fc.constantFrom('arrival', 'start', 'resumption', 'interruption', 'completion-call', 'end'),
    recorded: time,
    corrected: time,
    reason,
  }),
  ReportDiscrepancy: fc.record({
    discrepancyId,
    basedOn: fc.nat(9),
    acts: fc.array(reportedAct, { minLength: 1, maxLength: 2 }),
  }),
  SettleDiscrepancy: fc.record({ discrepancyId, taken: fc.subarray([0, 1, 2]), text: reason }),
} satisfies { readonly [T in CommandType]?: fc.Arbitrary<object> };

/** Data of each command that the schema allows, from small pools so that acts meet; lawful or not. */
export const dataOf = { ...recordableData, ...corrections } as Readonly<Record<CommandType, fc.Arbitrary<object>>>;
