import { mustKnowKeys } from '../../kernel/known.ts';
import { isObject } from '../../util/json.ts';
import { bindStorage, createEventStore } from '../create-event-store.ts';
import { StoreError } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import { consumerStorage, type PostgresTransaction } from './consumer-state.ts';
import { createDatabase } from './database.ts';
import { eventStorage } from './events.ts';
import { prepareTables } from './migrate.ts';
import { hostPool, ownPool, type PostgresConnection, type PostgresPool, type Timeouts, withTimeout } from './pool.ts';
import { DEFAULT_SCHEMA, postgresMigrations, quoteSchema } from './schema.ts';
import { createSql } from './sql.ts';

/**
 * Options of {@link postgresStore}: a pool of pg that the host creates and ends, or the address of the server.
 *
 * @since 0.4.0
 */
export type PostgresStoreOptions = (
  | {
      /** Pool of pg that the host creates and ends. */
      pool: PostgresPool;
    }
  | {
      /** Address of the database, for a pool of the store's own. */
      connectionString: string;
    }
  | {
      /** Settings of pg, for a pool of the store's own. */
      connection: PostgresConnection;
    }
) & {
  /** The SQL schema of the tables; `auxilio` by default. Up to 63 letters, digits and `_`; not `pg_…`. */
  schema?: string;
  /** Creates and upgrades the tables of the store; true by default. See {@link postgresMigrations}. */
  migrate?: boolean;
  /** The longest wait for a connection, in milliseconds; 5000 by default. */
  connectTimeoutMs?: number;
  /** The longest wait of a write for a lock, in milliseconds; 5000 by default, 0 for no limit. */
  lockTimeoutMs?: number;
  /**
   * The longest time of a statement, in milliseconds; 10,000 by default, 0 for no limit. It is a parameter of the connection: a
   * pool of the host keeps its own.
   */
  statementTimeoutMs?: number;
  /** The longest wait for an answer before the connection is abandoned, in milliseconds; 15,000 by default. */
  responseTimeoutMs?: number;
};

type KeyOf<T> = T extends unknown ? keyof T : never;

const storeOptions: Readonly<Record<KeyOf<PostgresStoreOptions>, 0>> = {
  pool: 0,
  connectionString: 0,
  connection: 0,
  schema: 0,
  migrate: 0,
  connectTimeoutMs: 0,
  lockTimeoutMs: 0,
  statementTimeoutMs: 0,
  responseTimeoutMs: 0,
};

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
  if (typeof options === 'object') mustKnowKeys('postgresStore', options ?? {}, storeOptions);
  if (!isOptions(options)) {
    throw new StoreError('invalid', 'postgresStore takes { pool }, { connectionString } or { connection }');
  }
  const { schema = DEFAULT_SCHEMA, migrate = true } = options;
  const sql = createSql(quoteSchema(schema));
  const timeouts = checkTimeouts(options);
  const source = 'pool' in options ? hostPool(options.pool) : ownPool(toConnection(options), timeouts);
  const database = createDatabase(source, timeouts);
  const tables = { schema, steps: postgresMigrations({ schema }) };
  const lifecycle = createLifecycle(() => prepareTables(database, sql, tables, migrate));
  const on = { database, schema, sql, lockTimeoutMs: timeouts.lock };
  const storage = bindStorage({ ...eventStorage, ...consumerStorage }, (work) =>
    lifecycle.track(async () => {
      await lifecycle.ensureReady(); // the first call prepares the tables
      return work(on);
    }),
  );
  const close = async () => {
    await lifecycle.drain(timeouts.answer);
    // A connection may be lost while it is closed, and reject later.
    await withTimeout(timeouts.answer, 'not ended', source.close()).catch(() => undefined);
  };
  let closing: Promise<void> | undefined;
  return {
    ...createEventStore<PostgresTransaction>(storage),
    migrate: () => lifecycle.track(() => prepareTables(database, sql, tables, true)),
    close: () => (closing ??= close()),
  };
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

function checkTimeouts(options: PostgresStoreOptions): Timeouts {
  const {
    connectTimeoutMs = 5000,
    lockTimeoutMs = 5000,
    statementTimeoutMs = 10_000,
    responseTimeoutMs = 15_000,
  } = options;
  const durations = { connectTimeoutMs, lockTimeoutMs, statementTimeoutMs, responseTimeoutMs };
  for (const [name, value] of Object.entries(durations)) {
    const least = name === 'connectTimeoutMs' || name === 'responseTimeoutMs' ? 1 : 0;
    if (Number.isSafeInteger(value) && value >= least && value < 2 ** 31) continue;
    throw new StoreError('invalid', `${name} is a whole number of ${least} or more`);
  }
  return { connect: connectTimeoutMs, lock: lockTimeoutMs, statement: statementTimeoutMs, answer: responseTimeoutMs };
}

function toConnection(options: { connectionString: string } | { connection: PostgresConnection }): PostgresConnection {
  return 'connection' in options ? options.connection : { connectionString: options.connectionString };
}

function isOptions(options: unknown): options is PostgresStoreOptions {
  if (typeof options !== 'object' || options === null) return false;
  const { pool, connectionString, connection } = options as Record<string, unknown>;
  return typeof connectionString === 'string' || isObject(connection) || isPool(pool);
}

const isPool = (pool: unknown) =>
  isObject(pool) && ['connect', 'on', 'off'].every((name) => typeof Reflect.get(pool, name) === 'function');
