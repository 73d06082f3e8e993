import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import { StoreError } from '../errors.ts';
import { adaptDatabase, type SqliteDatabase, type SqliteHostDatabase } from './adapters.ts';
import { mapDriverError, openFile } from './database.ts';
import { isDriver, type SqliteDriver } from './driver.ts';
import { type Guard, isLocked, type LockQueue, lockQueue } from './lock-queue.ts';

/** The database of a store: one of these two. @since 0.5.0 */
export type SqliteSource =
  | {
      /** Path of the database, created if it is missing; `:memory:` for none. */
      file: string;
      /** The driver; by default that of Bun or Deno, and in Node better-sqlite3 if it is installed, else `node:sqlite`. */
      driver?: SqliteDriver;
    }
  | {
      /** Database of better-sqlite3, `node:sqlite` or `bun:sqlite` that the host opens and closes. */
      database: SqliteHostDatabase;
    };

/** A database in use, with its locks; it refuses calls that are made after it was closed. */
export type SqliteConnection = Readonly<{
  database: SqliteDatabase;
  locks: Readonly<{ reading: LockQueue; writing: LockQueue }>;
  /** Runs work on the open database, and maps the errors of the driver. */
  guard: Guard;
  /** Refuses a call that was made after the store was closed. */
  enter: () => void;
  /** Prepares the store, unless it meets a lock: then the first call does. If it fails, the file is closed. */
  prepare: (work: () => unknown) => void;
  /** Closes the store once waiting calls have ended, and the file unless the host opened it; `flush` writes pending appends first. */
  close: (flush?: () => void) => Promise<void>;
}>;

/** Opens the database of a store that was checked. */
export function connect(source: SqliteSource, busyTimeoutMs: number): SqliteConnection {
  const own = 'file' in source;
  const database = own ? openFile(source.file, source.driver) : (adaptDatabase(source.database) as SqliteDatabase);
  const locks = { reading: lockQueue(busyTimeoutMs), writing: lockQueue(busyTimeoutMs) };
  let closed = false;
  let closing: Promise<void> | undefined;
  const guard: Guard = (work) => {
    if (closed || !database.open) throw new StoreError('closed', 'The store is closed');
    return mapDriverError(work);
  };
  const enter = () => {
    if (closing !== undefined) throw new StoreError('closed', 'The store is closed');
  };
  const prepare = (work: () => unknown) => {
    try {
      mapDriverError(work);
    } catch (error) {
      if (isLocked(error)) return;
      if (own) database.close();
      throw error;
    }
  };
  const close = async (flush?: () => void) => {
    if (database.open) flush?.();
    await locks.writing.drain();
    await locks.reading.drain();
    closed = true;
    if (own) database.close();
  };
  return { database, locks, guard, enter, prepare, close: (flush) => (closing ??= close(flush)) };
}

/** Refuses options that are not known, and options that name no database. */
export function checkSource(what: string, options: unknown, known: object): void {
  if (typeof options === 'object') mustKnowKeys(what, options ?? {}, known);
  if (!isSource(options)) throw new StoreError('invalid', `${what} takes { file } or { database }`);
  if ('database' in options) {
    checkDatabase(what, options.database);
    if ('driver' in options) throw new StoreError('invalid', `${what} takes a driver with { file } alone`);
  } else if (options.driver !== undefined && !isDriver(options.driver)) {
    const takes = "'better-sqlite3', 'node:sqlite' or 'bun:sqlite'";
    throw new StoreError('invalid', `The driver of ${what} is ${takes}; got ${JSON.stringify(options.driver)}`);
  }
}

/** Refuses what no driver has opened, and the class of a driver in place of its database. */
function checkDatabase(what: string, database: SqliteHostDatabase): void {
  const takes = `${what} takes { database }, a database that better-sqlite3, node:sqlite or bun:sqlite has opened`;
  mustBe(typeof database !== 'function', `${takes}: new Database(file)`, database);
  if (adaptDatabase(database) === undefined) throw new TypeError(takes);
}

function isSource(options: unknown): options is SqliteSource {
  if (typeof options !== 'object' || options === null) return false;
  const { file, database } = options as { file?: unknown; database?: unknown };
  // A file without a name would be a temporary one of SQLite.
  if (typeof file === 'string') return file.trim() !== '';
  return Object(database) === database;
}

export function checkTimeout(busyTimeoutMs: number): void {
  if (!Number.isSafeInteger(busyTimeoutMs) || busyTimeoutMs < 0) {
    throw new StoreError('invalid', 'busyTimeoutMs is a whole number of 0 or more');
  }
}
