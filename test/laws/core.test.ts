import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frozen } from '../../src/kernel/index.ts';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { anyEvent } from '../../src/testing/arbitraries/events.ts';
import { type Walk, walks, wild } from '../../src/testing/arbitraries/walks.ts';
import { witnessed } from '../../src/testing/arbitraries/witnessed.ts';
import { decide, evolve, initialState, replay, type VisitState } from '../../src/visit/index.ts';

const runs = { numRuns: 300, seed: 20260317 };
const law = (walk: fc.Arbitrary<Walk>, holds: (walk: Walk) => void, params: object = runs) =>
  fc.assert(fc.property(walk, holds), params);

const logs = fc.oneof(
  walks().map(({ events }) => events),
  fc.array(anyEvent, { maxLength: 60, size: 'max' }),
);

const fold = (events: readonly VisitEvent[], from = initialState()) => events.reduce(evolve, from);

const reversedKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversedKeys(item)]),
  );
};

const isDeepFrozen = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isDeepFrozen));

describe('the two folds', () => {
  it('replay equals the fold of evolve, for every log, and is frozen', () => {
    fc.assert(
      fc.property(logs, (events) => {
        const state = replay(events);
        expect(state).toEqual(fold(events));
        expect(JSON.stringify(state)).toBe(JSON.stringify(fold(events)));
        expect(isDeepFrozen(state)).toBe(true);
      }),
      runs,
    );
  });

  it('folds a concatenation in two parts, and from a snapshot that went through JSON, at any cut', () => {
    fc.assert(
      fc.property(logs, fc.nat(), (events, at) => {
        const cut = at % (events.length + 1);
        const snapshot: VisitState = JSON.parse(JSON.stringify(replay(events.slice(0, cut))));
        expect(replay(events.slice(cut), snapshot)).toEqual(replay(events));
      }),
      runs,
    );
  });

  it('leaves an event as it was: neither changed, nor frozen, nor kept', () => {
    fc.assert(
      fc.property(logs, (frozenEvents) => {
        const events: VisitEvent[] = structuredClone([...frozenEvents]);
        const [evolved, replayed] = [fold(events), replay(events)];
        const before = JSON.stringify([evolved, replayed]);
        expect(events).toEqual(frozenEvents);
        const scribble = (value: unknown): void => {
          if (typeof value !== 'object' || value === null) return;
          for (const item of Object.values(value)) scribble(item);
          for (const key of Object.keys(value)) (value as Record<string, unknown>)[key] = 'scribbled';
        };
        scribble(events);
        expect(JSON.stringify([evolved, replayed])).toBe(before);
      }),
      runs,
    );
  });

  it('answers the same state to an unknown event, one of another visit, and one of a newer version', () => {
    law(walks(30), ({ state, events }) => {
      const last = events.at(-1);
      if (last === undefined) return;
      const strangers = [
        { ...last, type: 'SomethingNew' },
        { ...last, type: 'constructor' },
        { ...last, data: { ...last.data, visitId: 'v-other' } },
        { ...last, metadata: { schemaVersion: 2 } },
      ] as VisitEvent[];
      for (const stranger of strangers) expect(evolve(state, stranger)).toBe(state);
    });
  });
});

describe('decide', () => {
  it('is total and deterministic on anything that the schema allows, in any state, and answers plain JSON', () => {
    fc.assert(
      fc.property(logs, wild, (events, asked) => {
        const command = asked as VisitCommand;
        const state = replay(events);
        const decision = decide(command, state);
        expect(decide(command, state)).toEqual(decision);
        expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
        if (decision.ok) expect(decision.events).toHaveLength(1);
        else expect(decision.rejection.violations.length).toBeGreaterThan(0);
      }),
      { ...runs, numRuns: 2_000 },
    );
  });

  it('changes nothing that it is given, and works on frozen input', () => {
    law(walks(), ({ asked, policy }) => {
      for (const { command, before, accepted } of asked) {
        const copy = structuredClone(command);
        const decision = decide(frozen(structuredClone(command)), before, policy);
        expect(decision.ok ? decision.events[0] : null).toEqual(accepted);
        expect(command).toEqual(copy);
      }
    });
  });

  it('does not look at the order of keys', () => {
    law(walks(), ({ asked, policy }) => {
      for (const { command, before } of asked) {
        expect(decide(reversedKeys(command) as VisitCommand, before, policy)).toEqual(decide(command, before, policy));
      }
    });
  });

  it('says nothing but what the command says, whose act it was, and three derived facts', () => {
    law(walks(), ({ asked }) => {
      for (const { command, accepted } of asked) {
        if (accepted === null) continue;
        const { by, recordedBy, ...rest } = accepted.data as typeof accepted.data & Record<string, unknown>;
        for (const derived of ['edition', 'passed', 'outcome']) {
          if (!Object.hasOwn(command.data, derived)) delete (rest as Record<string, unknown>)[derived];
        }
        expect(rest).toEqual(command.data);
        expect(recordedBy ?? by).toEqual(command.metadata.actor);
      }
    });
  });
});

describe('witnesses', () => {
  it('one of them is accepted wherever anything of its type is, by the same role', () => {
    law(
      walks(),
      ({ asked, policy }) => {
        for (const { command, before, accepted } of asked) {
          if (accepted === null) continue;
          const { role } = command.metadata.actor;
          const made = witnessed(command.type, before, command.data.at, policy);
          const accepting = made.filter((next) => decide(next, before, policy).ok);
          expect(
            accepting.some(({ metadata }) => metadata.actor.role === role),
            `${command.type} by ${role}`,
          ).toBe(true);
        }
      },
      { ...runs, numRuns: 1_000 },
    );
  });
});

describe('evidence is monotone', () => {
  it('photographs, the case number, the start call, waivers and intervals never vanish', () => {
    law(walks(), ({ asked, state }) => {
      for (const { before } of asked) {
        for (const [id, photo] of Object.entries(before.photos.byId)) {
          const now = state.photos.byId[id];
          expect(now?.takenAt).toBe(photo.takenAt);
          if (photo.sentAt !== null) expect(now?.sentAt).toBe(photo.sentAt);
          if (photo.documentedAt !== null) expect(now?.documentedAt).toBe(photo.documentedAt);
        }
        if (before.caseNumber !== null) expect(state.caseNumber).toBe(before.caseNumber);
        if (before.work.startReportedAt !== null) expect(state.work.startReportedAt).not.toBeNull();
        expect(state.waivers.slice(0, before.waivers.length)).toEqual(before.waivers);
        expect(state.work.intervals.length).toBeGreaterThanOrEqual(before.work.intervals.length);
      }
    });
  });
});
