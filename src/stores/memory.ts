/** Event store in memory: `auxilio/memory`. For tests, examples and browsers; what it holds ends with the process. */
import { beginning, checkStanding, padded, positionAt, type RowText, runAtOnce, type Standing } from './moves.ts';
import type { EventStore, FeedEvent, ParkedStream, StoredEvent } from './port.ts';
import {
  appended,
  appendedNothing,
  type Bounds,
  checkHead,
  type Expectation,
  earlierAppend,
  type Head,
  type NewRow,
} from './rows.ts';
import { type Backend, type KeptRow, type Selection, storeOver } from './store.ts';

export * from './public.ts';

/** Options of {@link memoryStore}. @since 0.1.0 */
export type MemoryStoreOptions = {
  /** Ids for events that bring none; random UUIDs by default. */
  newId?: () => string;
};

/** An {@link EventStore} whose effects get no transaction to write with. @since 0.4.0 */
export type MemoryStore = EventStore<undefined>;

/**
 * An empty store. It keeps texts, as the stores on disk do, so that a test against it meets the same JSON.
 *
 * @since 0.1.0
 */
export function memoryStore({ newId = () => crypto.randomUUID() }: MemoryStoreOptions = {}): MemoryStore {
  return storeOver(memoryBackend(), newId);
}

function memoryBackend(): Backend {
  const streams = new Map<string, StoredEvent[]>();
  const byId = new Map<string, StoredEvent>();
  const feed: FeedEvent[] = [];
  const beside = keptBeside();

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

  function append(streamName: string, batch: readonly NewRow[], expected: Expectation, rows: readonly RowText[]) {
    const found = batch.map(({ messageId }) => byId.get(messageId));
    const earlier = earlierAppend(streamName, batch, found);
    if (earlier !== undefined) return earlier;
    const before = head(streamName);
    checkHead(streamName, expected, before);
    if (batch.length === 0) return appendedNothing(before);
    const stream = streams.get(streamName) ?? [];
    streams.set(streamName, stream);
    for (const { messageId, text } of batch) {
      const streamPosition = BigInt(stream.length + 1);
      const stored = { messageId, streamName, streamPosition, globalPosition: BigInt(byId.size + 1), text };
      stream.push(stored);
      byId.set(messageId, stored);
      feed.push({ ...stored, cursor: padded(stored.globalPosition) });
    }
    beside.write(rows);
    return appended(before.version + 1n, head(streamName));
  }

  return {
    head,
    select,
    append,
    feed: (after, maxCount) => {
      const from = Number(positionAt(after));
      return feed.slice(from, from + maxCount);
    },
    ...beside,
  };
}

type Kept = Pick<Backend, 'checkpoint' | 'move' | 'rows' | 'row' | 'reset'> & {
  write: (rows: readonly RowText[]) => void;
};

const fresh = () => ({ ...beginning, parked: new Map<string, ParkedStream>() });

/** What consumers and projections keep beside the events. */
function keptBeside(): Kept {
  const tables = new Map<string, Map<string, string>>();
  const checkpoints = new Map<string, Standing & { parked: Map<string, ParkedStream> }>();

  function write(rows: readonly RowText[]): void {
    for (const { projection, key, text } of rows) {
      const table = tables.get(projection) ?? new Map<string, string>();
      tables.set(projection, table);
      if (text === null) table.delete(key);
      else table.set(key, text);
    }
  }

  function row(projection: string, key: string): KeptRow | undefined {
    const text = tables.get(projection)?.get(key);
    return text === undefined ? undefined : { key, text };
  }

  return {
    write,
    row,
    checkpoint(consumer) {
      const { cursor, revision, parked } = checkpoints.get(consumer) ?? fresh();
      return { cursor, revision, parked: [...parked.values()].map((stream) => ({ ...stream })) };
    },
    move(consumer, move) {
      positionAt(move.cursor);
      const before = checkpoints.get(consumer) ?? fresh();
      checkStanding(consumer, move, before);
      runAtOnce(move.effect, undefined as never);
      const parked = new Map(before.parked);
      for (const name of move.unpark) parked.delete(name);
      for (const stream of move.park) if (!parked.has(stream.streamName)) parked.set(stream.streamName, { ...stream });
      write(move.rows);
      checkpoints.set(consumer, { cursor: move.cursor, revision: before.revision + 1, parked });
    },
    rows(projection, after, maxCount) {
      const keys = [...(tables.get(projection)?.keys() ?? [])].filter((key) => key > after).sort();
      return keys.slice(0, maxCount).flatMap((key) => row(projection, key) ?? []);
    },
    reset(name) {
      tables.delete(name);
      const { revision } = checkpoints.get(name) ?? beginning;
      checkpoints.set(name, { ...fresh(), revision: revision + 1 });
    },
  };
}
