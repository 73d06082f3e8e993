/** Event store in memory: `auxilio/memory`. For tests, examples and browsers; what it holds ends with the process. */
import type { EventStore, StoredEvent } from './port.ts';
import { appended, appendedNothing, type Bounds, earlierAppend, type Head, type NewRow } from './rows.ts';
import { type Backend, type Selection, storeOver } from './store.ts';

export type { EventIdReuse, StoreErrorKind } from './errors.ts';
export {
  EventIdReusedError,
  isEventIdReused,
  isStoreError,
  isVersionConflict,
  StoreError,
  VersionConflictError,
} from './errors.ts';
export type {
  AggregateStreamOptions,
  AggregateStreamResult,
  AppendToStreamOptions,
  AppendToStreamResult,
  EventShape,
  EventStore,
  ExpectedStreamVersion,
  ReadStreamOptions,
  ReadStreamResult,
  RecordedEvent,
  RecordedMetadata,
  StoredEvent,
  StreamRange,
} from './port.ts';
export { NO_CONCURRENCY_CHECK, STREAM_DOES_NOT_EXIST, STREAM_EXISTS } from './port.ts';

/** Options of {@link memoryStore}. @since 0.1.0 */
export type MemoryStoreOptions = {
  /** Ids for events that bring none; random UUIDs by default. */
  newId?: () => string;
};

/**
 * An empty store. It keeps texts, as the stores on disk do, so that a test against it meets the same JSON.
 *
 * @since 0.1.0
 */
export function memoryStore({ newId = () => crypto.randomUUID() }: MemoryStoreOptions = {}): EventStore {
  return storeOver(memoryBackend(), newId);
}

function memoryBackend(): Backend {
  const streams = new Map<string, StoredEvent[]>();
  const byId = new Map<string, StoredEvent>();

  function head(streamName: string): Head {
    const last = streams.get(streamName)?.at(-1);
    return { version: last?.streamPosition ?? 0n, position: last?.globalPosition ?? 0n };
  }

  function select(streamName: string, { from, to, maxCount }: Bounds): Selection {
    const skipped = from > 0n ? from - 1n : 0n;
    const end = to < skipped + maxCount ? to : skipped + maxCount;
    return { head: head(streamName), rows: streams.get(streamName)?.slice(Number(skipped), Number(end)) ?? [] };
  }

  function append(streamName: string, batch: readonly NewRow[], check: (version: bigint) => void) {
    const found = batch.map(({ messageId }) => byId.get(messageId));
    const earlier = earlierAppend(streamName, batch, found);
    if (earlier !== undefined) return earlier;
    const before = head(streamName);
    check(before.version);
    if (batch.length === 0) return appendedNothing(before);
    const stream = streams.get(streamName) ?? [];
    streams.set(streamName, stream);
    for (const { messageId, text } of batch) {
      const streamPosition = BigInt(stream.length + 1);
      const stored = { messageId, streamName, streamPosition, globalPosition: BigInt(byId.size + 1), text };
      stream.push(stored);
      byId.set(messageId, stored);
    }
    return appended(before.version + 1n, head(streamName));
  }

  return { head, select, append };
}
