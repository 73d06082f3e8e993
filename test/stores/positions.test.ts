import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { placeOf } from '../../src/stores/cursor.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { event, events } from './cases.ts';
import { opened, storeError } from './files.ts';

/** Guarantees of these stores beyond the port: positions without gaps, and cursors derived from them. */
const stores: [string, () => EventStore][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: ':memory:' })],
];

describe.each(stores)('the positions of the %s store', (_, open) => {
  it('count 1, 2, 3, whatever was refused, repeated or empty in between', async () => {
    const store = open();
    const nothing = { nextExpectedStreamVersion: 0n, createdNewStream: false, lastEventGlobalPosition: 0n };
    expect(await store.appendToStream('a', [])).toEqual({ ...nothing, repeated: false });
    const first = await store.appendToStream('a', events(1, 2));
    expect(first).toEqual({
      nextExpectedStreamVersion: 2n,
      createdNewStream: true,
      lastEventGlobalPosition: 2n,
      repeated: false,
    });
    await expect(store.appendToStream('a', events(3), { expectedStreamVersion: 9n })).rejects.toThrow();
    await expect(store.appendToStream('a', [event(1, {})])).rejects.toThrow();
    expect(await store.appendToStream('a', events(1, 2))).toEqual({ ...first, repeated: true });
    expect(await store.appendToStream('b', events(4))).toEqual({
      nextExpectedStreamVersion: 1n,
      createdNewStream: true,
      lastEventGlobalPosition: 3n,
      repeated: false,
    });
    expect(await store.appendToStream('a', events(5))).toEqual({
      nextExpectedStreamVersion: 3n,
      createdNewStream: false,
      lastEventGlobalPosition: 4n,
      repeated: false,
    });
  });

  it('stand in the metadata of an event, after its own, and nothing else does', async () => {
    const store = open();
    const metadata = { z: 1, eventId: 'event-1', a: 2 };
    await store.appendToStream('a', [{ type: 'T', data: { n: 1 }, metadata }]);
    const [read] = (await store.readStream('a')).events;
    expect(Object.keys(read ?? {})).toEqual(['kind', 'type', 'data', 'metadata']);
    expect(Object.entries(read?.metadata ?? {})).toEqual([
      ...Object.entries(metadata),
      ['messageId', 'event-1'],
      ['streamName', 'a'],
      ['streamPosition', 1n],
      ['globalPosition', 1n],
    ]);
  });

  it('are the places of the feed', async () => {
    const store = open();
    await store.appendToStream('a', events(1, 2));
    const places = (await store.readFeed()).map(({ cursor, globalPosition }) => [placeOf(cursor), globalPosition]);
    expect(places).toEqual([
      ['0000000000000000001', 1n],
      ['0000000000000000002', 2n],
    ]);
  });

  it.each([
    '',
    '1',
    '000000000000000001',
    '00000000000000000001',
    '0000000000000000001 ',
    'x',
    '-000000000000000001',
    '9999999999999999999',
    '0000000000000000001-0000000000000000001',
  ])('are no other texts, nor places of another kind of store: %j is refused', async (cursor) => {
    const store = open();
    await expect(store.readFeed({ after: cursor })).rejects.toEqual(storeError('invalid'));
    await expect(store.commitCheckpoint('c', { expected: 0, cursor })).rejects.toEqual(storeError('invalid'));
  });

  it('a row that is none is refused with what it is', async () => {
    const append = open().appendToStream('a', events(1), { rows: [{ projection: 'p', key: 'k', body: [] }] });
    await expect(append).rejects.toThrow("A row's body is an object");
  });

  it('an effect that would wait is refused, whatever it does', async () => {
    const store = open();
    const effects = [async () => undefined, async () => Promise.reject(new Error('later')), () => ({ then: () => {} })];
    for (const effect of effects) {
      const move = store.commitCheckpoint('c', { expected: 0, cursor: null, effect });
      await expect(move).rejects.toThrow('The effect of this store is synchronous');
    }
    expect(await store.readCheckpoint('c')).toMatchObject({ cursor: null, revision: 0, parked: [] });
  });
});
