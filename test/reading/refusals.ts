import type { Actor, CommandType, VisitCommand } from '../../src/messages/index.ts';
import { decide, evolve, initialState, type Violation, type VisitState } from '../../src/visit/index.ts';
import { withGained } from '../scenarios/gained.ts';

const visitId = 'V-1';
const at = '2026-03-09T14:05:00.000Z';
const call = { at };
const notice = { at };
const provider: Actor = { role: 'provider', id: 'proveedor-1' };
const center: Actor = { role: 'contact-center', id: 'operadora-7' };
const client: Actor = { role: 'client', id: 'cliente-3' };

type Step = readonly [type: CommandType, data?: object, actor?: Actor];

const commandOf = ([type, data = {}, actor = provider]: Step) =>
  ({ type, data: { visitId, at, ...data }, metadata: { actor } }) as VisitCommand;

const written = (story: readonly Step[]) =>
  withGained(
    story,
    ([type]) => type,
    (type, data): Step => [type, data],
  );

/** The state after steps that must all be accepted. */
function after(from: VisitState, ...steps: readonly Step[]): VisitState {
  return written(steps).reduce((state, step) => {
    const decision = decide(commandOf(step), state);
    if (!decision.ok) throw new Error(`${step[0]} was refused: ${JSON.stringify(decision.rejection)}`);
    return decision.events.reduce(evolve, state);
  }, from);
}

const person = { person: 'client', fullNameGiven: true, documentShown: true };
const list = [
  { item: 'cemento', quantity: 2, unit: 'sacos' },
  { item: 'codo', quantity: 3 },
];
const photo = (photoId: string, shot?: string) => ({
  photoId,
  sha256: 'a'.repeat(64),
  takenAt: at,
  ...(shot === undefined ? {} : { shot }),
});
const assignment = {
  caseNumber: 'EXP-1',
  client: { name: 'Ana Mora' },
  provider: { id: provider.id, name: 'Luis Rojas' },
  service: 'Fontanería',
  place: 'San José',
  arriveBy: at,
  requiredShots: ['antes', 'medidor'],
};
const tests = (passed: boolean) => ({ withClient: true, tests: [{ name: 'fuga', passed }] });

const assigned = after(initialState(), ['AssignVisit', assignment, center]);
const broken: Step = ['ReportTransitIssue', { issue: 'breakdown', resolvable: false }];
const arrived = after(assigned, ['RecordArrival']);
const shown = after(arrived, ['ShowCredential']);
const absent = after(shown, ['ReportClientAbsence', { call }]);
const valid = after(shown, ['ValidateIdentity', person]);
const located = after(valid, ['AnnounceService', { service: 'Fontanería' }], ['LocateFault', { where: 'baño' }]);
const taken = after(located, ['TakePhotos', { photos: [photo('foto-1', 'antes'), photo('foto-2')] }]);
const assessed = after(located, ['InspectArea', { clientPresent: true }], ['AssessService', { diagnosis: 'fuga' }]);
const requested = after(assessed, ['ExplainWork', { method: 'cambio', materials: list }]);
const supplied = after(requested, [
  'SupplyMaterials',
  { suppliedBy: 'client', items: [{ item: 'codo', quantity: 1 }] },
]);
const rejected = after(supplied, ['RejectMaterials', { mismatches: [{ item: 'codo', reasons: ['quantity'] }] }]);
const disputed = after(rejected, ['ReportMaterialsRefusal', { call }]);
const coordinated = after(disputed, ['CoordinateMaterials', { outcome: 'client-will-supply' }, center]);
const accepted = after(requested, ['SupplyMaterials', { suppliedBy: 'client', items: list }], ['AcceptMaterials']);
const started = after(
  accepted,
  ['TakePhotos', { photos: [photo('foto-1', 'antes'), photo('foto-2', 'medidor')] }],
  ['SubmitPhotos', { photoIds: ['foto-1', 'foto-2'], channel: 'app' }],
  ['ShowTools', { tools: ['llave'] }],
  ['ClearArea', { moved: [] }],
  ['ReportStart', { call }],
  ['StartWork'],
);
const onBreak = after(started, ['PauseWork', { kind: 'break' }]);
const away = after(started, ['PauseWork', { kind: 'second-visit', notice }]);
const awaiting = after(started, ['RequestExtraMaterials', { materials: list }]);
const conformed = after(started, ['TestQuality', tests(true)], ['RecordConformity']);
const completed = after(
  conformed,
  ['HandOverSite', { structuralConditionPreserved: true }],
  ['ShowBelongings', { items: ['llave'], clientConfirmed: true }],
  ['ReportCompletion', { caseNumber: 'EXP-1', call }],
  ['CompleteVisit'],
);
const told = (decision: string): Step => ['GiveInstruction', { about: 'visit', decision, text: 'texto' }, center];
const cancelled = after(arrived, told('cancel'));
const instruction = (about: string) => ({ about, decision: 'wait', text: 'texto' });
const about = (topic: string): Step => ['GiveInstruction', instruction(topic), center];

