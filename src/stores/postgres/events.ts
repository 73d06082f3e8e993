import { type FeedBounds, sortableNumber } from '../checkpoint.ts';
import type { EventStorage, Selection } from '../create-event-store.ts';
import { StoreError } from '../errors.ts';
import {
  appendResult,
  type Bounds,
  checkHead,
  checkVersion,
  type Expectation,
  emptyAppendResult,
  findDuplicateAppend,
  type Head,
  LARGEST,
  type PreparedEvent,
  readsToEnd,
} from '../event-record.ts';
import type {
  AppendToStreamResult,
  ExpectedStreamVersion,
  FeedCursor,
  FeedEvent,
  FeedLag,
  StoredEvent,
} from '../event-store.ts';
import { toStoredEvent } from '../stored-event.ts';
import { rowColumns, rowNames } from './consumer-state.ts';
import type { PostgresDatabase } from './database.ts';
import { aheadMessage } from './migrate.ts';
import { keyOf, type PostgresNames } from './names.ts';
import type { PostgresSql } from './sql.ts';

type EventRow = { position: string; version: string; event_id: string; body: string };
type PlacedRow = EventRow & { stream: string };
type HeadRow = { version: string; position: string };
type RangeRow = { head_version: string; head_position: string } & (EventRow | { [Key in keyof EventRow]: null });
type LagRow = {
  events: string;
  held: string;
  pid: number | string | null;
  age_ms: string | null;
  application_name: string | null;
};
type AppendRecord = {
  outcome: 'ahead' | 'appended' | 'conflict' | 'stored';
  at_version: string;
  at_position: string;
  at_id: string | null;
};

