import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { evolve, initialState } from '../../src/visit/index.ts';
import { invariants } from '../../src/visit/invariants/index.ts';

describe('the invariants, written from the protocol and not from the table', () => {
  it('are at least twenty, each named once', () => {
    const ids = invariants.map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(20);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('hold after every accepted act', () => {
    fc.assert(
      fc.property(walks(), ({ events, policy }) => {
        let state = initialState();
        events.forEach((event, index) => {
          state = evolve(state, event);
          const history = events.slice(0, index + 1);
          const broken = invariants.filter(({ holds }) => !holds(state, history, policy ?? {}));
          expect(broken.map(({ id }) => id)).toEqual([]);
        });
      }),
      { numRuns: 300, seed: 20260318 },
    );
  });
});
