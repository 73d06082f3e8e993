import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Role, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { decide, evolve, initialState, type Policy, replay, type VisitState } from '../../src/visit/index.ts';
import { type Invariant, invariants } from '../../src/visit/invariants/index.ts';

type Act = readonly [role: Role, type: string, data?: object];
type History = readonly VisitEvent[];
type Plant = readonly [id: string, history: History, corrupt?: (state: VisitState) => object, policy?: Policy];

const actors = { provider: 'p-1', 'contact-center': 'op-1', client: 'c-1' } as const;
const minute = (n: number) =>
  `2026-03-09T${String(14 + Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}:00.000Z`;
const call = { at: minute(0) };
const photo = (photoId: string, shot?: string) => ({
  photoId,
  sha256: 'a'.repeat(64),
  takenAt: minute(1),
  ...(shot && { shot }),
});
const by = (role: Role, id: string = actors[role]) => ({ role, id });
const P = 'provider';
const C = 'contact-center';
const K = 'client';

/** An event that nobody judged, at the minute `n`. */
function fact(type: string, data: object = {}, author = by(P), n = 90): VisitEvent {
  return { type, data: { visitId: 'v-1', at: minute(n), ...data, by: author } } as unknown as VisitEvent;
}

/** What decide makes of the acts, a minute each; all the invariants hold after each. */
function visit(acts: readonly Act[], past: History = [], policy: Policy = {}): VisitEvent[] {
  const history = [...past];
  let state = replay(history);
  for (const [role, type, { id, ...data } = {} as { id?: string }] of acts) {
    const said = { visitId: 'v-1', at: minute(history.length), ...data };
    const command = { type, data: said, metadata: { actor: by(role, id) } } as unknown as VisitCommand;
    const decision = decide(command, state, policy);
    if (!decision.ok) throw new Error(`${type}: ${JSON.stringify(decision.rejection.violations)}`);
    history.push(...decision.events);
    state = decision.events.reduce(evolve, state);
    expect(broken(state, history, policy), `after ${type}`).toEqual([]);
  }
  return history;
}

function broken(state: VisitState, history: History, policy: Policy = {}): string[] {
  return invariants.filter(({ holds }) => !holds(state, history, policy)).map(({ id }) => id);
}

const terms = {
  caseNumber: 'E-1',
  client: { name: 'Ana' },
  provider: { id: 'p-1', name: 'Luis' },
  service: 'plomería',
  place: 'Heredia',
  arriveBy: minute(60),
  requiredShots: ['general'],
};
const tests = { withClient: true, tests: [{ name: 'fuga', passed: true }] };
const pipe = { materials: [{ item: 'Tubo', quantity: 2 }], method: 'cambio' };
const instruct = (about: string, decision: string, data: object = {}): Act => [
  C,
  'GiveInstruction',
  { about, decision, text: 'así', ...data },
];
const issue = (data: object): Act => [P, 'ReportTransitIssue', data];
const unsolvable = issue({ issue: 'breakdown', resolvable: false });
const leave: Act = [P, 'PauseWork', { kind: 'second-visit', notice: call }];

const assigned = visit([[C, 'AssignVisit', terms]]);
const door: readonly Act[] = [
  [P, 'RecordArrival'],
  [P, 'ShowCredential'],
  [P, 'ValidateIdentity', { person: 'client', fullNameGiven: true, documentShown: true }],
];
const met = visit(door, assigned);
const explaining: readonly Act[] = [
  [P, 'AnnounceService', { service: 'plomería' }],
  [P, 'LocateFault', { where: 'baño' }],
  [P, 'InspectArea', { clientPresent: true }],
  [P, 'TakePhotos', { photos: [photo('f-1', 'general'), photo('f-2')] }],
  [P, 'SubmitPhotos', { photoIds: ['f-1', 'f-2'], channel: 'app' }],
  [P, 'AssessService', { diagnosis: 'fuga' }],
  [P, 'ExplainWork', pipe],
];
const explained = visit(explaining, met);
const supplied = visit(
  [[P, 'SupplyMaterials', { suppliedBy: 'client', items: [{ item: ' TUBO', quantity: 2 }] }]],
  explained,
);
const preparing: readonly Act[] = [
  [P, 'AcceptMaterials'],
  [P, 'ShowTools', { tools: ['llave'] }],
  [P, 'ClearArea', { moved: [] }],
  [C, 'ReportStart', { call }],
];
const ready = visit(preparing, supplied);
const started = visit([[P, 'StartWork']], ready);
const tested = visit([[P, 'TestQuality', tests]], started);
const conformed = visit([[K, 'RecordConformity']], tested);
const finished = visit(
  [
    [P, 'HandOverSite', { structuralConditionPreserved: true }],
    [P, 'ShowBelongings', { items: ['llave'], clientConfirmed: true }],
    [P, 'ReportCompletion', { caseNumber: 'E-1', call }],
  ],
  conformed,
);
const plain = visit([[P, 'CompleteVisit']], finished);

