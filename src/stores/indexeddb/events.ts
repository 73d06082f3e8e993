import type { FeedBounds } from '../checkpoint.ts';
import type { EventStorage, Selection, StorageFunctions } from '../create-event-store.ts';
import { parsePosition, toFeedEvent } from '../cursor.ts';
import { StoreError } from '../errors.ts';
import {
  appendResult,
  type Bounds,
  checkHead,
  findDuplicateAppend,
  type Head,
  type PreparedEvent,
  toStoredEvent,
} from '../event-record.ts';
import type { FeedCursor, FeedEvent, FeedLag, StoredEvent } from '../event-store.ts';
import type { Connection } from './connection.ts';
import { writeRows } from './consumer-state.ts';
import { rangeAfter, rangeBetween, type StoredRecord, type WrappedIndex, type WrappedTransaction } from './driver.ts';
import { beginEpoch, findPosition, withEpoch } from './history.ts';

/** The largest count that a request takes. */
const LARGEST_COUNT = 2 ** 32 - 1;

function readHead({ read }: Connection, streamName: string): Promise<Head> {
  return read(['events'], (transaction) => findHead(byStream(transaction), streamName));
}

function select({ read }: Connection, streamName: string, bounds: Bounds): Promise<Selection> {
  return read(['events'], async (transaction) => {
    const index = byStream(transaction);
    if (bounds.backwards) {
      const head = await findHead(index, streamName);
      return { head, rows: (await readRange(index, streamName, cutToLast(bounds, head))).reverse() };
    }
    const [head, rows] = await Promise.all([findHead(index, streamName), readRange(index, streamName, bounds)]);
    return { head, rows };
  });
}

const append: StorageFunctions<Connection>['append'] = (on, streamName, batch, expected, rows) => {
  const stores = rows.length === 0 ? (['events'] as const) : (['events', 'rows', 'generations'] as const);
  return on.write(withEpoch(on, stores), async (transaction) => {
    const byId = transaction.objectStore('events').index('byId');
    const [before, ...found] = await Promise.all([
      findHead(byStream(transaction), streamName),
      ...batch.map(async ({ messageId }) => toEventIfAny(await byId.get(messageId))),
    ]);
    const earlier = findDuplicateAppend(streamName, batch, found);
    if (earlier !== undefined) return earlier;
    checkHead(streamName, expected, before);
    if (batch.length === 0) return appendResult(0n, before);
    const [last] = await Promise.all([
      writeEvents(transaction, streamName, batch, before),
      writeRows(transaction, rows),
      beginEpoch(on, transaction),
    ]);
    return appendResult(before.version + 1n, last);
  });
};

async function readFeed(on: Connection, { after, maxCount, stream }: FeedBounds): Promise<FeedEvent[]> {
  parsePosition(after);
  return on.read(withEpoch(on, ['events']), async (transaction) => {
    const { position, epoch } = await findPosition(on, transaction, after);
    const place = toNumber(position);
    const events =
      stream === undefined
        ? (await transaction.objectStore('events').getAll(rangeAfter(place), maxCount)).map(toEvent)
        : await streamFeed(byStream(transaction), stream.name, toNumber(stream.from), { place, maxCount });
    return events.map((stored) => toFeedEvent(epoch, stored));
  });
}

async function readLag(on: Connection, after: FeedCursor | null): Promise<FeedLag> {
  parsePosition(after);
  return on.read(withEpoch(on, ['events']), async (transaction) => {
    const { position } = await findPosition(on, transaction, after);
    return { events: await transaction.objectStore('events').count(rangeAfter(toNumber(position))), held: null };
  });
}

/** The storage of the events. */
export const eventStorage: StorageFunctions<Connection, EventStorage> = {
  head: readHead,
  select,
  append,
  feed: readFeed,
  lag: readLag,
};

const byStream = (transaction: WrappedTransaction) => transaction.objectStore('events').index('byStream');

/** Returns a position, a version or a count as a number, at most the largest safe one: none that is stored is larger. */
const toNumber = (value: bigint) => (value > Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : Number(value));

async function findHead(index: WrappedIndex, streamName: string): Promise<Head> {
  const cursor = await index.openCursor(versionRange(streamName, -Infinity, Infinity), 'prev');
  if (cursor === null) return { version: 0n, position: 0n };
  const { streamPosition: version, globalPosition: position, messageId: eventId } = toEvent(cursor.value);
  return { version, position, eventId };
}

const versionRange = (streamName: string, from: number, to: number) =>
  rangeBetween([streamName, from], [streamName, to]);

/** The part of a range read backwards that is wanted: `maxCount` counts from the end. */
function cutToLast(bounds: Bounds, { version }: Head): Bounds {
  const { from, maxCount } = bounds;
  const to = version < bounds.to ? version : bounds.to;
  return { ...bounds, to, from: from + maxCount > to ? from : to - maxCount + 1n };
}

async function readRange(index: WrappedIndex, streamName: string, { from, to, maxCount }: Bounds) {
  if (maxCount === 0n || from > to) return [];
  const first = from <= 1n ? -Infinity : toNumber(from); // versions below 1 are damage, and must not be passed over
  const count = maxCount > LARGEST_COUNT ? undefined : Number(maxCount);
  return (await index.getAll(versionRange(streamName, first, toNumber(to)), count)).map(toEvent);
}

/** Reads the events of a stream from a version on, after a place, in pages. */
async function streamFeed(
  index: WrappedIndex,
  streamName: string,
  from: number,
  { place, maxCount }: { place: number; maxCount: number },
): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  for (let next = from; found.length < maxCount; ) {
    const page = (await index.getAll(versionRange(streamName, next, Infinity), maxCount)).map(toEvent);
    found.push(...page.filter(({ globalPosition }) => globalPosition > place));
    const last = page.at(-1);
    if (last === undefined || page.length < maxCount) break;
    next = Number(last.streamPosition) + 1;
  }
  return found.slice(0, maxCount);
}

async function writeEvents(
  transaction: WrappedTransaction,
  stream: string,
  batch: readonly PreparedEvent[],
  before: Head,
): Promise<Head> {
  const events = transaction.objectStore('events');
  const first = Number(before.version) + 1;
  const positions = await Promise.all(
    batch.map(({ messageId: id, text }, index) => events.add({ stream, version: first + index, id, text })),
  );
  return { version: before.version + BigInt(batch.length), position: BigInt(positions.at(-1) as number) };
}

/** Names are stored as they are. */
const asStored = (name: string) => name;

const toEventIfAny = (value: unknown) => (value === undefined ? undefined : toEvent(value));

/** Reads an event. Refuses a record that is not one. */
function toEvent(value: unknown): StoredEvent {
  const { position, stream, version, id, text } = (value ?? {}) as Partial<StoredRecord>;
  if (typeof stream !== 'string') throw new StoreError('corrupt', `The event at ${position} has no stream`);
  const row = { position, version, event_id: id, body: text };
  return toStoredEvent(() => stream, row, asStored);
}