/** Creates the storage of the events. */
export function createEventStorage(
  database: PostgresDatabase,
  sql: PostgresSql,
  names: PostgresNames,
  { schema, lockTimeoutMs }: Readonly<{ schema: string; lockTimeoutMs: number }>,
): EventStorage {
  async function head(streamName: string): Promise<Head> {
    const [row] = await database.read<HeadRow>(sql.head, [keyOf(streamName)]);
    return headOf(row?.version, row?.position);
  }

  async function select(streamName: string, bounds: Bounds): Promise<Selection> {
    const stream = keyOf(streamName);
    if (bounds.from <= 1n && readsToEnd(bounds)) {
      const found = await database.read<EventRow>(sql.whole, [stream]);
      const last = found.at(-1);
      return { head: headOf(last?.version, last?.position), rows: await inStream(streamName, found) };
    }
    const { from, to, maxCount, backwards } = bounds;
    const found = await database.read<RangeRow>(backwards ? sql.backwardsRange : sql.range, [
      stream,
      from,
      to,
      maxCount,
    ]);
    const [first] = found;
    const rows = found.filter((row) => row.version !== null);
    return { head: headOf(first?.head_version, first?.head_position), rows: await inStream(streamName, rows) };
  }

  const append: EventStorage['append'] = async (streamName, batch, expected, rows) => {
    const ids = batch.map(({ messageId }) => messageId);
    const lastId = expected.lastEventId === undefined ? null : keyOf(expected.lastEventId);
    const place = [keyOf(streamName), expectationParameter(streamName, expected.version), lastId];
    const events = [ids.map(keyOf), batch.map(({ text }) => text)];
    await names.ensure([streamName, ...ids, ...rowNames(rows)]);
    const values = [...place, ...events, ...rowColumns(rows), lockTimeoutMs];
    const [answer] = await database.write<AppendRecord>(sql.append, values);
    if (answer === undefined) throw new StoreError('io', 'Postgres: the append has no answer');
    if (answer.outcome === 'ahead') throw new StoreError('corrupt', aheadMessage(schema));
    if (answer.outcome === 'stored') return duplicateResult(streamName, batch);
    const last = headOf(answer.at_version, answer.at_position);
    if (answer.outcome === 'conflict') return conflict(streamName, expected, { ...last, eventId: await idOf(answer) });
    return batch.length === 0 ? emptyAppendResult(last) : appendResult(last.version - BigInt(batch.length - 1), last);
  };

  /** The id of the last event that an append found; `undefined` if there is none. */
  async function idOf({ at_id: key }: AppendRecord): Promise<string | undefined> {
    return key === null ? undefined : (await names.resolve([key]))(key);
  }

  /** Answers an append that was stored before; events do not change, so they can be read after it. */
  async function duplicateResult(streamName: string, batch: readonly PreparedEvent[]): Promise<AppendToStreamResult> {
    const rows = await database.read<PlacedRow>(sql.byId, [batch.map(({ messageId }) => keyOf(messageId))]);
    const found = new Map((await inStore(rows)).map((stored) => [stored.messageId, stored]));
    const inOrder = batch.map(({ messageId }) => found.get(messageId));
    const answer = findDuplicateAppend(streamName, batch, inOrder);
    if (answer === undefined) throw new StoreError('corrupt', 'An event of this store is missing');
    return answer;
  }

  /**
   * Reads the global stream; a transaction appears once all earlier ones have ended, so that none can precede it later.
   */
  async function feed({ after, maxCount, stream }: FeedBounds): Promise<FeedEvent[]> {
    const [text, of] = stream === undefined ? [sql.feed, []] : [sql.streamFeed, [keyOf(stream.name), stream.from]];
    const found = await database.read<PlacedRow & { xid: string }>(text, [...of, ...cursorParts(after), maxCount]);
    const events = await inStore(found);
    return events.map((stored, n) => ({ ...stored, cursor: cursorOf(found[n]?.xid, stored.globalPosition) }));
  }

  async function lag(after: FeedCursor | null): Promise<FeedLag> {
    const [found] = await database.read<LagRow>(sql.lag, cursorParts(after));
    const { events = '0', held = '0', pid = null, age_ms: age = null, application_name: name = null } = found ?? {};
    const hold = {
      events: Number(held),
      pid: pid === null ? null : Number(pid),
      ageMs: age === null ? null : Math.max(0, Number(age)),
      applicationName: name === '' ? null : name,
    };
    return { events: Number(events), held: hold.events > 0 ? hold : null };
  }

  async function inStream(streamName: string, rows: readonly EventRow[]): Promise<StoredEvent[]> {
    const nameOf = await names.resolve(rows.map((row) => row.event_id));
    return rows.map((row) => toStoredEvent(() => streamName, row, nameOf));
  }

  async function inStore(rows: readonly PlacedRow[]): Promise<StoredEvent[]> {
    const nameOf = await names.resolve(rows.flatMap((row) => [row.event_id, row.stream]));
    return rows.map((row) => toStoredEvent(() => nameOf(row.stream), row, nameOf));
  }

  return { head, select, append, feed, lag };
}

function cursorOf(xid: string | undefined, position: bigint): FeedCursor {
  return `${sortableNumber(BigInt(xid ?? 0))}-${sortableNumber(position)}`;
}

/** The transaction and the position of a place. */
function cursorParts(cursor: FeedCursor | null): [string, string] {
  const [xid = '', position] = (cursor ?? '0-0').split('-');
  if (position === undefined) throw new StoreError('invalid', "That is a place in another store's feed");
  return [xid, position];
}

/** Refuses a stream that the database found to be another than expected. */
function conflict(streamName: string, expected: Expectation, head: Head): never {
  checkHead(streamName, expected, head);
  throw new StoreError('io', 'Postgres: an append was refused that is as expected');
}

const ANY_EVENT = -1n;
const NO_STREAM = -2n;

/** The parameter of `auxilio_append` for an expectation. */
function expectationParameter(streamName: string, expected: ExpectedStreamVersion | undefined): bigint | null {
  if (typeof expected === 'bigint') return expected >= 0n && expected <= LARGEST ? expected : NO_STREAM;
  if (expected === undefined || expected === 'NO_CONCURRENCY_CHECK') return null;
  if (expected === 'STREAM_EXISTS') return ANY_EVENT;
  if (expected !== 'STREAM_DOES_NOT_EXIST') checkVersion(streamName, expected, 0n); // refuses what is no expectation
  return 0n;
}

function headOf(version: string | undefined, position: string | undefined): Head {
  return { version: BigInt(version ?? 0), position: BigInt(position ?? 0) };
}
