import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { anyEvent } from '../../src/testing/arbitraries/anything.ts';
import { witnessed } from '../../src/testing/arbitraries/from-witnesses.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { coreLaws } from '../../src/testing/laws/core.ts';
import { decide, evolve, initialState, replay } from '../../src/visit/index.ts';
import { runs } from '../support/runs.ts';

describe('the laws of the core', () => {
  it.each(coreLaws())('$name', ({ run }) => run({ numRuns: runs(150), seed: 20260317 }));
});

const isDeepFrozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isDeepFrozen));

describe('the two folds', () => {
  it('answer frozen states, and the same one to what they do not know', () => {
    const logs = fc.array(anyEvent, { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(logs, (events) => {
        const state = replay(events);
        expect(isDeepFrozen(state)).toBe(true);
        const unknown = { ...events[0], type: 'constructor' } as unknown as VisitEvent;
        expect(evolve(state, unknown)).toBe(state);
      }),
      { numRuns: runs(150), seed: 3 },
    );
  });

  it('keep nothing of an event: what becomes of it later changes no state', () => {
    const scribble = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const item of Object.values(value)) scribble(item);
      for (const key of Object.keys(value)) Reflect.set(value, key, 'scribbled');
    };
    fc.assert(
      fc.property(walks(), ({ events: original }) => {
        const events = structuredClone(original) as VisitEvent[];
        const states = [replay(events), events.reduce(evolve, initialState())];
        const before = JSON.stringify(states);
        scribble(events);
        expect(JSON.stringify(states)).toBe(before);
      }),
      { numRuns: runs(100), seed: 4 },
    );
  });
});

describe('witnesses', () => {
  it('one of them is accepted wherever anything of its type is, by the same role', () => {
    fc.assert(
      fc.property(walks(), ({ asked, policy }) => {
        for (const { command, before, accepted } of asked) {
          // No witness makes a report: reconciling alone does.
          if (accepted === null || command.type === 'ReportDiscrepancy') continue;
          const { role } = command.metadata.actor;
          const accepting = witnessed(command.type, before, command.data.at, policy).filter(
            (made) => decide(made, before, policy).ok,
          );
          expect(
            accepting.some(({ metadata }) => metadata.actor.role === role),
            `${command.type} by ${role}`,
          ).toBe(true);
        }
      }),
      { numRuns: runs(400), seed: 5 },
    );
  });
});
