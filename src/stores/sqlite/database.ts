import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { storeRuntime } from '../../util/runtime.ts';
import type { History } from '../cursor.ts';
import { StoreError, type StoreErrorKind } from '../errors.ts';
import { listPendingSteps } from '../schema-steps.ts';
import { readCode, type SqliteDatabase, type SqliteStatement } from './adapters.ts';
import { loadDriver, type SqliteDriver } from './driver.ts';
import { WAIT_IN_THREAD_MS } from './lock-queue.ts';
import { CREATE_META, SQL, type Tables } from './schema.ts';

/** The kinds by SQLite's code, the longest prefix first. An error of a trigger of the host is not mapped. */
const KINDS: readonly (readonly [prefix: string, kind: StoreErrorKind | undefined])[] = [
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CANTOPEN', 'unavailable'],
  ['SQLITE_PERM', 'unavailable'],
  ['SQLITE_AUTH', 'unavailable'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_TOOBIG', 'invalid'],
  ['SQLITE_PROTOCOL', 'busy'],
  ['SQLITE_CONSTRAINT_TRIGGER', undefined],
  // Errors that the statements of this store never meet in tables that it made.
  ['SQLITE_ERROR', 'corrupt'],
  ['SQLITE_CONSTRAINT', 'corrupt'],
  ['SQLITE_MISMATCH', 'corrupt'],
  ['SQLITE_SCHEMA', 'corrupt'],
];

/** Finds the kind of an error of SQLite by its code; undefined for one that is not mapped. */
export const findErrorKind = (code: string | undefined): StoreErrorKind | undefined =>
  KINDS.find(([prefix]) => code?.startsWith(prefix))?.[1];

/** Runs `work`, and maps errors of SQLite to a {@link StoreError}; any other error passes unchanged. */
export function mapDriverError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = readCode(error);
    const isOwn = String((error as { message?: unknown }).message).startsWith('auxilio: ');
    const kind = code === 'SQLITE_CONSTRAINT_TRIGGER' && isOwn ? 'corrupt' : findErrorKind(code);
    if (kind === undefined) throw error;
    throw new StoreError(kind, `SQLite: ${(error as Error).message}`, { cause: error });
  }
}

