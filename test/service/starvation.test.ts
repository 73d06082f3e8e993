import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { catchUp, PoisonError, type StreamBatch, type SubscriptionOptions, subscribe } from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command } from '../../src/testing.ts';
import { assignment } from '../scenarios/commands.ts';
import { runs } from '../support/runs.ts';
import { skipPauses } from '../support/skip-pauses.ts';
import { sent, serviceOn } from './fixture.ts';

const START = Date.parse('2026-03-17T15:00:00.000Z');
const LONGEST_PAUSE_MS = 10_000;

/** A store whose subscriptions look for new events themselves: time passes in their pauses alone. */
function withoutListening({ listen: _, ...store }: EventStore<never>): EventStore<never> {
  return store;
}

/** Writes the next event of a visit. */
function writerOf(store: EventStore<never>) {
  const { handle } = serviceOn(store);
  const written = new Map<string, number>();
  return async (visitId: string) => {
    const n = (written.get(visitId) ?? 0) + 1;
    written.set(visitId, n);
    const first = command('AssignVisit', { ...assignment, visitId });
    await handle(sent(`c-${n}`, n === 1 ? first : command('ReportConductBreach', { visitId, kind: 'smoking' })));
    return `visit-${visitId}@${n}`;
  };
}

describe('streams whose handler fails beside healthy ones', () => {
  it.each([4, 40])('given %d that always fail, when others get events, then none of these waits', async (bad) => {
    const store = memoryStore();
    const write = writerOf(store);
    for (let n = 0; n < bad; n++) await write(`bad-${n}`);
    const ending = new AbortController();
    const clock = skipPauses({ at: START });
    const calls = new Map<string, number>();
    const delays: number[] = [];
    const MINUTES = 3;
    let lastWrite = START;
    clock.passed = async () => {
      if (clock.at - START > MINUTES * 60_000) ending.abort();
      if (clock.at - lastWrite < 5_000) return;
      lastWrite = clock.at;
      for (let n = 0; n < 5; n++) await write(`good-${n}`);
    };
    await subscribe({
      store: withoutListening(store),
      consumer: 'reader',
      signal: ending.signal,
      now: () => new Date(clock.at).toISOString(),
      handle: ({ streamName, events }) => {
        if (!streamName.startsWith('visit-bad')) delays.push(...events.map(() => clock.at - lastWrite));
        else {
          calls.set(streamName, (calls.get(streamName) ?? 0) + 1);
          throw new Error('out of ink');
        }
        return undefined;
      },
    });
    expect(delays.length).toBeGreaterThan(5 * MINUTES * 5);
    expect(Math.max(...delays)).toBe(0);
    // 50 ms, 100 ms, … 6.4 s, then every 10 s.
    for (const count of calls.values()) expect(count).toBeLessThanOrEqual(9 + (MINUTES * 60_000) / LONGEST_PAUSE_MS);
  });

  it.each([
    [4, 50],
    [100, 10_000],
    [runs(900), 35_000],
  ])(
    'given %d that always fail first in the feed, when it catches up, then those behind are handled within %d ms',
    async (bad, boundMs) => {
      const store = memoryStore();
      const write = writerOf(store);
      for (let n = 0; n < bad; n++) await write(`bad-${n}`);
      for (const name of ['a', 'b', 'c', 'd', 'e']) await write(name);
      const ending = new AbortController();
      const clock = skipPauses({ at: START });
      const handledAt: number[] = [];
      await catchUp({
        store,
        consumer: 'reader',
        signal: ending.signal,
        now: () => new Date(clock.at).toISOString(),
        handle: ({ streamName }) => {
          if (streamName.startsWith('visit-bad')) throw new Error('out of ink');
          handledAt.push(clock.at - START);
          if (handledAt.length === 5) ending.abort();
          return undefined;
        },
      });
      expect(handledAt).toHaveLength(5);
      expect(Math.max(...handledAt)).toBeLessThanOrEqual(boundMs);
    },
  );
});

type Kind = 'healthy' | 'transient' | 'bad' | 'poison';
type Script = Readonly<{
  kinds: readonly Kind[];
  appends: readonly Readonly<{ visit: number; atMs: number }>[];
  batchSize: number;
  random: number;
}>;