const without = (history: History, type: string) => history.filter((event) => event.type !== type);
const where = (history: History, type: string, data: object) =>
  history.map((event) =>
    event.type === type ? ({ ...event, data: { ...event.data, ...data } } as VisitEvent) : event,
  );
/** The history with one more event before that of a type. */
const before = (history: History, type: string, ...events: VisitEvent[]) =>
  history.flatMap((event) => (event.type === type ? [...events, event] : [event]));
const exit = fact('Paused', { kind: 'second-visit', notice: call });
const absence = fact('ClientAbsenceReported', { call });
const objection = fact('ClientObjected', { what: 'gotea' });
const cancel = fact('InstructionGiven', { about: 'visit', decision: 'cancel', text: 'no' }, by(C));
const owing = visit([unsolvable], assigned);
const coordinated = fact('MaterialsCoordinated', { outcome: 'client-will-supply' }, by(C));
const reassigned = fact('ProviderReassigned', { provider: { id: 'p-2', name: 'Rosa' }, arriveBy: minute(99) }, by(C));
const debt = { kind: 'document-start', debtor: 'contact-center', clause: '1.1-27', since: minute(15) };

/** For each invariant a history, and what is made of its state, that trips it. */
const plants: readonly Plant[] = [
  ['assigned-first-and-once', [...plain, ...assigned]],
  ['one-visit', where(plain, 'ToolsShown', { visitId: 'v-2' })],
  ['edition-carried', where(plain, 'VisitAssigned', { edition: 'one' })],
  ['case-number-kept', plain, () => ({ caseNumber: 'E-2' })],
  ['terms-as-agreed', plain, () => ({ place: 'Cartago' })],
  ['amended-in-something', [...met, fact('AssignmentAmended', {}, by(C))]],
  ['reassigned-when-due', [...met, reassigned]],
  ['transit-issue-told', [...assigned, fact('TransitIssueReported', { issue: 'breakdown', resolvable: true })]],
  ['transit-as-reported', [...assigned, fact('TransitIssueAcknowledged', {}, by(C))]],
  ['phase-that-applies', started, () => ({ phase: 'on-break' })],
  ['acts-of-the-protocol', [...met, fact('CoffeeTaken')]],
  ['provider-acts-are-his', where(plain, 'ToolsShown', { recordedBy: by(C) })],
  ['center-acts-are-its', where(plain, 'VisitAssigned', { by: by(P) })],
  ['client-acts-are-his', where(plain, 'MaterialsSupplied', { by: by(K, 'c-1'), recordedBy: by(P) })],
  ['closed-by-provider-or-center', [...met, cancel, fact('VisitClosed', { outcome: 'cancelled' }, by(K))]],
  ['breach-never-by-provider', [...met, fact('ConductBreachReported', { kind: 'smoking' })]],
  ['no-other-provider', where(plain, 'MaterialsSupplied', { recordedBy: by(P, 'p-2') })],
  ['frozen-while-reassignment-owed', [...owing, fact('ProviderArrived')]],
  ['only-leaving-while-closing', [...started, cancel, fact('QualityTested', { ...tests, passed: true })]],
  [
    'off-contract-as-allowed',
    [...started, fact('OffContractActPerformed', { activity: 'other' })],
    undefined,
    { allow: ['Other'] },
  ],
  ['arrives-once', [...met, fact('ProviderArrived')]],
  ['on-site-acts-on-site', without(plain, 'ProviderArrived')],
  ['door-acts-after-arrival', without(met, 'ProviderArrived')],
  ['credential-before-identity', without(met, 'CredentialShown')],
  ['identified-in-full', where(met, 'IdentityValidated', { documentShown: false })],
  ['representative-under-instruction', where(met, 'IdentityValidated', { person: 'representative' })],
  ['client-answers-in-person', before(plain, 'BelongingsShown', absence)],
  ['client-here', before(plain, 'AreaInspected', absence)],
  ['absence-answered-once', [...met, absence, absence]],
  ['trouble-called-in', [...met, fact('IdentityRejected', { reason: 'refused' })]],
  ['arrival-as-recorded', met, ({ arrival }) => ({ arrival: { ...arrival, credentialShownAt: null } })],
  ['identity-as-recorded', met, ({ identity }) => ({ identity: { ...identity, representativeAllowed: true } })],
  [
    'instructions-answer',
    [...met, fact('InstructionGiven', { about: 'materials', decision: 'proceed', text: 'sí' }, by(C))],
  ],
  [
    'waived-only-to-proceed',
    [...met, fact('InstructionGiven', { about: 'visit', decision: 'wait', text: 'no', waives: ['conformity'] }, by(C))],
  ],
  ['waivers-were-given', met, () => ({ waivers: [{ rule: 'conformity', at: minute(2) }] })],
  [
    'waivers-never-vanish',
    visit([instruct('visit', 'proceed', { waives: ['conformity'] })], met),
    () => ({ waivers: [] }),
  ],
  ['instruction-that-stands', visit([instruct('visit', 'cancel')], met), () => ({ instruction: null })],
  ['identity-before-service', without(plain, 'IdentityValidated')],
  ['announced-as-assigned', where(plain, 'ServiceAnnounced', { service: 'Plomería' })],
  ['fault-before-inspection', without(plain, 'FaultLocated')],
  ['inspected-with-client', where(plain, 'AreaInspected', { clientPresent: false })],
  ['inspected-before-assessed', without(plain, 'AreaInspected')],
  ['assessed-before-explained', without(plain, 'ServiceAssessed')],
  ['photos-taken-once', [...explained, fact('PhotosTaken', { photos: [photo('f-1')] })]],
  ['photos-in-order', without(explained, 'PhotosTaken')],
  ['photos-by-the-app-first', where(explained, 'PhotosSubmitted', { channel: 'email' })],
  ['photos-never-vanish', explained, ({ photos }) => ({ photos: { ...photos, byId: { 'f-1': photos.byId['f-1'] } } })],
  ['photos-counted', explained, ({ photos }) => ({ photos: { ...photos, undocumented: 0 } })],
  ['inspection-as-recorded', explained, ({ inspection }) => ({ inspection: { ...inspection, announcedAt: null } })],
  ['materials-by-the-table', without(ready, 'MaterialsSupplied')],
  ['materials-as-they-stand', ready, ({ materials }) => ({ materials: { ...materials, status: 'supplied' } })],
  ['list-only-before-start', [...started, fact('WorkExplained', pipe)]],
  ['extra-while-running', [...ready, fact('ExtraMaterialsRequested', pipe)]],
  ['supplied-by-client', where(supplied, 'MaterialsSupplied', { suppliedBy: 'provider' })],
  ['nothing-short-accepted', where(ready, 'MaterialsSupplied', { items: [{ item: 'tubo', quantity: 1.999 }] })],
  [
    'rejected-with-reasons',
    [...supplied, fact('MaterialsRejected', { mismatches: [{ item: 'tubo', reasons: ['price'] }] })],
  ],
  ['started-once', [...started, fact('WorkStarted')]],
  ['start-on-site', before(plain, 'WorkStarted', exit)],
  ['start-absence-answered', before(plain, 'WorkStarted', absence)],
  ['start-identity-valid', before(plain, 'WorkStarted', fact('IdentityRejected', { reason: 'refused', call }))],
  ['start-announced', before(plain, 'WorkStarted', fact('AssignmentAmended', { service: 'pintura' }, by(C)))],
  ['start-photos-sent', before(plain, 'WorkStarted', fact('PhotosTaken', { photos: [photo('f-3')] }))],
  ['start-explained', without(plain, 'WorkExplained')],
  ['start-materials-settled', before(plain, 'WorkStarted', coordinated)],
  ['start-tools-shown', without(plain, 'ToolsShown')],
  ['start-area-cleared', without(plain, 'AreaCleared')],
  ['start-called-in', without(plain, 'StartReported')],
  ['start-call-is-a-call', where(plain, 'StartReported', { call: undefined })],
  ['start-call-kept', started, ({ work }) => ({ work: { ...work, startReportedAt: null } })],
  ['preparation-as-recorded', started, ({ work }) => ({ work: { ...work, tools: [] } })],
  ['exits-alternate', [...started, exit, exit]],
  ['breaks-alternate', [...started, fact('Resumed', { kind: 'break' })]],
  ['exit-noticed', [...started, fact('Paused', { kind: 'second-visit' })]],
  ['reentry-noticed', [...started, exit, fact('ProviderArrived'), fact('Resumed', { kind: 'second-visit' })]],
  ['reentry-as-arrival', [...started, exit, fact('Resumed', { kind: 'second-visit', notice: call })]],
  ['interruptions-as-recorded', started, ({ work }) => ({ work: { ...work, away: true } })],
  ['running-there', started, ({ arrival }) => ({ arrival: { ...arrival, arrivedAt: null } })],
  ['intervals-as-run', started, ({ work }) => ({ work: { ...work, intervals: [{ from: minute(0), to: null }] } })],
  [
    'intervals-apart',
    started,
    ({ work }) => ({
      work: {
        ...work,
        intervals: [
          { from: minute(9), to: minute(20) },
          { from: minute(19), to: null },
        ],
      },
    }),
  ],
  [
    'open-while-running',
    started,
    ({ work }) => ({ work: { ...work, intervals: [{ from: minute(16), to: minute(17) }] } }),
  ],
  ['tested-while-running', without(plain, 'WorkStarted')],
  ['tested-with-client', where(plain, 'QualityTested', { withClient: false })],
  ['tests-passed-together', where(plain, 'QualityTested', { passed: false })],
  ['conformity-after-tests', without(plain, 'QualityTested')],
  ['objection-after-tests', [...started, objection]],
  ['handed-over-intact', where(plain, 'SiteHandedOver', { structuralConditionPreserved: undefined })],
  [
    'belongings-shown-in-time',
    before(plain, 'WorkStarted', fact('BelongingsShown', { items: [], clientConfirmed: true })),
  ],
  ['completion-call-names-case', where(plain, 'CompletionReported', { caseNumber: 'E-2' })],
  ['completion-call-after-conformity', without(plain, 'ClientConformed')],
  ['completed-working', before(plain, 'Completed', fact('Paused', { kind: 'break' }))],
  ['completed-tested', without(plain, 'QualityTested')],
  ['completed-conformed', before(plain, 'Completed', objection)],
  ['completed-handed-over', without(plain, 'SiteHandedOver')],
  ['completed-belongings-checked', without(plain, 'BelongingsShown')],
  ['completed-belongings-confirmed', where(plain, 'BelongingsShown', { clientConfirmed: false })],
  [
    'completed-called-in',
    without(plain, 'CompletionReported'),
    undefined,
    { waive: [{ rule: 'completion-reported', reason: 'no' }] },
  ],
  ['closing-as-recorded', finished, ({ closing }) => ({ closing: { ...closing, tests: 'failed' } })],
  ['ends-once', [...plain, fact('VisitClosed', { outcome: 'cancelled' })]],
  ['after-the-end', [...plain, fact('ClientNotified', { about: ['delay'], reached: true }, by(C))]],
  ['closed-under-instruction', [...met, cancel, fact('VisitClosed', { outcome: 'rescheduled' })]],
  ['end-as-recorded', plain, ({ closing }) => ({ closing: { ...closing, outcome: 'cancelled' } })],
  ['debts-as-owed', started, ({ debts }) => ({ debts: debts.map((open) => ({ ...open, since: minute(1) })) })],
  ['no-debt-twice', started, () => ({ debts: [debt, { ...debt, since: minute(14) }] })],
  ['open-debts-not-settled', [...started, fact('StartDocumented', {}, by(C))], () => ({ debts: [debt] })],
  ['lapsed-at-the-end', plain, () => ({ debts: [{ ...debt, kind: 'supply-materials', debtor: 'client' }] })],
];

