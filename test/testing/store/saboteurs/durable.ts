import { memoryStore } from '../../../../src/memory.ts';
import type { EventStore, ReadStreamResult } from '../../../../src/stores/event-store.ts';
import { processOf } from '../memory-host.ts';
import { type Append, answerOf, type Saboteur, turn, withoutIds } from './saboteur.ts';

/** A second memory store that holds the same events, but for the last so many. */
async function copied(from: EventStore, lost: number): Promise<EventStore<never>> {
  const copy = memoryStore();
  const events = await from.readFeed({ maxCount: 10_000 });
  for (const { streamName, text } of events.slice(0, events.length - lost)) {
    await copy.appendToStream(streamName, [JSON.parse(text)]);
  }
  return copy;
}

export const durable: readonly Saboteur[] = [
  {
    fault: 'the last event is lost when the store is reopened',
    host: {
      async reopen({ place }) {
        const base = await copied(place.base, 1);
        return { place: { ...place, base }, store: base };
      },
    },
    killedBy: 'reopen: what was appended is there after every append',
  },
  {
    fault: 'rows and checkpoints are lost when the store is reopened',
    host: {
      async reopen({ place }) {
        const base = await copied(place.base, 0);
        return { place: { ...place, base }, store: base };
      },
    },
    killedBy: 'reopen: the feed, its places, the rows, the checkpoints and what is parked are there',
  },
  {
    fault: 'ids are forgotten when the store is reopened',
    host: {
      reopen: ({ place, store }) => ({
        place,
        store: {
          ...store,
          appendToStream: (name, events, options) =>
            store.appendToStream(name, withoutIds(events) as readonly object[] as typeof events, options),
        },
      }),
    },
    killedBy: 'reopen: a repeat is known',
  },
  {
    fault: 'what was acknowledged last is lost in a crash',
    host: {
      async crash({ place }) {
        const base = await copied(place.base, 3);
        return { place: { ...place, base }, store: base };
      },
    },
    killedBy: 'crash: what was acknowledged is there; what was not is whole or absent',
  },
  {
    fault: 'half a batch is left by a crash',
    host: {
      async crash({ place }) {
        const base = await copied(place.base, 1);
        return { place: { ...place, base }, store: base };
      },
    },
    killedBy: 'crash: what was acknowledged is there; what was not is whole or absent',
  },
  {
    fault: 'a second handle is another store',
    host: { second: () => ({ place: { base: memoryStore(), notes: [] }, store: memoryStore() }) },
    killedBy: 'handles: each reads at once what the other appended',
  },
  {
    fault: 'a handle keeps what it has read',
    store(honest) {
      const kept = new Map<string, ReadStreamResult>();
      return {
        async readStream(name, options) {
          const known = options === undefined ? kept.get(name) : undefined;
          const read = structuredClone(known ?? (await honest.readStream(name, options)));
          if (options === undefined && read.streamExists) kept.set(name, read);
          return structuredClone(read) as never;
        },
        appendToStream(name, events, options) {
          kept.delete(name);
          return honest.appendToStream(name, events, options);
        },
      };
    },
    killedBy: 'handles: each reads at once what the other appended',
  },
  {
    fault: 'each process is a store of its own',
    host: { process: (_, task) => processOf(memoryStore(), task) },
    killedBy: 'processes: a killed process loses nothing acknowledged, and leaves no half batch',
  },
  {
    fault: 'the processes race without a lock',
    host: {
      process({ store }, task) {
        const appendToStream: Append = async (name, events, options) => {
          await store.appendToStream(name, [], options);
          await turn();
          return store.appendToStream(name, events);
        };
        return processOf({ ...store, appendToStream: appendToStream as EventStore['appendToStream'] }, task);
      },
    },
    killedBy: 'processes: processes that race create each stream once and lose no append',
  },
  {
    fault: 'a process acknowledges what is not yet written',
    host: {
      process({ store }, task) {
        const appendToStream: Append = async (name, events) => {
          const { currentStreamVersion } = await store.readStream(name);
          return answerOf(currentStreamVersion + BigInt(events.length));
        };
        return processOf({ ...store, appendToStream: appendToStream as EventStore['appendToStream'] }, task);
      },
    },
    killedBy: 'processes: a killed process loses nothing acknowledged, and leaves no half batch',
  },
  {
    fault: 'events may be changed',
    host: { tamper: () => ({ 'an UPDATE': () => undefined }) },
    killedBy: 'immutability: every way to change or to remove an event is refused, and changes nothing',
  },
  {
    fault: 'a change is refused too late',
    host: {
      tamper: ({ store }) => ({
        'an UPDATE': async () => {
          await store.appendToStream('a', [{ type: 'T', data: {} }]);
          throw new Error('too late');
        },
      }),
    },
    killedBy: 'immutability: every way to change or to remove an event is refused, and changes nothing',
  },
  {
    fault: 'after a crash the store can only be read',
    host: {
      crash: ({ place, store }) => ({
        place,
        store: {
          ...store,
          appendToStream: async () => {
            throw new Error('recovery is not done');
          },
        },
      }),
    },
    killedBy: 'crash: the store goes on, without a gap',
  },
  {
    fault: 'the feed begins anew after a crash',
    host: {
      crash: ({ place, store }) => {
        const begun = store.readFeed({ maxCount: 10_000 });
        return {
          place,
          store: {
            ...store,
            async readFeed(range) {
              const before = new Set((await begun).map(({ cursor }) => cursor));
              return (await store.readFeed(range)).filter(({ cursor }) => !before.has(cursor));
            },
          },
        };
      },
    },
    killedBy: 'crash: the feed shows what is there, and goes on',
  },
  {
    fault: 'what is tried again is lost when the store is reopened',
    host: {
      reopen: ({ place, store }) => ({
        place,
        store: {
          ...store,
          readCheckpoint: async (consumer) => ({ ...(await store.readCheckpoint(consumer)), retrying: [] }),
        },
      }),
    },
    killedBy: 'reopen: what is tried again, what was handled and what is being built are there',
  },
  {
    fault: 'an event without an id gets another when the store is reopened',
    host: {
      reopen: ({ place, store }) => ({
        place,
        store: {
          ...store,
          async readStream(name, options) {
            const read = await store.readStream(name, options);
            const events = read.events.map(({ metadata, ...event }) => {
              const { eventId } = metadata as { eventId?: string };
              return { ...event, metadata: { ...metadata, messageId: eventId ?? crypto.randomUUID() } };
            });
            return { ...read, events: events as never[] };
          },
        },
      }),
    },
    killedBy: 'reopen: what was appended is there, and the counting goes on',
  },
  {
    fault: 'the rows are lost in a crash',
    host: { crash: ({ place, store }) => ({ place, store: { ...store, readRows: async () => [] } }) },
    killedBy: 'crash: rows and checkpoints that were acknowledged are there',
  },
  {
    fault: 'a handle keeps what it has read as it was stored',
    store(honest) {
      const kept = new Map<string, Awaited<ReturnType<EventStore['readStored']>>>();
      return {
        async readStored(name, range) {
          const found = kept.get(name) ?? (await honest.readStored(name, range));
          kept.set(name, found);
          return structuredClone(found);
        },
        appendToStream(name, events, options) {
          kept.delete(name);
          return honest.appendToStream(name, events, options);
        },
      };
    },
    killedBy: 'handles: each sees at once the texts that the other stored, and its lag',
  },
  {
    fault: 'a handle keeps the rows that it has read',
    store(honest) {
      const kept = new Map<string, Awaited<ReturnType<EventStore['readRow']>>>();
      return {
        async readRow(projection, key) {
          const place = JSON.stringify([projection, key]);
          const found = kept.has(place) ? (kept.get(place) ?? null) : await honest.readRow(projection, key);
          kept.set(place, found);
          return structuredClone(found);
        },
      };
    },
    killedBy: 'handles: each sees at once where the other moved a consumer',
  },
  {
    fault: 'a second handle does not look at the last event',
    host: {
      second: ({ place, store }) => {
        const appendToStream: Append = (name, events, { expectedLastEventId: _, ...options } = {}) =>
          store.appendToStream(name, events, options);
        return { place, store: { ...store, appendToStream: appendToStream as EventStore['appendToStream'] } };
      },
    },
    killedBy: 'handles: of appends after one event exactly one gets in, over both',
  },
];
