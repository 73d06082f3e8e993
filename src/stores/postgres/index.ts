/** Event store in PostgreSQL: `auxilio/postgres`. Many processes may share the database. Needs pg. */

import { mustKnowKeys, withCurrentNames } from '../../kernel/known.ts';
import { isObject } from '../../util/json.ts';
import { createEventStore, type StorageAdapter } from '../create-event-store.ts';
import { StoreError } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import { createConsumerStorage, type PostgresTransaction } from './consumer-state.ts';
import { createDatabase } from './database.ts';
import { createEventStorage } from './events.ts';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';
import { prepareTables } from './migrate.ts';
import { createNames } from './names.ts';
import { openPool, type PostgresConnection, type PostgresPool, type Timeouts, withTimeout } from './pool.ts';
import { DEFAULT_SCHEMA, quoteSchema } from './schema.ts';
import { createSql } from './sql.ts';

export * from '../exports.ts';
export type { PostgresTransaction } from './consumer-state.ts';
export type { PostgresAnswer, PostgresClient, PostgresConnection, PostgresPool } from './pool.ts';
export type { PostgresMigration } from './schema.ts';
export { postgresHardening, postgresMigrations } from './schema.ts';

/**
 * Options of {@link postgresStore}: a pool of pg that the host made and ends, or where the server is.
 *
 * @since 0.4.0
 */
export type PostgresStoreOptions = (
  | {
      /** Pool of pg that the host made and ends. */
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
  /** Makes and upgrades the tables of the store, as it does by default. See {@link postgresMigrations}. */
  migrate?: boolean;
  /** How long to wait for a connection; 5000 by default. */
  connectTimeoutMs?: number;
  /** How long an append or a move waits for another's lock; 5000 by default, 0 for as long as it takes. */
  lockTimeoutMs?: number;
  /**
   * How long the server works at a statement; 10,000 by default, 0 for as long as it takes. It is a parameter of the
   * connection: a pool of the host keeps its own.
   */
  statementTimeoutMs?: number;
  /** How long to wait for an answer before the connection is given up; 15,000 by default. */
  responseTimeoutMs?: number;
  /** @deprecated since 0.5.0: `responseTimeoutMs` is its name. */
  answerTimeoutMs?: number;
  /** Ids for events that bring none; random UUIDs by default. */
  newId?: () => string;
};

type KeyOf<T> = T extends unknown ? keyof T : never;

const storeOptions: Readonly<Record<Exclude<KeyOf<PostgresStoreOptions>, keyof typeof renamedOptions>, 0>> = {
  pool: 0,
  connectionString: 0,
  connection: 0,
  schema: 0,
  migrate: 0,
  connectTimeoutMs: 0,
  lockTimeoutMs: 0,
  statementTimeoutMs: 0,
  responseTimeoutMs: 0,
  newId: 0,
};

const renamedOptions = { answerTimeoutMs: 'responseTimeoutMs' } as const;

/** An {@link EventStore} that is closed after use; its effects write with a transaction. @since 0.4.0 */
export type PostgresStore = EventStore<PostgresTransaction> & {
  /** Makes or upgrades the tables now rather than at the first use, also where the option says not to. */
  migrate(): Promise<void>;
  /**
   * Ends what is under way, then closes the connections, unless the pool is the host's. Twice is once; any other call is
   * refused after it.
   */
  close(): Promise<void>;
};

/**
 * A store in a PostgreSQL database, 13 or later, of encoding UTF8. Nothing is asked of the server before the first call,
 * which makes or upgrades the tables, also while others do so.
 *
 * An append is one statement, and what it acknowledges is on the disk: a `synchronous_commit` of `off` does not hold for
 * it. What lost a race (a deadlock, a failure to serialize) is tried again up to 20 times. A server that is a standby can
 * be read; what is decided on is read from the primary.
 *
 * An event is shown in the feed once the transactions of the whole server that wrote something and began before it have
 * ended, the host's too: one that stays open holds up the feed, and shows nothing too late.
 *
 * The first call may throw a StoreError `unavailable`, `corrupt` or `newer-schema`.
 *
 * @throws StoreError `invalid`
 * @since 0.4.0
 */
export function postgresStore(given: PostgresStoreOptions): PostgresStore {
  const options = withCurrentNames('postgresStore', given, renamedOptions);
  if (!isOptions(options)) {
    throw new StoreError('invalid', 'postgresStore takes { pool }, { connectionString } or { connection }');
  }
  mustKnowKeys('postgresStore', options, storeOptions);
  const { schema = DEFAULT_SCHEMA, migrate = true, newId = () => crypto.randomUUID() } = options;
  const sql = createSql(quoteSchema(schema));
  const timeouts = timeoutsOf(options);
  const own = 'pool' in options ? undefined : openPool(connectionOf(options), timeouts);
  const database = createDatabase('pool' in options ? options.pool : (own as PostgresPool), timeouts);
  const names = createNames(database, sql);
  const lifecycle = createLifecycle(() => prepareTables(database, schema, migrate));
  const storage = {
    ...createEventStorage(database, sql, names, { schema, lockTimeoutMs: timeouts.lock }),
    ...createConsumerStorage(database, sql, names, timeouts.lock),
  };
  const close = async () => {
    await lifecycle.drain(timeouts.answer);
    database.dispose();
    if (own !== undefined) await withTimeout(timeouts.answer, 'not ended', own.end()).catch(() => undefined);
  };
  let closing: Promise<void> | undefined;
  return {
    ...createEventStore<PostgresTransaction>(withLifecycle(lifecycle, storage), newId),
    migrate: () => lifecycle.track(() => prepareTables(database, schema, true)),
    close: () => (closing ??= close()),
  };
}

/** Wraps a storage so that its calls are tracked; the first of them prepares the tables. */
function withLifecycle(lifecycle: Lifecycle, storage: StorageAdapter): StorageAdapter {
  const guard =
    <Parameters extends unknown[], T>(work: (...parameters: Parameters) => T | Promise<T>) =>
    (...parameters: Parameters): Promise<T> =>
      lifecycle.track(async () => {
        await lifecycle.ensureReady();
        return work(...parameters);
      });
  return {
    head: guard(storage.head),
    select: guard(storage.select),
    append: guard(storage.append),
    feed: guard(storage.feed),
    checkpoint: guard(storage.checkpoint),
    commit: guard(storage.commit),
    rows: guard(storage.rows),
    row: guard(storage.row),
    reset: guard(storage.reset),
    lag: guard(storage.lag),
    startGeneration: guard(storage.startGeneration),
    promoteGeneration: guard(storage.promoteGeneration),
  };
}

function timeoutsOf(options: PostgresStoreOptions): Timeouts {
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

function connectionOf(options: { connectionString: string } | { connection: PostgresConnection }): PostgresConnection {
  return 'connection' in options ? options.connection : { connectionString: options.connectionString };
}

function isOptions(options: unknown): boolean {
  if (typeof options !== 'object' || options === null) return false;
  const { pool, connectionString, connection } = options as Record<string, unknown>;
  return typeof connectionString === 'string' || isObject(connection) || (isObject(pool) && 'connect' in pool);
}
