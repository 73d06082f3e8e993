import type { EventStore, FeedCursor } from '../../../stores/event-store.ts';
import { errorOf, same, sameFields } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { events, idsOf } from '../stage/events.ts';
import { appendPlaces, moveTo } from './consumers.ts';
import { follow } from './feed.ts';
import { row } from './rows.ts';

const refusal = { code: 'store-other-history', errorCode: 409 };

/** Asserts that a call is refused as one of another history, and returns the cursor from which to repeat. */
async function refused(call: Promise<unknown>, what: string): Promise<FeedCursor | null> {
  const error = await errorOf(call, what);
  sameFields(refusal, error, `the refusal of ${what}`);
  const { repeatFrom } = error as { repeatFrom?: FeedCursor | null };
  return repeatFrom ?? null;
}

const shownAfter = async (store: EventStore, after: FeedCursor | null) => idsOf(await follow(store, after));

/** Asserts that a commit at a cursor is refused, and that nothing of it was written. */
async function refusesCommit(store: EventStore, cursor: FeedCursor, what: string): Promise<void> {
  const before = await store.readCheckpoint('c');
  let effects = 0;
  const effect = () => {
    effects += 1;
  };
  const update = { expected: before.revision, cursor, rows: [row('p', 'k', { n: 1 })], effect };
  await refused(store.commitCheckpoint('c', update), what);
  same(before, await store.readCheckpoint('c'), `the checkpoint after ${what}`);
  same(null, await store.readRow('p', 'k'), `the row of ${what}`);
  same(0, effects, `the effects of ${what}`);
}

export const histories = cases('histories', ['feed'], {
  'a cursor of another store is refused, and all is to be repeated': async ({ store, another }) => {
    const [last] = (await appendPlaces(store, 3)).slice(-1);
    const other = await another();
    for (const ids of [[], [11, 12, 13, 14]]) {
      if (ids.length > 0) await other.appendToStream('a', events(...ids));
      const from = await refused(other.readFeed({ after: last ?? null }), `the place of another store`);
      same(await shownAfter(other, null), await shownAfter(other, from), 'what is to be repeated');
    }
  },
  'the lag after a cursor of another store is refused': needing(['lag'], async ({ store, another }) => {
    const [first] = await appendPlaces(store, 1);
    const other = await another();
    await other.appendToStream('a', events(11, 12));
    await refused(other.readLag(first ?? null), 'the lag after a place of another store');
  }),
  'a commit at a cursor of another store is refused, and writes nothing': needing(
    ['consumers', 'rows', 'effects'],
    async ({ store, another }) => {
      const [first] = await appendPlaces(store, 1);
      const other = await another();
      await other.appendToStream('a', events(11, 12));
      await refusesCommit(other, first ?? '', 'a commit at a place of another store');
    },
  ),
  'a cursor stays valid in every handle, and after the store was closed': needing(
    ['handles', 'reopen', 'consumers', 'rows'],
    async ({ store, second, reopen }) => {
      const places = await appendPlaces(store, 3);
      const goesOn = async (handle: EventStore) => {
        const all = idsOf(await follow(store));
        for (const [n, place] of places.entries())
          same(all.slice(n + 1), await shownAfter(handle, place), `after ${n}`);
      };
      await goesOn(await second());
      await moveTo(store, 'c', places[0]);
      const again = await reopen();
      await again.appendToStream('a', events(21));
      for (const [n, place] of places.entries())
        same(places.length - n, (await shownAfter(again, place)).length, `what follows place ${n} after reopening`);
      const { cursor } = await again.readCheckpoint('c');
      same(places.length, (await shownAfter(again, cursor)).length, 'what follows the checkpoint after reopening');
      await moveTo(again, 'c', places[2]);
    },
  ),
});

/** Appends three events to a store, takes its copy, and appends two more to the store alone. */
async function copyOfThree(store: EventStore, copy: () => Promise<EventStore>) {
  const shared = await appendPlaces(store, 3);
  const copied = await copy();
  await store.appendToStream('a', events(21, 22));
  const beyond = (await follow(store, shared[2])).map(({ cursor }) => cursor);
  return { shared, beyond, copied };
}

/** The events of a copy of its own, before it has any and after. */
const OWN = [[], [31, 32, 33]] as const;

export const copies = cases('copies', ['feed'], {
  'a cursor of what the copy has goes on in it': async ({ store, copy }) => {
    const { shared, copied } = await copyOfThree(store, copy);
    for (const own of OWN) {
      if (own.length > 0) await copied.appendToStream('b', events(...own));
      for (const [n, place] of shared.entries())
        same(2 - n + own.length, (await shownAfter(copied, place)).length, `what follows place ${n} in the copy`);
    }
  },
  'a cursor of what it lacks is refused, with the place from which to repeat': async ({ store, copy }) => {
    const { beyond, copied } = await copyOfThree(store, copy);
    for (const own of OWN) {
      if (own.length > 0) await copied.appendToStream('a', events(...own));
      for (const place of beyond) {
        const from = await refused(copied.readFeed({ after: place }), 'a place that the copy lacks');
        const ids = own.map((n) => `event-${n}`);
        same(ids, await shownAfter(copied, from), 'what is to be repeated');
      }
    }
  },
  'the lag after a cursor of what it lacks is refused': needing(['lag'], async ({ store, copy }) => {
    const { shared, beyond, copied } = await copyOfThree(store, copy);
    const from = await refused(copied.readLag(beyond[1] ?? null), 'the lag after a place that the copy lacks');
    same({ events: 0, held: null }, await copied.readLag(from), 'the lag after the place from which to repeat');
    same({ events: 2, held: null }, await copied.readLag(shared[0] ?? null), 'the lag after a place that it has');
  }),
  'a commit at a cursor of what it lacks is refused, and writes nothing': needing(
    ['consumers', 'rows', 'effects'],
    async ({ store, copy }) => {
      const { beyond, copied } = await copyOfThree(store, copy);
      for (const own of OWN) {
        if (own.length > 0) await copied.appendToStream('a', events(...own));
        for (const place of beyond) await refusesCommit(copied, place, 'a commit at a place that the copy lacks');
      }
    },
  ),
  'a checkpoint goes on in the copy': needing(['consumers', 'rows'], async ({ store, copy }) => {
    const [first] = await appendPlaces(store, 3);
    await moveTo(store, 'c', first);
    const copied = await copy();
    await copied.appendToStream('b', events(31));
    const { cursor } = await copied.readCheckpoint('c');
    const shown = await follow(copied, cursor);
    same(3, shown.length, 'how many events follow the checkpoint in the copy');
    await moveTo(copied, 'c', shown.at(-1)?.cursor);
    same([], await shownAfter(copied, (await copied.readCheckpoint('c')).cursor), 'what follows it then');
  }),
  'its own cursors are refused where it was copied from': async ({ store, copy }) => {
    const { shared, copied } = await copyOfThree(store, copy);
    await copied.appendToStream('a', events(31, 32, 33));
    for (const { cursor } of await follow(copied, shared[2]))
      await refused(store.readFeed({ after: cursor }), 'a place of the copy');
  },
});
