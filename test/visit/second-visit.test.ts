import { describe, expect, it } from 'vitest';
import * as half from '../support/second-half.ts';
import { byProvider, call, command, given, minute, operator, otherProvider, through, upTo } from '../support/visit.ts';

const { arrive, continued, event, instruct, leave, reenter, stateOf, takenOver } = half;
const unnoticed = command('PauseWork', { kind: 'second-visit' });
const byNew = { by: otherProvider };
const enter = (more: object = { notice: call }) =>
  command('ResumeWork', { at: minute(60), kind: 'second-visit', ...more }, otherProvider);

describe('1.1-48 leaving until a second visit is notified', () => {
  it('refuses without the notice', () => {
    given(half.working()).when(unnoticed).rejects(['notice-given', '1.1-48']);
  });
  it('lists every rule that fails', () => {
    given(half.away())
      .when(unnoticed)
      .rejects(['arrived', '1.1-01'], ['not-away', '1.1-49'], ['notice-given', '1.1-48']);
  });
  it.each([
    ['before anything was begun', () => through('RecordArrival')],
    ['while materials are supplied', () => through('SupplyMaterials')],
    ['while working', half.working],
    ['on a break', half.onBreak],
    ['awaiting materials', half.awaiting],
    ['after the tests', () => through('TestQuality')],
  ])('accepts %s', (_, past) => {
    const state = given(past()).when(leave).then('Paused', byProvider);
    expect(state.phase).toBe('away');
    expect(state.work.away).toBe(true);
    expect(state.arrival.arrivedAt).toBeNull();
  });
  it('1.1-10 carries out an instruction to reschedule', () => {
    const state = given(continued(half.working(), instruct('reschedule')))
      .when(leave)
      .then('Paused', byProvider);
    expect(state.instruction).toBeNull();
    given(continued(half.working(), instruct('reschedule'), leave))
      .when(half.close)
      .rejects(['ending-instructed', '1.1-10']);
  });
  it('1.1-10 is closed by an instruction to cancel, and leaves one to reassign', () => {
    given(continued(half.working(), instruct('cancel')))
      .when(leave)
      .rejects(['not-closing', '1.1-10']);
    expect(stateOf(continued(half.working(), instruct('reassign'), leave)).instruction).toBe('reassign');
    expect(
      stateOf(
        half.working(),
        event('InstructionGiven', { about: 'visit', decision: 'cancel' }),
        event('Paused', leave.data),
      ).instruction,
    ).toBe('cancel');
  });
  it('1.1-10 a break carries out nothing, and is closed under both', () => {
    given(continued(half.working(), instruct('reschedule')))
      .when(half.pause)
      .rejects(['not-closing', '1.1-10']);
    const paused = stateOf(continued(half.working(), instruct('reschedule')), event('Paused', { kind: 'break' }));
    expect(paused.instruction).toBe('reschedule');
  });
});

