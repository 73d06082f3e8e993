import { type FeedBounds, type PreparedRow, parseCursor, toFeedEvent } from '../checkpoint.ts';
import { createEventStore, type EventStorage, type Selection } from '../create-event-store.ts';
import { appendResult, type Bounds, checkHead, findDuplicateAppend, type Head } from '../event-record.ts';
import type { EventStore, FeedCursor, FeedEvent, StoredEvent } from '../event-store.ts';
import { createConsumerStorage } from './consumer-state.ts';

/** An {@link EventStore} whose effects get no transaction to write with. @since 0.4.0 */
export type MemoryStore = EventStore<undefined>;

/**
 * Creates an empty store. It keeps texts, as the stores on disk do, so that a test against it gets the same JSON.
 *
 * @since 0.1.0
 */
export function memoryStore(): MemoryStore {
  const { writeRows, ...consumers } = createConsumerStorage();
  return createEventStore({ ...createEventStorage(writeRows), ...consumers });
}

/** Creates the storage of the events; `writeRows` writes the rows of an append. */
function createEventStorage(writeRows: (rows: readonly PreparedRow[]) => void): EventStorage {
  const streams = new Map<string, StoredEvent[]>();
  const byId = new Map<string, StoredEvent>();
  const feed: FeedEvent[] = [];

  function head(streamName: string): Head {
    const last = streams.get(streamName)?.at(-1);
    return { version: last?.streamPosition ?? 0n, position: last?.globalPosition ?? 0n, eventId: last?.messageId };
  }

  function select(streamName: string, { from, to, maxCount, backwards }: Bounds): Selection {
    const stream = streams.get(streamName) ?? [];
    const wanted = stream.slice(Number(from > 0n ? from - 1n : 0n), Number(to));
    if (backwards) wanted.reverse();
    return { head: head(streamName), rows: wanted.slice(0, Number(maxCount)) };
  }

  const append: EventStorage['append'] = (streamName, batch, expected, rows) => {
    const found = batch.map(({ messageId }) => byId.get(messageId));
    const earlier = findDuplicateAppend(streamName, batch, found);
    if (earlier !== undefined) return earlier;
    const before = head(streamName);
    checkHead(streamName, expected, before);
    if (batch.length === 0) return appendResult(0n, before);
    const stream = streams.get(streamName) ?? [];
    streams.set(streamName, stream);
    for (const { messageId, text } of batch) {
      const streamPosition = BigInt(stream.length + 1);
      const stored = { messageId, streamName, streamPosition, globalPosition: BigInt(byId.size + 1), text };
      stream.push(stored);
      byId.set(messageId, stored);
      feed.push(toFeedEvent(stored));
    }
    writeRows(rows);
    return appendResult(before.version + 1n, head(streamName));
  };

  const toIndex = (cursor: FeedCursor | null) => Number(parseCursor(cursor));

  function readFeed({ after, maxCount, stream }: FeedBounds): readonly FeedEvent[] {
    if (stream === undefined) return feed.slice(toIndex(after), toIndex(after) + maxCount);
    const wanted = (streams.get(stream.name) ?? []).slice(Number(stream.from > 0n ? stream.from - 1n : 0n));
    const shown = wanted.filter(({ globalPosition }) => globalPosition > parseCursor(after));
    return shown.slice(0, maxCount).map(toFeedEvent);
  }

  return {
    head,
    select,
    append,
    feed: readFeed,
    lag: (after) => ({ events: Math.max(0, feed.length - toIndex(after)), held: null }),
  };
}
