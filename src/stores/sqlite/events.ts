import { decodeName, encodeName } from '../canonical.ts';
import type { FeedBounds, PreparedRow } from '../checkpoint.ts';
import type { EventStorage, Selection, StorageFunctions } from '../create-event-store.ts';
import { positionIn, toFeedEvent } from '../cursor.ts';
import { StoreError } from '../errors.ts';
import {
  appendResult,
  type Bounds,
  checkHead,
  type Expectation,
  findDuplicateAppend,
  type Head,
  LARGEST,
  type PreparedEvent,
  toStoredEvent,
} from '../event-record.ts';
import {
  type AppendToStreamResult,
  type ExpectedStreamVersion,
  type FeedCursor,
  type FeedEvent,
  type FeedLag,
  STREAM_DOES_NOT_EXIST,
  type StoredEvent,
} from '../event-store.ts';
import { readCode } from './adapters.ts';
import { writeRows } from './consumer-state.ts';
import { assertWritable, runInSnapshot, runInTransaction, type SqliteTables } from './database.ts';
import type { GroupCommit } from './group-commit.ts';

type EventRow = { position: number; stream: string; version: number; event_id: string; body: string };

function readHead({ statements }: SqliteTables, streamName: string): Head {
  const row = statements.head.get(encodeName(streamName)) as Omit<EventRow, 'stream' | 'body'> | undefined;
  if (row === undefined) return { version: 0n, position: 0n };
  const version = BigInt(row.version);
  if (version < 1n) throw new StoreError('corrupt', `Version ${version} of ${JSON.stringify(streamName)} is invalid`);
  return { version, position: BigInt(row.position), eventId: decodeName(row.event_id) };
}

function readRange({ statements }: SqliteTables, streamName: string, bounds: Bounds): StoredEvent[] {
  const { from, to, maxCount, backwards } = bounds;
  const wanted = backwards ? statements.backwardsRange : statements.range;
  const first = from <= 1n ? -LARGEST : from; // versions below 1 are damage, and must not be passed over
  const rows = wanted.all(encodeName(streamName), first, to, maxCount) as Omit<EventRow, 'stream'>[];
  return rows.map((row) => toStoredEvent(() => streamName, row, decodeName));
}

function select(on: SqliteTables, streamName: string, bounds: Bounds): Selection {
  if (bounds.to === LARGEST && !bounds.backwards) {
    const rows = readRange(on, streamName, bounds); // one statement sees one snapshot
    checkNeighbours(on, streamName, rows);
    const last = rows.length < bounds.maxCount ? rows.at(-1) : undefined;
    if (last !== undefined) return { head: { version: last.streamPosition, position: last.globalPosition }, rows };
  }
  return runInSnapshot(on.database, () => {
    const rows = readRange(on, streamName, bounds);
    if (!bounds.backwards) checkNeighbours(on, streamName, rows); // also at the end of a read in pages
    return { head: readHead(on, streamName), rows };
  });
}

/**
 * Refuses a range next to a damaged entry of the index. A search that goes wrong at such an entry ends right beside it, so that
 * the last events of the stream, or all of them, are missing, which no seal shows.
 */
function checkNeighbours({ statements }: SqliteTables, streamName: string, rows: readonly StoredEvent[]): void {
  const first = rows[0]?.streamPosition ?? LARGEST;
  const last = rows.at(-1)?.streamPosition ?? -LARGEST;
  const stream = encodeName(streamName);
  const found = statements.neighbours.all(stream, first, stream, last) as { sound: unknown }[];
  if (found.every(({ sound }) => Number(sound) === 1)) return;
  throw new StoreError('corrupt', `The index of the events is damaged next to ${JSON.stringify(streamName)}`);
}

/** Open tables, and the appends of this turn of the event loop, which share a transaction. */
export type EventTables = SqliteTables & Readonly<{ appends: GroupCommit }>;

/** An append, as the port prepares it. */
type Append = Readonly<{
  streamName: string;
  batch: readonly PreparedEvent[];
  expected: Expectation;
  rows: readonly PreparedRow[];
}>;

function append(
  on: EventTables,
  streamName: string,
  batch: readonly PreparedEvent[],
  expected: Expectation,
  rows: readonly PreparedRow[],
): Promise<AppendToStreamResult> {
  const own: Append = { streamName, batch, expected, rows };
  return on.appends.append({ check: () => checkAppend(on, own), tryFastPath: () => tryFastPath(on, own) });
}

