import type { FeedBounds, PreparedRow } from '../checkpoint.ts';
import type { EventStorage, Selection } from '../create-event-store.ts';
import { type History, positionIn, toFeedEvent } from '../cursor.ts';
import { appendResult, type Bounds, checkHead, findDuplicateAppend, type Head } from '../event-record.ts';
import type { FeedEvent, StoredEvent } from '../event-store.ts';

/** The events of a store, by stream, by id and in the order of the global stream. */
export type Events = Readonly<{
  streams: Map<string, StoredEvent[]>;
  byId: Map<string, StoredEvent>;
  feed: StoredEvent[];
}>;

export const emptyEvents = (): Events => ({ streams: new Map(), byId: new Map(), feed: [] });

/** Creates the storage of the events; `writeRows` writes the rows of an append, and `beginHistory` is called with its first event before it. */
export function createEventStorage(
  { streams, byId, feed }: Events,
  history: History,
  {
    writeRows,
    beginHistory,
  }: Readonly<{ writeRows: (rows: readonly PreparedRow[]) => void; beginHistory: (firstId: string) => void }>,
): EventStorage {
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
    beginHistory(batch[0]?.messageId ?? '');
    const stream = streams.get(streamName) ?? [];
    streams.set(streamName, stream);
    for (const { messageId, text } of batch) {
      const streamPosition = BigInt(stream.length + 1);
      const stored = { messageId, streamName, streamPosition, globalPosition: BigInt(byId.size + 1), text };
      stream.push(stored);
      byId.set(messageId, stored);
      feed.push(stored);
    }
    writeRows(rows);
    return appendResult(before.version + 1n, head(streamName));
  };

  const toFeed = (stored: StoredEvent) => toFeedEvent(history.epochs.at(-1)?.id ?? '', stored);

  function readFeed({ after, maxCount, stream }: FeedBounds): readonly FeedEvent[] {
    const place = positionIn(history, after);
    if (stream === undefined) return feed.slice(Number(place), Number(place) + maxCount).map(toFeed);
    const wanted = (streams.get(stream.name) ?? []).slice(Number(stream.from > 0n ? stream.from - 1n : 0n));
    const shown = wanted.filter(({ globalPosition }) => globalPosition > place);
    return shown.slice(0, maxCount).map(toFeed);
  }

  return {
    head,
    select,
    append,
    feed: readFeed,
    lag: (after) => ({ events: Math.max(0, feed.length - Number(positionIn(history, after))), held: null }),
  };
}
