import { bindStorage, createEventStore } from '../create-event-store.ts';
import { StoreError } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import { CALLS, type CallKind, callOnPrimary } from './calls.ts';
import { consumerStorage, type PostgresTransaction } from './consumer-state.ts';
import { createDatabase, type PostgresDatabase } from './database.ts';
import { eventStorage } from './events.ts';
import { loadHosts, primaryPool } from './hosts.ts';
import { prepareTables } from './migrate.ts';
import {
  checkOptions,
  checkStandbys,
  checkTimeouts,
  listConnections,
  type PostgresStoreOptions,
  type StoreOptions,
} from './options.ts';
import { createBeside, hostPool, ownPool, type PoolSource, type Timeouts, withTimeout } from './pool.ts';
import { createPush, type Newest } from './push.ts';
import { DEFAULT_SCHEMA, postgresMigrations, quoteSchema } from './schema.ts';
import { createSql } from './sql.ts';
import { createAdmission, replicatedCalls } from './standbys.ts';

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
  checkOptions(options);
  return openStore(options, (timeouts) => openSource(options, timeouts));
}

/** Opens a store over the pools that a source gives it. */
export function openStore(options: StoreOptions, createSource: (timeouts: Timeouts) => PoolSource): PostgresStore {
  const { schema = DEFAULT_SCHEMA, migrate = true } = options;
  const timeouts = checkTimeouts(options);
  const standbys = checkStandbys(options);
  const sql = createSql(quoteSchema(schema), standbys !== undefined);
  const source = createSource(timeouts);
  const database = createDatabase(source, timeouts, standbys && createAdmission(sql, standbys));
  const tables = { schema, steps: postgresMigrations({ schema }) };
  const replicated = standbys && replicatedCalls(database, sql, standbys);
  const on = { database, schema, sql, lockTimeoutMs: timeouts.lock };

  const onPrimary = <T>(kind: CallKind, once: () => Promise<T>) =>
    source.hosts === undefined ? once() : callOnPrimary(source.hosts, kind, once);

  const call = <T>(kind: CallKind, work: (database: PostgresDatabase) => Promise<T>): Promise<T> =>
    onPrimary(kind, () => (replicated === undefined ? work(database) : replicated(kind !== 'read', work)));

  // Tables that a standby may lack are prepared again: by the next call, perhaps on that standby.
  const prepare = (migrating: boolean) => call('read', (admitted) => prepareTables(admitted, sql, tables, migrating));
  const lifecycle = createLifecycle(() => prepare(migrate));
  const storage = bindStorage({ ...eventStorage, ...consumerStorage }, (work, name) =>
    lifecycle.track(async () => {
      await lifecycle.ensureReady(); // the first call prepares the tables
      return call(CALLS[name], async (admitted) => work({ ...on, database: admitted }));
    }),
  );
  // What is sent and looked at says nothing of an event, so neither waits for a standby.
  const push = createPush({
    schema,
    connectTimeoutMs: timeouts.connect,
    look: () =>
      lifecycle.track(async () => {
        await lifecycle.ensureReady();
        const [found] = await onPrimary('read', () => database.read<Newest>(sql.newest));
        return found ?? { newest: null, is_held: false };
      }),
    send: (message) => database.read(sql.notify, [message]),
    create: async () => createBeside(await source.open()),
  });
  const close = async () => {
    await lifecycle.drain(timeouts.answer);
    await withTimeout(timeouts.answer, 'not sent', push.close()).catch(() => undefined);
    // A connection may be lost while it is closed, and reject later.
    await withTimeout(timeouts.answer, 'not ended', source.close()).catch(() => undefined);
  };
  let closing: Promise<void> | undefined;
  return {
    ...createEventStore<PostgresTransaction>(storage, push),
    migrate: () => lifecycle.track(() => prepare(true)),
    close: () => (closing ??= close()),
  };
}

function openSource(options: PostgresStoreOptions, timeouts: Timeouts): PoolSource {
  if ('pool' in options) return hostPool(options.pool);
  const connections = listConnections(options);
  const [one, ...others] = connections;
  const pipeline = options.durability === 'replicated';
  // One host by name may be one server after the other.
  if (one === undefined || others.length > 0 || 'hosts' in options)
    return primaryPool(() => loadHosts(connections, timeouts, pipeline), timeouts);
  return ownPool(one.connection, timeouts, pipeline);
}

/** Tracks the calls in flight, so that closing drains them; later calls are refused. */
type Lifecycle = Readonly<{
  track<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once the store is prepared; after a failure, the next call prepares again. */
  ensureReady(): Promise<void>;
  /** Refuses new calls, and resolves once those in flight have ended, or the time is up. */
  drain(durationMs: number): Promise<void>;
}>;

function createLifecycle(prepare: () => Promise<void>): Lifecycle {
  const inFlight = new Set<Promise<unknown>>();
  let closed = false;
  let ready: Promise<void> | undefined;

  async function track<T>(work: () => Promise<T>): Promise<T> {
    if (closed) throw new StoreError('closed', 'The store is closed');
    const done = work();
    inFlight.add(done);
    try {
      return await done;
    } finally {
      inFlight.delete(done);
    }
  }

  function ensureReady(): Promise<void> {
    ready ??= prepare().catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  }

  async function drain(durationMs: number): Promise<void> {
    closed = true;
    await withTimeout(durationMs, 'not done', Promise.allSettled(inFlight)).catch(() => undefined);
  }

  return { track, ensureReady, drain };
}
