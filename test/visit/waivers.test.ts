import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent, WaivableRule } from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import { decide, waivableRules } from '../../src/visit/index.ts';
import {
  absence,
  accept,
  byOperator,
  byProvider,
  call,
  client,
  complete,
  forClient,
  instruct,
  operator,
  otherProvider,
  policyAllowing,
  policyWaiving,
  provider,
  rejection,
  waive,
} from '../scenarios/commands.ts';
import { awaiting, finished, lacking, stateOf, takenOver, working } from '../scenarios/moments.ts';

const start = command('StartWork', {});
const show = command('ShowTools', { tools: ['llave'] });
const tests = [{ name: 'fuga', passed: true }];
const test = command('TestQuality', { withClient: true, tests });
const alone = command('TestQuality', { withClient: false, tests });
const conform = command('RecordConformity', {});
const handOver = command('HandOverSite', { structuralConditionPreserved: false });
const report = command('ReportCompletion', { call, caseNumber: 'EXP-1' });
const reenter = command('ResumeWork', { kind: 'second-visit', notice: call }, otherProvider);
const byNew = { by: otherProvider };
const passed = { ...byProvider, passed: true };
const ready = () => eventsBefore('StartWork');
const confirmedNot = command('ShowBelongings', { items: ['llave'], clientConfirmed: false });

function short(): VisitEvent[] {
  const supply = command('SupplyMaterials', { suppliedBy: 'client', items: [] });
  return advance(eventsAfter('ExplainWork'), supply);
}

function withoutCredential(): VisitEvent[] {
  return [...takenOver('RecordArrival', 'ShowTools'), fact('IdentityValidated', { person: 'client' }, otherProvider)];
}

type Row = readonly [
  clause: ClauseId,
  rule: WaivableRule,
  command: VisitCommand,
  becomes: VisitEvent['type'],
  past: () => VisitEvent[],
  beside: object,
];

/** Each waivable rule of acts 22 to 47, with a past in which it alone refuses. */
const rows: readonly Row[] = [
  ['1.1-35', 'enough-supplied', accept, 'MaterialsAccepted', short, byProvider],
  ['1.1-09', 'client-here', show, 'ToolsShown', () => advance(ready(), absence), byProvider],
  ['1.1-08', 'identity-valid', start, 'WorkStarted', () => advance(ready(), rejection), byProvider],
  ['1.1-19', 'photos-sent', start, 'WorkStarted', () => lacking(ready(), 'PhotosSubmitted'), byProvider],
  ['1.1-33', 'materials-settled', start, 'WorkStarted', () => lacking(ready(), 'MaterialsAccepted'), byProvider],
  ['1.1-40', 'tools-shown', start, 'WorkStarted', () => lacking(ready(), 'ToolsShown'), byProvider],
  ['1.1-41', 'area-cleared', start, 'WorkStarted', () => lacking(ready(), 'AreaCleared'), byProvider],
  ['1.1-26', 'start-reported', start, 'WorkStarted', () => lacking(ready(), 'StartReported'), byProvider],
  ['1.1-03', 'credential-shown', reenter, 'Resumed', withoutCredential, byNew],
  [
    '1.1-08',
    'identity-valid',
    reenter,
    'Resumed',
    () => takenOver('RecordArrival', 'ShowCredential', 'ShowTools'),
    byNew,
  ],
  [
    '1.1-40',
    'tools-shown',
    reenter,
    'Resumed',
    () => takenOver('RecordArrival', 'ShowCredential', 'ValidateIdentity'),
    byNew,
  ],
  ['1.1-09', 'client-here', test, 'QualityTested', () => advance(working(), absence), passed],
  ['1.1-47', 'tested-with-client', alone, 'QualityTested', working, passed],
  ['1.1-47', 'tests-passed', conform, 'ClientConformed', working, forClient],
  ['1.1-45', 'structure-preserved', handOver, 'SiteHandedOver', working, byProvider],
  ['1.1-50', 'conformity', report, 'CompletionReported', () => eventsAfter('TestQuality'), byProvider],
  ['1.1-47', 'tests-passed', complete, 'Completed', () => lacking(finished(), 'QualityTested'), byProvider],
  ['1.1-50', 'conformity', complete, 'Completed', () => lacking(finished(), 'ClientConformed'), byProvider],
  ['1.1-45', 'handed-over', complete, 'Completed', () => lacking(finished(), 'SiteHandedOver'), byProvider],
  ['1.1-52', 'belongings-checked', complete, 'Completed', () => lacking(finished(), 'BelongingsShown'), byProvider],
  ['1.1-53', 'belongings-confirmed', complete, 'Completed', () => advance(finished(), confirmedNot), byProvider],
];