/** Opens a file, or creates it. */
export function openFile(file: string, driver?: SqliteDriver): SqliteDatabase {
  const open = loadDriver(driver);
  try {
    return open(file);
  } catch (cause) {
    throw new StoreError('unavailable', `The database cannot be opened: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Makes a database durable and creates the tables of a store, even while other processes do the same. If it meets a lock, it
 * may be retried as a whole.
 */
export function prepareDatabase(database: SqliteDatabase, busyTimeoutMs: number, tables: Tables): void {
  if (!database.open) throw new StoreError('closed', 'The database is closed');
  assertNoTransaction(database);
  database.pragma(`busy_timeout = ${Math.min(busyTimeoutMs, WAIT_IN_THREAD_MS)}`);
  const isReady = pendingSteps(database, tables).length === 0;
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  // 32 MB. Ids of events are spread over their index, so that each batch writes a page of it for nearly every event: with fewer
  // checkpoints, a page that several batches wrote is copied once, and a batch of 23 takes a fifth less.
  database.pragma('wal_autocheckpoint = 8000');
  database.pragma('secure_delete = ON'); // what is replaced or removed, as after an erasure, would stay in free pages
  if (!isReady) transaction(database, 'BEGIN IMMEDIATE', () => upgrade(database, tables));
  rememberFiles(database);
}

/** The open tables of an event store, with the statements over them. */
export type SqliteTables = Readonly<{
  database: SqliteDatabase;
  statements: Statements<typeof SQL>;
  history: History;
}>;

/** Prepares the statements over the open tables of an event store, and reads its epochs, which do not change while it is open. */
export function openTables(database: SqliteDatabase): SqliteTables {
  const statements = prepareStatements(database, SQL);
  const found = statements.epochs.all() as { id: string; cut: number | bigint }[];
  const epochs = found.map(({ id, cut }) => ({ id, cut: BigInt(cut) }));
  const idAt: History['idAt'] = (position) =>
    (statements.idAt.get(position) as { event_id: string } | undefined)?.event_id;
  return { database, statements, history: { epochs, idAt } };
}

type Statements<Sql> = Readonly<Record<keyof Sql, SqliteStatement>>;

export function prepareStatements<Sql extends object>(database: SqliteDatabase, sql: Sql): Statements<Sql> {
  const prepared = Object.entries(sql).map(([name, text]) => [name, database.prepare(text)]);
  return Object.fromEntries(prepared) as Statements<Sql>;
}

/** Reads the version of the tables; undefined if there are none. */
export function readVersion(database: SqliteDatabase, { name }: Tables): string | undefined {
  if (database.prepare(SQL.hasMeta).get() === undefined) return undefined;
  return (database.prepare(SQL.meta).get(name) as { value: string } | undefined)?.value;
}

const pendingSteps = (database: SqliteDatabase, tables: Tables) =>
  listPendingSteps(tables.steps, readVersion(database, tables));

/** Takes the steps that are pending, within a transaction: one that is interrupted is taken again as a whole. */
function upgrade(database: SqliteDatabase, tables: Tables): void {
  const steps = pendingSteps(database, tables);
  database.exec(CREATE_META);
  for (const { version, sql } of steps) {
    database.exec(sql);
    database.prepare(SQL.setMeta).run(tables.name, String(version));
  }
}

/** Reads in one snapshot. */
export function runInSnapshot<T>(database: SqliteDatabase, work: () => T): T {
  return database.inTransaction ? work() : transaction(database, 'BEGIN', work);
}

/** Runs `work` in a transaction, without another writer, and not within a transaction that the host may roll back. */
export function runInTransaction<T>(database: SqliteDatabase, work: () => T): T {
  assertWritable(database);
  return transaction(database, 'BEGIN IMMEDIATE', work);
}

/** Refuses to write inside a transaction of the application, which could still roll it back. */
export function assertNoTransaction(database: SqliteDatabase): void {
  if (database.inTransaction) throw new StoreError('in-transaction', 'A transaction is open on the database');
}

/** Refuses to write data that would be lost: in a transaction of the host, or to a file that was replaced. */
export function assertWritable(database: SqliteDatabase): void {
  assertNoTransaction(database);
  assertNotReplaced(database);
}

/** Runs `work` in a transaction: all of it is written, or nothing. */
function transaction<T>(database: SqliteDatabase, begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => T): T {
  database.exec(begin);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * The time between two looks at the files. A kernel that was asked for a file's times writes new ones with the next write, for
 * which that write waits.
 */
const CHECK_EVERY_MS = 20;

type OpenedFiles = { readonly files: { readonly path: string; identity: string | undefined }[]; checkedAt: number };

/** The files of open databases and their logs, with their identity when they were opened. */
const openedFiles = new WeakMap<SqliteDatabase, OpenedFiles>();

/** Remembers the files of a database, if it has any. */
function rememberFiles(database: SqliteDatabase & { readonly name?: unknown; readonly memory?: unknown }): void {
  const { name, memory } = database;
  if (memory !== false || typeof name !== 'string' || openedFiles.has(database)) return;
  const file = resolve(name);
  const files = [file, `${file}-wal`].map((path) => ({ path, identity: readIdentity(path) }));
  if (files[0]?.identity !== undefined) openedFiles.set(database, { files, checkedAt: Number.NEGATIVE_INFINITY });
}

/**
 * Refuses to write if the open file, or its log, was replaced or removed more than {@link CHECK_EVERY_MS} ago: SQLite would go on
 * writing to the old one, which is never opened again.
 */
function assertNotReplaced(database: SqliteDatabase): void {
  const opened = openedFiles.get(database);
  const now = storeRuntime.monotonicMs();
  if (opened === undefined || now - opened.checkedAt < CHECK_EVERY_MS) return;
  for (const file of opened.files) {
    const identity = readIdentity(file.path);
    file.identity ??= identity;
    if (identity === file.identity) continue;
    const what = `${file.path} was ${identity === undefined ? 'removed' : 'replaced'} while it was open`;
    throw new StoreError('unavailable', `SQLite: ${what}: nothing is written, open the store again`);
  }
  opened.checkedAt = now;
}

/** The identity of a file, which differs from that of another one at its path. */
function readIdentity(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}
