/** Event store in a SQLite file: `auxilio/sqlite`. Several processes may share the file. Needs better-sqlite3. */
import { mustKnowKeys } from '../../kernel/known.ts';
import { type FeedBounds, parseCursor, type RowText, sortableNumber } from '../checkpoint.ts';
import { createEventStore, type Selection, type StorageAdapter } from '../create-event-store.ts';
import { StoreError } from '../errors.ts';
import {
  appendResult,
  type Bounds,
  checkHead,
  type Expectation,
  emptyAppendResult,
  eventOf,
  findDuplicateAppend,
  type Head,
  isToTheEnd,
  LARGEST,
  type PreparedEvent,
} from '../event-record.ts';
import {
  type EventStore,
  type ExpectedStreamVersion,
  type FeedCursor,
  type FeedEvent,
  type FeedLag,
  STREAM_DOES_NOT_EXIST,
  type StoredEvent,
} from '../event-store.ts';
import { decodeName, encodeName } from '../name-encoding.ts';
import { consumerState } from './consumer-state.ts';
import { inReadSnapshot, mapDriverError, openFile, prepareDatabase, refuseUnkept } from './database.ts';
import type { SqliteDatabase } from './driver.ts';
import { type Appends, type Guard, together } from './group-commit.ts';
import { isLocked, lockQueue } from './patience.ts';
import { SQL } from './schema.ts';
import { patient } from './waiting.ts';

export * from '../exports.ts';
export { backupSqliteStore, type SqliteBackup } from './backup.ts';
export type { SqliteDatabase, SqliteStatement } from './driver.ts';

/**
 * Options of {@link sqliteStore}: either a file, made if it is not there (`:memory:` for none), or a database of
 * better-sqlite3 that the host opened and closes.
 *
 * @since 0.1.0
 */
export type SqliteStoreOptions = (
  | {
      /** Path of the database, made if it is not there; `:memory:` for none. */
      file: string;
    }
  | {
      /** Database of better-sqlite3 that the host opened and closes. */
      database: SqliteDatabase;
    }
) & {
  /**
   * The longest wait for a lock that another connection holds, in milliseconds; 5000 by default. The event loop goes on
   * meanwhile: the
   * lock is tried every few milliseconds, and each try stops the thread for 3 ms at most.
   */
  busyTimeoutMs?: number;
  /** Ids for events that bring none; random UUIDs by default. */
  newId?: () => string;
};

/** An {@link EventStore} that is closed after use; its effects write with the database. @since 0.1.0 */
export type SqliteStore = EventStore<SqliteDatabase> & {
  /** Closes the store, and the file unless the host opened it. Twice is once; any other call is refused after it. */
  close(): Promise<void>;
};

