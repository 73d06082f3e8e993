import { describe, expect, it } from 'vitest';
import { memoryReplicaStore, memoryStore } from '../../src/memory.ts';
import { toRow } from '../../src/stores/checkpoint.ts';
import { createEventStore, type StorageAdapter } from '../../src/stores/create-event-store.ts';
import {
  CheckpointConflictError,
  EventIdReusedError,
  isCheckpointConflict,
  isEventIdReused,
  isStoreError,
  isVersionConflict,
  StoreError,
  VersionConflictError,
} from '../../src/stores/errors.ts';
import { isReplicaConflict, ReplicaConflictError } from '../../src/stores/replica-store.ts';

const since = '2026-03-17T14:00:00.000Z';
const parked = { streamName: 'a', from: 1n, reason: 'x' };
const retrying = { ...parked, since, handledBefore: 0 };
const reading = { evolve: (state: unknown) => state, initialState: () => 0 };
const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

type Store = ReturnType<typeof memoryStore>;
type Call = (store: Store) => Promise<unknown>;

const append =
  (event: unknown, options?: object): Call =>
  (store) =>
    store.appendToStream('a', [event] as never, options as never);
const commit =
  (move: object): Call =>
  (store) =>
    store.commitCheckpoint('c', { expected: 0, cursor: null, ...move } as never);
const rows = (...all: unknown[]): Call => commit({ rows: all });
const row = { projection: 'p', key: 'k', body: {} };
const generations = { builder: 'b', expected: 0, current: 0 };

