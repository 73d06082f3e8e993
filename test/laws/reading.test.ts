import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/audit.ts';
import { commandBehind } from '../../src/reading/log/behind.ts';
import { anyEvent } from '../../src/testing/arbitraries/events.ts';
import { illegalHistories } from '../../src/testing/arbitraries/histories.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { decide, evolve, initialState, type Policy, replay } from '../../src/visit/index.ts';
import { actBehind } from '../../src/visit/table.ts';

const unmarked = ({ type, data }: VisitEvent) => ({ type, data });

/** Whether `decide` would have written each event of the log on the state before it. */
function isDecided(events: readonly VisitEvent[], policy: Policy | undefined): boolean {
  let state = initialState();
  for (const event of events) {
    const act = actBehind(event.type);
    if (act === undefined) return false;
    const decision = decide(commandBehind(act, event), state, policy);
    if (!decision.ok) return false;
    try {
      expect(decision.events.map(unmarked)).toEqual([unmarked(event)]);
    } catch {
      return false;
    }
    state = evolve(state, event);
  }
  return true;
}

describe('a log is clean exactly when decide would have produced it', () => {
  it('is so for lawful logs', () => {
    fc.assert(
      fc.property(walks(), ({ events, policy, state }) => {
        const found = audit(events, policy === undefined ? {} : { policy });
        expect(found.findings.filter(({ kind }) => kind !== 'measure' && kind !== 'deviation')).toEqual([]);
        expect(found).toMatchObject({ clean: true, state, debts: state.debts });
      }),
      { numRuns: 400, seed: 11 },
    );
  });

  it('is so for logs with one unlawful event, which is found there with its clauses', () => {
    fc.assert(
      fc.property(illegalHistories(), ({ events, index, clauses, policy }) => {
        const { clean, findings } = audit(events, policy === undefined ? {} : { policy });
        const violations = findings.filter(({ kind }) => kind !== 'measure' && kind !== 'deviation');
        expect(clean).toBe(false);
        if (violations.some(({ kind }) => kind !== 'late')) {
          expect(violations.map((violation) => violation.clause)).toEqual(clauses);
        }
        expect(new Set(violations.map((violation) => violation.index))).toEqual(new Set([index]));
      }),
      { numRuns: 400, seed: 12 },
    );
  });

  it('is so for any events at all, and for lawful logs cut, doubled and shuffled', () => {
    const wild = fc.array(anyEvent, { maxLength: 30 });
    const damaged = walks().chain(({ events }) => fc.shuffledSubarray([...events, ...events]));
    fc.assert(
      fc.property(fc.oneof(wild, damaged), (events) => {
        const { clean, state, findings } = audit(events);
        const late = findings.some(({ kind }) => kind === 'late');
        expect(clean).toBe(isDecided(events, undefined) && !late);
        expect(state).toEqual(replay(events));
      }),
      { numRuns: 600, seed: 13 },
    );
  });

  it('never throws, whatever stands in the log', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.anything(), anyEvent), { maxLength: 20 }), (entries) => {
        const { findings } = audit(entries as VisitEvent[]);
        expect(findings.every(({ index }) => index < entries.length)).toBe(true);
      }),
      { numRuns: 500, seed: 14 },
    );
  });
});
