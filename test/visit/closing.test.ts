import { describe, expect, it } from 'vitest';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import {
  absence,
  byProvider,
  call,
  client,
  failing,
  forClient,
  instruct,
  objection,
  otherProvider,
  policyWaiving,
  waive,
} from '../scenarios/commands.ts';
import { awaiting, away, back, lacking, onBreak, stateOf, takenOver, working } from '../scenarios/moments.ts';

const tests = [{ name: 'fuga', passed: true }];
const test = (data: object = { withClient: true }) => command('TestQuality', { at: minute(45), tests, ...data });
const tested = () => eventsAfter('TestQuality');
const absent = (past: () => ReturnType<typeof working>) => advance(past(), absence);

describe('1.1-46 the work is tested while it runs', () => {
  it.each([
    ['before the start', () => eventsBefore('StartWork'), '1.1-46'],
    ['on a break', onBreak, '1.1-46'],
    ['awaiting materials', awaiting, '1.1-46'],
    ['before the arrival', () => eventsAfter('AssignVisit'), '1.1-46'],
    ['1.1-49 while away', away, '1.1-49'],
    ['1.1-49 arrived again, not resumed', back, '1.1-49'],
  ] as const)('refuses %s', (_, past, clause) => {
    given(past()).when(test()).rejects(['running', clause]);
  });
  it('1.1-49 refuses a new provider who has not entered', () => {
    const byNew = command('TestQuality', { withClient: true, tests }, otherProvider);
    given(takenOver('RecordArrival')).when(byNew).rejects(['running', '1.1-49']);
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
    given(absent(onBreak))
      .when(test({}))
      .rejects(['running', '1.1-46'], ['client-here', '1.1-09'], ['tested-with-client', '1.1-47']);
  });
  it('passes when all tests passed', () => {
    const state = given(working())
      .when(test())
      .accepts('QualityTested', { ...byProvider, passed: true });
    expect(state.closing.tests).toBe('passed');
  });
  it('fails when one did', () => {
    const state = given(working())
      .when(failing)
      .accepts('QualityTested', { ...byProvider, passed: false });
    expect(state.closing.tests).toBe('failed');
  });
  it('passes after rework, and leaves a conformity when it passes again', () => {
    expect(stateOf(advance(working(), [failing, test()])).closing.tests).toBe('passed');
    expect(stateOf(advance(eventsAfter('RecordConformity'), test())).closing.conformedAt).toBe(minute(18));
  });
});

describe('1.1-50 the client says whether the repair is right', () => {
  const conform = command('RecordConformity', { at: minute(46) });

  it.each([
    ['no tests', working],
    ['failed tests', () => advance(working(), failing)],
    ['an objection', () => advance(tested(), objection)],
  ])('1.1-47 refuses conformity after %s', (_, past) => {
    given(past()).when(conform).rejects(['tests-passed', '1.1-47']);
  });
  it('1.1-09 refuses conformity while the client is absent, whatever is waived', () => {
    given(absent(tested)).when(conform).rejects(['client-answers', '1.1-09']);
    given(absent(tested)).when(conform, policyWaiving('client-here')).rejects(['client-answers', '1.1-09']);
    given(advance(absent(tested), waive('client-here')))
      .when(conform)
      .rejects(['client-answers', '1.1-09']);
  });
  it('lists every rule that fails', () => {
    given(eventsAfter('AssignVisit'), fact('ClientAbsenceReported'))
      .when(conform)
      .rejects(['arrived', '1.1-01'], ['client-answers', '1.1-09'], ['tests-passed', '1.1-47']);
  });
  it('keeps when the client found it right', () => {
    const state = given(tested()).when(conform).accepts('ClientConformed', forClient);
    expect(state.closing.conformedAt).toBe(minute(46));
  });
  it.each([
    ['passed', tested],
    ['failed', () => advance(working(), failing)],
  ])('accepts an objection to tests that %s, and they stand as failed', (_, past) => {
    const state = given(past()).when(objection).accepts('ClientObjected', forClient);
    expect(state.closing.tests).toBe('failed');
  });
  it('refuses an objection before any test', () => {
    given(working()).when(objection).rejects(['tests-stand', '1.1-50']);
  });
  it('accepts an objection from a client who is absent', () => {
    given(absent(tested))
      .when(command('RecordObjection', { what: 'gotea' }, client))
      .accepts('ClientObjected', { by: client });
  });
});

