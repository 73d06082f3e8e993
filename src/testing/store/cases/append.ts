import { ensure, same, sameFields } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { during, event, events, NO_STREAM, numbers, readData, readNumbers } from '../stage/events.ts';

export const append = cases('append', [], {
  'a missing stream is empty, at version 0, and does not exist': async ({ store }) => {
    sameFields(NO_STREAM, await store.readStream('a'), 'readStream of a missing stream');
    same(false, await store.streamExists('a'), 'streamExists of a missing stream');
  },
  'reading a missing stream does not make it': async ({ store }) => {
    await store.readStream('a');
    same(false, await store.streamExists('a'), 'streamExists after a read');
    same(false, (await store.readStream('a')).streamExists, 'a second read');
  },
  'an append answers with the version of its last event, and whether it made the stream': async ({ store }) => {
    const first = { nextExpectedStreamVersion: 2n, createdNewStream: true };
    sameFields(first, await store.appendToStream('a', events(1, 2)), 'the first append');
    const second = { nextExpectedStreamVersion: 3n, createdNewStream: false };
    sameFields(second, await store.appendToStream('a', events(3)), 'the second append');
    same(true, await store.streamExists('a'), 'streamExists');
    const read = await store.readStream('a');
    sameFields({ currentStreamVersion: 3n, streamExists: true }, read, 'readStream');
    same([1, 2, 3], await readNumbers(store, 'a'), 'the events of the stream');
  },
  'an event comes back with its type, data and metadata, at its version': async ({ store }) => {
    const metadata = { schemaVersion: 1, eventId: 'event-1', recordedAt: 'then' };
    await store.appendToStream('a', [{ type: 'Counted', data: { n: 1 }, metadata }]);
    const [read] = (await store.readStream('a')).events;
    sameFields({ kind: 'Event', type: 'Counted', data: { n: 1 } }, read, 'the event');
    sameFields({ ...metadata, streamName: 'a', streamPosition: 1n }, read?.metadata, 'its metadata');
  },
  'an event without an id, or without metadata, gets an id of its own': async ({ store }) => {
    const bare = { type: 'Counted', data: { n: 1 } };
    await store.appendToStream('a', [bare, bare, { ...bare, metadata: {} }]);
    for (const _ of [1, 2]) await store.appendToStream('a', [bare]);
    const ids = (await store.readStream('a')).events.map(({ metadata }) => metadata.messageId);
    same([true, true, true, true, true], [...ids.map((id) => typeof id === 'string')], 'which of the ids are texts');
    same(5, new Set(ids.filter((id) => id !== '')).size, 'how many different ids there are');
  },
  'versions count each stream by itself': async ({ store }) => {
    await store.appendToStream('a', events(1));
    await store.appendToStream('b', events(2, 3));
    await store.appendToStream('a', events(4));
    for (const [name, read] of [
      ['a', [1, 4]],
      ['b', [2, 3]],
    ] as const) {
      same(read, await readNumbers(store, name), `the events of ${name}`);
      const versions = (await store.readStream(name)).events.map(({ metadata }) => metadata.streamPosition);
      same([1n, 2n], versions, `the versions of ${name}`);
    }
  },
  'an empty append writes nothing, and makes no stream': async ({ store }) => {
    const nothing = { nextExpectedStreamVersion: 0n, createdNewStream: false };
    sameFields(nothing, await store.appendToStream('a', []), 'an empty append to a missing stream');
    same(false, await store.streamExists('a'), 'streamExists after it');
    same(false, (await store.readStream('a')).streamExists, 'readStream after it');
    await store.appendToStream('a', events(1));
    const still = { nextExpectedStreamVersion: 1n, createdNewStream: false };
    sameFields(still, await store.appendToStream('a', []), 'an empty append to a stream of one');
    same([1], await readNumbers(store, 'a'), 'the events of the stream');
  },
  'a batch of 1,000 events is there whole, in order': async ({ store }) => {
    const answer = await during(store.appendToStream('a', events(...numbers(1, 1000))), async () => {
      const { currentStreamVersion } = await store.readStream('a');
      same(true, currentStreamVersion % 1000n === 0n, `whether ${currentStreamVersion} events are a whole batch`);
    });
    same(1000n, answer.nextExpectedStreamVersion, 'the version that the append answers');
    same(numbers(1, 1000), await readNumbers(store, 'a'), 'the events of the stream');
  },
  'an event of 100 kB comes back': async ({ store }) => {
    const data = { n: 1, text: 'ñandú '.repeat(14_300), list: numbers(1, 500) };
    await store.appendToStream('a', [event(1, data), event(2)]);
    same([data, { n: 2 }], await readData(store, 'a'), 'the events of the stream');
  },
  'two reads with nothing between answer the same': async ({ store }) => {
    await store.appendToStream('a', events(1, 2, 3));
    same(await store.readStream('a'), await store.readStream('a'), 'the second read');
  },
});

export const positions = cases('positions', [], {
  'global positions grow with every event, over all streams, in the order of the appends': async ({ store }) => {
    for (const n of numbers(1, 6)) await store.appendToStream(n % 2 === 0 ? 'a' : 'b', events(2 * n, 2 * n + 1));
    const read = [...(await store.readStream('a')).events, ...(await store.readStream('b')).events];
    const found = read.map(({ data, metadata }) => [(data as { n: number }).n, metadata.globalPosition] as const);
    const places = found.sort(([one], [other]) => one - other).map(([, position]) => position);
    const [expected, types] = [places.map(() => 'bigint'), places.map((place) => typeof place)];
    same(expected, types, 'the types of the global positions');
    for (const [index, place] of places.entries()) {
      const before = places[index - 1] ?? 0n;
      ensure(place > before, `the event ${index + 2} has the global position ${place}, after ${before}`);
    }
  },
  'an append answers with that of its last event': async ({ store }) => {
    for (const n of [1, 2]) {
      const { lastEventGlobalPosition } = await store.appendToStream('a', events(2 * n, 2 * n + 1));
      const last = (await store.readStream('a')).events.at(-1)?.metadata.globalPosition;
      same(last, lastEventGlobalPosition, 'lastEventGlobalPosition');
    }
  },
  'an empty append with that of the stream’s last event, or 0': async ({ store }) => {
    same(0n, (await store.appendToStream('a', [])).lastEventGlobalPosition, 'of a missing stream');
    const { lastEventGlobalPosition } = await store.appendToStream('a', events(1, 2));
    await store.appendToStream('b', events(3));
    same(lastEventGlobalPosition, (await store.appendToStream('a', [])).lastEventGlobalPosition, 'of a stream of two');
  },
  'on equal names the metadata of the store win': async ({ store }) => {
    const metadata = { eventId: 'event-1', streamPosition: '7', globalPosition: 7, streamName: 'b', messageId: 'x' };
    const { lastEventGlobalPosition } = await store.appendToStream('a', [{ type: 'Counted', data: {}, metadata }]);
    const [read] = (await store.readStream('a')).events;
    const { messageId, ...rest } = { ...read?.metadata } as Record<string, unknown>;
    const own = { eventId: 'event-1', streamPosition: 1n, globalPosition: lastEventGlobalPosition, streamName: 'a' };
    same(own, rest, 'the metadata');
    ensure(
      typeof messageId === 'string' && messageId !== 'x',
      `the message id is ${String(messageId)}, not the store's`,
    );
  },
});
