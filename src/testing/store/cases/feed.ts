import type { EventStore, FeedCursor, FeedEvent } from '../../../stores/event-store.ts';
import { ensure, fail, same } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { event, events, numbers, turn } from '../stage/events.ts';
import { batch, persist, race } from '../stage/writers.ts';

/** An event of the global stream as a short text. */
export const shownEvent = ({ streamName, streamPosition }: FeedEvent) => `${streamName}@${streamPosition}`;

const cursorOf = ({ cursor }: FeedEvent) => cursor;

/** All events of the global stream after a cursor, page by page; each cursor greater than the one before. */
export async function follow(store: EventStore, after: FeedCursor | null = null, maxCount = 500): Promise<FeedEvent[]> {
  const shown: FeedEvent[] = [];
  let place = after;
  for (;;) {
    const page = await store.readFeed({ after: place, maxCount });
    ensure(page.length <= maxCount, `a page of at most ${maxCount} has ${page.length} events`);
    for (const one of page) {
      ensure(place === null || one.cursor > place, `${shownEvent(one)} has the cursor ${one.cursor}, after ${place}`);
      place = one.cursor;
      shown.push(one);
    }
    if (page.length === 0) return shown;
    if (shown.length > 100_000) fail('the feed', 'expected it to end; it goes on after 100,000 events');
  }
}

/** Follows on until as many events were shown in all, or patience ends. */
export async function followUntil(store: EventStore, shown: FeedEvent[], count: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    shown.push(...(await follow(store, shown.at(-1)?.cursor ?? null, 7)));
    if (shown.length >= count) return;
    await turn(10);
  }
  fail(`the feed shows ${shown.length} of ${count} acknowledged events`, `shown: ${shown.map(shownEvent).join(' ')}`);
}

/** Each stream in the order of its versions, none left out. */
function inOrder(shown: readonly FeedEvent[]): void {
  const versions = new Map<string, bigint>();
  for (const one of shown) {
    const before = versions.get(one.streamName) ?? 0n;
    same(before + 1n, one.streamPosition, `the version of ${one.streamName} that the feed shows next`);
    versions.set(one.streamName, one.streamPosition);
  }
}

/** Asserts that a subscription saw what the global stream shows from its beginning. */
export async function passesNothing(store: EventStore, shown: readonly FeedEvent[]): Promise<void> {
  const fromStart = await follow(store);
  const what = 'what a subscription saw, against the feed from its beginning';
  same(fromStart.map(shownEvent), shown.map(shownEvent), what);
  same(fromStart.map(cursorOf), shown.map(cursorOf), 'its cursors');
  inOrder(shown);
}

async function appendSome(store: EventStore): Promise<readonly string[]> {
  await store.appendToStream('a', events(1, 2));
  await store.appendToStream('b', events(3));
  await store.appendToStream('a', events(4));
  await store.appendToStream('c', events(5, 6, 7));
  await store.appendToStream('b', events(8));
  return ['a@1', 'a@2', 'b@1', 'a@3', 'c@1', 'c@2', 'c@3', 'b@2'];
}

/** Writers append to several streams while two subscriptions poll in pages of their own. */
export async function followWriters(
  writers: readonly EventStore[],
  subscriptions: readonly EventStore[],
): Promise<void> {
  let done = false;
  const writing = race(
    numbers(0, 5).map((writer) => async () => {
      const store = writers[writer % writers.length];
      if (store === undefined) return;
      for (const n of numbers(0, 6)) {
        await persist(store, batch(`w${writer}`, n % 2 === 0 ? 'shared' : `own-${writer}`, n, 1 + (n % 2)), () => {});
        if (n % 3 === writer % 3) await turn();
      }
    }),
  ).finally(() => {
    done = true;
  });
  const seen = await Promise.all(
    subscriptions.map(async (store, subscription) => {
      const shown: FeedEvent[] = [];
      for (let last = false; !last; ) {
        last = done;
        shown.push(...(await follow(store, shown.at(-1)?.cursor ?? null, 2 + 3 * subscription)));
        await turn();
      }
      return shown;
    }),
  );
  for (const result of await writing) if (result.status === 'rejected') throw result.reason;
  const count = 6 * (4 + 2 * 3);
  for (const [subscription, store] of subscriptions.entries()) {
    const shown = seen[subscription] ?? [];
    await followUntil(store, shown, count);
    same(count, shown.length, `how many events the subscription ${subscription} saw`);
    await passesNothing(store, shown);
  }
}

