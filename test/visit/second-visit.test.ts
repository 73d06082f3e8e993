import { describe, expect, it } from 'vitest';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import {
  accept,
  arrival,
  byProvider,
  call,
  close,
  instruct,
  leave,
  operator,
  otherProvider,
  pause,
  reenter,
  rejection,
  stretch,
  substitution,
} from '../scenarios/commands.ts';
import { awaiting, away, back, onBreak, stateOf, takenOver, working } from '../scenarios/moments.ts';

const unnoticed = command('PauseWork', { kind: 'second-visit' });
const byNew = { by: otherProvider };
const enter = (more: object = { notice: call }) =>
  command('ResumeWork', { at: minute(60), kind: 'second-visit', ...more }, otherProvider);

describe('1.1-48 leaving until a second visit is notified', () => {
  it('refuses without the notice', () => {
    given(working()).when(unnoticed).rejects(['notice-given', '1.1-48']);
  });
  it('lists every rule that fails', () => {
    given(away()).when(unnoticed).rejects(['arrived', '1.1-01'], ['not-away', '1.1-49'], ['notice-given', '1.1-48']);
  });
  it.each([
    ['before anything was begun', () => eventsAfter('RecordArrival')],
    ['while materials are supplied', () => eventsAfter('SupplyMaterials')],
    ['while working', working],
    ['on a break', onBreak],
    ['awaiting materials', awaiting],
    ['after the tests', () => eventsAfter('TestQuality')],
  ])('accepts %s', (_, past) => {
    const state = given(past()).when(leave).accepts('Paused', byProvider);
    expect(state.phase).toBe('away');
    expect(state.work.away).toBe(true);
    expect(state.arrival.arrivedAt).toBeNull();
  });
  it('1.1-10 carries out an instruction to reschedule', () => {
    const state = given(advance(working(), instruct('visit', 'reschedule')))
      .when(leave)
      .accepts('Paused', byProvider);
    expect(state.instruction).toBeNull();
    given(advance(working(), [instruct('visit', 'reschedule'), leave]))
      .when(close)
      .rejects(['ending-instructed', '1.1-10']);
  });
  it('1.1-10 is closed by an instruction to cancel, and leaves one to reassign', () => {
    given(advance(working(), instruct('visit', 'cancel')))
      .when(leave)
      .rejects(['not-closing', '1.1-10']);
    expect(stateOf(advance(working(), [instruct('visit', 'reassign'), leave])).instruction).toBe('reassign');
    expect(
      stateOf(working(), fact('InstructionGiven', { about: 'visit', decision: 'cancel' }), fact('Paused', leave.data))
        .instruction,
    ).toBe('cancel');
  });
  it('1.1-10 a break carries out nothing, and is closed under both', () => {
    given(advance(working(), instruct('visit', 'reschedule')))
      .when(pause)
      .rejects(['not-closing', '1.1-10']);
    const paused = stateOf(advance(working(), instruct('visit', 'reschedule')), fact('Paused', { kind: 'break' }));
    expect(paused.instruction).toBe('reschedule');
  });
});

describe('1.1-49 re-entry on the day of the second visit', () => {
  it('refuses without the notice', () => {
    given(back())
      .when(command('ResumeWork', { kind: 'second-visit' }))
      .rejects(['notice-given', '1.1-49']);
  });
  it('refuses who has not arrived', () => {
    given(away()).when(reenter).rejects(['arrived', '1.1-01']);
  });
  it('refuses where nobody had left', () => {
    given(working()).when(reenter).rejects(['away', '1.1-49']);
  });
  it('1.1-08 refuses while the identity is rejected', () => {
    given(advance(back(), rejection)).when(reenter).rejects(['identity-valid', '1.1-08']);
  });
  it('accepts with the credential and the tools of the first visit', () => {
    const state = given(back()).when(reenter).accepts('Resumed', byProvider);
    expect(state).toMatchObject({ phase: 'working', work: { away: false } });
  });
  it('does not start the work again', () => {
    given(advance(back(), reenter)).when(command('StartWork', {})).rejects(['not-started', '1.1-43']);
  });
  it('may be left and entered once more: a third visit is measured, not refused', () => {
    const third = advance(back(), [reenter, leave, arrival, reenter]);
    expect(stateOf(third).phase).toBe('working');
  });
  it('lists every rule that fails, in the order of the protocol', () => {
    given(eventsAfter('AssignVisit'), fact('WorkStarted'))
      .when(command('ResumeWork', { kind: 'second-visit' }))
      .rejects(
        ['away', '1.1-49'],
        ['arrived', '1.1-01'],
        ['credential-shown', '1.1-03'],
        ['identity-valid', '1.1-08'],
        ['tools-shown', '1.1-40'],
        ['notice-given', '1.1-49'],
      );
  });
});

