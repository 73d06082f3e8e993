import type { EventShape } from '../../../../src/stores/event-store.ts';
import { answerOf, appending, type Saboteur, withoutIds, writing } from './saboteur.ts';

export const ids: readonly Saboteur[] = [
  {
    fault: 'ids are not looked at',
    ...appending((honest) => (name, events, options) => honest.appendToStream(name, withoutIds(events), options)),
    killedBy: 'idempotency: an id is unique in the store, not in a stream',
  },
  {
    fault: 'a repeat is written again',
    ...appending((honest) => async (name, events, options) => {
      const answer = await honest.appendToStream(name, events, options);
      return answer.repeated ? honest.appendToStream(name, withoutIds(events)) : answer;
    }),
    killedBy: 'idempotency: the same batch again is answered as the first time and writes nothing',
  },
  {
    fault: 'a repeat is not told from a first append',
    ...appending((honest) => async (name, events, options) => ({
      ...(await honest.appendToStream(name, events, options)),
      repeated: false,
    })),
    killedBy: 'idempotency: many repeats of one batch at once write it once',
  },
  {
    fault: 'a repeat is answered with where the stream stands now',
    ...appending((honest) => async (name, events, options) => {
      const answer = await honest.appendToStream(name, events, options);
      const { currentStreamVersion } = await honest.readStream(name);
      return { ...answer, nextExpectedStreamVersion: currentStreamVersion };
    }),
    killedBy: 'idempotency: a repeat has its old place, though the stream went on',
  },
  {
    fault: 'a repeat is judged by the version that it expects',
    ...appending((honest) => async (name, events, options) => {
      await honest.appendToStream(name, [], options);
      return honest.appendToStream(name, events, options);
    }),
    killedBy:
      'idempotency: an answer that got lost may be asked for again, as often as one likes, whatever was expected',
  },
  {
    fault: 'an id that is taken is a repeat, whatever the content',
    ...appending(
      (honest) => (name, events, options) =>
        honest.appendToStream(name, events, options).catch((error) => {
          if (error.reason !== 'other-content') throw error;
          return { ...answerOf(1n), repeated: true };
        }),
    ),
    killedBy: 'idempotency: the same id with another type, data or metadata is refused',
  },
  {
    fault: 'an id twice in a batch is written once',
    ...appending((honest) => (name, events, options) => {
      const once = new Map(events.map((event, n) => [(event?.metadata as { eventId?: string })?.eventId ?? n, event]));
      return honest.appendToStream(name, [...once.values()], options);
    }),
    killedBy: 'idempotency: an id twice in a batch is refused before anything is written',
  },
  {
    fault: 'of a batch that is stored in part, the rest is written',
    ...appending((honest) => async (name, events, options) => {
      const stored = new Set((await honest.readStored(name)).map(({ messageId }) => messageId));
      const isNew = ({ metadata }: EventShape) => !stored.has((metadata as { eventId?: string })?.eventId ?? '');
      const fresh = events.filter((event) => event === null || isNew(event));
      return honest.appendToStream(name, fresh.length === 0 ? events : fresh, options);
    }),
    killedBy: 'idempotency: a batch of which part is stored is refused whole',
  },
  {
    fault: 'ids are compared as a database folds case',
    ...writing((event) => {
      const { eventId } = (event?.metadata ?? {}) as { eventId?: unknown };
      if (typeof eventId !== 'string') return event;
      return { ...event, metadata: { ...event.metadata, eventId: eventId.toLowerCase() } };
    }),
    killedBy: 'idempotency: ids differ by every character',
  },
  {
    fault: 'a refused event keeps its id',
    store(honest) {
      const taken = new Set<string>();
      return {
        async appendToStream(name, events, options) {
          const own = events.map((event) => (event?.metadata as { eventId?: string })?.eventId ?? '');
          if (own.some((id) => taken.has(id))) throw Object.assign(new Error('taken'), { code: 'event-id-reused' });
          return honest.appendToStream(name, events, options).catch((error) => {
            if (error.errorCode === 412) for (const id of own) taken.add(id);
            throw error;
          });
        },
      };
    },
    killedBy: 'idempotency: a refused event leaves its id free',
  },
  {
    fault: 'content is compared with the order of its keys',
    ...appending((honest) => async (name, events, options) => {
      const stored = new Map((await honest.readStored(name)).map((one) => [one.messageId, one.text]));
      for (const event of events) {
        const text = stored.get((event?.metadata as { eventId?: string })?.eventId ?? '');
        const own =
          text === undefined ? text : JSON.stringify({ type: event.type, data: event.data, metadata: event.metadata });
        if (text !== own) throw new Error('other content');
      }
      return honest.appendToStream(name, events, options);
    }),
    killedBy: 'idempotency: the order of keys is no difference of content',
  },
  {
    fault: 'every append with ids says that it is a repeat',
    ...appending((honest) => async (name, events, options) => ({
      ...(await honest.appendToStream(name, events, options)),
      repeated: true,
    })),
    killedBy: 'idempotency: a first append says that it is no repeat',
  },
  {
    fault: 'a repeat in a stream whose name has spaces around it is taken for one elsewhere',
    ...appending((honest) => async (name, events, options) => {
      const answer = await honest.appendToStream(name, events, options);
      if (answer.repeated && name !== name.trim()) throw new Error('taken in another stream');
      return answer;
    }),
    killedBy: 'idempotency: a repeat is known in a stream of any name',
  },
  {
    fault: 'content is compared as deep as 500 levels',
    ...appending((honest) => async (name, events, options) => {
      const answer = await honest.appendToStream(name, events, options);
      if (answer.repeated && JSON.stringify(events).includes('['.repeat(500))) throw new RangeError('too deep');
      return answer;
    }),
    killedBy: 'idempotency: a repeat of 1 MB is known, and one that is 1,000 deep',
  },
  {
    fault: 'ids are compared by their first 255 characters',
    ...appending((honest) => {
      const firsts = new Map<string, string>();
      return async (name, events, options) => {
        const cut = events.map((event) => {
          const { eventId } = (event?.metadata ?? {}) as { eventId?: unknown };
          if (typeof eventId !== 'string' || eventId.length <= 255) return event;
          const start = eventId.slice(0, 255);
          firsts.set(start, firsts.get(start) ?? eventId);
          return { ...event, metadata: { ...event.metadata, eventId: firsts.get(start) } };
        });
        return honest.appendToStream(name, cut, options);
      };
    }),
    killedBy: 'idempotency: ids differ by every character',
  },
];
