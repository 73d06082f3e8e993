import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { catchUp, PoisonError, parked, retryParked, type SubscriptionOptions } from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command } from '../../src/testing.ts';
import { assignment } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { skipPauses } from '../support/skip-pauses.ts';
import { sent, serviceOn } from './fixture.ts';

const NAMES = ['a', 'b', 'c'] as const;
const MINUTE = 60_000;

type Failing = 'no' | 'handler' | 'effect' | 'poison' | 'poisonous-effect';
type Step =
  | { do: 'write'; visit: (typeof NAMES)[number] }
  | { do: 'fail'; visit: (typeof NAMES)[number]; how: Failing }
  | { do: 'wait'; minutes: number }
  | { do: 'catch-up'; attempts: number; batchSize: number; beside: boolean }
  | { do: 'take-up' };

const visit = fc.constantFrom(...NAMES);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ do: fc.constant('write' as const), visit }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('fail' as const),
        visit,
        how: fc.constantFrom<Failing>('no', 'handler', 'effect', 'poison', 'poisonous-effect'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.nat(20) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('catch-up' as const),
        attempts: fc.integer({ min: 1, max: 3 }),
        batchSize: fc.integer({ min: 1, max: 6 }),
        beside: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'take-up' as const }) },
  ),
  { minLength: 5, maxLength: 30 },
);

/**
 * A subscription that writes each event in the transaction of its checkpoint, and whose handler fails as configured.
 */
function subscribed(store: EventStore<never>) {
  const clock = skipPauses({ at: Date.parse('2026-03-17T15:00:00.000Z'), random: 0.5 });
  const failing = new Map<string, Failing>();
  const noted: string[] = [];
  // What effects of a move have noted is kept once the move is written.
  const writing: EventStore<never> = {
    ...store,
    async commitCheckpoint(consumer, { effect, ...move }) {
      const own: string[] = [];
      const noting = effect === undefined ? {} : { effect: () => effect(own as never) };
      await store.commitCheckpoint(consumer, { ...move, ...noting });
      noted.push(...own);
    },
  };
  const options: SubscriptionOptions = {
    store: writing,
    consumer: 'reader',
    now: () => new Date(clock.at).toISOString(),
    handle: ({ streamName, events }) => {
      const how = failing.get(streamName) ?? 'no';
      if (how === 'poison') throw new PoisonError('poison');
      if (how === 'handler') throw new Error('down');
      const effect = (own: never) => {
        if (how === 'effect') throw new Error('down');
        if (how === 'poisonous-effect') throw new PoisonError('poison');
        (own as string[]).push(...events.map(({ metadata }) => `${streamName}@${metadata.streamPosition}`));
      };
      return { effect };
    },
  };
  return { options, clock, failing, noted };
}

const stores: [string, () => EventStore<never>, number][] = [
  ['memory', () => memoryStore(), 100],
  ['sqlite', () => opened({ file: temporaryFile() }), 8],
];

describe.each(stores)('a subscription on the %s store', (_, open, numRuns) => {
  it('writes each event once and in order, whatever fails, waits, is retried, taken up or done beside it', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const store = open();
        const { handle } = serviceOn(store);
        const { options, clock, failing, noted } = subscribed(store);
        const written = new Map<string, number>();
        const write = async (visitId: string) => {
          const n = (written.get(visitId) ?? 0) + 1;
          const asked =
            n === 1
              ? command('AssignVisit', { ...assignment, visitId })
              : command('ReportConductBreach', { visitId, kind: 'smoking' });
          await handle(sent(`c-${n}`, asked));
          written.set(visitId, n);
        };
        const inOrder = () => {
          for (const name of NAMES) {
            const versions = noted.filter((one) => one.startsWith(`visit-${name}@`)).map((one) => one.split('@')[1]);
            expect(versions).toEqual(versions.map((_one, n) => String(n + 1)));
          }
        };
        for (const step of script) {
          if (step.do === 'write') await write(step.visit);
          if (step.do === 'fail') failing.set(`visit-${step.visit}`, step.how);
          if (step.do === 'wait') clock.at += step.minutes * MINUTE;
          if (step.do === 'take-up') await retryParked(options);
          if (step.do === 'catch-up') {
            const { attempts, batchSize, beside } = step;
            const runs = [catchUp({ ...options, attempts, batchSize })];
            if (beside) runs.push(catchUp({ ...options, attempts, batchSize: 2 }));
            if (beside) await retryParked(options);
            await Promise.all(runs);
          }
          inOrder();
        }
        failing.clear();
        await retryParked(options);
        expect(await catchUp(options)).toMatchObject({ parked: [], retrying: [] });
        expect(await parked(options)).toEqual([]);
        inOrder();
        const total = [...written.values()].reduce((sum, n) => sum + n, 0);
        expect(noted).toHaveLength(total);
      }),
      { numRuns, seed: 20260317 },
    );
  });
});
