import type { EventShape, EventStore, StreamRange } from '../../../stores/event-store.ts';
import { refuses, same, sameFields } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { event, events } from '../stage/events.ts';

export const INVALID = { name: 'StoreError', code: 'store-invalid', kind: 'invalid', errorCode: 400 };

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

/** Each is no event that a store takes. */
const NO_EVENTS: Readonly<Record<string, unknown>> = {
  null: null,
  'a text': 'text',
  'a type that is no text': { type: 1, data: {} },
  'data that are null': { type: 'Counted', data: null },
  'data that are a text': { type: 'Counted', data: 'text' },
  'no data': { type: 'Counted' },
  'data that write themselves': { type: 'Counted', data: new Date(0) },
  'a bigint in the data': { type: 'Counted', data: { n: 1n } },
  'data in a circle': { type: 'Counted', data: cycle },
  'metadata that are null': { type: 'Counted', data: {}, metadata: null },
  'metadata that are a text': { type: 'Counted', data: {}, metadata: 'text' },
  'metadata that are a list': { type: 'Counted', data: {}, metadata: [] },
  'an empty event id': { type: 'Counted', data: {}, metadata: { eventId: '' } },
  'an event id that is no text': { type: 'Counted', data: {}, metadata: { eventId: 7 } },
};

const each = (store: EventStore, name: unknown) => ({
  readStream: () => store.readStream(name as string),
  appendToStream: () => store.appendToStream(name as string, events(1)),
  streamExists: () => store.streamExists(name as string),
});

export const refusals = cases('refusals', [], {
  'what is no event, or not JSON, is refused with its whole batch': async ({ store }) => {
    for (const [what, wrong] of Object.entries(NO_EVENTS)) {
      const batch = [event(1), wrong as EventShape, event(2)];
      await refuses(() => store.appendToStream('a', batch), INVALID, what);
      same(false, await store.streamExists('a'), `${what}: whether something of the batch was written`);
    }
  },
  'a stream name that is no text is refused': async ({ store }) => {
    for (const name of [7, null, undefined, {}, Symbol('a')]) {
      for (const [method, call] of Object.entries(each(store, name))) {
        await refuses(call, INVALID, `${method} of the stream ${String(name)}`);
      }
    }
  },
  'an invalid expectation is refused': async ({ store }) => {
    for (const wrong of ['ANY', 1, null, '0', {}]) {
      const options = { expectedStreamVersion: wrong as bigint };
      const what = `an expectation of ${String(wrong)}`;
      await refuses(() => store.appendToStream('a', events(1), options), INVALID, `${what} of an append`);
      await refuses(() => store.readStream('a', options), INVALID, `${what} of a read`);
    }
    same(false, await store.streamExists('a'), 'whether something was written');
  },
  'up- and downcasts are refused, not passed over': async ({ store }) => {
    const schema = { versioning: { upcast: (old: unknown) => old } };
    await refuses(() => store.readStream('a', { schema }), INVALID, 'a read with an upcast');
    await refuses(() => store.appendToStream('a', events(1), { schema }), INVALID, 'an append with one');
    same(false, await store.streamExists('a'), 'whether something was written');
    for (const none of [{}, undefined]) {
      same(0, (await store.readStream('a', { schema: none })).events.length, 'a read with a schema without casts');
    }
  },
  'a range that is negative, or no bigint, is refused': needing(['ranges'], async ({ store }) => {
    await store.appendToStream('a', events(1));
    for (const range of WRONG_BOUNDS) {
      await refuses(() => store.readStream('a', range), INVALID, `readStream with ${toldRange(range)}`);
    }
  }),
  'readStored refuses what readStream refuses': needing(['stored'], async ({ store }) => {
    await store.appendToStream('a', events(1));
    await refuses(() => store.readStored(7 as unknown as string), INVALID, 'readStored of the stream 7');
    for (const range of WRONG_BOUNDS) {
      await refuses(() => store.readStored('a', range), INVALID, `readStored with ${toldRange(range)}`);
    }
  }),
  'an invalid part of the feed is refused': needing(['feed'], async ({ store }) => {
    await store.appendToStream('a', events(1));
    for (const maxCount of [0, -1, 1.5, 10_001, Number.NaN, Number.POSITIVE_INFINITY, '5', 5n, null]) {
      const range = { maxCount: maxCount as number };
      await refuses(() => store.readFeed(range), INVALID, `readFeed with maxCount ${typeof maxCount} ${maxCount}`);
    }
    for (const after of [1, 1n, {}, true]) {
      const range = { after: after as string };
      await refuses(() => store.readFeed(range), INVALID, `readFeed after ${typeof after} ${String(after)}`);
    }
  }),
  'a consumer, a projection and a key are texts that are not empty': needing(
    ['consumers', 'rows'],
    async ({ store }) => {
      for (const name of NO_NAMES as string[]) {
        const what = `the name ${JSON.stringify(name)}`;
        await refuses(() => store.readCheckpoint(name), INVALID, `readCheckpoint of ${what}`);
        await refuses(() => store.commitCheckpoint(name, { expected: 0, cursor: null }), INVALID, `a move of ${what}`);
        await refuses(() => store.reset(name), INVALID, `reset of ${what}`);
        await refuses(() => store.readRows(name), INVALID, `readRows of ${what}`);
        await refuses(() => store.readRow(name, 'k'), INVALID, `readRow in ${what}`);
        await refuses(() => store.readRow('p', name), INVALID, `readRow of ${what}`);
      }
    },
  ),
  'invalid rows are refused with their batch and with their move': needing(['consumers', 'rows'], async ({ store }) => {
    const self: Record<string, unknown> = {};
    self.self = self;
    const bodies = [undefined, 'text', 7, [], [{}], new Date(0), { n: 1n }, self] as object[];
    const wrong = [
      ...bodies.map((body) => ({ projection: 'p', key: 'k', body })),
      ...(NO_NAMES as string[]).flatMap((name) => [
        { projection: name, key: 'k', body: {} },
        { projection: 'p', key: name, body: {} },
      ]),
    ];
    for (const [n, row] of wrong.entries()) {
      const rows = [{ projection: 'p', key: 'first', body: {} }, row];
      const what = `the row ${n}, of body ${String(row.body)}`;
      await refuses(() => store.appendToStream('a', events(n), { rows }), INVALID, `an append with ${what}`);
      const move = { expected: 0, cursor: null, rows };
      await refuses(() => store.commitCheckpoint('p', move), INVALID, `a move with ${what}`);
    }
    same(false, await store.streamExists('a'), 'whether an event was written');
    same([], await store.readRows('p'), 'the rows that were written');
  }),
  'an invalid part of the rows is refused': needing(['consumers', 'rows'], async ({ store }) => {
    for (const maxCount of [0, -1, 1.5, 10_001, Number.NaN, '5']) {
      await refuses(() => store.readRows('p', { maxCount: maxCount as number }), INVALID, `maxCount ${maxCount}`);
    }
    await refuses(() => store.readRows('p', { after: 7 as unknown as string }), INVALID, 'after 7');
  }),
  'a stream to park has a name, a version and a reason': needing(['consumers', 'rows'], async ({ store }) => {
    const wrong = [
      { streamName: 7, from: 1n, reason: '' },
      { streamName: 'a', from: 1, reason: '' },
      { streamName: 'a', from: 1n },
    ] as unknown as { streamName: string; from: bigint; reason: string }[];
    for (const [n, stream] of wrong.entries()) {
      const move = { expected: 0, cursor: null, park: [stream] };
      await refuses(() => store.commitCheckpoint('p', move), INVALID, `the stream ${n} to park`);
    }
    sameFields({ cursor: null, revision: 0, parked: [] }, await store.readCheckpoint('p'), 'the checkpoint');
  }),
  'an expected revision is a whole number, and a place a cursor': needing(['consumers'], async ({ store }) => {
    for (const expected of [undefined, null, '0', 0.5, Number.NaN, 0n] as unknown as number[]) {
      const move = { expected, cursor: null };
      const what = `a move that expects ${typeof expected} ${expected}`;
      await refuses(() => store.commitCheckpoint('c', move), INVALID, what);
    }
    for (const cursor of [7, 7n, {}, true] as unknown as string[]) {
      const move = { expected: 0, cursor };
      await refuses(() => store.commitCheckpoint('c', move), INVALID, `a move to ${typeof cursor} ${String(cursor)}`);
    }
  }),
});

