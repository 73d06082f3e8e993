import { describe, expect, it } from 'vitest';
import { advance, command, fact, given } from '../../src/testing.ts';
import type { MaterialsStatus } from '../../src/visit/index.ts';
import { askExtra, byOperator, byProvider, forClient, instruct, needed, policyWaiving } from '../scenarios/commands.ts';
import { materialsAt, readyWith, stateOf } from '../scenarios/moments.ts';

const statuses = Object.keys(materialsAt) as MaterialsStatus[];
const explain = (materials: typeof needed | readonly []) => command('ExplainWork', { method: 'otro', materials });
const supply = command('SupplyMaterials', { suppliedBy: 'client', items: needed });
const start = command('StartWork', {});

/** The work started with the materials as they were, under a policy that lets it. */
function startedWith(status: MaterialsStatus) {
  const policy = policyWaiving('materials-settled');
  const ready = readyWith(status);
  if (status === 'unknown') return [...ready, fact('WorkStarted')];
  return advance(ready, start, policy);
}

describe('1.1-25 1.1-36 the work is explained before the start', () => {
  it.each(['unknown', 'not-needed', 'requested', 'accepted', 'coordinated'] as const)('from %s', (from) => {
    const asked = given(materialsAt[from]()).when(explain(needed)).accepts('WorkExplained', byProvider);
    expect(asked.materials).toMatchObject({ status: 'requested', requested: needed, awaited: false });
    const without = given(materialsAt[from]()).when(explain([])).accepts('WorkExplained', byProvider);
    expect(without.materials).toMatchObject({ status: 'not-needed', requested: [] });
  });
  it.each(['supplied', 'rejected', 'in-dispute'] as const)('is refused, from %s', (from) => {
    given(materialsAt[from]()).when(explain([])).rejects(['no-round-underway', '1.1-36']);
  });
});

describe('1.1-32 materials are supplied', () => {
  it.each(['requested', 'supplied', 'rejected', 'in-dispute', 'coordinated'] as const)('from %s', (from) => {
    const state = given(materialsAt[from]()).when(supply).accepts('MaterialsSupplied', forClient);
    expect(state.materials.status).toBe('supplied');
  });
  it.each(['unknown', 'not-needed', 'accepted'] as const)('is refused, from %s', (from) => {
    given(materialsAt[from]()).when(supply).rejects(['materials-wanted', '1.1-32']);
  });
});

describe('1.1-39 an instruction about materials coordinates them', () => {
  const decisions = ['wait', 'proceed', 'other', 'cancel', 'reschedule', 'reassign'] as const;

  it.each(decisions)('whatever it decides: %s', (decision) => {
    const instruction = instruct('materials', decision);
    const disputed = given(materialsAt['in-dispute']()).when(instruction).accepts('InstructionGiven', byOperator);
    expect(disputed.materials.status).toBe('coordinated');
    const coordinated = given(materialsAt.coordinated()).when(instruction).accepts('InstructionGiven', byOperator);
    expect(coordinated.materials.status).toBe('coordinated');
  });
  it.each(['client-absence', 'identity', 'escalation', 'visit'] as const)('one about %s leaves them', (about) => {
    const state = stateOf(materialsAt['in-dispute'](), fact('InstructionGiven', { about, decision: 'proceed' }));
    expect(state.materials.status).toBe('in-dispute');
  });
});

describe('1.1-29 extra materials are asked for from any status, while running', () => {
  it.each(statuses)('from %s', (from) => {
    const state = given(startedWith(from)).when(askExtra).accepts('ExtraMaterialsRequested', byProvider);
    expect(state.materials).toMatchObject({
      status: 'requested',
      requested: [{ item: 'codo', quantity: 1 }],
      awaited: true,
    });
  });
});

describe('1.1-25 after the start the work is explained only without a list', () => {
  it.each([
    ['unknown', 'not-needed'],
    ['not-needed', 'not-needed'],
    ['requested', 'not-needed'],
    ['coordinated', 'not-needed'],
    ['accepted', 'accepted'],
  ] as const)('from %s to %s', (from, to) => {
    const state = given(startedWith(from)).when(explain([])).accepts('WorkExplained', byProvider);
    expect(state.materials.status).toBe(to);
  });
  it.each(['supplied', 'rejected', 'in-dispute'] as const)('1.1-36 is refused, from %s', (from) => {
    given(startedWith(from)).when(explain([])).rejects(['no-round-underway', '1.1-36']);
  });
  it('refuses a list, and both rules when a round is underway', () => {
    given(startedWith('accepted')).when(explain(needed)).rejects(['list-before-start', '1.1-25']);
    given(startedWith('rejected'))
      .when(explain(needed))
      .rejects(['list-before-start', '1.1-25'], ['no-round-underway', '1.1-36']);
  });
});

describe('1.1-33 1.1-35 1.1-37 1.1-38 an event of a foreign log moves materials from anywhere', () => {
  const foreign = [
    [fact('WorkExplained', { method: 'otro', materials: needed }), 'requested'],
    [fact('WorkExplained', { method: 'otro', materials: [] }), 'not-needed'],
    [fact('MaterialsSupplied', { suppliedBy: 'client' }), 'supplied'],
    [fact('MaterialsAccepted'), 'accepted'],
    [fact('MaterialsRejected', { mismatches: [] }), 'rejected'],
    [fact('MaterialsChangeRefused'), 'in-dispute'],
    [fact('MaterialsCoordinated', { outcome: 'client-will-supply' }), 'coordinated'],
    [fact('InstructionGiven', { about: 'materials', decision: 'wait', text: 'espere' }), 'coordinated'],
    [fact('ExtraMaterialsRequested', { materials: needed }), 'requested'],
    [fact('ExtraMaterialsRequested', { materials: [] }), 'requested'],
  ] as const;

  it.each(foreign.flatMap(([happened, to]) => statuses.map((from) => ({ type: happened.type, from, to, happened }))))(
    '$type: $from to $to',
    ({ from, to, happened }) => {
      expect(stateOf(materialsAt[from](), happened).materials.status).toBe(to);
    },
  );
  it.each(['unknown', 'supplied', 'rejected', 'in-dispute'] as const)(
    'WorkExplained without a list, after the start: %s to not-needed',
    (from) => {
      const explained = fact('WorkExplained', { method: 'otro', materials: [] });
      expect(stateOf(startedWith(from), explained).materials.status).toBe('not-needed');
    },
  );
  it.each(statuses)('WorkExplained with a list, after the start: %s to requested', (from) => {
    const explained = fact('WorkExplained', { method: 'otro', materials: needed });
    expect(stateOf(startedWith(from), explained).materials.status).toBe('requested');
  });
});

describe('1.1-38 1.1-35 1.1-33 the start needs materials accepted or not needed', () => {
  it.each([
    ['requested', '1.1-33'],
    ['supplied', '1.1-33'],
    ['rejected', '1.1-35'],
    ['in-dispute', '1.1-38'],
    ['coordinated', '1.1-38'],
  ] as const)('refuses what is %s by %s', (status, clause) => {
    given(readyWith(status)).when(start).rejects(['materials-settled', clause]);
  });
  it.each(['accepted', 'not-needed'] as const)('accepts what is %s', (status) => {
    given(readyWith(status)).when(start).accepts('WorkStarted', byProvider);
  });
});
