import { decodeName, encodeName } from '../canonical.ts';
import { type FeedBounds, type PreparedRow, parseCursor, toFeedEvent } from '../checkpoint.ts';
import type { EventStorage, Selection } from '../create-event-store.ts';
import { StoreError } from '../errors.ts';
import {
  appendResult,
  type Bounds,
  checkHead,
  emptyAppendResult,
  findDuplicateAppend,
  type Head,
  LARGEST,
  type PreparedEvent,
} from '../event-record.ts';
import {
  type ExpectedStreamVersion,
  type FeedCursor,
  type FeedEvent,
  type FeedLag,
  STREAM_DOES_NOT_EXIST,
  type StoredEvent,
} from '../event-store.ts';
import { toStoredEvent } from '../stored-event.ts';
import { assertWritable, inReadSnapshot, inWriteTransaction } from './database.ts';
import type { SqliteDatabase } from './driver.ts';
import type { GroupCommit } from './group-commit.ts';
import { SQL } from './schema.ts';

type EventRow = { position: number; stream: string; version: number; event_id: string; body: string };

/** Creates the storage of the events; `writeRows` writes the rows of an append, within its transaction. */
export function createEventStorage(
  database: SqliteDatabase,
  appends: GroupCommit,
  writeRows: (rows: readonly PreparedRow[]) => void,
): EventStorage {
  const headOf = database.prepare(SQL.head);
  const range = database.prepare(SQL.range);
  const backwardsRange = database.prepare(SQL.backwardsRange);
  const neighbours = database.prepare(SQL.neighbours);
  const byId = database.prepare(SQL.byId);
  const insert = database.prepare(SQL.insert);
  const insertAfter = database.prepare(SQL.insertAfter);
  const feedAfter = database.prepare(SQL.feed);
  const streamFeed = database.prepare(SQL.streamFeed);
  const countAfter = database.prepare(SQL.lag);

  function head(streamName: string): Head {
    const row = headOf.get(encodeName(streamName)) as Pick<EventRow, 'version' | 'position' | 'event_id'> | undefined;
    if (row === undefined) return { version: 0n, position: 0n };
    const version = BigInt(row.version);
    if (version < 1n) throw new StoreError('corrupt', `Version ${version} of ${JSON.stringify(streamName)} is invalid`);
    return { version, position: BigInt(row.position), eventId: decodeName(row.event_id) };
  }

  function rowsOf(streamName: string, { from, to, maxCount, backwards }: Bounds): StoredEvent[] {
    const wanted = backwards ? backwardsRange : range;
    const first = from <= 1n ? -LARGEST : from; // versions below 1 are damage, and must not be passed over
    const rows = wanted.all(encodeName(streamName), first, to, maxCount) as Omit<EventRow, 'stream'>[];
    return rows.map((row) => storedEvent(streamName, row));
  }

  function select(streamName: string, bounds: Bounds): Selection {
    if (bounds.to === LARGEST && !bounds.backwards) {
      const rows = rowsOf(streamName, bounds); // one statement sees one snapshot
      checkNeighbours(streamName, rows);
      const last = rows.length < bounds.maxCount ? rows.at(-1) : undefined;
      if (last !== undefined) return { head: { version: last.streamPosition, position: last.globalPosition }, rows };
    }
    return inReadSnapshot(database, () => {
      const rows = rowsOf(streamName, bounds);
      if (!bounds.backwards) checkNeighbours(streamName, rows); // also at the end of a read in pages
      return { head: head(streamName), rows };
    });
  }

  /**
   * Refuses a range next to a damaged entry of the index. A search that goes wrong at such an entry ends right beside it, so that
   * events are missing at the end of the stream, or all of them, where the seals show nothing.
   */
  function checkNeighbours(streamName: string, rows: readonly StoredEvent[]): void {
    const first = rows[0]?.streamPosition ?? LARGEST;
    const last = rows.at(-1)?.streamPosition ?? -LARGEST;
    const found = neighbours.all({ stream: encodeName(streamName), first, last }) as { sound: unknown }[];
    if (found.every(({ sound }) => Number(sound) === 1)) return;
    throw new StoreError('corrupt', `The index of the events is damaged next to ${JSON.stringify(streamName)}`);
  }

  function find({ messageId }: PreparedEvent): StoredEvent | undefined {
    const row = byId.get(encodeName(messageId)) as EventRow | undefined;
    return row === undefined ? undefined : placedEvent(row);
  }

  function insertAll(streamName: string, batch: readonly PreparedEvent[], before: Head): Head {
    const stream = encodeName(streamName);
    let last = before;
    for (const { messageId, text } of batch) {
      const version = last.version + 1n;
      const { lastInsertRowid } = insert.run(stream, version, encodeName(messageId), text);
      last = { version, position: BigInt(lastInsertRowid) };
    }
    return last;
  }

  const append: EventStorage['append'] = (streamName, batch, expected, rows) => {
    const check = () => {
      const earlier = findDuplicateAppend(streamName, batch, batch.map(find));
      if (earlier !== undefined) return () => earlier;
      const before = head(streamName);
      checkHead(streamName, expected, before);
      if (batch.length === 0) return () => emptyAppendResult(before);
      return () => {
        writeRows(rows);
        return appendResult(before.version + 1n, insertAll(streamName, batch, before));
      };
    };
    const next = versionAfter(expected.version);
    const tryFastPath = () => {
      if (next === undefined || batch.length === 0) return undefined;
      return tryInsert(() => insertFast(next, streamName, batch, expected.lastEventId, rows));
    };
    return appends.append({ check, tryFastPath });
  };

  /** Inserts without a look at what is there: the trigger on INSERT guards both the order of versions and the ids. */
  function insertFast(
    next: bigint,
    streamName: string,
    batch: readonly PreparedEvent[],
    lastId: string | undefined,
    rows: readonly PreparedRow[],
  ) {
    const [first, ...others] = batch as readonly [PreparedEvent, ...PreparedEvent[]];
    const insertWithRows = () => {
      writeRows(rows);
      return appendResult(next, insertAll(streamName, others, insertFirst(next, streamName, first, lastId)));
    };
    if (others.length + rows.length > 0) return inWriteTransaction(database, insertWithRows);
    // One statement is a transaction of its own.
    assertWritable(database);
    return insertWithRows();
  }

  /** Inserts an event if the one before it has that id. */
  function insertFirst(
    version: bigint,
    streamName: string,
    { messageId, text }: PreparedEvent,
    lastId: string | undefined,
  ): Head {
    const [stream, id] = [encodeName(streamName), encodeName(messageId)];
    const { lastInsertRowid } =
      lastId === undefined
        ? insert.run(stream, version, id, text)
        : insertAfter.run(stream, stream, version - 1n, encodeName(lastId), id, text);
    return { version, position: BigInt(lastInsertRowid) };
  }

  /** Reads the global stream; with one writer at a time, positions are in the order of commits. */
  function feed({ after, maxCount, stream }: FeedBounds): FeedEvent[] {
    const place = parseCursor(after);
    const rows =
      stream === undefined
        ? feedAfter.all(place, maxCount)
        : streamFeed.all(encodeName(stream.name), stream.from, place, maxCount);
    return (rows as EventRow[]).map((row) => toFeedEvent(placedEvent(row)));
  }

  function lag(after: FeedCursor | null): FeedLag {
    const { events } = countAfter.get(parseCursor(after)) as { events: number };
    return { events: Number(events), held: null };
  }

  return { head, select, append, feed, lag };
}

function storedEvent(streamName: string, row: Omit<EventRow, 'stream'>): StoredEvent {
  return toStoredEvent(() => streamName, row, decodeName);
}

/** Reads an event whose stream is in its row. */
function placedEvent(row: EventRow): StoredEvent {
  return toStoredEvent(() => decodeName(row.stream), row, decodeName);
}

/** The version after the expected one; undefined if the expectation names no version. */
function versionAfter(expected: ExpectedStreamVersion | undefined): bigint | undefined {
  if (typeof expected === 'bigint') return expected >= 0n && expected < LARGEST ? expected + 1n : undefined;
  return expected === STREAM_DOES_NOT_EXIST ? 1n : undefined;
}

/** Runs an insertion; undefined if a constraint refuses it. */
function tryInsert<T>(insertion: () => T): T | undefined {
  try {
    return insertion();
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('SQLITE_CONSTRAINT')) return undefined;
    throw error;
  }
}