describe.each(rows)('%s %s is waivable: $2.type', (clause, rule, next, becomes, past, beside) => {
  const other = waivableRules.find((one) => one !== rule) ?? rule;

  it('refuses alone, and under a waiver of another rule', () => {
    given(past()).when(next).rejects([rule, clause]);
    given(past()).when(next, policyWaiving(other)).rejects([rule, clause]);
    given(advance(past(), waive(other)))
      .when(next)
      .rejects([rule, clause]);
  });
  it('lets the act through by an instruction to proceed', () => {
    const state = given(advance(past(), waive(rule)))
      .when(next)
      .accepts(becomes, beside);
    expect(state.waivers).toEqual([{ rule, at: minute(0) }]);
  });
  it('lets the act through by the policy, which leaves no waiver in the state', () => {
    const state = given(past()).when(next, policyWaiving(rule)).accepts(becomes, beside);
    expect(state.waivers).toEqual([]);
  });
});

describe('1.1-10 a waiver that is given otherwise, or of anything else, has no effect', () => {
  it.each(['wait', 'reschedule', 'cancel', 'reassign', 'other'])('an instruction that decides %s', (decision) => {
    const told = fact('InstructionGiven', { about: 'escalation', decision, waives: ['tools-shown'] });
    const closing = ['cancel', 'reschedule'].includes(decision) ? ([['not-closing', '1.1-10']] as const) : [];
    const state = stateOf(lacking(ready(), 'ToolsShown'), told);
    expect(state.waivers).toEqual([]);
    given(lacking(ready(), 'ToolsShown'), told)
      .when(start)
      .rejects(...closing, ['tools-shown', '1.1-40']);
  });
  it.each([
    ['not-started', () => working(), start, '1.1-43'],
    ['completion-reported', () => lacking(finished(), 'CompletionReported'), complete, '1.3-02'],
    ['work-explained', () => lacking(ready(), 'WorkExplained'), start, '1.1-25'],
    ['absence-answered', () => [...ready(), fact('ClientAbsenceReported')], start, '1.1-09'],
  ] as const)('one of %s, by an instruction; a policy with it is refused', (rule, past, next, clause) => {
    const told = fact('InstructionGiven', { about: 'visit', decision: 'proceed', waives: [rule] });
    const state = stateOf(past(), told);
    expect(state.waivers).toEqual([]);
    given(past(), told).when(next).rejects([rule, clause]);
    expect(() => decide(next, state, policyWaiving(rule as never))).toThrow(
      'Unknown waivable rule in policy.waive[0].rule:',
    );
  });
  it.each([
    ['the provider', provider],
    ['the client', client],
  ])('an instruction to proceed of %s: nothing is waived, and the work still awaits materials', (_, author) => {
    const told = (waives: readonly WaivableRule[]) =>
      fact('InstructionGiven', { about: 'visit', decision: 'proceed', text: 'siga', waives }, author);
    const untold = lacking(ready(), 'ToolsShown');
    expect(stateOf(untold, told(['tools-shown'])).waivers).toEqual([]);
    given(untold, told(['tools-shown']))
      .when(start)
      .rejects(['tools-shown', '1.1-40']);
    const state = stateOf(awaiting(), told(['materials-settled']));
    expect(state).toMatchObject({ waivers: [], materials: { awaited: true }, phase: 'awaiting-materials' });
  });
  it('one of the contact center that a provider recorded is of the contact center', () => {
    const data = { about: 'visit', decision: 'proceed', text: 'siga', waives: ['tools-shown'], recordedBy: provider };
    expect(stateOf(ready(), fact('InstructionGiven', data, operator)).waivers).toMatchObject([{ rule: 'tools-shown' }]);
  });
  it('a policy that waives nothing, or that has no list', () => {
    const untold = lacking(ready(), 'ToolsShown');
    given(untold).when(start, { waive: [] }).rejects(['tools-shown', '1.1-40']);
    given(untold).when(start, policyAllowing('other')).rejects(['tools-shown', '1.1-40']);
  });
  it('a waiver stays for this visit, whatever is instructed later', () => {
    const later = instruct('visit', 'proceed-with-representative', { at: minute(41), waives: ['handed-over'] });
    const past = advance(working(), [waive('tools-shown', 'conformity'), instruct('visit', 'wait')]);
    const state = given(past).when(later).accepts('InstructionGiven', byOperator);
    expect(state.waivers).toEqual([
      { rule: 'tools-shown', at: minute(0) },
      { rule: 'conformity', at: minute(0) },
      { rule: 'handed-over', at: minute(41) },
    ]);
  });
});
