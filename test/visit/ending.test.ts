import { describe, expect, it } from 'vitest';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import {
  byOperator,
  byProvider,
  client,
  close,
  complete,
  forClient,
  instruct,
  operator,
  pause,
  provider,
} from '../scenarios/commands.ts';
import { awaiting, away, disputed, finished, lacking, onBreak, stateOf, working } from '../scenarios/moments.ts';

const shown = (data: object) => command('ShowBelongings', { items: ['sierra'], ...data });

describe('1.3-01 the farewell is never asked for', () => {
  it.each([
    ['on arriving', () => eventsAfter('RecordArrival')],
    ['after the end', () => eventsAfter('CompleteVisit')],
    ['1.1-10 under an instruction to cancel', () => advance(working(), instruct('visit', 'cancel'))],
    ['1.1-10 after closing', () => advance(working(), [instruct('visit', 'cancel'), close])],
  ])('is accepted %s, and only remembered', (_, past) => {
    const state = given(past()).when(command('GiveFarewell', {})).accepts('FarewellGiven', byProvider);
    const before = stateOf(past());
    expect(state).toEqual({ ...before, closing: { ...before.closing, farewellGivenAt: minute(0) } });
  });
  it('1.1-01 is refused on the way, after the end too', () => {
    given(eventsBefore('RecordArrival')).when(command('GiveFarewell', {})).rejects(['arrived', '1.1-01']);
    given(advance(eventsBefore('RecordArrival'), [instruct('visit', 'cancel'), close]))
      .when(command('GiveFarewell', {}))
      .rejects(['arrived', '1.1-01']);
  });
  it('1.3-02 a visit is completed without it', () => {
    given(lacking(finished(), 'FarewellGiven')).when(complete).accepts('Completed', byProvider);
  });
});

describe('1.3-02 a visit is completed when all is done', () => {
  it('is completed', () => {
    const state = given(finished()).when(complete).accepts('Completed', byProvider);
    expect(state).toMatchObject({ phase: 'completed', closing: { completedAt: minute(43), outcome: null } });
  });
  it.each([
    ['work not started', () => lacking(finished(), 'WorkStarted'), ['started', '1.1-43']],
    ['a break', () => advance(finished(), pause), ['not-on-break', '1.1-43']],
    ['tests not made', () => lacking(finished(), 'QualityTested'), ['tests-passed', '1.1-47']],
    ['no conformity', () => lacking(finished(), 'ClientConformed'), ['conformity', '1.1-50']],
    ['no handover', () => lacking(finished(), 'SiteHandedOver'), ['handed-over', '1.1-45']],
    ['belongings not shown', () => lacking(finished(), 'BelongingsShown'), ['belongings-checked', '1.1-52']],
    [
      'belongings in dispute',
      () => advance(finished(), shown({ clientConfirmed: false, disputed: ['sierra'] })),
      ['belongings-confirmed', '1.1-53'],
    ],
    ['no completion call', () => lacking(finished(), 'CompletionReported'), ['completion-reported', '1.3-02']],
  ] as const)('is refused by one rule alone: %s', (_, past, refused) => {
    given(past()).when(complete).rejects(refused);
  });
  it('1.1-33 is refused while extra materials are awaited, though all else stands', () => {
    const since = ['QualityTested', 'ClientConformed', 'SiteHandedOver', 'CompletionReported'];
    const again = finished().filter(({ type }) => since.includes(type));
    given(finished(), fact('ExtraMaterialsRequested', { materials: [] }), again)
      .when(complete)
      .rejects(['not-awaiting-materials', '1.1-33']);
  });
  it('lists every rule that fails, in the order of the protocol', () => {
    given(working())
      .when(complete)
      .rejects(
        ['tests-passed', '1.1-47'],
        ['conformity', '1.1-50'],
        ['handed-over', '1.1-45'],
        ['belongings-checked', '1.1-52'],
        ['completion-reported', '1.3-02'],
      );
  });
  it('lists all of them at once', () => {
    const worst = [
      fact('Paused', { kind: 'second-visit' }),
      fact('Paused', { kind: 'break' }),
      fact('ExtraMaterialsRequested', { materials: [] }),
      fact('BelongingsShown', { items: [], clientConfirmed: false }),
    ];
    given(eventsAfter('AssignVisit'), worst)
      .when(complete)
      .rejects(
        ['arrived', '1.1-01'],
        ['not-away', '1.1-49'],
        ['started', '1.1-43'],
        ['not-on-break', '1.1-43'],
        ['not-awaiting-materials', '1.1-33'],
        ['tests-passed', '1.1-47'],
        ['conformity', '1.1-50'],
        ['handed-over', '1.1-45'],
        ['belongings-confirmed', '1.1-53'],
        ['completion-reported', '1.3-02'],
      );
  });
  it('1.1-27 1.1-22 waits for no debt of the contact center', () => {
    expect(stateOf(finished()).debts.map(({ kind }) => kind)).toEqual(['document-photos', 'document-start']);
    given(finished()).when(complete).accepts('Completed', byProvider);
  });
  it('1.1-10 is refused while an instruction to cancel stands', () => {
    given(advance(finished(), instruct('visit', 'cancel')))
      .when(complete)
      .rejects(['not-closing', '1.1-10']);
  });
});

