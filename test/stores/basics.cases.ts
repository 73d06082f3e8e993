import { expect } from 'vitest';
import { cases, event, events } from './cases.ts';

export const basics = cases('basics', {
  'a missing stream is empty, at version 0, and does not exist': async (store) => {
    expect(await store.readStream('a')).toEqual({ currentStreamVersion: 0n, events: [], streamExists: false });
    expect(await store.streamExists('a')).toBe(false);
    expect(await store.readStored('a')).toEqual([]);
  },
  'reading a missing stream does not make it': async (store) => {
    await store.readStream('a');
    await store.aggregateStream('a', { evolve: (state: number) => state, initialState: () => 0 });
    expect(await store.streamExists('a')).toBe(false);
  },
  'an append answers with the version and place of its last event': async (store) => {
    expect(await store.appendToStream('a', events(1, 2))).toEqual({
      nextExpectedStreamVersion: 2n,
      createdNewStream: true,
      lastEventGlobalPosition: 2n,
      repeated: false,
    });
    expect(await store.appendToStream('a', events(3))).toEqual({
      nextExpectedStreamVersion: 3n,
      createdNewStream: false,
      lastEventGlobalPosition: 3n,
      repeated: false,
    });
    expect(await store.streamExists('a')).toBe(true);
  },
  'an event comes back with its own metadata and its place': async (store) => {
    await store.appendToStream('a', [
      { type: 'Counted', data: { n: 1 }, metadata: { schemaVersion: 1, eventId: 'event-1', recordedAt: 'then' } },
    ]);
    const { events: read, ...rest } = await store.readStream('a');
    expect(rest).toEqual({ currentStreamVersion: 1n, streamExists: true });
    expect(read).toEqual([
      {
        kind: 'Event',
        type: 'Counted',
        data: { n: 1 },
        metadata: {
          schemaVersion: 1,
          eventId: 'event-1',
          recordedAt: 'then',
          messageId: 'event-1',
          streamName: 'a',
          streamPosition: 1n,
          globalPosition: 1n,
        },
      },
    ]);
  },
  'on equal names the metadata of the store win': async (store) => {
    const metadata = { eventId: 'event-1', streamPosition: '7', globalPosition: 7, streamName: 'b', messageId: 'x' };
    await store.appendToStream('a', [{ type: 'Counted', data: {}, metadata }]);
    const [read] = (await store.readStream('a')).events;
    expect(read?.metadata).toEqual({
      eventId: 'event-1',
      messageId: 'event-1',
      streamName: 'a',
      streamPosition: 1n,
      globalPosition: 1n,
    });
  },
  'an event without an id, or without metadata, gets an id of its own': async (store) => {
    const bare = { type: 'Counted', data: { n: 1 } };
    await store.appendToStream('a', [bare, bare, { ...bare, metadata: {} }]);
    await store.appendToStream('a', [bare]);
    const ids = (await store.readStream('a')).events.map(({ metadata }) => metadata.messageId);
    expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true);
    expect(new Set(ids).size).toBe(4);
    expect((await store.readStored('a')).map(({ messageId }) => messageId)).toEqual(ids);
  },
  'versions count each stream, global positions the store, in the order of the appends': async (store) => {
    await store.appendToStream('a', events(1));
    await store.appendToStream('b', events(2, 3));
    await store.appendToStream('a', events(4));
    const places = async (name: string) =>
      (await store.readStream(name)).events.map(({ metadata }) => [metadata.streamPosition, metadata.globalPosition]);
    const [[first], [second, third], [, fourth]] = [await places('a'), await places('b'), await places('a')];
    expect([first?.[0], second?.[0], third?.[0], fourth?.[0]]).toEqual([1n, 1n, 2n, 2n]);
    const positions = [first, second, third, fourth].map((place) => place?.[1] ?? 0n);
    expect(positions).toEqual([...positions].sort((one, other) => (one < other ? -1 : 1)));
    expect(new Set(positions).size).toBe(4);
  },
  'an empty append writes nothing, and answers where the stream stands': async (store) => {
    const nothing = {
      nextExpectedStreamVersion: 0n,
      createdNewStream: false,
      lastEventGlobalPosition: 0n,
      repeated: false,
    };
    expect(await store.appendToStream('a', [])).toEqual(nothing);
    expect(await store.streamExists('a')).toBe(false);
    await store.appendToStream('a', events(1));
    await store.appendToStream('b', events(2));
    const still = {
      nextExpectedStreamVersion: 1n,
      createdNewStream: false,
      lastEventGlobalPosition: 1n,
      repeated: false,
    };
    expect(await store.appendToStream('a', [], { expectedStreamVersion: 1n })).toEqual(still);
    await expect(store.appendToStream('a', [], { expectedStreamVersion: 0n })).rejects.toMatchObject({
      errorCode: 412,
    });
  },
  'aggregateStream folds in order': async (store) => {
    await store.appendToStream('a', events(1, 2, 3));
    const evolve = (state: string, { data, metadata }: { data: object; metadata: { streamPosition: bigint } }) =>
      `${state}${(data as { n: number }).n}@${metadata.streamPosition} `;
    const fold = { evolve, initialState: () => '> ' };
    expect(await store.aggregateStream('a', fold)).toEqual({
      state: '> 1@1 2@2 3@3 ',
      currentStreamVersion: 3n,
      streamExists: true,
    });
    const { state, currentStreamVersion } = await store.aggregateStream('a', { ...fold, read: { from: 2n, to: 2n } });
    expect([state, currentStreamVersion]).toEqual(['> 2@2 ', 3n]);
    expect(await store.aggregateStream('b', fold)).toEqual({
      state: '> ',
      currentStreamVersion: 0n,
      streamExists: false,
    });
  },
  'the methods need no this': async (store) => {
    const { appendToStream, readStream, aggregateStream, streamExists, readStored } = store;
    await appendToStream('a', events(1));
    expect((await readStream('a')).events).toHaveLength(1);
    expect((await aggregateStream('a', { evolve: (n: number) => n + 1, initialState: () => 0 })).state).toBe(1);
    expect(await streamExists('a')).toBe(true);
    expect(await readStored('a')).toHaveLength(1);
  },
  'what is not an event, or not JSON, is refused whole': async (store) => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    const refused: unknown[] = [
      null,
      'text',
      { type: 1, data: {} },
      { type: 'Counted', data: null },
      { type: 'Counted', data: 'text' },
      { type: 'Counted' },
      { type: 'Counted', data: new Date(0) },
      { type: 'Counted', data: { n: 1n } },
      { type: 'Counted', data: cycle },
      { type: 'Counted', data: {}, metadata: null },
      { type: 'Counted', data: {}, metadata: 'text' },
      { type: 'Counted', data: {}, metadata: [] },
      { type: 'Counted', data: {}, metadata: { eventId: '' } },
      { type: 'Counted', data: {}, metadata: { eventId: 7 } },
    ];
    for (const wrong of refused) {
      const batch = [event(1), wrong as ReturnType<typeof event>];
      await expect(store.appendToStream('a', batch)).rejects.toMatchObject({ code: 'store-invalid', errorCode: 400 });
    }
    expect(await store.streamExists('a')).toBe(false);
  },
  'a stream name that is not a string is refused': async (store) => {
    const name = 7 as unknown as string;
    const refusal = { code: 'store-invalid' };
    await expect(store.readStream(name)).rejects.toMatchObject(refusal);
    await expect(store.appendToStream(name, events(1))).rejects.toMatchObject(refusal);
    await expect(store.streamExists(name)).rejects.toMatchObject(refusal);
    await expect(store.readStored(name)).rejects.toMatchObject(refusal);
  },
  'up- and downcasts are refused, not passed over': async (store) => {
    const schema = { versioning: { upcast: (old: unknown) => old } };
    await expect(store.readStream('a', { schema })).rejects.toMatchObject({ code: 'store-invalid' });
    await expect(store.appendToStream('a', events(1), { schema })).rejects.toMatchObject({ code: 'store-invalid' });
    expect(await store.streamExists('a')).toBe(false);
    expect((await store.readStream('a', { schema: {} })).events).toEqual([]);
    expect((await store.readStream('a', { schema: undefined })).events).toEqual([]);
  },
});
