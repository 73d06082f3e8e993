import { describe, expect, it } from 'vitest';
import * as half from '../support/second-half.ts';
import {
  byProvider,
  call,
  client,
  command,
  forClient,
  given,
  minute,
  otherProvider,
  through,
  upTo,
} from '../support/visit.ts';

const { continued, event, instruct, lacking, stateOf, working } = half;
const tests = [{ name: 'fuga', passed: true }];
const test = (data: object = { withClient: true }) => command('TestQuality', { at: minute(45), tests, ...data });
const tested = () => through('TestQuality');
const absent = (past: () => ReturnType<typeof working>) => continued(past(), half.absence);

describe('1.1-46 the work is tested while it runs', () => {
  it.each([
    ['before the start', () => upTo('StartWork'), '1.1-46'],
    ['on a break', half.onBreak, '1.1-46'],
    ['awaiting materials', half.awaiting, '1.1-46'],
    ['before the arrival', () => through('AssignVisit'), '1.1-46'],
    ['1.1-49 while away', half.away, '1.1-49'],
    ['1.1-49 arrived again, not resumed', half.back, '1.1-49'],
  ] as const)('refuses %s', (_, past, clause) => {
    given(past()).when(test()).rejects(['running', clause]);
  });
  it('1.1-49 refuses a new provider who has not entered', () => {
    const byNew = command('TestQuality', { withClient: true, tests }, otherProvider);
    given(half.takenOver('RecordArrival')).when(byNew).rejects(['running', '1.1-49']);
  });
});

describe('1.1-47 the client takes part in the tests', () => {
  it.each([{}, { withClient: false }])('refuses %j', (data) => {
    given(working()).when(test(data)).rejects(['tested-with-client', '1.1-47']);
  });
  it('1.1-09 refuses while the client is absent', () => {
    given(absent(working)).when(test()).rejects(['client-here', '1.1-09']);
  });
  it('lists every rule that fails', () => {
    given(absent(half.onBreak))
      .when(test({}))
      .rejects(['running', '1.1-46'], ['client-here', '1.1-09'], ['tested-with-client', '1.1-47']);
  });
  it('passes when all tests passed', () => {
    const state = given(working())
      .when(test())
      .then('QualityTested', { ...byProvider, passed: true });
    expect(state.closing.tests).toBe('passed');
  });
  it('fails when one did', () => {
    const state = given(working())
      .when(half.failing)
      .then('QualityTested', { ...byProvider, passed: false });
    expect(state.closing.tests).toBe('failed');
  });
  it('passes after rework, and leaves a conformity when it passes again', () => {
    expect(stateOf(continued(working(), half.failing, test())).closing.tests).toBe('passed');
    expect(stateOf(continued(through('RecordConformity'), test())).closing.conformedAt).toBe(minute(18));
  });
});

describe('1.1-50 the client says whether the repair is right', () => {
  const conform = command('RecordConformity', { at: minute(46) });

  it.each([
    ['no tests', working],
    ['failed tests', () => continued(working(), half.failing)],
    ['an objection', () => continued(tested(), half.objection)],
  ])('1.1-47 refuses conformity after %s', (_, past) => {
    given(past()).when(conform).rejects(['tests-passed', '1.1-47']);
  });
  it('1.1-09 refuses conformity while the client is absent, whatever is waived', () => {
    given(absent(tested)).when(conform).rejects(['client-answers', '1.1-09']);
    given(absent(tested)).when(conform, half.policyWaiving('client-answers')).rejects(['client-answers', '1.1-09']);
    given(absent(tested)).when(conform, half.policyWaiving('client-here')).rejects(['client-answers', '1.1-09']);
    given(continued(absent(tested), half.waiving('client-here')))
      .when(conform)
      .rejects(['client-answers', '1.1-09']);
  });
  it('lists every rule that fails', () => {
    given(through('AssignVisit'), event('ClientAbsenceReported'))
      .when(conform)
      .rejects(['arrived', '1.1-01'], ['client-answers', '1.1-09'], ['tests-passed', '1.1-47']);
  });
  it('keeps when he found it right', () => {
    const state = given(tested()).when(conform).then('ClientConformed', forClient);
    expect(state.closing.conformedAt).toBe(minute(46));
  });
  it.each([
    ['passed', tested],
    ['failed', () => continued(working(), half.failing)],
  ])('accepts an objection to tests that %s, and they stand as failed', (_, past) => {
    const state = given(past()).when(half.objection).then('ClientObjected', forClient);
    expect(state.closing.tests).toBe('failed');
  });
  it('refuses an objection before any test', () => {
    given(working()).when(half.objection).rejects(['tests-stand', '1.1-50']);
  });
  it('accepts an objection from a client who is absent', () => {
    given(absent(tested))
      .when(command('RecordObjection', { what: 'gotea' }, client))
      .then('ClientObjected', { by: client });
  });
});