describe('1.1-10 a visit is closed under an instruction to cancel or reschedule', () => {
  it.each([
    ['no instruction', () => eventsAfter('RecordArrival')],
    ['one to reassign', () => advance(eventsAfter('RecordArrival'), instruct('visit', 'reassign'))],
    ['one to proceed', () => advance(eventsAfter('RecordArrival'), instruct('visit', 'proceed'))],
    [
      'one that another about the visit ended',
      () => advance(working(), [instruct('visit', 'cancel'), instruct('visit', 'wait')]),
    ],
  ])('is refused under %s', (_, past) => {
    given(past()).when(close).rejects(['ending-instructed', '1.1-10']);
  });
  it.each([
    ['cancel', 'cancelled'],
    ['reschedule', 'rescheduled'],
  ] as const)('under %s the outcome is %s', (decision, outcome) => {
    const past = advance(working(), instruct('visit', decision));
    const state = given(past)
      .when(close)
      .accepts('VisitClosed', { ...byProvider, outcome });
    expect(state.closing).toMatchObject({ closedAt: minute(44), outcome, completedAt: null });
    expect(state).toMatchObject({ phase: 'closed', instruction: null });
  });
  it.each([
    ['cancel', 'cancelled'],
    ['reschedule', 'rescheduled'],
  ] as const)('1.1-39 under a coordination to %s too', (coordinated, outcome) => {
    const past = advance(disputed(), command('CoordinateMaterials', { outcome: coordinated }));
    given(past)
      .when(close)
      .accepts('VisitClosed', { ...byProvider, outcome });
  });
  it.each([
    ['before the arrival', () => eventsAfter('AssignVisit')],
    ['away', away],
    ['on a break', onBreak],
    ['awaiting materials', awaiting],
  ])('needs nothing else: %s', (_, past) => {
    const cancelled = advance(past(), instruct('visit', 'cancel'));
    given(cancelled)
      .when(close)
      .accepts('VisitClosed', { ...byProvider, outcome: 'cancelled' });
    given(cancelled)
      .when(command('CloseVisit', {}, operator))
      .accepts('VisitClosed', { ...byOperator, outcome: 'cancelled' });
  });
  it('1.2-12 is frozen for the provider while a reassignment is owed, not for the contact center', () => {
    const owed = fact('TransitIssueReported', { issue: 'breakdown', resolvable: false });
    const past = [...advance(eventsAfter('AssignVisit'), instruct('visit', 'cancel')), owed];
    given(past).when(close).rejects(['not-frozen', '1.2-12']);
    given(past)
      .when(command('CloseVisit', {}, operator))
      .accepts('VisitClosed', { ...byOperator, outcome: 'cancelled' });
  });
  it("keeps closed what the operator records for the provider, and open the client's own acts", () => {
    const past = advance(eventsAfter('TestQuality'), instruct('visit', 'cancel'));
    given(past)
      .when(command('PauseWork', { kind: 'break' }, operator))
      .rejects(['not-closing', '1.1-10']);
    given(past).when(command('RecordConformity', {})).accepts('ClientConformed', forClient);
  });
  it('0-02 is not for the client', () => {
    given(advance(working(), instruct('visit', 'cancel')))
      .when(command('CloseVisit', {}, client))
      .rejects(['role', '0-02']);
  });
  it('after the end nothing completes it', () => {
    given(advance(finished(), [instruct('visit', 'cancel'), close]))
      .when(complete)
      .rejects(['not-ended', '1.1-10']);
    given(eventsAfter('CompleteVisit'))
      .when(command('CloseVisit', {}, provider))
      .rejects(['not-ended', '1.3-02']);
  });
});