describe('1.1-45 the site is handed over in the same structural condition', () => {
  const hand = (data: object = { structuralConditionPreserved: true }) =>
    command('HandOverSite', { at: minute(47), ...data });

  it('1.1-43 refuses before the start', () => {
    given(eventsBefore('StartWork')).when(hand()).rejects(['started', '1.1-43']);
  });
  it.each([{}, { structuralConditionPreserved: false, detail: 'se abrió la pared' }])('refuses %j', (data) => {
    given(working()).when(hand(data)).rejects(['structure-preserved', '1.1-45']);
  });
  it('lists every rule that fails', () => {
    given(eventsAfter('AssignVisit'))
      .when(hand({}))
      .rejects(['arrived', '1.1-01'], ['started', '1.1-43'], ['structure-preserved', '1.1-45']);
  });
  it.each([{}, { tidy: false }, { tidy: true }])('1.1-44 never refuses for tidiness: %j', (tidiness) => {
    const state = given(working())
      .when(hand({ structuralConditionPreserved: true, ...tidiness }))
      .accepts('SiteHandedOver', byProvider);
    expect(state.closing.handedOverAt).toBe(minute(47));
  });
});

describe('1.1-51 the client sees what the provider takes along', () => {
  const show = (data: object = { clientConfirmed: true }) =>
    command('ShowBelongings', { at: minute(48), items: ['llave'], ...data });

  it('refuses before the start, unless the visit is closing', () => {
    given(eventsBefore('StartWork')).when(show()).rejects(['started-or-closing', '1.1-51']);
    given(advance(eventsBefore('StartWork'), instruct('visit', 'reassign')))
      .when(show())
      .rejects(['started-or-closing', '1.1-51']);
  });
  it.each(['cancel', 'reschedule'] as const)('1.1-10 accepts before the start under %s', (decision) => {
    given(advance(eventsBefore('StartWork'), instruct('visit', decision)))
      .when(show())
      .accepts('BelongingsShown', byProvider);
  });
  it('1.1-09 refuses while the client is absent, whatever is waived', () => {
    given(absent(working)).when(show()).rejects(['client-answers', '1.1-09']);
    given(absent(working)).when(show(), policyWaiving('client-here')).rejects(['client-answers', '1.1-09']);
  });
  it('1.1-53 refuses when nobody says whether the client confirmed', () => {
    given(working()).when(show({})).rejects(['confirmation-said', '1.1-53']);
  });
  it('lists every rule that fails', () => {
    given(eventsAfter('AssignVisit'), fact('ClientAbsenceReported'))
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
      .accepts('BelongingsShown', byProvider);
  });
  it('1.1-53 keeps whether the client confirmed; the latest showing counts', () => {
    const disputed = given(working())
      .when(show({ clientConfirmed: false, disputed: ['llave'] }))
      .accepts('BelongingsShown', byProvider);
    expect(disputed.closing).toMatchObject({ belongingsShownAt: minute(48), belongingsConfirmed: false });
    const settled = stateOf(advance(working(), [show({ clientConfirmed: false }), show()]));
    expect(settled.closing.belongingsConfirmed).toBe(true);
    expect(stateOf(advance(working(), [show(), show({ clientConfirmed: false })])).closing.belongingsConfirmed).toBe(
      false,
    );
  });
});

describe('1.3-02 1.3-04 the completion call names the case number', () => {
  const report = (data: object = { call, caseNumber: 'EXP-1' }) =>
    command('ReportCompletion', { at: minute(49), ...data });
  const conformed = () => eventsAfter('RecordConformity');

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
    given(eventsBefore('StartWork'))
      .when(report({}))
      .rejects(
        ['started', '1.1-43'],
        ['conformity', '1.1-50'],
        ['call-made', '1.3-02'],
        ['case-number-named', '1.3-04'],
      );
  });
  it('keeps when it was made', () => {
    const state = given(conformed()).when(report()).accepts('CompletionReported', byProvider);
    expect(state.closing.completionReportedAt).toBe(minute(49));
  });
});