const WRONG_BOUNDS = ['from', 'to', 'maxCount'].flatMap((name) =>
  [-1n, 1, '1', null].map((value) => ({ [name]: value }) as unknown as StreamRange),
);
const toldRange = (range: StreamRange) =>
  Object.entries(range).map(([name, value]) => `${name} ${typeof value} ${value}`);

const NO_NAMES = ['', 7, null, undefined, {}];

export const unbound = cases('unbound', [], {
  'a method taken from its store works': needing(['aggregate'], async ({ store }) => {
    const { appendToStream, readStream, streamExists, aggregateStream } = store;
    await appendToStream('a', events(1));
    same(1, (await readStream('a')).events.length, 'readStream');
    same(true, await streamExists('a'), 'streamExists');
    const counted = await aggregateStream('a', { evolve: (n: number) => n + 1, initialState: () => 0 });
    same(1, counted.state, 'aggregateStream');
  }),
  'a store that was spread works': needing(['aggregate'], async ({ store }) => {
    const copy = { ...store };
    await copy.appendToStream('a', events(1, 2));
    same(2n, (await copy.readStream('a')).currentStreamVersion, 'readStream of the copy');
  }),
  'methods of the feed, the rows and the consumers work, taken from their store': needing(
    ['stored', 'feed', 'consumers', 'rows'],
    async ({ store }) => {
      const { readStored, readFeed, readCheckpoint, commitCheckpoint, readRows, readRow, reset } = store;
      await store.appendToStream('a', events(1));
      same(1, (await readStored('a')).length, 'readStored');
      const [first] = await readFeed();
      const cursor = first?.cursor ?? null;
      await commitCheckpoint('p', { expected: 0, cursor, rows: [{ projection: 'p', key: 'k', body: { n: 1 } }] });
      sameFields({ cursor, revision: 1, parked: [] }, await readCheckpoint('p'), 'readCheckpoint');
      same([{ key: 'k', body: { n: 1 } }], await readRows('p'), 'readRows');
      same({ key: 'k', body: { n: 1 } }, await readRow('p', 'k'), 'readRow');
      await reset('p');
      sameFields({ cursor: null, revision: 2, parked: [] }, await readCheckpoint('p'), 'readCheckpoint after reset');
    },
  ),
});
