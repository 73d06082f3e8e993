import { describe, expect, it } from 'vitest';
import { invariants } from '../../src/invariants.ts';
import type { Role, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { decide, evolve, initialState, type Policy, replay, type VisitState } from '../../src/visit/index.ts';
import { withGained } from '../scenarios/gained.ts';

type Act = { readonly role: Role; readonly type: string; readonly data: object; readonly id: string };
type History = readonly VisitEvent[];
type Plant = readonly [id: string, history: History, corrupt?: (state: VisitState) => object, policy?: Policy];

const minute = (n: number) => new Date(Date.UTC(2026, 2, 9, 14, n)).toISOString();
const p = (type: string, data = {}, id = 'p-1'): Act => ({ role: 'provider', type, data, id });
const c = (type: string, data = {}): Act => ({ role: 'contact-center', type, data, id: 'op-1' });
const k = (type: string, data = {}): Act => ({ role: 'client', type, data, id: 'c-1' });

function broken(state: VisitState, history: History, policy: Policy = {}): string[] {
  return invariants.filter(({ holds }) => !holds(state, history, policy)).map(({ id }) => id);
}

/** Decides the acts, a minute apart, under a policy, and checks all invariants after each. */
function visitUnder(policy: Policy, past: History, ...acts: readonly Act[]): VisitEvent[] {
  const history = [...past];
  let state = replay(history);
  for (const { role, type, data, id } of acts) {
    const said = { visitId: 'v-1', at: minute(history.length), ...data };
    const decision = decide({ type, data: said, metadata: { actor: { role, id } } } as VisitCommand, state, policy);
    if (!decision.ok) throw new Error(`${type}: ${JSON.stringify(decision.rejection.violations)}`);
    history.push(...decision.events);
    state = decision.events.reduce(evolve, state);
    expect(broken(state, history, policy), `after ${type}`).toEqual([]);
  }
  return history;
}

const visit = (past: History, ...acts: readonly Act[]) => visitUnder({}, past, ...acts);

const at = minute(0);
const call = { at };
const tests = [{ name: 'fuga', passed: true }];
const pipe = { materials: [{ item: 'Tubo', quantity: 2 }], method: 'cambio' };
const byClient = { suppliedBy: 'client' };
const photo = (photoId: string, shot = 'detalle') => ({ photoId, sha256: 'a'.repeat(64), takenAt: minute(1), shot });
const provider = (id: string) => ({ provider: { id, name: 'Luis' }, arriveBy: minute(60) });
const terms = {
  caseNumber: 'E-1',
  client: { name: 'Ana' },
  service: 'plomería',
  place: 'Heredia',
  requiredShots: ['todo'],
};
const instruct = (about: string, decision: string, ...waives: string[]) =>
  c('GiveInstruction', { about, decision, text: 'así', ...(waives.length > 0 && { waives }) });

const door = (id: string) =>
  [
    p('RecordArrival', {}, id),
    p('ShowCredential', {}, id),
    p('ValidateIdentity', { person: 'client', fullNameGiven: true, documentShown: true }, id),
  ] as const;
const explaining = [
  p('AnnounceService', { service: 'plomería' }),
  p('LocateFault', { where: 'baño' }),
  p('InspectArea', { clientPresent: true }),
  p('TakePhotos', { photos: [photo('f-1', 'todo'), photo('f-2')] }),
  p('SubmitPhotos', { photoIds: ['f-1', 'f-2'], channel: 'app' }),
  p('AssessService', { diagnosis: 'fuga' }),
  p('ExplainWork', pipe),
];
const start = withGained(
  [
    p('AcceptMaterials'),
    p('ShowTools', { tools: ['llave'] }),
    p('ClearArea', { moved: [] }),
    c('ReportStart', { call }),
    p('StartWork'),
  ],
  ({ type }) => type,
  (type, data) => p(type, data),
);
const closing = (id: string) =>
  [
    p('HandOverSite', { structuralConditionPreserved: true }, id),
    p('ShowBelongings', { items: ['llave'], clientConfirmed: true }, id),
    p('ReportCompletion', { caseNumber: 'E-1', call }, id),
    p('CompleteVisit', {}, id),
  ] as const;
const assigned = visit([], c('AssignVisit', { ...terms, ...provider('p-1') }));
const met = visit(assigned, ...door('p-1'));
const explained = visit(met, ...explaining);
const supplied = visit(explained, p('SupplyMaterials', { ...byClient, items: [{ item: ' TUBO', quantity: 2 }] }));
const started = visit(supplied, ...start);
const ready = started.slice(0, -1);
const conformed = visit(started, p('TestQuality', { withClient: true, tests }), k('RecordConformity'));
const plain = visit(conformed, ...closing('p-1'));

/** An unchecked event. */
function fact({ role, type, id, data }: Act, extra: object = {}): VisitEvent {
  return { type, data: { visitId: 'v-1', at: minute(90), ...data, by: { role, id }, ...extra } } as VisitEvent;
}

const without = (history: History, type: string) => history.filter((event) => event.type !== type);
const where = (history: History, type: string, data: object) =>
  history.map((event) =>
    event.type === type ? ({ ...event, data: { ...event.data, ...data } } as VisitEvent) : event,
  );
const before = (history: History, type: string, act: Act) =>
  history.flatMap((event) => (event.type === type ? [fact(act), event] : [event]));
const plus = (history: History, ...acts: Act[]) => [...history, ...acts.map((act) => fact(act))];
const inside = (key: keyof VisitState, data: object) => (state: VisitState) => ({
  [key]: { ...Object(state[key]), ...data },
});
const says = (data: object) => () => data;

const exit = p('Paused', { kind: 'second-visit', notice: call });
const absence = p('ClientAbsenceReported', { call });
const objection = p('ClientObjected', { what: 'gotea' });
const instructed = (decision: string, about: string, waives: string[] = []) =>
  c('InstructionGiven', { about, decision, text: 'así', waives });
const closed = (outcome: string) => p('VisitClosed', { outcome });
const byOne = (role: Role, id: string) => ({ role, id });
const debt = { kind: 'document-start', debtor: 'contact-center', clause: '1.1-27', since: started.at(-2)?.data.at };
const owing = visit(assigned, p('ReportTransitIssue', { issue: 'breakdown', resolvable: false }));
const waivedOne = visit(met, instruct('visit', 'proceed', 'conformity'));
const notWaivable: Policy = { waive: [{ rule: 'completion-reported' as never, reason: 'no' }] };

const annulled = (act: string, recorded: string) => c('ActAnnulled', { act, recorded, reason: 'por error' });
const corrected = (what: string, recorded: string, time: string) =>
  c('TimeCorrected', { what, recorded, corrected: time, reason: 'por error' });
const startedAt = String(started.at(-1)?.data.at);
const paused = plus(started, p('Paused', { kind: 'break', at: minute(20) }));
const closedAbsent = plus(met, absence, instructed('cancel', 'visit'), closed('cancelled'));
const replacedOne = visit(met, instruct('visit', 'reassign'), c('ReassignProvider', provider('p-2')));
const act = { type: 'ToolsShown', data: { visitId: 'v-1', at, by: byOne('provider', 'p-1'), tools: [] } };
const acts = [{ ...act, commandId: 'c-1', on: 3, violations: [], lawfulThen: true }];
const reported = visit(met, p('ReportDiscrepancy', { discrepancyId: 'd-1', basedOn: 1, acts }));
const settled = (taken: number[]) => c('DiscrepancySettled', { discrepancyId: 'd-1', taken, text: 'vale' });

const wordOn = (named: string, recorded: string) => ({ facts: [{ fact: named, recorded, agrees: true }] });
const said = visit(met, k('AttestFacts', wordOn('arrival', String(met[1]?.data.at))));

/** For each invariant a history, and a changed state, that violates it. */
const plants: readonly Plant[] = [
  ['assigned-first-and-once', [...plain, ...assigned]],
  ['one-visit', where(plain, 'ToolsShown', { visitId: 'v-2' })],
  ['edition-carried', where(plain, 'VisitAssigned', { edition: 'one' })],
  ['case-number-kept', plain, says({ caseNumber: 'E-2' })],
  ['terms-as-agreed', plain, says({ place: 'Cartago' })],
  ['amended-in-something', plus(met, c('AssignmentAmended'))],
  ['reassigned-when-due', plus(met, c('ProviderReassigned', provider('p-2')))],
  ['transit-issue-told', plus(assigned, p('TransitIssueReported', { issue: 'breakdown', resolvable: true }))],
  ['transit-as-reported', plus(assigned, c('TransitIssueAcknowledged'))],
  ['phase-that-applies', started, says({ phase: 'on-break' })],
  ['acts-of-the-protocol', plus(met, p('CoffeeTaken'))],
  ['provider-acts-are-his', where(plain, 'ToolsShown', { recordedBy: byOne('contact-center', 'op-1') })],
  ['center-acts-are-its', where(plain, 'VisitAssigned', { by: byOne('provider', 'p-1') })],
  ['client-acts-are-his', where(plain, 'ClientConformed', { recordedBy: byOne('provider', 'p-1') })],
  [
    'closed-by-provider-or-center',
    plus(met, instructed('cancel', 'visit'), k('VisitClosed', { outcome: 'cancelled' })),
  ],
  ['breach-never-by-provider', plus(met, p('ConductBreachReported', { kind: 'smoking' }))],
  ['no-other-provider', where(plain, 'MaterialsSupplied', { recordedBy: byOne('provider', 'p-2') })],
  ['frozen-while-reassignment-owed', plus(owing, p('ProviderArrived'))],
  ['only-leaving-while-closing', plus(started, instructed('cancel', 'visit'), p('QualityTested', { tests }))],
  [
    'off-contract-as-allowed',
    plus(started, p('OffContractActPerformed', { activity: 'x' })),
    says({}),
    { allow: ['X'] },
  ],
  ['on-site-acts-on-site', without(plain, 'ProviderArrived')],
  ['door-acts-after-arrival', without(met, 'ProviderArrived')],
  ['instants-of-their-events', started, inside('inspection', { explainedAt: at })],
  ['arrives-once', plus(met, p('ProviderArrived'))],
  ['credential-before-identity', without(met, 'CredentialShown')],
  ['identified-in-full', where(met, 'IdentityValidated', { documentShown: false })],
  ['representative-under-instruction', where(met, 'IdentityValidated', { person: 'representative' })],
  ['client-answers-in-person', before(plain, 'BelongingsShown', absence)],
  ['client-here', before(plain, 'AreaInspected', absence)],
  ['absence-answered-once', plus(met, absence, absence)],
  ['trouble-called-in', plus(met, p('IdentityRejected', { reason: 'refused' }))],
  ['arrival-as-recorded', met, inside('arrival', { credentialShownAt: null })],
  ['identity-as-recorded', met, inside('identity', { representativeAllowed: true })],
  ['instructions-answer', plus(met, instructed('proceed', 'materials'))],
  ['waived-only-to-proceed', plus(met, instructed('wait', 'visit', ['conformity']))],
  ['waivers-were-given', met, says({ waivers: [{ rule: 'conformity', at }] })],
  ['waivers-never-vanish', waivedOne, says({ waivers: [] })],
  ['instruction-that-stands', visit(met, instruct('visit', 'cancel')), says({ instruction: null })],
  ['identity-before-service', without(plain, 'IdentityValidated')],
  ['announced-as-assigned', where(plain, 'ServiceAnnounced', { service: 'Plomería' })],
  ['fault-before-inspection', without(plain, 'FaultLocated')],
  ['inspected-with-client', where(plain, 'AreaInspected', { clientPresent: false })],
  ['inspected-before-assessed', without(plain, 'AreaInspected')],
  ['assessed-before-explained', without(plain, 'ServiceAssessed')],
  ['photos-taken-once', plus(explained, p('PhotosTaken', { photos: [photo('f-1')] }))],
  ['photos-in-order', without(explained, 'PhotosTaken')],
  ['photos-by-the-app-first', where(explained, 'PhotosSubmitted', { channel: 'email' })],
  ['photos-never-vanish', explained, inside('photos', { byId: {} })],
  ['photos-counted', explained, inside('photos', { undocumented: 0 })],
  ['inspection-as-recorded', explained, inside('inspection', { announcedAt: null })],
  ['materials-by-the-table', without(ready, 'MaterialsSupplied')],
  ['materials-as-they-stand', ready, inside('materials', { status: 'supplied' })],
  ['latest-lists-count', supplied, inside('materials', { supplied: [] })],
  ['list-only-before-start', plus(started, p('WorkExplained', pipe))],
  ['extra-while-running', plus(ready, p('ExtraMaterialsRequested', pipe))],
  ['supplied-by-client', where(supplied, 'MaterialsSupplied', { suppliedBy: 'provider' })],
  ['nothing-short-accepted', where(ready, 'MaterialsSupplied', { items: [{ item: 'tubo', quantity: 1.999 }] })],
  [
    'rejected-with-reasons',
    plus(supplied, p('MaterialsRejected', { mismatches: [{ item: 'tubo', reasons: ['price'] }] })),
  ],
  ['started-once', plus(started, p('WorkStarted'))],
  ['start-on-site', before(plain, 'WorkStarted', exit)],
  ['start-absence-answered', before(plain, 'WorkStarted', absence)],
  ['start-identity-valid', before(plain, 'WorkStarted', p('IdentityRejected', { reason: 'refused', call }))],
  ['start-announced', before(plain, 'WorkStarted', c('AssignmentAmended', { service: 'pintura' }))],
  ['start-photos-sent', before(plain, 'WorkStarted', p('PhotosTaken', { photos: [photo('f-3')] }))],
  ['start-explained', without(plain, 'WorkExplained')],
  [
    'start-materials-settled',
    before(plain, 'WorkStarted', c('MaterialsCoordinated', { outcome: 'client-will-supply' })),
  ],
  ['start-tools-shown', without(plain, 'ToolsShown')],
  ['start-area-cleared', without(plain, 'AreaCleared')],
  ['start-called-in', without(plain, 'StartReported')],
  ['start-call-is-a-call', where(plain, 'StartReported', { call: undefined })],
  ['start-call-kept', started, inside('work', { startReportedAt: null })],
  ['preparation-as-recorded', started, inside('work', { tools: [] })],
  ['exits-alternate', plus(started, exit, exit)],
  ['breaks-alternate', plus(started, p('Resumed', { kind: 'break' }))],
  ['exit-noticed', plus(started, p('Paused', { kind: 'second-visit' }))],
  ['reentry-noticed', plus(started, exit, p('ProviderArrived'), p('Resumed', { kind: 'second-visit' }))],
  ['reentry-as-arrival', plus(started, exit, p('Resumed', { kind: 'second-visit', notice: call }))],
  ['interruptions-as-recorded', started, inside('work', { away: true })],
  ['running-there', started, inside('arrival', { arrivedAt: null })],
  ['intervals-as-run', started, inside('work', { intervals: [{ from: at, to: null }] })],
  [
    'intervals-apart',
    started,
    inside('work', {
      intervals: [
        { from: minute(2), to: minute(4) },
        { from: minute(3), to: null },
      ],
    }),
  ],
  ['open-while-running', started, inside('work', { intervals: [{ from: at, to: at }] })],
  ['tested-while-running', without(plain, 'WorkStarted')],
  ['tested-with-client', where(plain, 'QualityTested', { withClient: false })],
  ['tests-passed-together', where(plain, 'QualityTested', { passed: false })],
  ['conformity-after-tests', without(plain, 'QualityTested')],
  ['objection-after-tests', plus(started, objection)],
  ['handed-over-intact', where(plain, 'SiteHandedOver', { structuralConditionPreserved: undefined })],
  [
    'belongings-shown-in-time',
    before(plain, 'WorkStarted', p('BelongingsShown', { items: [], clientConfirmed: true })),
  ],
  ['completion-call-names-case', where(plain, 'CompletionReported', { caseNumber: 'E-2' })],
  ['completion-call-after-conformity', without(plain, 'ClientConformed')],
  ['completed-working', before(plain, 'Completed', p('Paused', { kind: 'break' }))],
  ['completed-tested', without(plain, 'QualityTested')],
  ['completed-conformed', before(plain, 'Completed', objection)],
  ['completed-handed-over', without(plain, 'SiteHandedOver')],
  ['completed-belongings-checked', without(plain, 'BelongingsShown')],
  ['completed-belongings-confirmed', where(plain, 'BelongingsShown', { clientConfirmed: false })],
  ['completed-called-in', without(plain, 'CompletionReported'), says({}), notWaivable],
  ['closing-as-recorded', conformed, inside('closing', { tests: 'failed' })],
  ['ends-once', plus(plain, closed('cancelled'))],
  ['after-the-end', plus(plain, c('ClientNotified', { about: ['delay'], reached: true }))],
  ['closed-under-instruction', plus(met, instructed('cancel', 'visit'), closed('rescheduled'))],
  ['end-as-recorded', plain, inside('closing', { outcome: 'cancelled' })],
  ['debts-as-owed', started, ({ debts }) => ({ debts: debts.map((open) => ({ ...open, since: at })) })],
  ['no-debt-twice', started, says({ debts: [debt, { ...debt, since: at }] })],
  ['open-debts-not-settled', plus(started, c('StartDocumented')), says({ debts: [debt] })],
  ['lapsed-at-the-end', plain, says({ debts: [{ ...debt, kind: 'supply-materials', debtor: 'client' }] })],
  ['annulled-as-recorded', plus(started, annulled('WorkStarted', minute(1)))],
  ['arrival-annulled-alone', plus(met, annulled('ProviderArrived', minute(1)))],
  ['start-annulled-alone', plus(started, p('Paused', { kind: 'break' }), annulled('WorkStarted', startedAt))],
  ['corrected-as-recorded', plus(started, corrected('start', minute(1), minute(2)))],
  ['corrected-forward', plus(paused, corrected('interruption', minute(20), minute(1)))],
  ['times-as-corrected', plus(met, corrected('arrival', minute(1), minute(2))), inside('arrival', { arrivedAt: at })],
  ['lapsed-as-kept', closedAbsent, inside('closing', { lapsed: [] })],
  ['former-providers-as-changed', replacedOne, says({ formerProviders: ['p-1', 'p-1'] })],
  ['reported-in-person', plus(met, p('DiscrepancyReported', { discrepancyId: 'd-1', acts }, 'p-9'))],
  ['reported-once', plus(reported, p('DiscrepancyReported', { discrepancyId: 'd-1', acts }))],
  ['settled-as-reported', plus(reported, settled([0]), settled([0]))],
  ['settled-within-the-end', plus(reported, instructed('cancel', 'visit'), closed('cancelled'), settled([0]))],
  ['discrepancies-as-reported', reported, says({ discrepancies: [] })],
  ['attested-in-person', where(said, 'FactsAttested', { recordedBy: byOne('provider', 'p-1') })],
  ['attested-as-recorded', plus(met, k('FactsAttested', wordOn('arrival', minute(2))))],
  ['attestations-as-said', said, says({ attestations: [] })],
  ['attested-times-as-recorded', conformed, inside('closing', { testedAt: at })],
];

describe('each invariant can fail', () => {
  it.each(plants.map((plant) => [plant[0], plant] as const))('%s', (id, [, history, corrupt, policy]) => {
    const state = replay(history);
    expect(broken({ ...state, ...corrupt?.(state) }, history, policy)).toContain(id);
  });

  it('every one of them has its planted error, and an id and a sentence of its own', () => {
    const plant = 'give an invariant that is missing its planted error in `plants` of test/visit/invariants.test.ts';
    expect(
      plants.map(([id]) => id),
      plant,
    ).toEqual(invariants.map(({ id }) => id));
    expect(new Set(invariants.map(({ sentence }) => sentence)).size).toBe(invariants.length);
  });
});

describe('all hold at each step of a lawful visit', () => {
  it('before anything happened', () => expect(broken(initialState(), [])).toEqual([]));

  it('a plain one, and what is recorded after it', () => {
    const receipts = [c('DocumentStart'), c('DocumentPhotos', { photoIds: ['f-1', 'f-2'] })];
    visit(plain, ...receipts, p('GiveFarewell'), k('ReportConductBreach', { kind: 'smoking' }));
  });

  it('with trouble at every turn', () => {
    const told = (...about: string[]) => c('NotifyClient', { about, reached: true });
    const delayed = [p('ReportTransitIssue', { issue: 'delay' }), c('AcknowledgeTransitIssue')];
    const stuck = visit(owing, ...delayed, told('delay', 'provider-change'), instruct('visit', 'proceed'));
    const absent = [p('ReportClientAbsence', { call }), instruct('client-absence', 'wait'), p('RecordClientReturn')];
    const refused = [p('RejectIdentity', { reason: 'refused', call }), instruct('identity', 'proceed')];
    const [arrives, shows, validates] = door('p-1');
    const known = visit(stuck, arrives, shows, ...absent, ...refused, validates, ...explaining);
    const disputed = [
      p('SupplyMaterials', byClient),
      p('RejectMaterials', { mismatches: [{ item: 'tubo', reasons: ['kind'] }] }),
      c('ReportMaterialsRefusal', { call }),
      c('CoordinateMaterials', { outcome: 'client-will-supply' }),
    ];
    const begun = visit(known, ...disputed, k('SupplyMaterials', byClient), ...start);
    const breaks = [p('PauseWork', { kind: 'break' }), p('ResumeWork', { kind: 'break' })];
    const leaves = [p('RequestExtraMaterials', pipe), p('PauseWork', { kind: 'second-visit', notice: call })];
    const changed = [instruct('visit', 'reassign'), c('ReassignProvider', provider('p-2')), told('provider-change')];
    const returned = [
      p('ShowTools', { tools: ['llave'] }, 'p-2'),
      p('ResumeWork', { kind: 'second-visit', notice: call }, 'p-2'),
      p('SupplyMaterials', byClient, 'p-2'),
      p('AcceptMaterials', {}, 'p-2'),
    ];
    const back = visit(begun, ...breaks, ...leaves, ...changed, ...door('p-2'), ...returned);
    const passes = p('TestQuality', { withClient: true, tests }, 'p-2');
    const judged = visit(back, passes, k('RecordObjection', { what: 'gotea' }), passes, k('RecordConformity'));
    const escalated = p('ShowBelongings', { items: [], clientConfirmed: false }, 'p-2');
    visit(judged, escalated, instruct('escalation', 'proceed', 'enough-supplied'), ...closing('p-2'));
  });

  it('reassigned before the start, and on a break after it', () => {
    const changed = [instruct('visit', 'reassign'), c('ReassignProvider', provider('p-2'))];
    visit(ready, ...changed, ...door('p-2'), p('ShowTools', { tools: [] }, 'p-2'), p('StartWork', {}, 'p-2'));
    visit(started, p('PauseWork', { kind: 'break' }), ...changed, p('RecordArrival', {}, 'p-2'));
  });

  it('closed, and completed under the waivers of a policy', () => {
    visit(ready, instruct('visit', 'reschedule'), p('CloseVisit', { reason: 'llueve' }));
    const rules = ['tests-passed', 'conformity', 'handed-over', 'belongings-checked'] as const;
    const policy = { waive: rules.map((rule) => ({ rule, reason: 'contrato' })), allow: ['poda'] };
    const [, , called, completed] = closing('p-1');
    visitUnder(policy, started, p('PerformOffContractAct', { activity: 'poda' }), called, completed);
  });
});

describe('all hold at each step of a visit with corrections', () => {
  const annul = (act: string, recorded: unknown) => c('AnnulAct', { act, recorded, reason: 'por error' });
  const correct = (what: string, recorded: unknown, time: string) =>
    c('CorrectTime', { what, recorded, corrected: time, reason: 'por error' });
  const timeOf = (history: History) => history.at(-1)?.data.at;

  it('of which arrival, start, completion and closing are annulled', () => {
    const [arrives] = door('p-1');
    const arrived = visit(assigned, arrives, p('ReportClientAbsence', { call }));
    const away = visit(arrived, annul('ProviderArrived', minute(1)), arrives);
    const shut = visit(away, p('ReportClientAbsence', { call }), instruct('visit', 'cancel'), p('CloseVisit'));
    const open = visit(shut, annul('VisitClosed', timeOf(shut)), p('RecordClientReturn'));
    expect(replay(open).debts).toEqual([]);
    const begun = visit(started, annul('WorkStarted', startedAt), p('StartWork'));
    visit(begun, p('PauseWork', { kind: 'break' }), p('ResumeWork', { kind: 'break' }));
    const again = visit(plain, annul('Completed', timeOf(plain)), p('PauseWork', { kind: 'break' }));
    visit(again, p('ResumeWork', { kind: 'break' }), ...closing('p-1').slice(2));
  });
  it('of which every time is corrected', () => {
    const paused = visit(started, p('PauseWork', { kind: 'break' }));
    const resumed = visit(paused, p('ResumeWork', { kind: 'break' }));
    const moved = visit(
      resumed,
      correct('arrival', minute(1), minute(0)),
      correct('start', startedAt, minute(10)),
      correct('interruption', timeOf(paused), minute(12)),
      correct('resumption', timeOf(resumed), minute(13)),
    );
    expect(replay(moved).work.intervals).toEqual([
      { from: minute(10), to: minute(12) },
      { from: minute(13), to: null },
    ]);
    const called = plain.find(({ type }) => type === 'CompletionReported')?.data.at;
    const ended = visit(
      plain,
      correct('completion-call', called, minute(70)),
      correct('end', timeOf(plain), minute(71)),
    );
    visit(ended, annul('Completed', minute(71)));
    const shut = visit(met, instruct('visit', 'cancel'), p('CloseVisit'));
    visit(shut, correct('end', timeOf(shut), minute(50)), annul('VisitClosed', minute(50)));
  });
  it('with discrepancies that are reported, by a former provider and a client too, and settled', () => {
    const report = (discrepancyId: string, id: string) =>
      p('ReportDiscrepancy', { discrepancyId, basedOn: 1, acts }, id);
    const settle = (discrepancyId: string, ...taken: number[]) =>
      c('SettleDiscrepancy', { discrepancyId, taken, text: 'vale' });
    const twins = { discrepancyId: 'd-3', basedOn: 1, acts: [{ ...acts[0], twinOf: 2 }] };
    const told = visit(replacedOne, report('d-1', 'p-1'), report('d-2', 'p-2'), k('ReportDiscrepancy', twins));
    const settled = visit(told, settle('d-2'), settle('d-1', 0), settle('d-2', 0));
    visit(settled, instruct('visit', 'reschedule'), c('CloseVisit'), report('d-4', 'p-1'), settle('d-4'));
  });
  it('with another case number, and a call for each', () => {
    const call = (caseNumber: string) => p('ReportCompletion', { caseNumber, call: { at } });
    visit(conformed, call('E-1'), c('AmendAssignment', { caseNumber: 'E-2' }), call('E-2'));
  });
  it('and acts that the contact center records for the provider', () => {
    visit(assigned, c('RecordArrival'));
    visit(visit(met, ...explaining.slice(0, 4)), c('SubmitPhotos', { photoIds: ['f-1'], channel: 'app' }));
    visit(plain.slice(0, -1), c('CompleteVisit'));
  });
});

const blank = initialState();

/** The fields of the state that are records of facts. */
const parts = (Object.keys(blank) as (keyof VisitState)[]).filter(
  (field) => blank[field] !== null && Object.getPrototypeOf(blank[field]) === Object.prototype,
);

/** The same state, which notes the facts that are read of it. */
function watched<T extends object>(value: T, read: Set<string>, path = ''): T {
  return new Proxy(structuredClone(value), {
    get: (target, field, receiver) => {
      const item = Reflect.get(target, field, receiver);
      const isPart = path === '' && (parts as readonly unknown[]).includes(field);
      if (!isPart) read.add(`${path}${String(field)}`);
      return isPart ? watched(item as object, read, `${String(field)}.`) : item;
    },
  });
}

it('each fact of the state is read by an invariant, but for the version of its shape', () => {
  const facts = Object.entries(blank).flatMap(([field, value]) =>
    (parts as readonly string[]).includes(field)
      ? Object.keys(value as object).map((one) => `${field}.${one}`)
      : [field],
  );
  const read = new Set<string>();
  for (const history of [supplied, plain]) {
    for (const { holds } of invariants) holds(watched(replay(history), read), history, {});
  }
  const unread = facts.filter((fact) => !read.has(fact));
  expect(unread, 'compare a new fact with the history in an invariant of its chapter').toEqual(['stateVersion']);
});
