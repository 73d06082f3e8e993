import { createEventStore } from '../create-event-store.ts';
import type { EventStore } from '../event-store.ts';
import { withPagedReads } from '../pages.ts';
import { type ReplicaStore, withHidden } from '../replica-store.ts';
import type { SqliteDatabase } from './adapters.ts';
import { checkSource, checkTimeout, connect, type SqliteSource } from './connection.ts';
import { consumerStorage } from './consumer-state.ts';
import { openTables, prepareDatabase } from './database.ts';
import { type EventTables, eventStorage } from './events.ts';
import { groupCommit } from './group-commit.ts';
import { fileJournal } from './journal.ts';
import { withLockQueues } from './lock-queue.ts';
import { createReplicaStore } from './replica-store.ts';
import { EVENT_TABLES } from './schema.ts';

/**
 * Options of {@link sqliteStore}: either a file, created if it is missing (`:memory:` for none), or a database that the host
 * opens and closes.
 *
 * @since 0.1.0
 */
export type SqliteStoreOptions = SqliteSource & {
  /**
   * The longest wait for a lock that another connection holds, in milliseconds; 5000 by default. The event loop is not blocked:
   * the lock is tried every few milliseconds, and each try stops the thread for 3 ms at most.
   */
  busyTimeoutMs?: number;
};

/** An {@link EventStore} that is closed after use; its effects write with the database. @since 0.1.0 */
export type SqliteStore = EventStore<SqliteDatabase> & {
  /** Closes the store, and the file unless the host openTables it. It may be called twice; any other call is refused after it. */
  close(): Promise<void>;
};

/**
 * Opens the store in a file, and creates its tables, whose names begin with `auxilio_`, if they are missing. If another
 * connection holds a lock at that time, the first calls open it, and are `busy` if they cannot in time.
 *
 * Appends of one turn of the event loop share one transaction (group commit); each succeeds or fails for itself.
 *
 * The database, also one of the host, is set to `journal_mode = WAL`, `synchronous = FULL`, `wal_autocheckpoint = 8000`,
 * `secure_delete = ON` and a busy timeout of at most 3 ms: an acknowledged append is on the disk, the WAL grows to 32 MB, and beyond
 * that only while a reader holds it, and rows that were replaced or removed are overwritten once the last connection has closed, but
 * for copies that SQLite leaves behind where it splits a page. While the host has a transaction open on its database, an append is
 * refused, since a rollback would undo it.
 *
 * @throws StoreError `unavailable`, `corrupt`, `read-only`, `newer-schema`
 * @since 0.1.0
 */
export function sqliteStore(options: SqliteStoreOptions): SqliteStore {
  checkSource('sqliteStore', options, { file: 0, driver: 0, database: 0, busyTimeoutMs: 0 });
  const { busyTimeoutMs = 5000 } = options;
  checkTimeout(busyTimeoutMs);
  const connection = connect(options, busyTimeoutMs);
  const { database, locks, guard, prepare, close } = connection;
  const appends = groupCommit(database, guard, locks.writing);
  let tables: EventTables | undefined;
  const openOnce = () => {
    if (tables === undefined) {
      prepareDatabase(database, busyTimeoutMs, EVENT_TABLES);
      tables = { ...openTables(database), appends };
    }
    return tables;
  };
  prepare(openOnce);
  const storage = withLockQueues({ ...eventStorage, ...consumerStorage }, openOnce, connection);
  return { ...createEventStore(withPagedReads(storage)), close: () => close(appends.flush) };
}

/** Options of {@link sqliteReplicaStore}: the file or the database, as those of {@link sqliteStore}. @since 0.5.0 */
export type SqliteReplicaStoreOptions = SqliteSource & {
  /** The longest wait for a lock that another connection holds, in milliseconds; 5000 by default. */
  busyTimeoutMs?: number;
};

/**
 * Opens the store of a replica in a file, and creates its tables, whose names begin with `auxilio_`, if they are missing. An
 * event store may have the same file. Writes are as durable as those of {@link sqliteStore}, and refused as those are.
 *
 * Over a file it has a journal with a second copy of the waiting acts: `FILE-acts`, of 8 MiB, which is written in place, so that a full
 * disk cannot refuse it; and `FILE-acts.lock`, whose lock makes processes write it one at a time.
 *
 * @throws StoreError `unavailable`, `corrupt`, `read-only`, `newer-schema`
 * @since 0.5.0
 */
export function sqliteReplicaStore(options: SqliteReplicaStoreOptions): ReplicaStore {
  checkSource('sqliteReplicaStore', options, { file: 0, driver: 0, database: 0, busyTimeoutMs: 0 });
  const { busyTimeoutMs = 5000 } = options;
  checkTimeout(busyTimeoutMs);
  const store = createReplicaStore(connect(options, busyTimeoutMs), busyTimeoutMs);
  if (!('file' in options) || options.file === ':memory:') return store;
  const journal = fileJournal(options.file, options.driver, busyTimeoutMs);
  const close = () => Promise.all([store.close(), journal.close()]).then(() => undefined);
  return withHidden({ ...store, close }, { journal });
}