const scripts: fc.Arbitrary<Script> = fc
  .record({
    kinds: fc.array(fc.constantFrom<Kind>('healthy', 'healthy', 'transient', 'bad', 'bad', 'bad', 'poison'), {
      minLength: 1,
      maxLength: 24,
    }),
    appends: fc.array(
      fc.record({
        visit: fc.nat(23),
        atMs: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 90_000 })),
      }),
      { minLength: 1, maxLength: 50 },
    ),
    batchSize: fc.integer({ min: 1, max: 20 }),
    random: fc.double({ min: 0, max: 0.99, noNaN: true }),
  })
  .map(({ kinds, appends, ...rest }) => ({
    ...rest,
    kinds,
    appends: appends
      .map(({ visit, atMs }) => ({ visit: visit % kinds.length, atMs }))
      .sort((one, other) => one.atMs - other.atMs),
  }));

/** Follows the global stream while events are appended, by a clock that advances only in pauses. */
async function follow({ kinds, appends, batchSize, random }: Script) {
  const store: EventStore<never> = memoryStore();
  const write = writerOf(store);
  const clock = skipPauses({ at: START, random });
  const left = [...appends];
  const appendedAt = new Map<string, number>();
  const appendDue = async () => {
    while (left[0] !== undefined && START + left[0].atMs <= clock.at) {
      const { visit, atMs } = left.shift() as (typeof left)[number];
      appendedAt.set(await write(String(visit)), START + atMs);
    }
  };
  await appendDue();
  const kindOf = (streamName: string) => kinds[Number(streamName.slice('visit-'.length))] as Kind;
  const failures = new Map<string, number[]>();
  const handledAt = new Map<string, number>();
  const seen = new Set<string>();
  const ending = new AbortController();
  const namesOf = ({ streamName, events }: StreamBatch) =>
    events.map(({ metadata }) => `${streamName}@${metadata.streamPosition}`);
  const options: SubscriptionOptions & { signal: AbortSignal } = {
    store: {
      ...withoutListening(store),
      async commitCheckpoint(consumer, update) {
        await store.commitCheckpoint(consumer, update);
        const { cursor, parked, retrying } = await store.readCheckpoint(consumer);
        const waiting = new Map([...parked, ...retrying].map(({ streamName, from }) => [streamName, from]));
        for (const event of await store.readFeed({ maxCount: 1000 })) {
          if (cursor === null || event.cursor > cursor) break;
          const waitsFrom = waiting.get(event.streamName);
          if (waitsFrom !== undefined && waitsFrom <= event.streamPosition) continue;
          expect(seen).toContain(`${event.streamName}@${event.streamPosition}`);
        }
      },
    },
    consumer: 'reader',
    batchSize,
    signal: ending.signal,
    now: () => new Date(clock.at).toISOString(),
    handle: (delivery) => {
      const kind = kindOf(delivery.streamName);
      const failed = failures.get(delivery.streamName) ?? [];
      if (kind === 'poison') throw new PoisonError('broken');
      if (kind === 'bad' || (kind === 'transient' && failed.length < 3)) {
        failures.set(delivery.streamName, [...failed, clock.at]);
        throw new Error('out of ink');
      }
      for (const name of namesOf(delivery)) {
        seen.add(name);
        handledAt.set(name, clock.at);
      }
      return undefined;
    },
  };
  clock.passed = async () => {
    await appendDue();
    if (clock.at > START + 150_000) ending.abort();
  };
  await subscribe(options);
  return { kindOf, appendedAt, handledAt, failures, checkpoint: await store.readCheckpoint('reader') };
}

it('a healthy stream is handled within two pauses, a failing one is tried no more than its pauses allow', async () => {
  await fc.assert(
    fc.asyncProperty(scripts, async (script) => {
      const { kindOf, appendedAt, handledAt, failures, checkpoint } = await follow(script);
      for (const [name, at] of appendedAt) {
        const kind = kindOf(name.split('@')[0] as string);
        const waited = (handledAt.get(name) ?? Number.NaN) - at;
        if (kind === 'healthy') expect(waited).toBeLessThanOrEqual(2 * LONGEST_PAUSE_MS);
        if (kind === 'transient') expect(waited).toBeLessThanOrEqual(3 * LONGEST_PAUSE_MS);
      }
      for (const times of failures.values()) {
        for (const [n, at] of times.slice(1).entries()) {
          const pause = Math.min(LONGEST_PAUSE_MS, 50 * 2 ** n) * (0.5 + script.random / 2);
          expect(at - (times[n] as number)).toBeGreaterThanOrEqual(Math.floor(pause));
        }
      }
      expect(checkpoint.parked.filter(({ streamName }) => kindOf(streamName) !== 'poison')).toEqual([]);
    }),
    { numRuns: runs(60), seed: 20260317 },
  );
});
