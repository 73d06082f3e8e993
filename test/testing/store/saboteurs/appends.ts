import type { EventShape, EventStore } from '../../../../src/stores/event-store.ts';
import { answerOf, appending, pastConflict, type Saboteur, turn } from './saboteur.ts';

export const appends: readonly Saboteur[] = [
  {
    fault: 'no expected version is looked at',
    ...appending((honest) => (name, events, options) => honest.appendToStream(name, events, pastConflict(options))),
    killedBy: 'expectations: each expectation of an append to a stream of three events',
  },
  {
    fault: 'a store does not say that it judges the last event',
    store: () => ({ checksLastEventId: false }),
    killedBy: 'lastEventId: a store that judges it says so',
  },
  {
    fault: 'the last event id is ignored',
    ...appending(
      (honest) =>
        (name, events, { expectedLastEventId: _, ...options } = {}) =>
          honest.appendToStream(name, events, options),
    ),
    killedBy: 'lastEventId: another last event at the same version is a conflict, and nothing is written',
  },
  {
    fault: 'the last event id is looked for anywhere in the stream',
    ...appending((honest) => async (name, events, options = {}) => {
      const { expectedLastEventId: expected, ...rest } = options;
      const stored = await honest.readStored(name);
      const isThere = stored.some(({ messageId }) => messageId === expected);
      return honest.appendToStream(name, events, isThere ? rest : options);
    }),
    killedBy: 'lastEventId: another last event at the same version is a conflict, and nothing is written',
  },
  {
    fault: 'the first event is taken for the last',
    ...appending((honest) => async (name, events, options = {}) => {
      const { expectedLastEventId: expected, ...rest } = options;
      const [first] = await honest.readStored(name, { maxCount: 1n });
      return honest.appendToStream(
        name,
        events,
        first?.messageId === expected ? rest : { ...rest, expectedStreamVersion: -1n },
      );
    }),
    killedBy: 'lastEventId: an append that expects the last event gets in, whatever else it expects',
  },
  {
    fault: 'of a missing stream any last event is expected',
    ...appending((honest) => async (name, events, options = {}) => {
      const { expectedLastEventId: _, ...rest } = options;
      return honest.appendToStream(name, events, (await honest.streamExists(name)) ? options : rest);
    }),
    killedBy: 'lastEventId: a missing stream has no last event',
  },
  {
    fault: 'the last event id is expected instead of the version',
    ...appending(
      (honest) => (name, events, options) =>
        honest.appendToStream(name, events, options?.expectedLastEventId ? pastConflict(options) : options),
    ),
    killedBy: 'lastEventId: the version is judged as well',
  },
  {
    fault: 'last event ids are compared in one case and without U+0000',
    ...appending((honest) => async (name, events, options = {}) => {
      const plain = (id: string) => id.toLowerCase().split('\u0000')[0];
      const { expectedLastEventId: expected, ...rest } = options;
      const last = (await honest.readStored(name)).at(-1)?.messageId;
      const alike = typeof expected === 'string' && last !== undefined && plain(expected) === plain(last);
      return honest.appendToStream(name, events, alike ? rest : options);
    }),
    killedBy: 'lastEventId: ids are compared to the character',
  },
  {
    fault: 'a last event id that is none is passed over',
    ...appending((honest) => (name, events, options = {}) => {
      const { expectedLastEventId: expected, ...rest } = options;
      return honest.appendToStream(name, events, typeof expected === 'string' && expected !== '' ? options : rest);
    }),
    killedBy: 'lastEventId: what is no id is refused',
  },
  {
    fault: 'the last event is read, then the events are written',
    ...appending((honest) => async (name, events, options = {}) => {
      const { expectedLastEventId: expected, ...rest } = options;
      if (expected === undefined) return honest.appendToStream(name, events, options);
      await honest.appendToStream(name, [], options);
      await turn();
      return honest.appendToStream(name, events, rest);
    }),
    killedBy: 'lastEventId: of many appends after one event exactly one gets in',
  },
  {
    fault: 'rows are written though the last event is another',
    ...appending((honest) => async (name, events, options) => {
      if (options?.expectedLastEventId !== undefined && options.rows !== undefined) {
        const { revision } = await honest.readCheckpoint('rows');
        await honest.commitCheckpoint('rows', { expected: revision, cursor: null, rows: options.rows });
      }
      return honest.appendToStream(name, events, options);
    }),
    killedBy: 'lastEventId: a conflict writes no rows',
  },
  {
    fault: 'STREAM_DOES_NOT_EXIST is ignored',
    ...appending((honest) => (name, events, options) => {
      const ignored = options?.expectedStreamVersion === 'STREAM_DOES_NOT_EXIST';
      return honest.appendToStream(name, events, ignored ? pastConflict(options) : options);
    }),
    killedBy: 'racing: of many creations of one stream exactly one wins',
  },
  {
    fault: 'STREAM_EXISTS is ignored',
    ...appending((honest) => (name, events, options) => {
      const ignored = options?.expectedStreamVersion === 'STREAM_EXISTS';
      return honest.appendToStream(name, events, ignored ? pastConflict(options) : options);
    }),
    killedBy: 'expectations: each expectation of an append to a missing stream',
  },
  {
    fault: 'a version that is too high is taken for the present one',
    ...appending((honest) => async (name, events, options) => {
      const { currentStreamVersion } = await honest.readStream(name);
      const expected = options?.expectedStreamVersion;
      const high = typeof expected === 'bigint' && expected > currentStreamVersion;
      return honest.appendToStream(name, events, high ? pastConflict(options) : options);
    }),
    killedBy: 'expectations: a conflict leaves nothing behind: neither an event nor a gap',
  },
  {
    fault: 'the first event of a batch is written before the version is judged',
    ...appending((honest) => async (name, events, options) => {
      const [first] = events;
      if (first !== undefined) await honest.appendToStream(name, [{ type: first.type, data: first.data }]);
      return honest.appendToStream(name, events, options);
    }),
    killedBy: 'racing: writers that try again all get in: no version is missing, and each one’s order stays',
  },
  {
    fault: 'the version is read, then the events are written',
    ...appending((honest) => async (name, events, options) => {
      await honest.appendToStream(name, [], options);
      await turn();
      return honest.appendToStream(name, events, pastConflict(options));
    }),
    killedBy: 'racing: of many appends at one version exactly one wins',
  },
  {
    fault: 'a batch is written in two parts',
    ...appending((honest) => async (name, events, options) => {
      if (events.length < 2) return honest.appendToStream(name, events, options);
      const first = await honest.appendToStream(name, events.slice(0, 2), options);
      await turn();
      const last = await honest.appendToStream(name, events.slice(2));
      return { ...last, createdNewStream: first.createdNewStream };
    }),
    killedBy: 'reading: a reader sees whole batches while they are appended, and what was read stays',
  },
  {
    fault: 'a batch is cut after a hundred events',
    ...appending((honest) => (name, events, options) => honest.appendToStream(name, events.slice(0, 100), options)),
    killedBy: 'append: a batch of 1,000 events is there whole, in order',
  },
  {
    fault: 'a batch is written last event first',
    ...appending((honest) => (name, events, options) => honest.appendToStream(name, [...events].reverse(), options)),
    killedBy: 'append: an append answers with the version of its last event, and whether it made the stream',
  },
  {
    fault: 'a conflict is swallowed',
    ...appending((honest) => async (name, events, options) => {
      const { currentStreamVersion } = await honest.readStream(name);
      return honest.appendToStream(name, events, options).catch((error) => {
        if (error.errorCode !== 412) throw error;
        return answerOf(currentStreamVersion);
      });
    }),
    killedBy: 'racing: writers that try again all get in: no version is missing, and each one’s order stays',
  },
  {
    fault: 'a conflict does not say what there is',
    ...appending(
      (honest) => (name, events, options) =>
        honest.appendToStream(name, events, options).catch((error) => {
          if (error.errorCode === 412) delete error.actual;
          throw error;
        }),
    ),
    killedBy: 'conflicts: a refused append says the stream, what was expected and what there is',
  },
  {
    fault: 'a conflict is any error',
    ...appending(
      (honest) => (name, events, options) =>
        honest.appendToStream(name, events, options).catch((error) => {
          throw error.errorCode === 412 ? new Error('duplicate key value violates unique constraint') : error;
        }),
    ),
    killedBy: 'expectations: an empty append is judged as well',
  },
  {
    fault: 'every error is a conflict',
    ...appending(
      (honest) => (name, events, options) =>
        honest.appendToStream(name, events, options).catch((error) => {
          throw Object.assign(new Error(error.message), { errorCode: 412 });
        }),
    ),
    killedBy: 'refusals: what is no event, or not JSON, is refused with its whole batch',
  },
  {
    fault: 'what fails is answered as a success',
    ...appending(
      (honest) => (name, events, options) =>
        honest.appendToStream(name, events, options).catch((error) => {
          if (error.errorCode === 412) throw error;
          return answerOf(1n);
        }),
    ),
    killedBy: 'idempotency: an id is unique in the store, not in a stream',
  },
  {
    fault: 'what loses a race is seen for a moment',
    store(honest) {
      const seen = new Map<string, EventShape[]>();
      return {
        async appendToStream(name, events, options) {
          seen.set(name, [...events]);
          await turn();
          seen.delete(name);
          return honest.appendToStream(name, events, options);
        },
        async readStream(name, options) {
          const read = await honest.readStream<never>(name, options);
          const early = (seen.get(name) ?? []).slice(0, 3).map((event) => ({
            ...event,
            kind: 'Event' as const,
            metadata: { streamPosition: 0n },
          }));
          return { ...read, events: [...read.events, ...(early as never[])] };
        },
      };
    },
    killedBy: 'reading: a reader sees whole batches while they are appended, and what was read stays',
  },
  {
    fault: 'one append at a time in the whole store, the others are refused',
    store(honest) {
      let busy = false;
      return {
        async appendToStream(name, events, options) {
          if (busy) throw Object.assign(new Error('busy'), { errorCode: 412 });
          busy = true;
          await turn();
          busy = false;
          return honest.appendToStream(name, events, options);
        },
      };
    },
    killedBy: 'racing: appends to other streams never fail each other',
  },
  {
    fault: 'an empty append makes the stream',
    store(honest) {
      const made = new Set<string>();
      return {
        appendToStream: (name, events, options) => {
          made.add(name);
          return honest.appendToStream(name, events, options);
        },
        streamExists: async (name) => made.has(name) || honest.streamExists(name),
      };
    },
    killedBy: 'append: an empty append writes nothing, and makes no stream',
  },
  {
    fault: 'an empty append is not judged',
    ...appending(
      (honest) => (name, events, options) => honest.appendToStream(name, events, events.length === 0 ? {} : options),
    ),
    killedBy: 'expectations: an empty append is judged as well',
  },
  {
    fault: 'every append says that it made the stream',
    ...appending((honest) => async (name, events, options) => ({
      ...(await honest.appendToStream(name, events, options)),
      createdNewStream: true,
    })),
    killedBy: 'append: an append answers with the version of its last event, and whether it made the stream',
  },
  {
    fault: 'an append answers with the global position of its first event',
    ...appending((honest) => async (name, events, options) => {
      const answer = await honest.appendToStream(name, events, options);
      const first = answer.lastEventGlobalPosition - BigInt(Math.max(0, events.length - 1));
      return { ...answer, lastEventGlobalPosition: first };
    }),
    killedBy: 'positions: an append answers with that of its last event',
  },
  {
    fault: 'an append is acknowledged before it is written',
    store(honest) {
      return {
        async appendToStream(name, events, options) {
          const copy = structuredClone([...events]) as EventShape[];
          const { currentStreamVersion } = await honest.readStream(name);
          setTimeout(() => honest.appendToStream(name, copy, options).catch(() => undefined), 5);
          return {
            ...answerOf(currentStreamVersion + BigInt(events.length)),
            createdNewStream: currentStreamVersion === 0n,
          };
        },
      } as Partial<EventStore>;
    },
    killedBy: 'reading: an append that was acknowledged is read',
  },
  {
    fault: 'a large batch is written in parts of 500',
    ...appending((honest) => async (name, events, options) => {
      if (events.length <= 500) return honest.appendToStream(name, events, options);
      const first = await honest.appendToStream(name, events.slice(0, 500), options);
      await turn();
      const last = await honest.appendToStream(name, events.slice(500));
      return { ...last, createdNewStream: first.createdNewStream };
    }),
    killedBy: 'append: a batch of 1,000 events is there whole, in order',
  },
  {
    fault: 'an event without an id gets the hash of its content for one',
    ...appending((honest) => {
      const hashes = new Map<string, string>();
      return async (name, events, options) => {
        const [only] = events;
        if (events.length !== 1 || only?.metadata !== undefined) return honest.appendToStream(name, events, options);
        const content = JSON.stringify([name, only]);
        const eventId = hashes.get(content) ?? crypto.randomUUID();
        hashes.set(content, eventId);
        return honest.appendToStream(name, [{ ...only, metadata: { eventId } } as EventShape], options);
      };
    }),
    killedBy: 'append: an event without an id, or without metadata, gets an id of its own',
  },
];