describe('1.1-48 1.1-49 a second visit before the start', () => {
  const left = () => advance(eventsAfter('ExplainWork'), leave);

  it('1.1-40 needs no tools to come back, but the notice', () => {
    given(left(), fact('ProviderArrived')).when(reenter).accepts('Resumed', byProvider);
    given(left(), fact('ProviderArrived'))
      .when(command('ResumeWork', { kind: 'second-visit' }))
      .rejects(['notice-given', '1.1-49']);
  });
  it('needs credential and identity', () => {
    given(advance(eventsAfter('RecordArrival'), [leave, arrival]))
      .when(reenter)
      .rejects(['credential-shown', '1.1-03'], ['identity-valid', '1.1-08']);
  });
  it('keeps what was done, and starts after the return', () => {
    const supply = command('SupplyMaterials', { suppliedBy: 'client' });
    given(left()).when(supply).rejects(['arrived', '1.1-01'], ['not-away', '1.1-49']);
    const rest = [supply, accept, ...stretch('ShowTools', 'StartWork')];
    expect(stateOf(advance(left(), [arrival, reenter, ...rest])).phase).toBe('working');
  });
  it('1.2-12 is no longer one when another provider takes over', () => {
    const state = stateOf(advance(left(), [instruct('visit', 'reassign'), substitution]));
    expect(state).toMatchObject({ phase: 'in-transit', work: { away: false } });
    given(advance(left(), [instruct('visit', 'reassign'), substitution]))
      .when(command('RecordArrival', {}, otherProvider))
      .accepts('ProviderArrived', byNew);
  });
});

describe('1.2-12 another provider takes over after the start', () => {
  it('is away until the new provider re-enters', () => {
    expect(stateOf(takenOver())).toMatchObject({ phase: 'away', work: { away: true, onBreak: false } });
    given(takenOver('RecordArrival'))
      .when(command('ClearArea', { moved: [] }, otherProvider))
      .rejects(['not-away', '1.1-49']);
  });
  it('1.1-03 arrives, shows credential and tools, identifies and re-enters; 1.1-43 the start is not repeated', () => {
    const settled = takenOver('RecordArrival', 'ShowCredential', 'ValidateIdentity', 'ShowTools');
    const state = given(settled).when(enter()).accepts('Resumed', byNew);
    expect(state).toMatchObject({ phase: 'working', work: { startedAt: minute(16), tools: ['taladro'] } });
    given(advance(settled, enter()))
      .when(command('StartWork', {}, otherProvider))
      .rejects(['not-started', '1.1-43']);
  });
  it('1.1-40 is refused re-entry while the tools are not shown', () => {
    given(takenOver('RecordArrival', 'ShowCredential', 'ValidateIdentity'))
      .when(enter())
      .rejects(['tools-shown', '1.1-40']);
  });
  it('is refused by every requirement that the new provider has not met', () => {
    given(takenOver())
      .when(enter({}))
      .rejects(
        ['arrived', '1.1-01'],
        ['credential-shown', '1.1-03'],
        ['identity-valid', '1.1-08'],
        ['tools-shown', '1.1-40'],
        ['notice-given', '1.1-49'],
      );
  });
  it('finishes the visit with tests, conformity, handover and belongings of the new provider', () => {
    const settled = takenOver('RecordArrival', 'ShowCredential', 'ValidateIdentity', 'ShowTools');
    const rest = [
      command('TestQuality', { withClient: true, tests: [{ name: 'fuga', passed: true }] }, otherProvider),
      command('RecordConformity', {}, otherProvider),
      command('HandOverSite', { structuralConditionPreserved: true }, otherProvider),
      command('ShowBelongings', { items: ['taladro'], clientConfirmed: true }, otherProvider),
      command('ReportCompletion', { call, caseNumber: 'EXP-1' }, otherProvider),
      command('CompleteVisit', {}, otherProvider),
    ];
    expect(stateOf(advance(settled, [enter(), ...rest])).phase).toBe('completed');
  });
  it('by: the new provider is the author when the operator records the act', () => {
    const settled = takenOver('RecordArrival', 'ShowCredential', 'ValidateIdentity', 'ShowTools');
    given(settled)
      .when(command('ResumeWork', { kind: 'second-visit', notice: call }, operator))
      .accepts('Resumed', { by: otherProvider, recordedBy: operator });
  });
});

describe('1.1-48 1.1-49 before the start nothing of the start is lost', () => {
  it('starts right after the return, when all was ready', () => {
    given(advance(eventsBefore('StartWork'), [leave, arrival, reenter]))
      .when(command('StartWork', {}))
      .accepts('WorkStarted', byProvider);
  });
});
