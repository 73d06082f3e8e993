import { bindStorage, createEventStore } from '../create-event-store.ts';
import type { EventStore } from '../event-store.ts';
import { CALLS } from './calls.ts';
import { consumerStorage, type PostgresTransaction } from './consumer-state.ts';
import { eventStorage } from './events.ts';
import { prepareTables } from './migrate.ts';
import { checkOptions, type PostgresStoreOptions, type StoreOptions } from './options.ts';
import { createBeside, type PoolSource, type Timeouts } from './pool.ts';
import { createPush, type Newest } from './push.ts';
import { DEFAULT_SCHEMA, postgresMigrations, quoteSchema } from './schema.ts';
import { openSession, openSource } from './session.ts';
import { createSql } from './sql.ts';

/** An {@link EventStore} that is closed after use; its effects write with a transaction. @since 0.4.0 */
export type PostgresStore = EventStore<PostgresTransaction> & {
  /** Creates or upgrades the tables now rather than at the first use, even with `migrate: false`. */
  migrate(): Promise<void>;
  /**
   * Waits for calls in flight, then closes the connections, unless the pool is the host's. It may be called twice; any other
   * call is refused after it.
   */
  close(): Promise<void>;
};

/**
 * Creates a store in a PostgreSQL database, 13 or later, of encoding UTF8. The first call connects, and creates or upgrades the
 * tables, even while other processes do so.
 *
 * An append is one statement, and durable once acknowledged, even with a `synchronous_commit` of `off`. A lost race (a
 * deadlock, a serialization failure) is retried up to 20 times. A standby can be read; read from the primary what you decide on.
 *
 * An event appears in the global stream once all writing transactions of the server that began before it have ended, also
 * those of the host: a transaction that stays open holds back the global stream.
 *
 * The first call may throw a StoreError `unavailable`, `corrupt` or `newer-schema`.
 *
 * @throws StoreError `invalid`
 * @since 0.4.0
 */
export function postgresStore(options: PostgresStoreOptions): PostgresStore {
  checkOptions('postgresStore', options);
  return openStore(options, (timeouts) => openSource(options, timeouts));
}

/** Opens a store over the pools that a source gives it. */
export function openStore(options: StoreOptions, createSource: (timeouts: Timeouts) => PoolSource): PostgresStore {
  const { schema = DEFAULT_SCHEMA, migrate = true } = options;
  const sql = createSql(quoteSchema(schema), options.durability === 'replicated');
  const tables = { schema, steps: postgresMigrations({ schema }) };
  const session = openSession(options, createSource, sql);
  const { database, timeouts, source, onPrimary, lifecycle } = session;
  const on = { database, schema, sql, lockTimeoutMs: timeouts.lock };

  // Tables that a standby may lack are prepared again: by the next call, perhaps on that standby.
  const prepare = (migrating: boolean) =>
    session.call('read', (admitted) => prepareTables(admitted, sql, tables, migrating));
  const ensureReady = lifecycle.once(() => prepare(migrate));
  const storage = bindStorage({ ...eventStorage, ...consumerStorage }, (work, name) =>
    lifecycle.track(async () => {
      await ensureReady(); // the first call prepares the tables
      return session.call(CALLS[name], async (admitted) => work({ ...on, database: admitted }));
    }),
  );
  // What is sent and looked at says nothing of an event, so neither waits for a standby.
  const push = createPush({
    schema,
    connectTimeoutMs: timeouts.connect,
    look: () =>
      lifecycle.track(async () => {
        await ensureReady();
        const [found] = await onPrimary('read', () => database.read<Newest>(sql.newest));
        return found ?? { newest: null, is_held: false };
      }),
    send: (message) => database.read(sql.notify, [message]),
    create: async () => createBeside(await source.open()),
  });
  return {
    ...createEventStore<PostgresTransaction>(storage, push),
    migrate: () => lifecycle.track(() => prepare(true)),
    close: () => session.close(push.close),
  };
}
