/** Event store in a SQLite file: `auxilio/sqlite`. Several processes may share the file. Needs better-sqlite3. */
import { mustKnowKeys } from '../../kernel/known.ts';
import { createEventStore, type StorageAdapter } from '../create-event-store.ts';
import { StoreError } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import { createConsumerStorage } from './consumer-state.ts';
import { mapDriverError, openFile, prepareDatabase } from './database.ts';
import type { SqliteDatabase } from './driver.ts';
import { createEventStorage } from './events.ts';
import { type Guard, groupCommit } from './group-commit.ts';
import { isLocked, lockQueue } from './lock-queue.ts';
import { withLockQueues } from './with-lock-queues.ts';

export * from '../exports.ts';
export { backupSqliteStore, type SqliteBackup } from './backup.ts';
export type { SqliteDatabase, SqliteStatement } from './driver.ts';

/**
 * Options of {@link sqliteStore}: either a file, created if it is missing (`:memory:` for none), or a database of
 * better-sqlite3 that the host opens and closes.
 *
 * @since 0.1.0
 */
export type SqliteStoreOptions = (
  | {
      /** Path of the database, created if it is missing; `:memory:` for none. */
      file: string;
    }
  | {
      /** Database of better-sqlite3 that the host opens and closes. */
      database: SqliteDatabase;
    }
) & {
  /**
   * The longest wait for a lock that another connection holds, in milliseconds; 5000 by default. The event loop is not blocked:
   * the lock is tried every few milliseconds, and each try stops the thread for 3 ms at most.
   */
  busyTimeoutMs?: number;
  /** Ids for events without one; random UUIDs by default. */
  newId?: () => string;
};

/** An {@link EventStore} that is closed after use; its effects write with the database. @since 0.1.0 */
export type SqliteStore = EventStore<SqliteDatabase> & {
  /** Closes the store, and the file unless the host opened it. It may be called twice; any other call is refused after it. */
  close(): Promise<void>;
};

/**
 * Opens the store in a file, and creates its tables, whose names begin with `auxilio_`, if they are missing. If another
 * connection holds a lock at that time, the first calls open it, and are `busy` if they cannot in time.
 *
 * Appends of one turn of the event loop share one transaction (group commit); each succeeds or fails for itself.
 *
 * The database, also one of the host, is set to `journal_mode = WAL`, `synchronous = FULL` and a busy timeout of at most 3 ms:
 * an acknowledged append is on the disk. While the host has a transaction open on its database, an append is refused, since a
 * rollback would undo it.
 *
 * @throws StoreError `unavailable`, `corrupt`, `read-only`, `newer-schema`
 * @since 0.1.0
 */
export function sqliteStore(options: SqliteStoreOptions): SqliteStore {
  if (!isOptions(options)) throw new StoreError('invalid', 'sqliteStore takes { file } or { database }');
  mustKnowKeys('sqliteStore', options, { file: 0, database: 0, busyTimeoutMs: 0, newId: 0 });
  const { busyTimeoutMs = 5000, newId = () => crypto.randomUUID() } = options;
  if (!Number.isSafeInteger(busyTimeoutMs) || busyTimeoutMs < 0) {
    throw new StoreError('invalid', 'busyTimeoutMs is a whole number of 0 or more');
  }
  const own = 'file' in options;
  const database = own ? openFile(options.file) : options.database;
  const locks = { reading: lockQueue(busyTimeoutMs), writing: lockQueue(busyTimeoutMs) };
  let closed = false;
  const guard: Guard = (work) => {
    if (closed || !database.open) throw new StoreError('closed', 'The store is closed');
    return mapDriverError(work);
  };
  const appends = groupCommit(database, guard, locks.writing);
  let storage: StorageAdapter | undefined;
  const opened = () => {
    if (storage === undefined) {
      prepareDatabase(database, busyTimeoutMs);
      const { writeRows, ...consumers } = createConsumerStorage(database);
      storage = { ...createEventStorage(database, appends, writeRows), ...consumers };
    }
    return storage;
  };
  let closing: Promise<void> | undefined;
  const close = async () => {
    if (database.open) appends.flush();
    await locks.writing.drain();
    await locks.reading.drain();
    closed = true;
    if (own) database.close();
  };
  const enter = () => {
    if (closing !== undefined) throw new StoreError('closed', 'The store is closed');
  };
  try {
    mapDriverError(opened);
  } catch (error) {
    if (!isLocked(error)) {
      if (own) database.close();
      throw error;
    }
  }
  return {
    ...createEventStore(withLockQueues(opened, locks, enter, guard), newId),
    close: () => (closing ??= close()),
  };
}

function isOptions(options: unknown): boolean {
  if (typeof options !== 'object' || options === null) return false;
  const { file, database } = options as { file?: unknown; database?: unknown };
  // A file without a name would be a temporary one of SQLite.
  if (typeof file === 'string') return file.trim() !== '';
  return typeof database === 'object' && database !== null;
}