describe('1.1-49 re-entry on the day of the second visit', () => {
  it('refuses without the notice', () => {
    given(half.back())
      .when(command('ResumeWork', { kind: 'second-visit' }))
      .rejects(['notice-given', '1.1-49']);
  });
  it('refuses who has not arrived', () => {
    given(half.away()).when(reenter).rejects(['arrived', '1.1-01']);
  });
  it('refuses where nobody had left', () => {
    given(half.working()).when(reenter).rejects(['away', '1.1-49']);
  });
  it('1.1-08 refuses while the identity is rejected', () => {
    given(continued(half.back(), half.rejectIdentity)).when(reenter).rejects(['identity-valid', '1.1-08']);
  });
  it('accepts with the credential and the tools of the first visit', () => {
    const state = given(half.back()).when(reenter).then('Resumed', byProvider);
    expect(state).toMatchObject({ phase: 'working', work: { away: false } });
  });
  it('does not start the work again', () => {
    given(continued(half.back(), reenter)).when(command('StartWork', {})).rejects(['not-started', '1.1-43']);
  });
  it('may be left and entered once more: a third visit is measured, not refused', () => {
    const third = continued(half.back(), reenter, leave, arrive, reenter);
    expect(stateOf(third).phase).toBe('working');
  });
  it('lists every rule that fails, in the order of the protocol', () => {
    given(through('AssignVisit'), event('WorkStarted'))
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
  const left = () => continued(through('ExplainWork'), leave);

  it('1.1-40 needs no tools to come back, but the notice', () => {
    given(left(), event('ProviderArrived')).when(reenter).then('Resumed', byProvider);
    given(left(), event('ProviderArrived'))
      .when(command('ResumeWork', { kind: 'second-visit' }))
      .rejects(['notice-given', '1.1-49']);
  });
  it('needs credential and identity', () => {
    given(continued(through('RecordArrival'), leave, arrive))
      .when(reenter)
      .rejects(['credential-shown', '1.1-03'], ['identity-valid', '1.1-08']);
  });
  it('keeps what was done, and starts after the return', () => {
    const supply = command('SupplyMaterials', { suppliedBy: 'client' });
    given(left()).when(supply).rejects(['arrived', '1.1-01'], ['not-away', '1.1-49']);
    const rest = [
      supply,
      half.accept,
      command('ShowTools', { tools: ['llave'] }),
      command('ClearArea', { moved: [] }),
      command('ReportStart', { call }),
      command('StartWork', {}),
    ];
    expect(stateOf(continued(left(), arrive, reenter, ...rest)).phase).toBe('working');
  });
  it('1.2-12 is no longer one when another provider takes over', () => {
    const state = stateOf(continued(left(), instruct('reassign'), half.reassign));
    expect(state).toMatchObject({ phase: 'in-transit', work: { away: false } });
    given(continued(left(), instruct('reassign'), half.reassign))
      .when(command('RecordArrival', {}, otherProvider))
      .then('ProviderArrived', byNew);
  });
});

describe('1.2-12 another provider takes over after the start', () => {
  it('is away until he re-enters', () => {
    expect(stateOf(takenOver())).toMatchObject({ phase: 'away', work: { away: true, onBreak: false } });
    given(takenOver('RecordArrival'))
      .when(command('ClearArea', { moved: [] }, otherProvider))
      .rejects(['not-away', '1.1-49']);
  });
  it('1.1-03 arrives, shows credential and tools, identifies and re-enters; 1.1-43 the start is not repeated', () => {
    const settled = takenOver('RecordArrival', 'ShowCredential', 'ValidateIdentity', 'ShowTools');
    const state = given(settled).when(enter()).then('Resumed', byNew);
    expect(state).toMatchObject({ phase: 'working', work: { startedAt: minute(16), tools: ['taladro'] } });
    given(continued(settled, enter()))
      .when(command('StartWork', {}, otherProvider))
      .rejects(['not-started', '1.1-43']);
  });
  it('1.1-40 is refused re-entry while the tools are not shown', () => {
    given(takenOver('RecordArrival', 'ShowCredential', 'ValidateIdentity'))
      .when(enter())
      .rejects(['tools-shown', '1.1-40']);
  });
  it('is refused by all that he has not done', () => {
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
  it('finishes the visit with tests, conformity, handover and belongings of his own', () => {
    const settled = takenOver('RecordArrival', 'ShowCredential', 'ValidateIdentity', 'ShowTools');
    const rest = [
      command('TestQuality', { withClient: true, tests: [{ name: 'fuga', passed: true }] }, otherProvider),
      command('RecordConformity', {}, otherProvider),
      command('HandOverSite', { structuralConditionPreserved: true }, otherProvider),
      command('ShowBelongings', { items: ['taladro'], clientConfirmed: true }, otherProvider),
      command('ReportCompletion', { call, caseNumber: 'EXP-1' }, otherProvider),
      command('CompleteVisit', {}, otherProvider),
    ];
    expect(stateOf(continued(settled, enter(), ...rest)).phase).toBe('completed');
  });
  it('by: the new provider is the author when the operator records it for him', () => {
    const settled = takenOver('RecordArrival', 'ShowCredential', 'ValidateIdentity', 'ShowTools');
    given(settled)
      .when(command('ResumeWork', { kind: 'second-visit', notice: call }, operator))
      .then('Resumed', { by: otherProvider, recordedBy: operator });
  });
});

describe('1.1-48 1.1-49 before the start nothing of the start is lost', () => {
  it('starts right after the return, when all was ready', () => {
    given(continued(upTo('StartWork'), leave, arrive, reenter))
      .when(command('StartWork', {}))
      .then('WorkStarted', byProvider);
  });
});