export const feed = cases('feed', [], {
  'an empty store shows nothing': async ({ store }) => {
    same([], await store.readFeed(), 'the feed');
    same([], await store.readFeed({ after: null, maxCount: 1 }), 'a page of one');
  },
  'all events of all streams, in the order in which they were appended': async ({ store }) => {
    const expected = await appendSome(store);
    const shown = await follow(store);
    same(expected, shown.map(shownEvent), 'the feed');
    inOrder(shown);
  },
  'an event is shown with its id, its place and its text': async ({ store }) => {
    const batch = [1, 2].map((n) => event(n, { n, text: '\u0000 é \ud800' }));
    batch.push({ type: 'T', data: {} });
    await store.appendToStream('a', batch);
    const texts = batch.map((one) => JSON.stringify(one));
    const read = (await store.readStream('a')).events;
    for (const [n, shown] of (await store.readFeed()).entries()) {
      const { messageId, streamName, streamPosition, globalPosition } = read[n]?.metadata ?? {};
      const { cursor, ...rest } = shown;
      const expected = { messageId, streamName, streamPosition, globalPosition, text: texts[n] };
      same(expected, rest, `the event ${n} of the feed`);
      same('string', typeof cursor, 'the type of its cursor');
    }
  },
  'after each place comes the rest, and nothing before it': async ({ store }) => {
    const expected = await appendSome(store);
    const shown = await store.readFeed();
    for (const [n, { cursor }] of shown.entries()) {
      const rest = await store.readFeed({ after: cursor });
      same(expected.slice(n + 1), rest.map(shownEvent), `the feed after ${expected[n]}`);
      same(shown.slice(n + 1), rest, `the same in every field`);
    }
  },
  'pages of every size make up the whole': async ({ store }) => {
    const expected = await appendSome(store);
    for (const size of numbers(1, expected.length + 1)) {
      same(expected, (await follow(store, null, size)).map(shownEvent), `pages of ${size}`);
      same(Math.min(size, expected.length), (await store.readFeed({ maxCount: size })).length, `the first of ${size}`);
    }
  },
  'a page has 500 events unless one asks for fewer or more': async ({ store }) => {
    await store.appendToStream('a', events(...numbers(1, 1100)));
    same(500, (await store.readFeed()).length, 'a page that does not say how many');
    same(1100, (await store.readFeed({ maxCount: 10_000 })).length, 'a page of at most 10,000');
    same(1100, (await follow(store)).length, 'all pages');
  },
  'a subscription at the end sees what is appended then': async ({ store }) => {
    await appendSome(store);
    const end = (await follow(store)).at(-1)?.cursor ?? null;
    same([], await store.readFeed({ after: end }), 'the feed after its end');
    await store.appendToStream('d', events(20, 21));
    await store.appendToStream('a', events(22));
    same(['d@1', 'd@2', 'a@4'], (await follow(store, end)).map(shownEvent), 'the feed after its former end');
  },
  'what was shown before a place is all that is ever shown before it': async ({ store }) => {
    let before: readonly FeedEvent[] = [];
    for (const n of numbers(1, 6)) {
      await store.appendToStream(n % 2 === 0 ? 'a' : 'b', events(2 * n, 2 * n + 1));
      const shown = await follow(store);
      same(before, shown.slice(0, before.length), 'what the feed showed before');
      before = shown;
    }
  },
  'an empty append shows nothing': async ({ store }) => {
    await store.appendToStream('a', []);
    same([], await store.readFeed(), 'the feed');
  },
  'during concurrent appends each subscription sees every event once, and none before its cursor': ({ store }) =>
    followWriters([store], [store, store]),
  'a refused append shows nothing, and what follows it is shown': needing(['expectations'], async ({ store }) => {
    await store.appendToStream('a', events(1));
    await store.appendToStream('a', events(2), { expectedStreamVersion: 7n }).catch(() => undefined);
    await store.appendToStream('b', events(3));
    same(['a@1', 'b@1'], (await follow(store)).map(shownEvent), 'the feed');
  }),
  'a repeat shows nothing again': needing(['idempotency'], async ({ store }) => {
    await store.appendToStream('a', events(1, 2));
    const shown = await follow(store);
    await store.appendToStream('a', events(1, 2));
    await store.appendToStream('a', [event(1, { other: true })]).catch(() => undefined);
    same(shown, await follow(store), 'the feed');
  }),
});
