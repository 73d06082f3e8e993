import type {
  Checkpoint,
  CheckpointUpdate,
  EventStore,
  FeedRange,
  RowChange,
} from '../../../../src/stores/event-store.ts';
import type { Saboteur } from './saboteur.ts';

/** Moves a checkpoint otherwise. */
const moving = (change: (move: CheckpointUpdate) => CheckpointUpdate): Pick<Saboteur, 'store'> => ({
  store: (honest) => ({ commitCheckpoint: (consumer, move) => honest.commitCheckpoint(consumer, change(move)) }),
});

const shortened = (reason: unknown) => (String(reason).length > 4096 ? reason : String(reason).slice(0, 255)) as string;

/** Reads a checkpoint otherwise. */
const standing = (change: (found: Checkpoint) => Checkpoint): Pick<Saboteur, 'store'> => ({
  store: (honest) => ({ readCheckpoint: async (consumer) => change(await honest.readCheckpoint(consumer)) }),
});

/** Reads the feed in another range. */
const ranging = (change: (range: FeedRange) => FeedRange): Pick<Saboteur, 'store'> => ({
  store: (honest) => ({ readFeed: (range = {}) => honest.readFeed(change(range)) }),
});

/** Writes rows otherwise, with events and with moves. */
const rowing = (change: (rows: readonly RowChange[]) => readonly RowChange[]): Pick<Saboteur, 'store'> => ({
  store: (honest) => ({
    appendToStream: (name, events, options) =>
      honest.appendToStream(name, events, options?.rows ? { ...options, rows: change(options.rows) } : options),
    commitCheckpoint: (consumer, move) =>
      honest.commitCheckpoint(consumer, move.rows ? { ...move, rows: change(move.rows) } : move),
  }),
});

const promoting = (how: (honest: EventStore) => EventStore['promoteGeneration']): Pick<Saboteur, 'store'> => ({
  store: (honest) => ({ promoteGeneration: how(honest) }),
});

const anyRevisions = async (honest: EventStore, projection: string, builder: string) => ({
  builder,
  expected: (await honest.readCheckpoint(builder)).revision,
  current: (await honest.readCheckpoint(projection)).revision,
});