describe('1.1-45 the site is handed over in the same structural condition', () => {
  const hand = (data: object = { structuralConditionPreserved: true }) =>
    command('HandOverSite', { at: minute(47), ...data });

  it('1.1-43 refuses before the start', () => {
    given(upTo('StartWork')).when(hand()).rejects(['started', '1.1-43']);
  });
  it.each([{}, { structuralConditionPreserved: false, detail: 'se abrió la pared' }])('refuses %j', (data) => {
    given(working()).when(hand(data)).rejects(['structure-preserved', '1.1-45']);
  });
  it('lists every rule that fails', () => {
    given(through('AssignVisit'))
      .when(hand({}))
      .rejects(['arrived', '1.1-01'], ['started', '1.1-43'], ['structure-preserved', '1.1-45']);
  });
  it.each([{}, { tidy: false }, { tidy: true }])('1.1-44 never refuses for tidiness: %j', (tidiness) => {
    const state = given(working())
      .when(hand({ structuralConditionPreserved: true, ...tidiness }))
      .then('SiteHandedOver', byProvider);
    expect(state.closing.handedOverAt).toBe(minute(47));
  });
});

describe('1.1-51 the client sees what the provider takes along', () => {
  const show = (data: object = { clientConfirmed: true }) =>
    command('ShowBelongings', { at: minute(48), items: ['llave'], ...data });

  it('refuses before the start, unless the visit is closing', () => {
    given(upTo('StartWork')).when(show()).rejects(['started-or-closing', '1.1-51']);
    given(continued(upTo('StartWork'), instruct('reassign')))
      .when(show())
      .rejects(['started-or-closing', '1.1-51']);
  });
  it.each(['cancel', 'reschedule'] as const)('1.1-10 accepts before the start under %s', (decision) => {
    given(continued(upTo('StartWork'), instruct(decision)))
      .when(show())
      .then('BelongingsShown', byProvider);
  });
  it('1.1-09 refuses while the client is absent, whatever is waived', () => {
    given(absent(working)).when(show()).rejects(['client-answers', '1.1-09']);
    given(absent(working)).when(show(), half.policyWaiving('client-here')).rejects(['client-answers', '1.1-09']);
  });
  it('1.1-53 refuses when nobody says whether the client confirmed', () => {
    given(working()).when(show({})).rejects(['confirmation-said', '1.1-53']);
  });
  it('lists every rule that fails', () => {
    given(through('AssignVisit'), event('ClientAbsenceReported'))
      .when(show({}))
      .rejects(
        ['arrived', '1.1-01'],
        ['client-answers', '1.1-09'],
        ['started-or-closing', '1.1-51'],
        ['confirmation-said', '1.1-53'],
      );
  });
  it('1.1-52 accepts what was not among the tools shown: a finding, never a refusal', () => {
    given(working())
      .when(show({ items: ['taladro'], clientConfirmed: true }))
      .then('BelongingsShown', byProvider);
  });
  it('1.1-53 keeps whether the client confirmed; the latest showing counts', () => {
    const disputed = given(working())
      .when(show({ clientConfirmed: false, disputed: ['llave'] }))
      .then('BelongingsShown', byProvider);
    expect(disputed.closing).toMatchObject({ belongingsShownAt: minute(48), belongingsConfirmed: false });
    const settled = stateOf(continued(working(), show({ clientConfirmed: false }), show()));
    expect(settled.closing.belongingsConfirmed).toBe(true);
    expect(stateOf(continued(working(), show(), show({ clientConfirmed: false }))).closing.belongingsConfirmed).toBe(
      false,
    );
  });
});

describe('1.3-02 1.3-04 the completion call names the case number', () => {
  const report = (data: object = { call, caseNumber: 'EXP-1' }) =>
    command('ReportCompletion', { at: minute(49), ...data });
  const conformed = () => through('RecordConformity');

  it('1.3-02 refuses without the call', () => {
    given(conformed())
      .when(report({ caseNumber: 'EXP-1' }))
      .rejects(['call-made', '1.3-02']);
  });
  it.each([{}, { caseNumber: 'EXP-2' }, { caseNumber: 'exp-1' }, { caseNumber: ' EXP-1' }])(
    '1.3-04 refuses %j',
    (named) => {
      given(conformed())
        .when(report({ call, ...named }))
        .rejects(['case-number-named', '1.3-04']);
    },
  );
  it('1.1-50 refuses before the client conformed', () => {
    given(tested()).when(report()).rejects(['conformity', '1.1-50']);
  });
  it('1.1-43 refuses before the start', () => {
    given(lacking(conformed(), 'WorkStarted')).when(report()).rejects(['started', '1.1-43']);
  });
  it('lists every rule that fails, in the order of the protocol', () => {
    given(upTo('StartWork'))
      .when(report({}))
      .rejects(
        ['started', '1.1-43'],
        ['conformity', '1.1-50'],
        ['call-made', '1.3-02'],
        ['case-number-named', '1.3-04'],
      );
  });
  it('keeps when it was made', () => {
    const state = given(conformed()).when(report()).then('CompletionReported', byProvider);
    expect(state.closing.completionReportedAt).toBe(minute(49));
  });
});
