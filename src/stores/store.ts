import type {
  AggregateStreamOptions,
  AppendToStreamOptions,
  AppendToStreamResult,
  EventShape,
  EventStore,
  ReadStreamOptions,
  StoredEvent,
  StreamRange,
} from './port.ts';
import {
  type Bounds,
  boundsOf,
  checkArguments,
  checkVersion,
  type Head,
  type NewRow,
  newRows,
  recorded,
} from './rows.ts';

/** Where the rows of a store are kept. */
export type Backend = {
  /** The last event of a stream. */
  head(streamName: string): Head | Promise<Head>;
  /** The head of a stream and its events within the bounds, in one snapshot. */
  select(streamName: string, bounds: Bounds): Selection | Promise<Selection>;
  /**
   * In one transaction: answers as `earlierAppend` if it answers, else hands the stream's version to `check`, and writes
   * the batch unless that throws.
   */
  append(
    streamName: string,
    batch: readonly NewRow[],
    check: (version: bigint) => void,
  ): AppendToStreamResult | Promise<AppendToStreamResult>;
};

/** The answer to {@link Backend.select}. */
export type Selection = Readonly<{ head: Head; rows: readonly StoredEvent[] }>;

/** The port over a backend. Its methods need no `this`, so that a host can wrap a store by spreading it. */
export function storeOver(backend: Backend, newId: () => string): EventStore {
  async function readStream<E extends EventShape>(streamName: string, options: ReadStreamOptions = {}) {
    checkArguments(streamName, options);
    const { head, rows } = await backend.select(streamName, boundsOf(options));
    checkVersion(streamName, options.expectedStreamVersion, head.version);
    return { currentStreamVersion: head.version, events: rows.map(recorded<E>), streamExists: head.version > 0n };
  }

  async function aggregateStream<State, E extends EventShape>(
    streamName: string,
    { evolve, initialState, read }: AggregateStreamOptions<State, E>,
  ) {
    const { events, ...found } = await readStream<E>(streamName, read);
    let state = initialState();
    for (const event of events) state = evolve(state, event);
    return { ...found, state };
  }

  async function appendToStream(streamName: string, events: readonly EventShape[], options?: AppendToStreamOptions) {
    checkArguments(streamName, options);
    const batch = newRows(events, newId);
    return backend.append(streamName, batch, (version) =>
      checkVersion(streamName, options?.expectedStreamVersion, version),
    );
  }

  async function streamExists(streamName: string) {
    checkArguments(streamName, undefined);
    return (await backend.head(streamName)).version > 0n;
  }

  async function readStored(streamName: string, range?: StreamRange) {
    checkArguments(streamName, undefined);
    const { rows } = await backend.select(streamName, boundsOf(range));
    return rows.map((row) => ({ ...row }));
  }

  return { readStream, aggregateStream, appendToStream, streamExists, readStored };
}
