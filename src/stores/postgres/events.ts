import type { FeedBounds, PreparedRow } from '../checkpoint.ts';
import type { EventStorage, Selection, StorageFunctions } from '../create-event-store.ts';
import { joinCursor } from '../cursor.ts';
import { StoreError } from '../errors.ts';
import {
  appendResult,
  type Bounds,
  checkHead,
  checkVersion,
  type Expectation,
  findDuplicateAppend,
  type Head,
  LARGEST,
  type PreparedEvent,
  toStoredEvent,
} from '../event-record.ts';
import type {
  AppendToStreamResult,
  ExpectedStreamVersion,
  FeedCursor,
  FeedEvent,
  FeedLag,
  StoredEvent,
} from '../event-store.ts';
import { listRowNames, toColumns } from './consumer-state.ts';
import { addToCount, formatPlace, readAfter, type Seen } from './history.ts';
import { aheadMessage } from './migrate.ts';
import { type PostgresTables, resolveNames, storeLongNames, toKey } from './names.ts';

type EventRow = { position: string; version: string; event_id: string; body: string };
type PlacedRow = EventRow & { stream: string };
type FeedRow = PlacedRow & { xid: string };
type ReadFeedRow = Seen & (FeedRow | { [Key in keyof FeedRow]: null });
type HeadRow = { version: string; position: string };
type RangeRow = { head_version: string; head_position: string } & (EventRow | { [Key in keyof EventRow]: null });
type LagRow = Seen & {
  events: string;
  held: string;
  pid: number | string | null;
  age_ms: string | null;
  application_name: string | null;
};
type AppendOutcome = 'ahead' | 'appended' | 'conflict' | 'stored';

async function readHead({ database, sql }: PostgresTables, streamName: string): Promise<Head> {
  const [row] = await database.read<HeadRow>(sql.head, [toKey(streamName)]);
  return toHead(row?.version, row?.position);
}

async function select(on: PostgresTables, streamName: string, bounds: Bounds): Promise<Selection> {
  const { database, sql } = on;
  const stream = toKey(streamName);
  const { from, to, maxCount, backwards } = bounds;
  if (from <= 1n && to === LARGEST && maxCount === LARGEST && !backwards) {
    const found = await database.read<EventRow>(sql.whole, [stream]);
    const last = found.at(-1);
    return { head: toHead(last?.version, last?.position), rows: await toEvents(on, streamName, found) };
  }
  const text = backwards ? sql.backwardsRange : sql.range;
  const found = await database.read<RangeRow>(text, [stream, from, to, maxCount]);
  const [first] = found;
  const rows = found.filter((row) => row.version !== null);
  const head = toHead(first?.head_version, first?.head_position);
  return { head, rows: await toEvents(on, streamName, rows) };
}

async function append(
  on: PostgresTables,
  streamName: string,
  batch: readonly PreparedEvent[],
  expected: Expectation,
  rows: readonly PreparedRow[],
): Promise<AppendToStreamResult> {
  const { database, sql, schema, lockTimeoutMs } = on;
  const ids = batch.map(({ messageId }) => messageId);
  const lastId = expected.lastEventId === undefined ? null : toKey(expected.lastEventId);
  const place = [toKey(streamName), toParameter(streamName, expected.version), lastId];
  const events = [ids.map(toKey), batch.map(({ text }) => text)];
  await storeLongNames(on, [streamName, ...ids, ...listRowNames(rows)]);
  const values = [...place, ...events, ...toColumns(rows), lockTimeoutMs];
  const [answer] = await database.write<{ answer: string }>(sql.append, values);
  if (answer === undefined) throw new StoreError('io', 'Postgres: the append has no answer');
  const [outcome, version, position, ...id] = answer.answer.split(' ');
  const last = toHead(version, position);
  switch (outcome as AppendOutcome) {
    case 'ahead':
      throw new StoreError('corrupt', aheadMessage(schema));
    case 'stored':
      return findStoredResult(on, streamName, batch);
    case 'conflict':
      checkHead(streamName, expected, { ...last, eventId: await resolveId(on, id.join(' ')) });
      throw new StoreError('io', 'Postgres: an append was refused that is as expected');
    case 'appended':
      return batch.length === 0 ? appendResult(0n, last) : appendResult(last.version - BigInt(batch.length - 1), last);
  }
}

