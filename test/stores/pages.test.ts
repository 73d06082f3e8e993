import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexedDbStore } from '../../src/indexeddb.ts';
import { memoryStore } from '../../src/memory.ts';
import type { EventStore, FeedEvent, StreamRange } from '../../src/stores/event-store.ts';
import { runs } from '../support/runs.ts';
import { opened, temporaryFile } from './files.ts';

const LENGTH = 330;

/** Two long streams whose events alternate; some events are so large that the page after them is short. */
async function filled(store: EventStore<never>): Promise<EventStore<never>> {
  for (let from = 0; from < LENGTH; from += 110) {
    for (const name of ['one', 'other']) {
      const events = Array.from({ length: 110 }, (_, n) => ({
        type: 'Noted',
        data: { text: (from + n) % 70 < 25 ? 'x'.repeat(60_000) : String(from + n) },
        metadata: { eventId: `${name}-${from + n}` },
      }));
      await store.appendToStream(name, events);
    }
  }
  return store;
}

const some = (max: number) => fc.option(fc.bigInt({ min: 0n, max: BigInt(max) }), { nil: undefined });

const ranges = fc.record({
  from: some(LENGTH + 20),
  to: some(LENGTH + 20),
  maxCount: fc.oneof(some(LENGTH + 20), fc.constantFrom(0n, 99n, 100n, 101n, 200n)),
  backwards: fc.boolean(),
});

const given = (range: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(range).filter(([, value]) => value !== undefined)) as StreamRange;

describe('a store whose long reads are made in pages', () => {
  const stores = {
    sqlite: () => filled(opened({ file: temporaryFile() })),
    indexeddb: () => filled(indexedDbStore({ name: crypto.randomUUID() }) as EventStore<never>),
  };

  it.each(['sqlite', 'indexeddb'] as const)(
    '%s reads every range of a stream as the store in memory does',
    async (name) => {
      const [expected, store] = [await filled(memoryStore()), await stores[name]()];
      await fc.assert(
        fc.asyncProperty(ranges, async (range) => {
          const wanted = given(range);
          expect(await store.readStored('one', wanted)).toEqual(await expected.readStored('one', wanted));
        }),
        {
          numRuns: runs(40),
          seed: 20260317,
          examples: [[{ from: undefined, to: undefined, maxCount: undefined, backwards: false }]],
        },
      );
      expect((await store.readStream('one')).currentStreamVersion).toBe(BigInt(LENGTH));
      expect(await store.readStream('one', { maxCount: 0n })).toMatchObject({
        currentStreamVersion: BigInt(LENGTH),
        events: [],
      });
      expect(await store.readStream('none')).toMatchObject({ currentStreamVersion: 0n, events: [] });
    },
  );

  it.each(['sqlite', 'indexeddb'] as const)('%s reads every part of the global stream so', async (name) => {
    const [expected, store] = [await filled(memoryStore()), await stores[name]()];
    // A cursor names the history of its store.
    const withoutHistory = ({ cursor, ...event }: FeedEvent) => ({ ...event, place: cursor.split('~')[0] });
    const whole = await store.readFeed({ maxCount: 10_000 });
    const wanted = await expected.readFeed({ maxCount: 10_000 });
    expect(whole.map(withoutHistory)).toEqual(wanted.map(withoutHistory));
    for (const [place, maxCount] of [
      [0, 100],
      [10, 101],
      [300, 250],
      [600, 100],
      [LENGTH * 2 - 1, 500],
    ] as const) {
      const after = whole[place]?.cursor ?? null;
      expect(await store.readFeed({ after, maxCount })).toEqual(whole.slice(place + 1, place + 1 + maxCount));
    }
    const ofOne = await store.readFeed({ streamName: 'one', fromVersion: 20n, maxCount: 305 });
    expect(ofOne.map(({ streamPosition }) => streamPosition)).toEqual(
      Array.from({ length: 305 }, (_, n) => BigInt(n + 20)),
    );
  });

  it('what is appended between two pages is not read, and the version is that of the first', async () => {
    const store = opened({ file: temporaryFile() });
    const append = (count: number) =>
      store.appendToStream(
        'one',
        Array.from({ length: count }, () => ({ type: 'Noted', data: {} })),
      );
    await append(150);
    const reading = store.readStream('one');
    const appending = append(100);
    const { events, currentStreamVersion } = await reading;
    expect([events.length, currentStreamVersion]).toEqual([150, 150n]);
    await appending;
    expect((await store.readStream('one')).events).toHaveLength(250);
  });
});
