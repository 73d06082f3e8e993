import type { FeedEvent } from '../../../../src/stores/event-store.ts';
import { later, type Place, type Sabotage } from '../memory-host.ts';
import { appending, feeding, type Saboteur, sorted } from './saboteur.ts';

const cursorOf = (n: number) => String(n).padStart(19, '0');

/** A position is taken when an append begins, and shown when it ends, even if later ones were shown before. */
function lateplaces(): Sabotage {
  const order = new WeakMap<Place, { streamName: string; at: number }[]>();
  return {
    store: (honest, place) => ({
      async readFeed({ after = null, maxCount = 500 } = {}) {
        const whole = await honest.readFeed({ maxCount: 10_000 });
        const held = order.get(place) ?? [];
        const early = held.flatMap(({ streamName, at }) =>
          whole
            .filter((one) => one.streamName === streamName)
            .map((one, n) => ({ ...one, cursor: cursorOf(100 * at + n + 1) })),
        );
        const usual = whole
          .filter((one) => !held.some(({ streamName }) => streamName === one.streamName))
          .map((one, n) => ({ ...one, cursor: cursorOf(100 * (n + 1)) }));
        const all = [...early, ...usual].sort((one, other) => (one.cursor < other.cursor ? -1 : 1));
        return all.filter(({ cursor }) => cursor > (after ?? '')).slice(0, maxCount);
      },
    }),
    host: {
      async hold({ store, place }, streamName, events) {
        const { length: at } = await store.readFeed({ maxCount: 10_000 });
        order.set(place, [...(order.get(place) ?? []), { streamName, at }]);
        return later(store, streamName, events);
      },
    },
  };
}

/**
 * Events come in the order in which their transactions began; a subscription continues after the last position that it
 * saw.
 */
function elderFirst(): Sabotage {
  const order = new WeakMap<Place, { streamName: string; at: number }[]>();
  return {
    store: (honest, place) => ({
      async readFeed({ after = null, maxCount = 500 } = {}) {
        const whole = await honest.readFeed({ maxCount: 10_000 });
        const begunAt = ({ streamName, globalPosition }: FeedEvent) =>
          order.get(place)?.find((one) => one.streamName === streamName)?.at ?? Number(globalPosition);
        const elder = whole.sort((one, other) => begunAt(one) - begunAt(other));
        return elder.filter(({ cursor }) => after === null || cursor > after).slice(0, maxCount);
      },
    }),
    host: {
      async hold({ store, place }, streamName, events) {
        const { length: at } = await place.base.readFeed({ maxCount: 10_000 });
        order.set(place, [...(order.get(place) ?? []), { streamName, at: at + 0.5 }]);
        return later(store, streamName, events);
      },
    },
  };
}

