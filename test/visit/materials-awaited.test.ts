import { describe, expect, it } from 'vitest';
import { advance, command, fact, given } from '../../src/testing.ts';
import {
  accept,
  agreement,
  arrival,
  askExtra,
  byOperator,
  byProvider,
  complete,
  instruct,
  leave,
  pause,
  policyWaiving,
  reenter,
  refusal,
  reject,
  supplyExtra,
  waive,
} from '../scenarios/commands.ts';
import { awaiting, finished, stateOf, working } from '../scenarios/moments.ts';

const withdraw = command('ExplainWork', { method: 'sin más', materials: [] });
const test = command('TestQuality', { withClient: true, tests: [{ name: 'fuga', passed: true }] });

describe('1.1-29 1.1-33 work that awaits extra materials stands still', () => {
  it('is not running: no test, no break, no further request', () => {
    given(awaiting()).when(test).rejects(['running', '1.1-46']);
    given(awaiting()).when(pause).rejects(['running', '1.1-43']);
    given(awaiting()).when(askExtra).rejects(['running', '1.1-29']);
    expect(stateOf(awaiting()).phase).toBe('awaiting-materials');
  });
  it.each([
    ['supplied', [supplyExtra]],
    ['rejected', [supplyExtra, reject]],
    ['in-dispute', [refusal]],
    ['coordinated', [refusal, agreement]],
    ['coordinated', [refusal, instruct('materials', 'proceed')]],
  ] as const)('awaits while they are %s', (status, steps) => {
    const state = stateOf(advance(awaiting(), steps));
    expect(state.materials).toMatchObject({ status, awaited: true });
    expect(state.phase).toBe('awaiting-materials');
  });
});

describe('1.1-33 work stops awaiting in three ways', () => {
  it('by accepting the materials', () => {
    const state = given(advance(awaiting(), supplyExtra)).when(accept).accepts('MaterialsAccepted', byProvider);
    expect(state.materials).toMatchObject({ status: 'accepted', awaited: false });
    expect(state.phase).toBe('working');
  });
  it('by an instruction that waives materials-settled', () => {
    const state = given(awaiting()).when(waive('materials-settled')).accepts('InstructionGiven', byOperator);
    expect(state.materials).toMatchObject({ status: 'requested', awaited: false });
    expect(state.phase).toBe('working');
  });
  it('by such an instruction about materials, which are coordinated then', () => {
    const instruction = instruct('materials', 'proceed', { waives: ['materials-settled'] });
    const state = given(advance(awaiting(), refusal)).when(instruction).accepts('InstructionGiven', byOperator);
    expect(state.materials).toMatchObject({ status: 'coordinated', awaited: false });
  });
  it('by explaining the work with an empty list, which withdraws the request', () => {
    const state = given(awaiting()).when(withdraw).accepts('WorkExplained', byProvider);
    expect(state.materials).toMatchObject({ status: 'not-needed', requested: [], awaited: false });
    expect(state.debts).toEqual([
      expect.objectContaining({ kind: 'document-photos' }),
      expect.objectContaining({ kind: 'document-start' }),
    ]);
    expect(state.phase).toBe('working');
  });
});

describe('1.1-33 nothing else ends awaiting', () => {
  it.each([
    ['an instruction that waives another rule', waive('enough-supplied')],
    ['an instruction that waives nothing', instruct('visit', 'proceed')],
  ])('%s', (_, instruction) => {
    expect(stateOf(advance(awaiting(), instruction)).materials.awaited).toBe(true);
  });
  it('a waiver of materials-settled that does not proceed', () => {
    const waits = fact('InstructionGiven', { about: 'visit', decision: 'wait', waives: ['materials-settled'] });
    expect(stateOf(awaiting(), waits).materials.awaited).toBe(true);
  });
  it('an earlier waiver of materials-settled: a later request is awaited anew', () => {
    const state = stateOf(advance(working(), [waive('materials-settled'), askExtra]));
    expect(state.materials.awaited).toBe(true);
  });
  it('a policy that waives materials-settled', () => {
    given(awaiting()).when(test, policyWaiving('materials-settled')).rejects(['running', '1.1-46']);
    given(finished(), fact('ExtraMaterialsRequested', { materials: [] }), fact('QualityTested', { passed: true }))
      .when(complete, policyWaiving('materials-settled'))
      .rejects(
        ['not-awaiting-materials', '1.1-33'],
        ['conformity', '1.1-50'],
        ['handed-over', '1.1-45'],
        ['completion-reported', '1.3-02'],
      );
  });
  it('1.1-49 coming back from a second visit', () => {
    const state = stateOf(advance(awaiting(), [leave, arrival, reenter]));
    expect(state.work.away).toBe(false);
    expect(state.materials.awaited).toBe(true);
    expect(state.phase).toBe('awaiting-materials');
  });
});

describe('1.1-43 1.1-49 being away, on a break and awaiting materials are three facts', () => {
  const all = () => [...awaiting(), fact('Paused', { kind: 'second-visit' }), fact('Paused', { kind: 'break' })];
  const facts = (past: ReturnType<typeof all>) => {
    const { work, materials } = stateOf(past);
    return { away: work.away, onBreak: work.onBreak, awaited: materials.awaited };
  };

  it('stand beside each other', () => {
    expect(facts(all())).toEqual({ away: true, onBreak: true, awaited: true });
  });
  it('Resumed second-visit ends being away, nothing else', () => {
    const resumed = [...all(), fact('Resumed', { kind: 'second-visit' })];
    expect(facts(resumed)).toEqual({ away: false, onBreak: true, awaited: true });
  });
  it('Resumed break ends the break, nothing else', () => {
    const resumed = [...all(), fact('Resumed', { kind: 'break' })];
    expect(facts(resumed)).toEqual({ away: true, onBreak: false, awaited: true });
  });
  it('MaterialsAccepted ends awaiting, nothing else', () => {
    expect(facts([...all(), fact('MaterialsAccepted')])).toEqual({ away: true, onBreak: true, awaited: false });
  });
});
