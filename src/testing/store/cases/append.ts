import { same, sameFields } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { dataOf, during, event, events, NO_STREAM, numbers, numbersOf } from '../stage/events.ts';

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
    same([1, 2, 3], await numbersOf(store, 'a'), 'the events of the stream');
  },
  'an event comes back with its type, its data and its own metadata, in its stream at its version': async ({
    store,
  }) => {
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
      same(read, await numbersOf(store, name), `the events of ${name}`);
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
    same([1], await numbersOf(store, 'a'), 'the events of the stream');
  },
  'a batch of 1,000 events is there whole, in order': async ({ store }) => {
    const answer = await during(store.appendToStream('a', events(...numbers(1, 1000))), async () => {
      const { currentStreamVersion } = await store.readStream('a');
      same(true, currentStreamVersion % 1000n === 0n, `whether ${currentStreamVersion} events are a whole batch`);
    });
    same(1000n, answer.nextExpectedStreamVersion, 'the version that the append answers');
    same(numbers(1, 1000), await numbersOf(store, 'a'), 'the events of the stream');
  },
  'an event of 100 kB comes back': async ({ store }) => {
    const data = { n: 1, text: 'ñandú '.repeat(14_300), list: numbers(1, 500) };
    await store.appendToStream('a', [event(1, data), event(2)]);
    same([data, { n: 2 }], await dataOf(store, 'a'), 'the events of the stream');
  },
  'two reads with nothing between answer the same': async ({ store }) => {
    await store.appendToStream('a', events(1, 2, 3));
    same(await store.readStream('a'), await store.readStream('a'), 'the second read');
  },
});