export const subscriptions: readonly Saboteur[] = [
  {
    fault: 'the part of a stream begins at its beginning',
    ...ranging(({ fromVersion: _, ...range }) => range),
    killedBy: 'streamFeed: the part of one stream is what the feed shows of it',
  },
  {
    fault: 'any part of a stream is taken for one',
    ...ranging(({ streamName, fromVersion, ...range }) => ({
      ...range,
      ...(streamName !== undefined && { streamName: String(streamName), fromVersion: 1n }),
    })),
    killedBy: 'streamFeed: an invalid part of a stream is refused',
  },
  {
    fault: 'the lag counts the whole feed',
    store: (honest) => ({ readLag: () => honest.readLag(null) }),
    killedBy: 'lag: what stands after a place is counted',
  },
  {
    fault: 'an invalid place is the beginning',
    store: (honest) => ({ readLag: (after) => honest.readLag(after === 'yesterday' ? null : after) }),
    killedBy: 'lag: an invalid place is refused',
  },
  {
    fault: 'the lag is what a reader may still read at once',
    store: (honest, place) => ({
      async readLag(after) {
        const { events } = await honest.readLag(after);
        return {
          events: events + Number(place.notes.length),
          held: { events: 1, pid: 1, ageMs: 1, applicationName: null },
        };
      },
    }),
    killedBy: 'lag: what is committed and not shown yet is counted, and said to be held',
  },
  {
    fault: 'a stream to try again is parked',
    ...moving(({ retry = [], park = [], ...move }) => ({
      ...move,
      park: [...park, ...retry.map(({ streamName, from, reason }) => ({ streamName, from, reason }))],
    })),
    killedBy: 'retrying: streams to try again are kept apart from those that are parked',
  },
  {
    fault: 'a stream that fails again begins its waiting anew',
    ...moving((move) => ({
      ...move,
      unpark: [...(move.unpark ?? []), ...(move.retry ?? []).map(({ streamName }) => streamName)],
    })),
    killedBy: 'retrying: a stream to retry keeps its place until it is taken back',
  },
  {
    fault: 'what was handled is what was handled last',
    store: (honest) => {
      const last = new Map<string, number>();
      return {
        async commitCheckpoint(consumer, move) {
          await honest.commitCheckpoint(consumer, move);
          last.set(consumer, move.handled ?? 0);
        },
        readCheckpoint: async (consumer) => ({
          ...(await honest.readCheckpoint(consumer)),
          handled: last.get(consumer) ?? 0,
        }),
      };
    },
    killedBy: 'retrying: what was handled is counted up, with the move or not at all',
  },
  {
    fault: 'reset keeps what is tried again',
    store: (honest) => ({
      async reset(name) {
        const { retrying } = await honest.readCheckpoint(name);
        await honest.reset(name);
        const { revision } = await honest.readCheckpoint(name);
        if (retrying.length > 0)
          await honest.commitCheckpoint(name, { expected: revision, cursor: null, retry: retrying });
      },
    }),
    killedBy: 'retrying: reset forgets both',
  },
  {
    fault: 'reasons are of any length',
    ...moving((move) => ({
      ...move,
      ...(move.park && { park: move.park.map((one) => ({ ...one, reason: String(one.reason).slice(0, 4096) })) }),
    })),
    killedBy: 'retrying: invalid streams to retry, counts and reasons are refused',
  },
  {
    fault: 'what is built is read at once',
    ...rowing((rows) => rows.map(({ generation: _, ...row }) => row)),
    killedBy: 'generations: what is built is not read before it is swapped in, and then it alone is',
  },
  {
    fault: 'what is written while one is built reaches only what is read',
    store: (honest) => {
      const late = new Map<string, RowChange[]>();
      return {
        startGeneration: async (projection, builder) => {
          late.set(projection, []);
          await honest.startGeneration(projection, builder);
        },
        appendToStream: async (name, events, options) => {
          const answer = await honest.appendToStream(name, events, options);
          for (const row of options?.rows ?? [])
            late.get(row.projection)?.push({ ...row, body: null, generation: 'building' });
          return answer;
        },
        promoteGeneration: async (projection, options) => {
          const { cursor, revision, parked } = await honest.readCheckpoint(options.builder);
          await honest.commitCheckpoint(options.builder, {
            expected: revision,
            cursor,
            park: parked,
            rows: late.get(projection) ?? [],
          });
          late.delete(projection);
          await honest.promoteGeneration(projection, { ...options, expected: options.expected + 1 });
        },
      };
    },
    killedBy: 'generations: rows that are written while a generation is built are in both',
  },
  {
    fault: 'one that was begun is gone on with',
    store: (honest) => {
      const begun = new Set<string>();
      return {
        async startGeneration(projection, builder) {
          if (!begun.has(projection)) await honest.startGeneration(projection, builder);
          begun.add(projection);
        },
        async promoteGeneration(projection, options) {
          await honest.promoteGeneration(projection, options);
          begun.delete(projection);
        },
      };
    },
    killedBy: 'generations: a generation that was left is dropped by the next, and others are not touched',
  },
  {
    fault: 'the consumer stays where it was when another generation is swapped in',
    ...standing((found) => (found.handled === 5 ? { ...found, parked: [] } : found)),
    killedBy: 'generations: a new consumer goes on where the builder stood, another where it stood',
  },
  {
    fault: 'a generation is swapped in at any revision',
    ...promoting((honest) => async (projection, { builder }) => {
      await honest.promoteGeneration(projection, await anyRevisions(honest, projection, builder));
    }),
    killedBy: 'generations: nothing is swapped in that is behind, overtaken or not being built',
  },
  {
    fault: 'reset leaves what is being built',
    store: (honest) => ({
      async reset(name) {
        await honest.reset(name);
        await honest.startGeneration(name, 'builder');
      },
    }),
    killedBy: 'generations: reset forgets all generations',
  },
  {
    fault: 'the old generation is emptied first',
    store: (honest) => ({
      async startGeneration(projection, builder) {
        const rows = await honest.readRows(projection, { maxCount: 10_000 });
        const { revision } = await honest.readCheckpoint('emptying');
        const removed = rows.map(({ key }) => ({ projection, key, body: null }));
        await honest.commitCheckpoint('emptying', { expected: revision, cursor: null, rows: removed });
        await honest.startGeneration(projection, builder);
      },
    }),
    killedBy: 'generations: a reader never sees fewer rows while others append and build',
  },
  {
    fault: 'the stream of the empty name is the whole feed',
    ...ranging(({ streamName, ...range }) =>
      streamName === '' ? range : { ...range, ...(streamName && { streamName }) },
    ),
    killedBy: 'streamFeed: a stream of any name has a part of its own',
  },
  {
    fault: 'the part of a stream from a version on begins there, wherever the reader stands',
    ...ranging((range) => (range.fromVersion === undefined ? range : { ...range, after: null })),
    killedBy: 'streamFeed: the part of one stream is what the feed shows of it',
  },
  {
    fault: 'the lag is counted up to a thousand',
    store: (honest) => ({
      async readLag(after) {
        const { events, held } = await honest.readLag(after);
        return { events: Math.min(events, 1000), held };
      },
    }),
    killedBy: 'lag: what stands after a place is counted',
  },
  {
    fault: 'a move that says nothing of streams to try again forgets them',
    store: (honest) => ({
      async commitCheckpoint(consumer, move) {
        const { retrying } = await honest.readCheckpoint(consumer);
        const forgotten = move.retry === undefined ? retrying.map(({ streamName }) => streamName) : [];
        await honest.commitCheckpoint(consumer, { ...move, unpark: [...(move.unpark ?? []), ...forgotten] });
      },
    }),
    killedBy: 'retrying: a stream to retry keeps its place until it is taken back',
  },
  {
    fault: 'reasons are cut after 255 characters',
    ...moving((move) => ({
      ...move,
      ...(move.retry && { retry: move.retry.map((one) => ({ ...one, reason: shortened(one.reason) })) }),
    })),
    killedBy: 'retrying: invalid streams to retry, counts and reasons are refused',
  },
  {
    fault: 'rows of a generation that is not begun are read at once',
    store(honest) {
      const begun = new Set<string>();
      return {
        async startGeneration(projection, builder) {
          await honest.startGeneration(projection, builder);
          begun.add(projection);
        },
        commitCheckpoint: (consumer, { rows = [], ...move }) =>
          honest.commitCheckpoint(consumer, {
            ...move,
            rows: rows.map(({ generation, ...row }) =>
              begun.has(row.projection) && generation ? { ...row, generation } : row,
            ),
          }),
      };
    },
    killedBy: 'generations: what is built is not read before it is swapped in, and then it alone is',
  },
  {
    fault: 'one generation is built at a time in the whole store',
    store(honest) {
      let last = '';
      return {
        async startGeneration(projection, builder) {
          await honest.startGeneration(projection, builder);
          last = projection;
        },
        promoteGeneration: (projection, options) =>
          honest.promoteGeneration(projection === last ? projection : 'none', options),
      };
    },
    killedBy: 'generations: a generation that was left is dropped by the next, and others are not touched',
  },
  {
    fault: 'what the builder tries again is left behind',
    ...promoting((honest) => async (projection, options) => {
      await honest.promoteGeneration(projection, options);
      const { revision, cursor, retrying } = await honest.readCheckpoint(projection);
      const unpark = retrying.map(({ streamName }) => streamName);
      await honest.commitCheckpoint(projection, { expected: revision, cursor, unpark });
    }),
    killedBy: 'generations: a new consumer goes on where the builder stood, another where it stood',
  },
];
