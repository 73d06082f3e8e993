import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyCommand,
  anyEvent,
  badLines,
  commandsIn,
  histories,
  illegalHistories,
  interleavings,
  nearCommandsIn,
  points,
  visitAt,
} from '../../src/testing.ts';
import { decide, replay } from '../../src/visit/index.ts';
import { parseCommand, parseEvent } from '../../src/wire.ts';
import { runs } from '../support/runs.ts';

const parameters = { numRuns: runs(200), seed: 11 };
const at = '2026-03-17T18:00:00.000Z';

describe('the arbitraries', () => {
  it('make commands and events that the wire lets in', () => {
    fc.assert(
      fc.property(anyCommand, anyEvent, (command, event) => {
        const issues = [parseCommand(JSON.stringify(command)), parseEvent(JSON.stringify(event))];
        expect(issues.map((parsed) => (parsed.ok ? [] : parsed.issues))).toEqual([[], []]);
      }),
      { ...parameters, numRuns: runs(1_000) },
    );
  });

  it.each(points)('make commands that a visit at %s accepts, and some that one rule refuses', (point) => {
    const { state } = visitAt(point);
    fc.assert(
      fc.property(commandsIn(state, at), (command) => decide(command, state).ok),
      { ...parameters, numRuns: runs(30) },
    );
    const near = fc.sample(nearCommandsIn(state, at), { numRuns: runs(200), seed: 3 }).filter((one) => one !== null);
    expect(near.length).toBeGreaterThan(0);
    for (const { command, rule, clause } of near) {
      expect(decide(command, state)).toMatchObject({ ok: false, rejection: { violations: [{ rule, clause }] } });
    }
  });

  it.each(['completed', 'away', 'closed', 'on-break'] as const)('make histories that end %s', (phase) => {
    for (const { events, state } of fc.sample(histories({ phase }), { numRuns: runs(10), seed: 5 })) {
      expect(replay(events)).toEqual(state);
      expect(state.phase).toBe(phase);
    }
  });

  it('make histories with one unlawful event, by its clauses', () => {
    const made = fc.sample(illegalHistories(), { numRuns: runs(200), seed: 9 });
    for (const { events, index, clauses } of made) {
      expect(index).toBe(events.length - 1);
      expect(clauses.length).toBeGreaterThan(0);
    }
    expect(new Set(made.flatMap(({ clauses }) => clauses)).size).toBeGreaterThan(15);
  });

  it('merge two writers without changing the order of either', () => {
    fc.assert(
      fc.property(interleavings(), ({ phone, center, merged }) => {
        expect(merged.filter((command) => phone.includes(command))).toEqual(phone);
        expect(merged.filter((command) => center.includes(command))).toEqual(center);
      }),
      parameters,
    );
  });

  it('damage lines in ways that the wire answers without throwing', () => {
    fc.assert(
      fc.property(badLines, (line) => {
        const parsed = parseEvent(line);
        if (!parsed.ok) expect(parsed.issues.length).toBeGreaterThan(0);
        expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
      }),
      { ...parameters, numRuns: runs(3_000) },
    );
  });

  it('shrink a failing history to the acts that matter', () => {
    const shrunk = [1, 2, 3].map((seed) => {
      const details = fc.check(
        fc.property(histories(), ({ events }) => !events.some(({ type }) => type === 'CredentialShown')),
        { seed, numRuns: runs(100) },
      );
      expect(details.failed).toBe(true);
      return (details.counterexample?.[0].events ?? []).map(({ type }) => type);
    });
    expect(shrunk).toContainEqual(['VisitAssigned', 'ProviderArrived', 'CredentialShown']);
    for (const types of shrunk) expect(types.length).toBeLessThan(5);
  });
});