/**
 * Opens the store in a file, and makes its tables, whose names begin with `auxilio_`, if they are not there. Where another
 * holds a lock at that moment, the first calls open it, and are `busy` if they cannot in time.
 *
 * Appends that are asked for in one turn of the event loop share one transaction, and fail or succeed each by itself.
 *
 * The database, the host's too, is set to `journal_mode = WAL`, `synchronous = FULL` and a busy timeout of at most 3 ms:
 * what an
 * append acknowledges is on the disk. While the host has a transaction open on its database, an append is refused: its
 * answer would promise what a rollback takes back.
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
  const appends = together(database, guard, locks.writing);
  let backend: StorageAdapter | undefined;
  const opened = () => {
    if (backend === undefined) {
      prepareDatabase(database, busyTimeoutMs);
      backend = sqliteBackend(database, appends);
    }
    return backend;
  };
  let closing: Promise<void> | undefined;
  const close = async () => {
    if (database.open) appends.writeWaiting();
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
  return { ...createEventStore(patient(opened, locks, enter, guard), newId), close: () => (closing ??= close()) };
}

type EventRow = { position: number; stream: string; version: number; event_id: string; body: string };

function sqliteBackend(database: SqliteDatabase, appends: Appends) {
  const headOf = database.prepare(SQL.head);
  const range = database.prepare(SQL.range);
  const backwardsRange = database.prepare(SQL.backwardsRange);
  const byId = database.prepare(SQL.byId);
  const insert = database.prepare(SQL.insert);
  const insertAfter = database.prepare(SQL.insertAfter);
  const feedAfter = database.prepare(SQL.feed);
  const streamFeed = database.prepare(SQL.streamFeed);
  const countAfter = database.prepare(SQL.lag);
  const beside = consumerState(database);

  function head(streamName: string): Head {
    const row = headOf.get(encodeName(streamName)) as Pick<EventRow, 'version' | 'position' | 'event_id'> | undefined;
    if (row === undefined) return { version: 0n, position: 0n };
    const version = BigInt(row.version);
    if (version < 1n) throw new StoreError('corrupt', `Version ${version} of ${JSON.stringify(streamName)} is none`);
    return { version, position: BigInt(row.position), eventId: decodeName(row.event_id) };
  }

  function rowsOf(streamName: string, { from, to, maxCount, backwards }: Bounds): StoredEvent[] {
    const wanted = backwards ? backwardsRange : range;
    const first = from <= 1n ? -LARGEST : from; // what stands before the first is damaged, and not passed over
    const rows = wanted.all(encodeName(streamName), first, to, maxCount) as Omit<EventRow, 'stream'>[];
    return rows.map((row) => storedEvent(streamName, row));
  }

  function select(streamName: string, bounds: Bounds): Selection {
    if (isToTheEnd(bounds)) {
      const rows = rowsOf(streamName, bounds); // one statement sees one snapshot
      const last = rows.at(-1);
      if (last !== undefined) return { head: { version: last.streamPosition, position: last.globalPosition }, rows };
    }
    return inReadSnapshot(database, () => ({ head: head(streamName), rows: rowsOf(streamName, bounds) }));
  }

  function find({ messageId }: PreparedEvent): StoredEvent | undefined {
    const row = byId.get(encodeName(messageId)) as EventRow | undefined;
    return row === undefined ? undefined : placedEvent(row);
  }

  function write(streamName: string, batch: readonly PreparedEvent[], before: Head) {
    let last = before;
    for (const { messageId, text } of batch) {
      const version = last.version + 1n;
      const { lastInsertRowid } = insert.run(encodeName(streamName), version, encodeName(messageId), text);
      last = { version, position: BigInt(lastInsertRowid) };
    }
    return appendResult(before.version + 1n, last);
  }

  function append(
    streamName: string,
    batch: readonly PreparedEvent[],
    expected: Expectation,
    rows: readonly RowText[],
  ) {
    const check = () => {
      const earlier = findDuplicateAppend(streamName, batch, batch.map(find));
      if (earlier !== undefined) return () => earlier;
      const before = head(streamName);
      checkHead(streamName, expected, before);
      if (batch.length === 0) return () => emptyAppendResult(before);
      return () => {
        beside.write(rows);
        return write(streamName, batch, before);
      };
    };
    const next = nextVersion(expected.version);
    const [only, another] = batch;
    const isOne = next !== undefined && only !== undefined && another === undefined && rows.length === 0;
    const tryFastPath = () => (isOne ? insertFast(next, streamName, only, expected.lastEventId) : undefined);
    return appends.append({ check, tryFastPath });
  }

  /** As the trigger on INSERT guards both the order of versions and the ids, what it lets in needs no other check. */
  function insertFast(
    version: bigint,
    streamName: string,
    { messageId, text }: PreparedEvent,
    lastId: string | undefined,
  ) {
    refuseUnkept(database);
    const [stream, id] = [encodeName(streamName), encodeName(messageId)];
    try {
      const { lastInsertRowid } =
        lastId === undefined
          ? insert.run(stream, version, id, text)
          : insertAfter.run(stream, stream, version - 1n, encodeName(lastId), id, text);
      return appendResult(version, { version, position: BigInt(lastInsertRowid) });
    } catch (error) {
      if (isConstraint(error)) return undefined;
      throw error;
    }
  }

  /** One writer at a time, and positions in the order of commits: what is shown once is all there is before it. */
  function feed({ after, maxCount, stream }: FeedBounds): FeedEvent[] {
    const place = parseCursor(after);
    const rows =
      stream === undefined
        ? feedAfter.all(place, maxCount)
        : streamFeed.all(encodeName(stream.name), stream.from, place, maxCount);
    return (rows as EventRow[]).map((row) => {
      const stored = placedEvent(row);
      return { ...stored, cursor: sortableNumber(stored.globalPosition) };
    });
  }

  function lag(after: FeedCursor | null): FeedLag {
    const { events } = countAfter.get(parseCursor(after)) as { events: number };
    return { events: Number(events), held: null };
  }

  return { head, select, append, feed, lag, ...beside };
}

function storedEvent(streamName: string, row: Omit<EventRow, 'stream'>): StoredEvent {
  return eventOf(() => streamName, row, decodeName);
}

/** An event whose stream is in its row. */
function placedEvent(row: EventRow): StoredEvent {
  return eventOf(() => decodeName(row.stream), row, decodeName);
}

/** The version that follows the expected one, where that is a certain one. */
function nextVersion(expected: ExpectedStreamVersion | undefined): bigint | undefined {
  if (typeof expected === 'bigint') return expected >= 0n && expected < LARGEST ? expected + 1n : undefined;
  return expected === STREAM_DOES_NOT_EXIST ? 1n : undefined;
}

function isConstraint(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT');
}

function isOptions(options: unknown): boolean {
  if (typeof options !== 'object' || options === null) return false;
  const { file, database } = options as { file?: unknown; database?: unknown };
  // Of a file without a name SQLite makes one that is gone when it is closed.
  if (typeof file === 'string') return file.trim() !== '';
  return typeof database === 'object' && database !== null;
}