describe('a store refuses', () => {
  it.each<[string, Call]>([
    ['A stream name is a string', (store) => store.readStream(7 as never)],
    ['A stream name is a string', (store) => store.readFeed({ streamName: 7 as never })],
    [
      'This store does not up- or downcast events',
      (store) => store.readStream('a', { schema: { versioning: {} } } as never),
    ],
    ['An expected last event id is a non-empty string', append({ type: 'T', data: {} }, { expectedLastEventId: '' })],
    ['An expected last event id is a non-empty string', append({ type: 'T', data: {} }, { expectedLastEventId: 7 })],
    [
      'An expected version is a bigint, STREAM_EXISTS, STREAM_DOES_NOT_EXIST or NO_CONCURRENCY_CHECK',
      append({ type: 'T', data: {} }, { expectedStreamVersion: 'ANY' }),
    ],
    ['An append takes a list of events', (store) => store.appendToStream('a', {} as never)],
    ["An event's type is a string", append({ data: {} })],
    ["An event's type is a string", append(null)],
    ["An event's data is an object", append({ type: 'T', data: 7 })],
    ["An event's data is an object", append({ type: 'T', data: new Date(0) })],
    ["An event's metadata is an object", append({ type: 'T', data: {}, metadata: [] })],
    ["An event's metadata is an object", append({ type: 'T', data: {}, metadata: 7 })],
    ['An event id is a non-empty string', append({ type: 'T', data: {}, metadata: { eventId: '' } })],
    ['An event id is a non-empty string', append({ type: 'T', data: {}, metadata: { eventId: 7 } })],
    ['An event must be JSON', append({ type: 'T', data: cyclic })],
    ...['from', 'to', 'maxCount'].flatMap((name): [string, Call][] => [
      [`${name} is a bigint of 0 or more`, (store) => store.readStream('a', { [name]: -1n })],
      [`${name} is a bigint of 0 or more`, (store) => store.readStream('a', { [name]: 1 })],
    ]),
    ['fromVersion is a bigint of 0 or more', (store) => store.readFeed({ streamName: 'a', fromVersion: -1n })],
    [
      'aggregateStream takes { evolve, initialState }, each a function',
      (store) => store.aggregateStream('a', { ...reading, evolve: 1 } as never),
    ],
    [
      'aggregateStream takes { evolve, initialState }, each a function',
      (store) => store.aggregateStream('a', { ...reading, initialState: 1 } as never),
    ],
    [
      'aggregateStream takes { evolve, initialState }, each a function',
      (store) => store.aggregateStream('a', undefined as never),
    ],
    ['A consumer is a non-empty string', (store) => store.readCheckpoint('')],
    ['A consumer is a non-empty string', (store) => store.commitCheckpoint(7 as never, { expected: 0, cursor: null })],
    ['A consumer is a non-empty string', (store) => store.reset('')],
    ['A consumer is a non-empty string', (store) => store.startGeneration('p', '')],
    ['A consumer is a non-empty string', (store) => store.promoteGeneration('p', { ...generations, builder: '' })],
    ['A projection is a non-empty string', (store) => store.startGeneration('', 'b')],
    ['A projection is a non-empty string', (store) => store.promoteGeneration('', generations)],
    ['A projection is a non-empty string', (store) => store.readRows('')],
    ['A projection is a non-empty string', (store) => store.readRow('', 'k')],
    ['A key is a non-empty string', (store) => store.readRow('p', '')],
    ['A builder has a name of its own', (store) => store.startGeneration('p', 'p')],
    ['No generation is being built', (store) => store.promoteGeneration('p', generations)],
    [
      'The expected revision is a whole number',
      (store) => store.promoteGeneration('p', { ...generations, expected: 0.5 }),
    ],
    [
      'The expected revision is a whole number',
      (store) => store.promoteGeneration('p', { ...generations, current: '0' as never }),
    ],
    ['The expected revision is a whole number', commit({ expected: '0' })],
    ['A place in the feed is the cursor of an event', commit({ cursor: 'x' })],
    ['A place in the feed is the cursor of an event', commit({ cursor: 7 })],
    ['A place in the feed is the cursor of an event', commit({ cursor: ['0'.repeat(19)] })],
    ['A place in the feed is the cursor of an event', (store) => store.readFeed({ after: '1' as never })],
    ['A place in the feed is the cursor of an event', (store) => store.readLag('1' as never)],
    [
      "That is a place in another store's feed",
      (store) => store.readFeed({ after: `${'0'.repeat(18)}1-${'0'.repeat(19)}` as never }),
    ],
    ["That is a place in another store's feed", (store) => store.readFeed({ after: '9'.repeat(19) as never })],
    ['handled is a whole number of 0 or more', commit({ handled: -1 })],
    ['handled is a whole number of 0 or more', commit({ handled: 0.5 })],
    ['A parked stream is { streamName, from, reason, since? }', commit({ park: [{ ...parked, streamName: 7 }] })],
    ['A parked stream is { streamName, from, reason, since? }', commit({ park: [{ ...parked, from: 1 }] })],
    ['A parked stream is { streamName, from, reason, since? }', commit({ park: [{ ...parked, reason: null }] })],
    ['A parked stream is { streamName, from, reason, since? }', commit({ park: [{ ...parked, since: 'now' }] })],
    ...[`x${since}`, `${since}x`, [since]].map((wrong): [string, Call] => [
      'A parked stream is { streamName, from, reason, since? }',
      commit({ park: [{ ...parked, since: wrong }] }),
    ]),
    ['A reason has up to 4096 characters', commit({ park: [{ ...parked, reason: 'x'.repeat(4097) }] })],
    [
      'A stream to retry is { streamName, from, reason, since, handledBefore }',
      commit({ retry: [{ ...retrying, since: 'now' }] }),
    ],
    [
      'A stream to retry is { streamName, from, reason, since, handledBefore }',
      commit({ retry: [{ ...retrying, from: 1 }] }),
    ],
    [
      'A stream to retry is { streamName, from, reason, since, handledBefore }',
      commit({ retry: [{ ...retrying, handledBefore: -1 }] }),
    ],
    ['rows is a list', commit({ rows: {} })],
    ['A projection is a non-empty string', rows({ ...row, projection: '' })],
    ['A key is a non-empty string', rows({ ...row, key: '' })],
    ["A row's body is an object", rows({ ...row, body: [] })],
    ["A row's body is an object", rows({ ...row, body: 'x' })],
    ["A row's body is an object", rows({ ...row, body: undefined })],
    ["A row's body is an object", rows({ ...row, body: { toJSON: () => 'x' } })],
    ["A row's body is an object", rows({ ...row, body: { toJSON: () => undefined } })],
    ["A row's body must be JSON", rows({ ...row, body: cyclic })],
    ["The generation of a row is 'building' or left out", rows({ ...row, generation: 'old' })],
    ['after is a key', (store) => store.readRows('p', { after: 7 as never })],
    ...[0, 10_001, 1.5].flatMap((maxCount): [string, Call][] => [
      ['maxCount is a whole number from 1 to 10000', (store) => store.readRows('p', { maxCount })],
      ['maxCount is a whole number from 1 to 10000', (store) => store.readFeed({ maxCount })],
    ]),
    ['The effect of this store is synchronous', commit({ effect: async () => undefined })],
  ])('%s', async (message, call) => {
    const error = await (async () => call(memoryStore()))().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'StoreError', kind: 'invalid', code: 'store-invalid', message });
    expect(isStoreError(error)).toBe(true);
  });

  it.each<[string, Call]>([
    ['an event', append({ type: 'T', data: cyclic })],
    ['a row', rows({ ...row, body: cyclic })],
  ])('%s that is no JSON, with the reason', async (_, call) => {
    await expect((async () => call(memoryStore()))()).rejects.toMatchObject({ cause: expect.any(TypeError) });
  });

  it('a checkpoint that goes back, and a generation behind the rows that it would replace', async () => {
    const store = memoryStore();
    await store.appendToStream('a', [{ type: 'T', data: {} }]);
    const cursor = (await store.readFeed())[0]!.cursor;
    await store.commitCheckpoint('p', { expected: 0, cursor });
    await expect(store.commitCheckpoint('p', { expected: 1, cursor: null })).rejects.toThrow(
      'A checkpoint does not go back',
    );
    await store.startGeneration('p', 'b');
    await expect(store.promoteGeneration('p', { builder: 'b', expected: 1, current: 1 })).rejects.toThrow(
      'The generation is behind the consumer whose rows it would replace',
    );
  });

  it('nothing that is at the end of its range', async () => {
    const store = memoryStore();
    await store.commitCheckpoint('c', {
      expected: 0,
      cursor: null,
      park: [{ ...parked, reason: 'x'.repeat(4096), since }],
      retry: [{ ...retrying, streamName: 'b', since: null }],
      rows: [{ ...row, generation: 'building' }],
      handled: 0,
    } as never);
    for (const maxCount of [1, 10_000]) {
      expect(await store.readRows('p', { maxCount })).toEqual([]);
      expect(await store.readFeed({ maxCount })).toEqual([]);
    }
    expect(await store.readStream('a', { from: 0n, to: 2n ** 70n, maxCount: 0n })).toMatchObject({ events: [] });
  });
});