/** Checks an append within a transaction; returns the function that writes it. */
function checkAppend(on: SqliteTables, { streamName, batch, expected, rows }: Append): () => AppendToStreamResult {
  const found = batch.map(({ messageId }) => on.statements.byId.get(encodeName(messageId)) as EventRow | undefined);
  const earlier = findDuplicateAppend(
    streamName,
    batch,
    found.map((row) => row && toPlacedEvent(row)),
  );
  if (earlier !== undefined) return () => earlier;
  const before = readHead(on, streamName);
  checkHead(streamName, expected, before);
  if (batch.length === 0) return () => appendResult(0n, before);
  return () => {
    writeRows(on, rows);
    return appendResult(before.version + 1n, insertAll(on, streamName, batch, before));
  };
}

/**
 * Inserts without reading first: the trigger on INSERT guards both the order of versions and the ids. Returns undefined, with
 * nothing written, if the trigger refuses the append or the expectation names no version.
 */
function tryFastPath(on: SqliteTables, own: Append): AppendToStreamResult | undefined {
  const [first, ...others] = own.batch;
  const version = versionAfter(own.expected.version);
  if (first === undefined || version === undefined) return undefined;
  const insert = () => {
    writeRows(on, own.rows);
    const head = insertFirst(on, own, version, first);
    return appendResult(version, insertAll(on, own.streamName, others, head));
  };
  try {
    if (others.length + own.rows.length > 0) return runInTransaction(on.database, insert);
    assertWritable(on.database);
    return insert(); // one statement, which is a transaction of its own
  } catch (error) {
    if (readCode(error)?.startsWith('SQLITE_CONSTRAINT')) return undefined;
    throw error;
  }
}

/** Inserts an event if the one before it has the expected id. */
function insertFirst(
  { statements }: SqliteTables,
  { streamName, expected: { lastEventId } }: Append,
  version: bigint,
  { messageId, text }: PreparedEvent,
): Head {
  const [stream, id] = [encodeName(streamName), encodeName(messageId)];
  const { lastInsertRowid } =
    lastEventId === undefined
      ? statements.insert.run(stream, version, id, text)
      : statements.insertAfter.run(stream, stream, version - 1n, encodeName(lastEventId), id, text);
  return { version, position: BigInt(lastInsertRowid) };
}

function insertAll(
  { statements }: SqliteTables,
  streamName: string,
  batch: readonly PreparedEvent[],
  before: Head,
): Head {
  const stream = encodeName(streamName);
  let last = before;
  for (const { messageId, text } of batch) {
    const version = last.version + 1n;
    const { lastInsertRowid } = statements.insert.run(stream, version, encodeName(messageId), text);
    last = { version, position: BigInt(lastInsertRowid) };
  }
  return last;
}

/** Reads the global stream; with one writer at a time, positions are in the order of commits. */
function readFeed({ statements, history }: SqliteTables, { after, maxCount, stream }: FeedBounds): FeedEvent[] {
  const place = positionIn(history, after); // in a statement of its own, since events and epochs never change
  const rows =
    stream === undefined
      ? statements.feed.all(place, maxCount)
      : statements.streamFeed.all(encodeName(stream.name), stream.from, place, maxCount);
  const epoch = history.epochs.at(-1)?.id ?? '';
  return (rows as EventRow[]).map((row) => toFeedEvent(epoch, toPlacedEvent(row)));
}

function readLag({ statements, history }: SqliteTables, after: FeedCursor | null): FeedLag {
  const { events } = statements.lag.get(positionIn(history, after)) as { events: number };
  return { events: Number(events), held: null };
}

/** The storage of the events. */
export const eventStorage: StorageFunctions<EventTables, EventStorage> = {
  head: readHead,
  select,
  append,
  feed: readFeed,
  lag: readLag,
};

/** Reads an event whose stream is in its row. */
function toPlacedEvent(row: EventRow): StoredEvent {
  return toStoredEvent(() => decodeName(row.stream), row, decodeName);
}

/** The version after the expected one; undefined if the expectation names no version. */
function versionAfter(expected: ExpectedStreamVersion | undefined): bigint | undefined {
  if (typeof expected === 'bigint') return expected >= 0n && expected < LARGEST ? expected + 1n : undefined;
  return expected === STREAM_DOES_NOT_EXIST ? 1n : undefined;
}
