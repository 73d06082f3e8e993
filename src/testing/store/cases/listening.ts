import type { EventStore, FeedEvent } from '../../../stores/event-store.ts';
import { ensure, fail, same } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { events, numbers, turn } from '../stage/events.ts';
import { follow, shownEvent } from './feed.ts';

/** A pause between two looks after which no case waits: what is seen was told. */
const FAR_MS = 1e9;
const NEAR_MS = 5;

function listen(store: EventStore, wake: () => void, pollMs: number): () => void {
  const stop = store.listen?.(wake, pollMs);
  ensure(typeof stop === 'function', 'listen returns a function that ends it');
  return stop as () => void;
}

/** A reader of the global stream who looks only when woken. */
function follower(store: EventStore, pollMs: number) {
  const shown: FeedEvent[] = [];
  let looking = Promise.resolve();
  const look = async () => {
    shown.push(...(await follow(store, shown.at(-1)?.cursor)));
  };
  const wake = () => {
    looking = looking.then(look);
    looking.catch(() => undefined);
  };
  const stop = listen(store, wake, pollMs);
  /** Waits until so many events were seen, or patience ends. */
  const sees = async (count: number, what: string) => {
    for (let tries = 0; tries < 400 && shown.length < count; tries += 1) {
      await turn(10);
      await looking;
    }
    if (shown.length !== count) fail(what, `expected ${count} events to be seen; seen: ${shown.map(shownEvent)}`);
  };
  return { sees, stop, seen: () => shown.length };
}

export const listening = cases('listen', ['feed'], {
  'a reader that looks when woken sees each append, without a poll': async ({ store }) => {
    const { sees, stop } = follower(store, FAR_MS);
    for (const n of numbers(1, 8)) {
      await store.appendToStream(n % 2 === 0 ? 'a' : 'b', events(n));
      await sees(n, `the append ${n}`);
    }
    stop();
  },
  'and each of several writers': async ({ store }) => {
    const { sees, stop } = follower(store, FAR_MS);
    const write = async (writer: number) => {
      for (const n of numbers(1, 8)) {
        await store.appendToStream(`s-${writer}`, events(10 * writer + n));
        if (n % 3 === writer % 3) await turn();
      }
    };
    await Promise.all(numbers(1, 5).map(write));
    await sees(40, 'appends of five writers');
    stop();
  },
  'an append of another handle is seen at the next look at the latest': needing(
    ['handles'],
    async ({ store, second }) => {
      const other = await second();
      const { sees, stop } = follower(store, NEAR_MS);
      for (const n of numbers(1, 3)) {
        await other.appendToStream('a', events(n));
        await sees(n, `the append ${n} of another handle`);
      }
      stop();
    },
  ),
  'a listener that was stopped is woken no more, and others go on': async ({ store }) => {
    let woken = 0;
    const wake = () => {
      woken += 1;
    };
    const { sees, stop: stopFollowing } = follower(store, NEAR_MS);
    const stop = listen(store, wake, NEAR_MS);
    await store.appendToStream('a', events(1));
    await sees(1, 'the append before the stop');
    stop();
    const before = woken;
    await store.appendToStream('a', events(2));
    await sees(2, 'the append after the stop of another listener');
    stop();
    await store.appendToStream('a', events(3));
    await sees(3, 'the append after the second stop');
    await turn(2 * NEAR_MS);
    stopFollowing();
    same(before, woken, 'how often a listener was woken, after it was stopped');
  },
  'a function that listens twice is stopped twice': async ({ store }) => {
    let woken = 0;
    const wake = () => {
      woken += 1;
    };
    const { sees, stop: stopFollowing } = follower(store, FAR_MS);
    const stops = [listen(store, wake, FAR_MS), listen(store, wake, FAR_MS)];
    await store.appendToStream('a', events(1));
    await sees(1, 'the first append');
    stops[0]?.();
    const before = woken;
    await store.appendToStream('a', events(2));
    await sees(2, 'the second append');
    ensure(woken > before, 'the function was woken no more once one of its two listenings was stopped');
    stops[1]?.();
    stopFollowing();
  },
});
