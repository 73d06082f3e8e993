/** Small errors, each planted at a seam of the library: the world has to find each. */
import { isStoreError } from '../../src/stores/errors.ts';
import type { AppendToStreamOptions, CheckpointUpdate, EventStore } from '../../src/stores/event-store.ts';
import { plantedInPhones } from './planted-phone.ts';
import type { Planted, RunOptions } from './run.ts';

type Store = EventStore<never>;
type Update = CheckpointUpdate<never>;

/** A store whose commits of checkpoints are changed. */
const onCommit =
  (change: (commit: Store['commitCheckpoint'], store: Store) => Store['commitCheckpoint']) =>
  (store: Store): Store => ({ ...store, commitCheckpoint: change(store.commitCheckpoint, store) });

/** A store whose appends are changed. */
const onAppend =
  (change: (append: Store['appendToStream']) => Store['appendToStream']) =>
  (store: Store): Store => ({ ...store, appendToStream: change(store.appendToStream) });

const withoutExpected = ({ expectedStreamVersion: _, ...options }: AppendToStreamOptions = {}) => options;
const withoutLastId = ({ expectedLastEventId: _, ...options }: AppendToStreamOptions = {}) => options;

const plantedInServers: Readonly<Record<string, Planted>> = {
  'a checkpoint is committed before its rows': {
    server: {
      subscribed: onCommit((commit) => async (consumer, update: Update) => {
        await commit(consumer, { ...update, rows: [] });
        await commit(consumer, { expected: update.expected + 1, cursor: update.cursor, rows: update.rows ?? [] });
      }),
    },
  },
  'the streams that wait for a retry are not stored': {
    server: {
      subscribed: onCommit(
        (commit) =>
          (consumer, { retry: _, ...update }: Update) =>
            commit(consumer, update),
      ),
    },
  },
  'a parked stream is not stored': {
    server: {
      subscribed: onCommit(
        (commit) =>
          (consumer, { park: _, ...update }: Update) =>
            commit(consumer, update),
      ),
    },
  },
  'a checkpoint that another server moved is taken as one’s own': {
    server: {
      subscribed: onCommit((commit, store) => async (consumer, update: Update) => {
        const { revision, cursor } = await store.readCheckpoint(consumer);
        const isBehind = (update.cursor ?? '') < (cursor ?? '');
        await commit(consumer, { ...update, expected: revision, cursor: isBehind ? cursor : update.cursor });
      }),
    },
  },
  'the last event of a page of the global stream is passed over': {
    server: {
      subscribed: (store) => ({
        ...store,
        async readFeed(range) {
          const page = await store.readFeed(range);
          const [before, last] = page.slice(-2);
          if (before === undefined || last === undefined) return page;
          return [...page.slice(0, -2), { ...before, cursor: last.cursor }];
        },
      }),
    },
  },
  'rows are made of a visit that was read before': {
    server: {
      subscribed(store) {
        const known = new Map<string, ReturnType<Store['readStream']>>();
        const readStream = ((name: string, options: object) => {
          const before = known.get(name);
          const now = store.readStream(name, options);
          known.set(name, now);
          return before ?? now;
        }) as Store['readStream'];
        return { ...store, readStream };
      },
    },
  },
  'an append in doubt is taken for written': {
    server: {
      store: onAppend(
        (append) => (name, events, options) =>
          append(name, events, options).catch((error: unknown) => {
            if (!isStoreError(error) || error.kind !== 'io') throw error;
            return {
              nextExpectedStreamVersion: 1n,
              createdNewStream: false,
              lastEventGlobalPosition: 1n,
              repeated: false,
            };
          }),
      ),
    },
  },
  'an append is answered before it is written': {
    server: {
      store: onAppend((append) => async (name, events, options) => {
        void append(name, events, options).catch(() => undefined);
        return { nextExpectedStreamVersion: 1n, createdNewStream: false, lastEventGlobalPosition: 1n, repeated: false };
      }),
    },
  },
  'an append does not say which version it expects': {
    server: {
      store: onAppend(
        (append) => (name, events, options) => append(name, events, withoutLastId(withoutExpected(options))),
      ),
    },
  },
  'a conflict is answered by writing in spite of it': {
    server: {
      store: onAppend(
        (append) => (name, events, options) =>
          append(name, events, options).catch(() => append(name, events, withoutLastId(withoutExpected(options)))),
      ),
    },
  },
  'a cached state is trusted over a stream that was replaced': {
    server: { store: onAppend((append) => (name, events, options) => append(name, events, withoutLastId(options))) },
  },
  'an act that is reported as a discrepancy is answered as accepted': {
    server: {
      service: (service) => ({
        ...service,
        async sync(batch, actor) {
          const answer = await service.sync(batch, actor);
          const outcomes = answer.outcomes.map((one) =>
            one.outcome === 'refused' ? { outcome: 'accepted' as const, position: 1 } : one,
          );
          return { ...answer, outcomes };
        },
      }),
    },
  },
  'a command that fails is answered as accepted': {
    server: {
      service: (service) => ({
        ...service,
        handle: (command, options) =>
          service.handle(command, options).catch(async () => {
            const { state, version, events } = await service.load(command.data.visitId);
            return { ok: true, events: events.slice(-1), state, version, repeated: true } as never;
          }),
      }),
    },
  },
};

const plantedInConsoles: Readonly<Record<string, Planted>> = {
  'a command that is sent again has another id': {
    console: { retryId: (id, tries) => (tries === 0 ? id : `${id}-${tries}`) },
  },
};

/** The options of a run with each of them. */
export const plantedErrors: Readonly<Record<string, Omit<RunOptions, 'seed'>>> = Object.fromEntries(
  Object.entries({
    ...plantedInServers,
    ...plantedInConsoles,
    ...Object.fromEntries(Object.entries(plantedInPhones).map(([name, phone]) => [name, { phone }])),
  }).map(([name, planted]) => [name, { planted }]),
);