const found = (id: string): Invariant => invariants.find((one) => one.id === id) ?? expect.fail(`no invariant ${id}`);

describe('each invariant can fail', () => {
  it.each(plants)('%s', (id, history, corrupt, policy = {}) => {
    const state = replay(history);
    expect(found(id).holds({ ...state, ...corrupt?.(state) } as VisitState, history, policy)).toBe(false);
  });

  it('every one of them has its planted error, and an id and a sentence of its own', () => {
    expect(plants.map(([id]) => id)).toEqual(invariants.map(({ id }) => id));
    expect(new Set(invariants.map(({ sentence }) => sentence)).size).toBe(invariants.length);
  });
});

describe('all hold at each step of a lawful visit', () => {
  it('before anything happened', () => expect(broken(initialState(), [])).toEqual([]));
  it('a plain one, and what is recorded after it', () => {
    visit(
      [
        [C, 'DocumentStart'],
        [C, 'DocumentPhotos', { photoIds: ['f-1', 'f-2'] }],
        [P, 'GiveFarewell'],
        [K, 'ReportConductBreach', { kind: 'smoking' }],
      ],
      plain,
    );
  });

  it('with trouble at every turn', () => {
    const reached = (...about: string[]): Act => [C, 'NotifyClient', { about, reached: true }];
    const again = door.map(([role, type, data]): Act => [role, type, { ...data, id: 'p-2' }]);
    const his = (type: string, data: object = {}): Act => [P, type, { ...data, id: 'p-2' }];
    const refusal = [
      [P, 'RejectMaterials', { mismatches: [{ item: 'tubo', reasons: ['kind'] }] }],
      [C, 'ReportMaterialsRefusal', { call }],
    ] as const;
    const late = visit(
      [
        issue({ issue: 'delay' }),
        [C, 'AcknowledgeTransitIssue'],
        unsolvable,
        reached('delay', 'provider-change'),
        instruct('visit', 'proceed'),
      ],
      assigned,
    );
    const seen = visit(
      [
        ...door.slice(0, 2),
        [P, 'ReportClientAbsence', { call }],
        instruct('client-absence', 'wait'),
        [P, 'RecordClientReturn'],
      ],
      late,
    );
    const known = visit(
      [[P, 'RejectIdentity', { reason: 'refused', call }], instruct('identity', 'proceed'), ...door.slice(2)],
      seen,
    );
    const asked = visit(explaining, known);
    const round = visit(
      [
        [P, 'SupplyMaterials', { suppliedBy: 'client' }],
        ...refusal,
        [C, 'CoordinateMaterials', { outcome: 'client-will-supply' }],
        [K, 'SupplyMaterials', { suppliedBy: 'client' }],
      ],
      asked,
    );
    const begun = visit([...preparing, [P, 'StartWork']], round);
    const paused = visit(
      [
        [P, 'PauseWork', { kind: 'break' }],
        [P, 'ResumeWork', { kind: 'break' }],
        [P, 'RequestExtraMaterials', pipe],
        leave,
        instruct('visit', 'reassign'),
      ],
      begun,
    );
    const taken = visit(
      [
        [C, 'ReassignProvider', { provider: { id: 'p-2', name: 'Rosa' }, arriveBy: minute(99) }],
        reached('provider-change'),
        ...again,
      ],
      paused,
    );
    const back = visit(
      [
        his('ShowTools', { tools: ['llave'] }),
        his('ResumeWork', { kind: 'second-visit', notice: call }),
        his('SupplyMaterials', { suppliedBy: 'client' }),
        his('AcceptMaterials'),
      ],
      taken,
    );
    const end = visit(
      [
        his('TestQuality', tests),
        [K, 'RecordObjection', { what: 'gotea' }],
        his('TestQuality', tests),
        [K, 'RecordConformity'],
        his('HandOverSite', { structuralConditionPreserved: true }),
      ],
      back,
    );
    const worry = visit(
      [
        his('ShowBelongings', { items: [], clientConfirmed: false }),
        his('EscalateClientImpact', { what: 'reclamo' }),
        instruct('escalation', 'proceed', { waives: ['belongings-confirmed'] }),
      ],
      end,
    );
    visit([his('ReportCompletion', { caseNumber: 'E-1', call }), his('CompleteVisit')], worry);
  });

  it('closed, and completed under waivers of the policy', () => {
    visit([instruct('visit', 'reschedule'), [P, 'CloseVisit', { reason: 'llueve' }]], ready);
    const waive = ['tests-passed', 'conformity', 'handed-over', 'belongings-checked'].map((rule) => ({
      rule,
      reason: 'contrato',
    }));
    visit(
      [
        [P, 'PerformOffContractAct', { activity: 'poda' }],
        [P, 'ReportCompletion', { caseNumber: 'E-1', call }],
        [P, 'CompleteVisit'],
      ],
      started,
      { waive, allow: ['poda'] },
    );
  });
});

it('the docstring of each invariant is its sentence', () => {
  const folder = new URL('../../src/visit/invariants/', import.meta.url);
  const source = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
  const prose = source.replace(/\s*\n \* /g, ' ');
  expect(
    invariants.filter(
      ({ sentence }) => !prose.includes(`/** ${sentence} @since`) && !prose.includes(`/** ${sentence}\n`),
    ),
  ).toEqual([]);
});