describe('a storage that fails as at what it cannot read', () => {
  const fails = () => {
    throw new TypeError('no');
  };
  const storage = new Proxy({}, { get: () => fails }) as StorageAdapter;
  const store = createEventStore(storage);

  it.each<[string, () => Promise<unknown>]>([
    ['The stream "a"', () => store.readStream('a')],
    ['The stream "a"', () => store.readStored('a')],
    ['The stream "a"', () => store.streamExists('a')],
    ['The stream "a"', () => store.appendToStream('a', [{ type: 'T', data: {} }])],
    ['The global stream', () => store.readFeed()],
    ['A row of "p"', () => store.readRows('p')],
    ['A row of "p"', () => store.readRow('p', 'k')],
    ['The checkpoint of "c"', () => store.readCheckpoint('c')],
  ])('%s cannot be read', async (what, call) => {
    const error = await call().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'corrupt', message: `${what} cannot be read`, cause: { message: 'no' } });
  });
});

describe('a row that a store kept', () => {
  it.each<[unknown, string]>([
    ['{', 'The row "k" is not JSON'],
    ['[]', 'The row "k" is not an object'],
    ['null', 'The row "k" is not an object'],
    ['7', 'The row "k" is not an object'],
    [undefined, 'The row "k" is not an object'],
    [Buffer.from('{}'), 'The row "k" is not an object'],
  ])('as %j is corrupt', (text, message) => {
    expect(() => toRow({ key: 'k', text: text as string })).toThrow(
      expect.objectContaining({ kind: 'corrupt', message }),
    );
  });

  it('that is not JSON says why', () => {
    expect(() => toRow({ key: 'k', text: '{' })).toThrow(expect.objectContaining({ cause: expect.any(SyntaxError) }));
  });

  it('is what it was', () => {
    expect(toRow({ key: 'k', text: '{"a":1}' })).toEqual({ key: 'k', body: { a: 1 } });
  });
});

