import type { EventStore, ReadStreamResult, StoredEvent } from '../../../../src/stores/event-store.ts';
import { appending, pause, reading, type Saboteur, sorted, turn } from './saboteur.ts';

export const reads: readonly Saboteur[] = [
  {
    fault: 'from leaves out its own position',
    ...reading(
      (honest) => (name, options) =>
        honest.readStream(name, typeof options?.from === 'bigint' ? { ...options, from: options.from + 1n } : options),
    ),
    killedBy: 'ranges: both bounds are inclusive positions, and each narrows the others',
  },
  {
    fault: 'to leaves out its own position',
    ...reading(
      (honest) => (name, options) =>
        honest.readStream(name, options?.to ? { ...options, to: options.to - 1n } : options),
    ),
    killedBy: 'ranges: both bounds are inclusive positions, and each narrows the others',
  },
  {
    fault: 'maxCount gives one more',
    ...reading(
      (honest) => (name, options) =>
        honest.readStream(name, options?.maxCount ? { ...options, maxCount: options.maxCount + 1n } : options),
    ),
    killedBy: 'ranges: pages of every size make up the whole',
  },
  {
    fault: 'a maxCount of 0 is none',
    ...reading((honest) => (name, options) => {
      const { maxCount, ...rest } = options ?? {};
      return honest.readStream(name, maxCount === 0n ? rest : options);
    }),
    killedBy: 'ranges: both bounds are inclusive positions, and each narrows the others',
  },
  {
    fault: 'maxCount counts from position 0',
    ...reading((honest) => (name, options) => {
      const { maxCount, ...rest } = options ?? {};
      return honest.readStream(name, maxCount ? { ...rest, to: (options?.from ?? 0n) + maxCount } : options);
    }),
    killedBy: 'ranges: pages of every size make up the whole',
  },
  {
    fault: 'the version is that of the last event read',
    ...reading((honest) => async (name, options) => {
      const read = await honest.readStream(name, options);
      const last = read.events.at(-1)?.metadata.streamPosition ?? 0n;
      return { ...read, currentStreamVersion: last, streamExists: last > 0n };
    }),
    killedBy: 'ranges: whatever range is read, the version and the existence are the whole stream’s',
  },
  {
    fault: 'backwards is ignored',
    ...reading(
      (honest) =>
        (name, { backwards: _, ...options } = {}) =>
          honest.readStream(name, options),
    ),
    killedBy: 'backwards: the last event comes first, and maxCount counts from the end',
  },
  {
    fault: 'backwards turns round what maxCount left',
    ...reading((honest) => async (name, { backwards, ...options } = {}) => {
      const read = await honest.readStream(name, options);
      return backwards ? { ...read, events: [...read.events].reverse() } : read;
    }),
    killedBy: 'backwards: the last event comes first, and maxCount counts from the end',
  },
  {
    fault: 'readStored ignores its range',
    store: (honest) => ({ readStored: (name) => honest.readStored(name) }),
    killedBy: 'stored: readStored takes the ranges that readStream takes',
  },
  {
    fault: 'a read is not judged',
    ...reading(
      (honest) =>
        (name, { expectedStreamVersion: _, ...options } = {}) =>
          honest.readStream(name, options),
    ),
    killedBy: 'expectations: a read judges each expectation, on the whole stream',
  },
  {
    fault: 'versions have gaps',
    ...reading((honest) => async (name, options) => {
      const read = await honest.readStream(name, options);
      for (const { metadata } of read.events) Object.assign(metadata, { streamPosition: metadata.globalPosition });
      return read;
    }),
    killedBy: 'append: versions count each stream by itself',
  },
  {
    fault: 'a reader gets the object that the next one gets',
    store(honest) {
      const kept = new Map<string, ReadStreamResult>();
      return {
        async readStream(name, options) {
          const fresh = await honest.readStream<never>(name, options);
          const key = `${name} ${Object.entries(options ?? {})} ${fresh.currentStreamVersion}`;
          const known = (kept.get(key) ?? fresh) as typeof fresh;
          kept.set(key, known);
          return known;
        },
      };
    },
    killedBy: 'isolation: what a reader does to what it read, no other reader sees',
  },
  {
    fault: 'the caller’s events are kept',
    ...appending((honest) => async (name, events, options) => {
      await turn();
      return honest.appendToStream(name, events, options);
    }),
    killedBy: 'isolation: what the caller does to an event during and after the append changes nothing',
  },
  {
    fault: 'the caller’s events are given what the store adds',
    ...appending((honest) => async (name, events, options) => {
      const answer = await honest.appendToStream(name, events, options);
      for (const event of events) Object.assign(event, { kind: 'Event' });
      return answer;
    }),
    killedBy: 'isolation: the store does not touch the caller’s events: frozen ones are taken',
  },
  {
    fault: 'a stream is read in pages of 1,000, and the second is forgotten',
    ...reading((honest) => (name, options) => honest.readStream(name, { maxCount: 999n, ...options })),
    killedBy: 'append: a batch of 1,000 events is there whole, in order',
  },
  {
    fault: 'a fold begins with the state of the one before',
    store(honest) {
      let last: unknown;
      return {
        async aggregateStream(name, options) {
          last ??= options.initialState();
          const initialState = () => last as never;
          return honest.aggregateStream(name, { ...options, initialState }) as never;
        },
      };
    },
    killedBy: 'aggregate: each fold asks for a new initial state',
  },
  {
    fault: 'a fold ignores what is to be read',
    store: (honest) => ({
      aggregateStream: (name, { read: _, ...options }) => honest.aggregateStream(name, options),
    }),
    killedBy: 'aggregate: a range folds only its events, and the version is the whole stream’s',
  },
  {
    fault: 'the methods need their store',
    store: (honest) => ({
      async aggregateStream(this: EventStore, name, { evolve, initialState, read }) {
        const { events, ...found } = await this.readStream<never>(name, read);
        return { ...found, state: events.reduce(evolve, initialState()) };
      },
      streamExists: honest.streamExists,
    }),
    killedBy: 'unbound: a method taken from its store works',
  },
  {
    fault: 'the texts of readStored are written anew, keys sorted',
    store: (honest) => ({
      async readStored(name, range) {
        const stored = await honest.readStored(name, range);
        return stored.map((one) => ({ ...one, text: JSON.stringify(sorted(JSON.parse(one.text))) }));
      },
    }),
    killedBy: 'stored: the text is the one that JSON wrote, to the character',
  },
  {
    fault: 'global positions are those of the stream',
    ...reading((honest) => async (name, options) => {
      const read = await honest.readStream(name, options);
      for (const { metadata } of read.events) Object.assign(metadata, { globalPosition: metadata.streamPosition });
      return read;
    }),
    killedBy: 'positions: global positions grow with every event, over all streams, in the order of the appends',
  },
  {
    fault: 'a stream is made by reading it',
    store(honest) {
      const made = new Set<string>();
      const known = (name: string) => {
        made.add(name);
        return name;
      };
      return {
        readStream: (name, options) => honest.readStream(known(name), options),
        readStored: (name, range) => honest.readStored(known(name), range),
        aggregateStream: (name, options) => honest.aggregateStream(known(name), options),
        streamExists: async (name) => made.has(name) || honest.streamExists(name),
      };
    },
    killedBy: 'append: reading a missing stream does not make it',
  },
  {
    fault: 'a missing stream is an error',
    store(honest) {
      const found = async (name: string) => {
        if (!(await honest.streamExists(name))) throw new Error(`There is no stream ${name}`);
        return name;
      };
      return {
        readStream: async (name, options) => honest.readStream(await found(name), options),
        readStored: async (name, range) => honest.readStored(await found(name), range),
        aggregateStream: async (name, options) => honest.aggregateStream(await found(name), options),
      };
    },
    killedBy: 'append: a missing stream is empty, at version 0, and does not exist',
  },
  {
    fault: 'an event without an id gets a new one with each read',
    ...reading((honest) => async (name, options) => {
      const read = await honest.readStream(name, options);
      for (const { metadata } of read.events as { metadata: { eventId?: string } }[]) {
        if (metadata.eventId === undefined) Object.assign(metadata, { messageId: crypto.randomUUID() });
      }
      return read;
    }),
    killedBy: 'stored: an event without an id keeps the one that it got',
  },
  {
    fault: 'an event tells when it was read',
    ...reading((honest) => async (name, options) => {
      const read = await honest.readStream(name, options);
      for (const { metadata } of read.events) Object.assign(metadata, { readAt: performance.now() });
      return read;
    }),
    killedBy: 'append: two reads with nothing between answer the same',
  },
  {
    fault: 'readStored gives the list that the next reader gets',
    store(honest) {
      const kept = new Map<string, StoredEvent[]>();
      return {
        async readStored(name, range) {
          const fresh = await honest.readStored(name, range);
          const known = kept.get(name) ?? fresh;
          if (range === undefined && fresh.length > 0) kept.set(name, known);
          return range === undefined ? known : fresh;
        },
      };
    },
    killedBy: 'stored: what a reader does to the answer of readStored, no other reader sees',
  },
  {
    fault: 'a read is judged by the last event that it reads',
    ...reading((honest) => async (name, { expectedStreamVersion: expected, ...options } = {}) => {
      const read = await honest.readStream(name, options);
      const last = read.events.at(-1)?.metadata.streamPosition ?? 0n;
      if (typeof expected === 'bigint' && expected !== last)
        throw Object.assign(new Error('conflict'), { errorCode: 412 });
      return honest.readStream(
        name,
        typeof expected === 'string' ? { ...options, expectedStreamVersion: expected } : options,
      );
    }),
    killedBy: 'expectations: a read of a part is judged on the whole stream as well',
  },
  {
    fault: 'an expectation is judged, then the events are read',
    ...reading((honest) => async (name, options) => {
      const { expectedStreamVersion: expected, ...rest } = options ?? {};
      if (expected !== undefined) await honest.readStream(name, options);
      if (expected !== undefined) await pause(20);
      return honest.readStream(name, rest);
    }),
    killedBy: 'expectations: a read that is as expected shows what was expected, while others append',
  },
  {
    fault: 'the events are folded, then the version is read',
    store: (honest) => ({
      async aggregateStream(name, options) {
        const folded = await honest.aggregateStream(name, options);
        await pause();
        return { ...folded, currentStreamVersion: (await honest.readStream(name)).currentStreamVersion };
      },
    }),
    killedBy: 'aggregate: the version is that of the events which were folded, while others append',
  },
  {
    fault: 'a fold always begins with the first event',
    store: (honest) => ({
      aggregateStream: (name, { read, ...options }) =>
        honest.aggregateStream(
          name,
          read === undefined ? options : { ...options, read: { ...read, backwards: false } },
        ),
    }),
    killedBy: 'aggregate: a fold may begin with the last event',
  },
  {
    fault: 'a stream of which nothing is folded does not exist',
    store: (honest) => ({
      async aggregateStream(name, options) {
        const { events } = await honest.readStream(name, options.read);
        return { ...(await honest.aggregateStream(name, options)), streamExists: events.length > 0 };
      },
    }),
    killedBy: 'aggregate: a range folds only its events, and the version is the whole stream’s',
  },
  {
    fault: 'an event that was read is frozen',
    ...reading((honest) => async (name, options) => {
      const read = await honest.readStream(name, options);
      return { ...read, events: read.events.map((event) => Object.freeze(event)) };
    }),
    killedBy: 'isolation: what a reader does to what it read, no other reader sees',
  },
];
