import { memoryStore } from '../../../../src/memory.ts';
import { otherHistoryError, placeOf } from '../../../../src/stores/cursor.ts';
import type { EventStore, FeedCursor } from '../../../../src/stores/event-store.ts';
import type { Handle, Sabotage } from '../memory-host.ts';
import type { Saboteur } from './saboteur.ts';

const bare = (cursor: FeedCursor | null | undefined) => (cursor == null ? null : placeOf(cursor));

/** Refuses cursors otherwise where the honest store refuses them. */
const refusing = (change: (error: Error & { repeatFrom?: FeedCursor | null }) => unknown): Pick<Saboteur, 'store'> => ({
  store: (honest) => ({
    readFeed: (range) => honest.readFeed(range).catch((error) => Promise.reject(change(error))),
  }),
});

/** Each handle knows its own cursors alone. */
const ofItsHandle: Sabotage = {
  store: (honest) => {
    const own = new Set<FeedCursor>();
    return {
      async readFeed(range = {}) {
        const { after = null } = range;
        if (after !== null && !own.has(after)) throw otherHistoryError(null);
        const page = await honest.readFeed(range);
        for (const { cursor } of page) own.add(cursor);
        return page;
      },
    };
  },
};

/** A copy with the same events, and without the history of its store. */
const copiedByEvents: Sabotage = {
  host: {
    copy: async ({ store }: Handle) => {
      const base: EventStore<never> = memoryStore();
      for (const { streamName, text } of await store.readFeed())
        await base.appendToStream(streamName, [JSON.parse(text)]);
      return { place: { base, notes: [] }, store: base as EventStore };
    },
  },
};

export const histories: readonly Saboteur[] = [
  {
    fault: 'a cursor is its place alone',
    store: (honest) => ({ readFeed: (range = {}) => honest.readFeed({ ...range, after: bare(range.after) }) }),
    killedBy: 'histories: a cursor of another store is refused, and all is to be repeated',
  },
  {
    fault: 'the lag looks at the place alone',
    store: (honest) => ({ readLag: (after) => honest.readLag(bare(after)) }),
    killedBy: 'histories: the lag after a cursor of another store is refused',
  },
  {
    fault: 'a commit looks at the place alone',
    store: (honest) => ({
      commitCheckpoint: (consumer, update) =>
        honest.commitCheckpoint(consumer, { ...update, cursor: bare(update.cursor) }),
    }),
    killedBy: 'histories: a commit at a cursor of another store is refused, and writes nothing',
  },
  {
    fault: 'the rows of a commit are written before its cursor is looked at',
    store: (honest) => ({
      async commitCheckpoint(consumer, { rows = [], ...update }) {
        const { revision } = await honest.readCheckpoint('rows');
        await honest.commitCheckpoint('rows', { expected: revision, cursor: null, rows });
        await honest.commitCheckpoint(consumer, update);
      },
    }),
    killedBy: 'copies: a commit at a cursor of what it lacks is refused, and writes nothing',
  },
  {
    fault: 'a handle knows its own cursors alone',
    ...ofItsHandle,
    killedBy: 'histories: a cursor stays valid in every handle, and after the store was closed',
  },
  {
    fault: 'a copy takes no cursor of its store',
    ...ofItsHandle,
    killedBy: 'copies: a cursor of what the copy has goes on in it',
  },
  {
    fault: 'a copy has the events alone',
    ...copiedByEvents,
    killedBy: 'copies: a checkpoint goes on in the copy',
  },
  {
    fault: 'a refused cursor is to be repeated from the beginning',
    ...refusing((error) => Object.assign(error, { repeatFrom: null })),
    killedBy: 'copies: a cursor of what it lacks is refused, with the place from which to repeat',
  },
  {
    fault: 'the lag after what a copy lacks is none',
    store: (honest) => ({ readLag: (after) => honest.readLag(after).catch(() => ({ events: 0, held: null })) }),
    killedBy: 'copies: the lag after a cursor of what it lacks is refused',
  },
  {
    fault: 'a refused cursor is an empty page',
    store: (honest) => ({ readFeed: (range) => honest.readFeed(range).catch(() => []) }),
    killedBy: 'copies: its own cursors are refused where it was copied from',
  },
];