export const feeds: readonly Saboteur[] = [
  {
    fault: 'a place shows up after one that is greater',
    ...lateplaces(),
    killedBy: 'held: an append that is slow to commit is shown after it, and never before a place that was shown',
  },
  {
    fault: 'what began first is shown first, and counted by where it was written',
    ...elderFirst(),
    killedBy: 'held: an append that begins before others and writes after them is shown once',
  },
  {
    fault: 'what was rolled back holds up the feed for ever',
    store(honest, place) {
      return {
        async readFeed(range) {
          const page = await honest.readFeed(range);
          const limit = heldUp.get(place);
          return limit === undefined ? page : page.filter(({ globalPosition }) => globalPosition <= limit);
        },
      };
    },
    host: {
      async hold({ store, place }, streamName, events) {
        heldUp.set(place, BigInt((await store.readFeed()).length));
        const commit = () => {
          heldUp.delete(place);
          return store.appendToStream(streamName, events);
        };
        return { commit, rollback: async () => undefined };
      },
    },
    killedBy: 'held: an append that is rolled back is never shown, and holds nothing up',
  },
  {
    fault: 'what is not committed is shown',
    host: {
      async hold({ store }, streamName, events) {
        await store.appendToStream(streamName, events);
        return { commit: async () => undefined, rollback: async () => undefined };
      },
    },
    killedBy: 'held: an append that is slow to commit is shown after it, and never before a place that was shown',
  },
  {
    fault: 'every fifth event is left out',
    ...feeding((page) => page.filter(({ globalPosition }) => globalPosition % 5n !== 0n)),
    killedBy: 'feed: all events of all streams, in the order in which they were appended',
  },
  {
    fault: 'events that come while one reads are left out',
    store(honest) {
      let last = 0n;
      return {
        async readFeed(range) {
          const page = await honest.readFeed(range);
          const next = page.at(-1)?.globalPosition ?? last;
          const skipped = page.length > 1 && last > 0n && range?.after !== null ? page.slice(1) : page;
          last = next;
          return skipped;
        },
      };
    },
    killedBy: 'feed: during concurrent appends each subscription sees every event once, and none before its cursor',
  },
  {
    fault: 'a page begins with the place after which it is to begin',
    store: (honest) => ({
      async readFeed({ after = null, maxCount = 500 } = {}) {
        const whole = await honest.readFeed({ maxCount: 10_000 });
        return whole.filter(({ cursor }) => after === null || cursor >= after).slice(0, maxCount);
      },
    }),
    killedBy: 'feed: after each place comes the rest, and nothing before it',
  },
  {
    fault: 'a page leaves out its first event',
    store: (honest) => ({
      async readFeed(range) {
        const page = await honest.readFeed(range);
        return (range?.after ?? null) === null ? page : page.slice(1);
      },
    }),
    killedBy: 'feed: pages of every size make up the whole',
  },
  {
    fault: 'a page has as many as there are',
    store: (honest) => ({ readFeed: ({ after = null } = {}) => honest.readFeed({ after, maxCount: 10_000 }) }),
    killedBy: 'feed: a page has 500 events unless one asks for fewer or more',
  },
  {
    fault: 'the feed goes stream by stream',
    ...feeding((_, whole) => [...whole].sort((one, other) => (one.streamName < other.streamName ? -1 : 1))),
    killedBy: 'feed: all events of all streams, in the order in which they were appended',
  },
  {
    fault: 'two events of one append have one place',
    ...feeding((page) =>
      page.map((one) => ({ ...one, cursor: cursorOf(Number(one.globalPosition - (one.globalPosition % 2n))) })),
    ),
    killedBy: 'feed: all events of all streams, in the order in which they were appended',
  },
  {
    fault: 'a cursor is a number as text',
    ...feeding((page) => page.map((one) => ({ ...one, cursor: String(one.globalPosition) }))),
    killedBy: 'feed: during concurrent appends each subscription sees every event once, and none before its cursor',
  },
  {
    fault: 'the feed shows what JSON made of the text',
    ...feeding((page) => page.map((one) => ({ ...one, text: JSON.stringify(sorted(JSON.parse(one.text))) }))),
    killedBy: 'feed: an event is shown with its id, its place and its text',
  },
  {
    fault: 'the feed is refreshed every other time',
    store(honest) {
      let [turns, kept]: [number, FeedEvent[]] = [0, []];
      return {
        async readFeed(range) {
          turns += 1;
          if (turns % 2 === 1) kept = await honest.readFeed(range);
          return kept;
        },
      };
    },
    killedBy: 'feed: pages of every size make up the whole',
  },
  {
    fault: 'the feed begins with an event of its own',
    ...feeding((page) => [
      { messageId: 'x', streamName: '$', streamPosition: 1n, globalPosition: 0n, text: '{}', cursor: cursorOf(0) },
      ...page,
    ]),
    killedBy: 'feed: an empty store shows nothing',
  },
  {
    fault: 'the feed shows an empty append',
    ...appending((honest) => async (name, events, options) => {
      const answer = await honest.appendToStream(name, events, options);
      if (events?.length === 0) await honest.appendToStream('$empty', [{ type: 'Empty', data: { name } }]);
      return answer;
    }),
    killedBy: 'feed: an empty append shows nothing',
  },
  {
    fault: 'a reader gets the page that the next one gets',
    store(honest) {
      const kept = new Map<string, FeedEvent[]>();
      return {
        async readFeed(range) {
          const fresh = await honest.readFeed(range);
          const key = `${range?.after} ${range?.maxCount} ${fresh.length}`;
          kept.set(key, kept.get(key) ?? fresh);
          return kept.get(key) ?? fresh;
        },
      };
    },
    killedBy: 'feed: what a reader does to a page of the feed, no other reader sees',
  },
  {
    fault: 'cursors have three digits, and more as the store grows',
    store(honest) {
      const short = (cursor: string) => String(BigInt(cursor)).padStart(3, '0');
      return {
        async readFeed(range = {}) {
          const after = typeof range.after === 'string' ? range.after.padStart(19, '0') : range.after;
          const page = await honest.readFeed(after === undefined ? range : { ...range, after });
          return page.map((one) => ({ ...one, cursor: short(one.cursor) }));
        },
      };
    },
    killedBy: 'feed: a page has 500 events unless one asks for fewer or more',
  },
  {
    fault: 'in the feed, an event without an id has one of its own',
    ...feeding((page) =>
      page.map((one) => (one.text.includes('"eventId"') ? one : { ...one, messageId: `feed-${one.globalPosition}` })),
    ),
    killedBy: 'feed: an event is shown with its id, its place and its text',
  },
];

const heldUp = new WeakMap<Place, bigint>();