describe('an error of a store', () => {
  const made = () =>
    [
      new VersionConflictError('a', 1n, 2n),
      new EventIdReusedError('e-1', 'twice-in-batch'),
      new CheckpointConflictError('c', 1, 2),
      new StoreError('busy', 'x', { cause: 1 }),
      new ReplicaConflictError('g', 1, 2),
    ] as const;

  it('says which it is, and what for', () => {
    const errors = made();
    expect(errors.map(({ name, code, message }) => [name, code, message])).toEqual([
      ['VersionConflictError', 'version-conflict', 'Expected version 1, but the stream is at 2'],
      ['EventIdReusedError', 'event-id-reused', 'The event id "e-1" is taken: twice-in-batch'],
      [
        'CheckpointConflictError',
        'checkpoint-conflict',
        'The checkpoint of "c" was expected at revision 1, but is at 2',
      ],
      ['StoreError', 'store-busy', 'x'],
      ['ReplicaConflictError', 'replica-conflict', 'The group "g" was expected at revision 1, but is at 2'],
    ]);
    expect(errors.map(({ errorCode }) => errorCode)).toEqual([412, 409, 409, 503, 409]);
    expect(errors[3]).toMatchObject({ kind: 'busy', cause: 1 });
    const last = (actual: string | null) => new VersionConflictError('a', 1n, 2n, { expected: 'e-1', actual }).message;
    expect([last('e-2'), last(null)]).toEqual([
      'Expected "e-1" as the last event, but at version 2 the stream has "e-2"',
      'Expected "e-1" as the last event, but at version 2 the stream has no event',
    ]);
  });

  it.each([
    ['isVersionConflict', isVersionConflict, 0],
    ['isEventIdReused', isEventIdReused, 1],
    ['isCheckpointConflict', isCheckpointConflict, 2],
    ['isStoreError', isStoreError, 3],
    ['isReplicaConflict', isReplicaConflict, 4],
  ] as const)('is known by %s alone', (_, is, place) => {
    const errors = made();
    expect(errors.map((error) => is(error))).toEqual(errors.map((_, at) => at === place));
    for (const none of [undefined, null, 7, 'x', {}, new Error('x'), { code: 7 }]) expect(is(none)).toBe(false);
  });
});

describe('the store of a replica refuses', () => {
  type Replica = ReturnType<typeof memoryReplicaStore>;
  const write =
    (changes: unknown, revision: unknown = 0) =>
    (store: Replica) =>
      store.writeGroup('g', revision as never, changes as never);

  it.each<[string, (store: Replica) => Promise<unknown>]>([
    ['A group is named by a text', (store) => store.readGroup('')],
    ['A group is named by a text', (store) => store.readGroup(7 as never)],
    ['A group is named by a text', (store) => store.writeGroup('', 0, {})],
    ['Records are given by their keys', write(null)],
    ['Records are given by their keys', write('x')],
    ['A record has a key', write({ '': 'x' })],
    ['A record is a text, or null', write({ a: 7 })],
    ['A record is a text, or null', write({ a: undefined })],
    ['A revision is a whole number', write({}, '0')],
    ['Groups are listed by a text', (store) => store.listGroups(7 as never)],
    ['The bytes of a photograph are a Uint8Array', (store) => store.putBlob('h', [1] as never)],
  ])('%s', async (message, call) => {
    const error = await (async () => call(memoryReplicaStore()))().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'invalid', message });
  });
});