const earlier = '2026-03-09T14:00:00.000Z';
const later = '2026-03-09T15:00:00.000Z';
const annulled = (act: string, recorded: string): Step => ['AnnulAct', { act, recorded, reason: 'texto' }, center];
const apart = {
  type: 'CredentialShown',
  data: { visitId, at, by: provider },
  commandId: 'c-1',
  on: 1,
  violations: [{ rule: 'arrived', clause: '1.1-01' }],
  lawfulThen: true,
};
const report = { discrepancyId: 'd-1', basedOn: 1, acts: [apart] };
const settled = (discrepancyId: string, taken: readonly number[]) => ({ discrepancyId, taken, text: 'texto' });
const reported = after(assigned, ['ReportDiscrepancy', report]);

/** Refused commands, in the order of the protocol. */
const vain: readonly (readonly [VisitState, ...Step[]])[] = [
  [initialState(), ['StartWork'], ['StartWork', { at: undefined }]],
  [assigned, ['AssignVisit', assignment, center], ['RecordArrival', { visitId: 'V-2' }]],
  [completed, ['StartWork']],
  [after(cancelled, ['CloseVisit']), ['RecordArrival']],
  [
    located,
    ['StartWork', {}, client],
    ['RecordConformity', {}, center],
    ['GiveInstruction', instruction('visit'), provider],
  ],
  [located, ['Teleport' as CommandType], ['RecordArrival', {}, { role: 'provider', id: 'proveedor-9' }]],
  [after(assigned, broken), ['RecordArrival']],
  [cancelled, ['ShowTools', { tools: [] }]],
  [after(arrived, told('reschedule')), ['ShowTools', { tools: [] }]],
  [assigned, ['AmendAssignment', {}, center], ['AcknowledgeTransitIssue', {}, center], ['ReportTransitIssue']],
  [assigned, ['ReportTransitIssue', { issue: 'breakdown' }]],
  [assigned, ['ReportTransitIssue', { issue: 'breakdown', resolvable: true }]],
  [assigned, ['ReassignProvider', { provider: assignment.provider, arriveBy: at }, center], ['ShowCredential']],
  [arrived, ['RecordArrival'], broken, ['ReportClientAbsence'], ['RecordClientReturn']],
  [absent, ['ReportClientAbsence', { call }], ['ValidateIdentity', person]],
  [arrived, about('client-absence'), about('identity'), about('materials'), about('escalation')],
  [arrived, ['GiveInstruction', { ...instruction('visit'), waives: ['photos-sent', 'tools-shown'] }, center]],
  [arrived, ['ValidateIdentity', { person: 'client' }], ['ValidateIdentity', { person: 'representative' }]],
  [shown, ['ValidateIdentity', { ...person, documentShown: false }], ['LocateFault', { where: 'baño' }]],
  [valid, ['StartWork'], ['AnnounceService', { service: 'Pintura' }], ['TakePhotos', { photos: [] }]],
  [after(located, ['ReportClientAbsence', { call }]), ['InspectArea']],
  [taken, ['TakePhotos', { photos: [photo('foto-1')] }], ['SubmitPhotos', { photoIds: [] }]],
  [taken, ['SubmitPhotos', { photoIds: ['foto-9'], channel: 'WhatsApp' }]],
  [taken, ['SubmitPhotos', { photoIds: ['foto-1'], channel: 'email' }]],
  [taken, ['DocumentPhotos', { photoIds: [] }, center], ['DocumentPhotos', { photoIds: ['foto-1'] }, center]],
  [
    taken,
    ['AssessService', { diagnosis: 'fuga' }],
    ['ExplainWork', { method: 'cambio', materials: [] }],
    ['StartWork'],
  ],
  [located, ['StartWork'], ['SupplyMaterials', { suppliedBy: 'client' }]],
  [started, ['ExplainWork', { method: 'cambio', materials: list }]],
  ...[supplied, rejected, disputed].map((state) => [state, ['ExplainWork', { materials: [] }]] as const),
  [accepted, ['SupplyMaterials'], ['AcceptMaterials'], ['StartWork']],
  [requested, ['SupplyMaterials', { suppliedBy: 'provider' }], ['AcceptMaterials'], ['RejectMaterials']],
  [supplied, ['AcceptMaterials'], ['RejectMaterials', { mismatches: [{ item: 'codo' }] }], ['ReportMaterialsRefusal']],
  [requested, ['CoordinateMaterials', { outcome: 'cancel' }, center]],
  ...[requested, supplied, rejected, disputed, coordinated].map((state) => [state, ['StartWork']] as const),
  ...[rejected, disputed].map((state) => [state, ['AcceptMaterials']] as const),
  [assessed, ['RequestExtraMaterials', { materials: [] }], ['ReportStart'], ['DocumentStart', {}, center]],
  [started, ['StartWork'], ['PauseWork', { kind: 'second-visit' }], ['ResumeWork', { kind: 'break' }]],
  [started, ['ResumeWork', { kind: 'second-visit' }], ['TestQuality', { ...tests(true), withClient: false }]],
  [onBreak, ['PauseWork', { kind: 'break' }], ['CompleteVisit']],
  [awaiting, ['TestQuality', tests(true)], ['CompleteVisit']],
  [away, ['TestQuality', tests(true)], ['ClearArea', { moved: [] }]],
  [after(started, ['TestQuality', tests(false)]), ['RecordConformity']],
  [started, ['RecordObjection', { what: 'gotea' }], ['HandOverSite'], ['CompleteVisit']],
  [valid, ['ShowBelongings', { items: [] }], ['HandOverSite'], ['CloseVisit']],
  [conformed, ['ReportCompletion'], ['ReportCompletion', { caseNumber: 'EXP-9', call }]],
  [after(conformed, ['ShowBelongings', { items: ['llave'], clientConfirmed: false }]), ['CompleteVisit']],
  [
    valid,
    ['PerformOffContractAct', { activity: 'material-purchase' }],
    ['PerformOffContractAct', { activity: 'mudanza' }],
  ],
  [
    started,
    annulled('ProviderArrived', later),
    annulled('Completed', later),
    ['CorrectTime', { what: 'end', recorded: later, corrected: at, reason: 'texto' }, center],
  ],
  [onBreak, annulled('WorkStarted', at)],
  [conformed, annulled('WorkStarted', later)],
  [onBreak, ['CorrectTime', { what: 'interruption', recorded: at, corrected: earlier, reason: 'texto' }, center]],
  [
    reported,
    ['ReportDiscrepancy', report, { role: 'provider', id: 'proveedor-9' }],
    ['SettleDiscrepancy', settled('d-9', []), center],
    ['SettleDiscrepancy', settled('d-1', [0, 7]), center],
  ],
  [after(completed, ['ReportDiscrepancy', report]), ['SettleDiscrepancy', settled('d-1', [0]), center]],
  [
    started,
    ['AttestFacts', { facts: [{ fact: 'end', recorded: at, agrees: true }] }, { role: 'client', id: 'cliente-1' }],
  ],
];

/** Refusals as `decide` gives them: every rule, by every clause that it may cite. */
export const rejections = vain.flatMap(([state, ...steps]) =>
  steps.map((step) => {
    const decision = decide(commandOf(step), state);
    if (decision.ok) throw new Error(`${step[0]} was accepted`);
    return decision.rejection;
  }),
);

/** Their violations, each kind of facts once. */
export const violations: readonly Violation[] = [
  ...new Map(rejections.flatMap(({ violations }) => violations.map((one) => [JSON.stringify(one), one]))).values(),
  { rule: 'id-reused', clause: '0-02', facts: { commandId: 'c-1' } },
];