async function resolveId(on: PostgresTables, key: string): Promise<string | undefined> {
  return key === '' ? undefined : (await resolveNames(on, [key]))(key);
}

/** Finds the result of an append that was stored before; events do not change, so they can be read after it. */
async function findStoredResult(
  on: PostgresTables,
  streamName: string,
  batch: readonly PreparedEvent[],
): Promise<AppendToStreamResult> {
  const { database, sql } = on;
  const rows = await database.read<PlacedRow>(sql.byId, [batch.map(({ messageId }) => toKey(messageId))]);
  const found = new Map((await toPlacedEvents(on, rows)).map((stored) => [stored.messageId, stored]));
  const inOrder = batch.map(({ messageId }) => found.get(messageId));
  const answer = findDuplicateAppend(streamName, batch, inOrder);
  if (answer === undefined) throw new StoreError('corrupt', 'An event of this store is missing');
  return answer;
}

/** Reads the global stream. A transaction appears in it once all earlier ones have ended, so that no event appears before it later. */
async function readFeed(on: PostgresTables, { after, maxCount, stream }: FeedBounds): Promise<FeedEvent[]> {
  const { database, sql } = on;
  const found = await readAfter(on, after, ({ xid, position, lastId }) => {
    const range = [xid, position, lastId, maxCount];
    return stream === undefined
      ? database.read<ReadFeedRow>(sql.feed, range)
      : database.read<ReadFeedRow>(sql.streamFeed, [...range, toKey(stream.name), stream.from]);
  });
  if (found === undefined) return [];
  const rows = found.rows.filter((row) => row.xid !== null);
  const events = await toPlacedEvents(on, rows);
  const { epoch } = found;
  const before = stream === undefined ? found.place.count : ''; // what a stream has is a part of what is before its places
  return rows.map(({ xid, position, event_id: lastId }, n) => ({
    ...(events[n] as StoredEvent),
    cursor: joinCursor({ place: formatPlace(xid, position), epoch, count: addToCount(before, n + 1), lastId }),
  }));
}

async function readLag(on: PostgresTables, after: FeedCursor | null): Promise<FeedLag> {
  const { database, sql } = on;
  const answer = await readAfter(on, after, ({ xid, position, lastId }) =>
    database.read<LagRow>(sql.lag, [xid, position, lastId]),
  );
  const [found] = answer?.rows ?? [];
  const { events = '0', held = '0', pid = null, age_ms: age = null, application_name: name = null } = found ?? {};
  const hold = {
    events: Number(held),
    pid: pid === null ? null : Number(pid),
    ageMs: age === null ? null : Math.max(0, Number(age)),
    applicationName: name === '' ? null : name,
  };
  return { events: Number(events), held: hold.events > 0 ? hold : null };
}

async function toEvents(on: PostgresTables, streamName: string, rows: readonly EventRow[]): Promise<StoredEvent[]> {
  const toName = await resolveNames(
    on,
    rows.map((row) => row.event_id),
  );
  return rows.map((row) => toStoredEvent(() => streamName, row, toName));
}

/** Returns the events of rows that have their stream in them. */
async function toPlacedEvents(on: PostgresTables, rows: readonly PlacedRow[]): Promise<StoredEvent[]> {
  const toName = await resolveNames(
    on,
    rows.flatMap((row) => [row.event_id, row.stream]),
  );
  return rows.map((row) => toStoredEvent(() => toName(row.stream), row, toName));
}

/** The storage of the events. */
export const eventStorage: StorageFunctions<PostgresTables, EventStorage> = {
  head: readHead,
  select,
  append,
  feed: readFeed,
  lag: readLag,
};

const ANY_EVENT = -1n;
const NO_STREAM = -2n;

/** Returns the parameter of `auxilio_add` for an expectation. */
function toParameter(streamName: string, expected: ExpectedStreamVersion | undefined): bigint | null {
  if (typeof expected === 'bigint') return expected >= 0n && expected <= LARGEST ? expected : NO_STREAM;
  if (expected === undefined || expected === 'NO_CONCURRENCY_CHECK') return null;
  if (expected === 'STREAM_EXISTS') return ANY_EVENT;
  if (expected !== 'STREAM_DOES_NOT_EXIST') checkVersion(streamName, expected, 0n); // refuses what is no expectation
  return 0n;
}

function toHead(version: string | undefined, position: string | undefined): Head {
  return { version: BigInt(version ?? 0), position: BigInt(position ?? 0) };
}
