import {
  type CheckedMove,
  checkCursor,
  checkedRows,
  checkName,
  checkRevision,
  checkStoredCheckpoint,
  type FeedBounds,
  feedBounds,
  type RowText,
  rowBounds,
  rowOf,
  validateCheckpointUpdate,
} from './checkpoint.ts';
import { StoreError } from './errors.ts';
import {
  type Bounds,
  boundsOf,
  checkArguments,
  checkContiguous,
  checkVersion,
  type Expectation,
  expectationOf,
  type Head,
  newRows,
  type PreparedEvent,
  readable,
  recorded,
} from './event-record.ts';
import type {
  AggregateStreamOptions,
  AppendToStreamOptions,
  AppendToStreamResult,
  Checkpoint,
  CheckpointUpdate,
  EventShape,
  EventStore,
  FeedCursor,
  FeedEvent,
  FeedLag,
  FeedRange,
  ReadStreamOptions,
  RowRange,
  StoredEvent,
  StreamRange,
} from './event-store.ts';

/** Where the rows of a store are kept. */
export type StorageAdapter = {
  /** The last event of a stream. */
  head(streamName: string): Head | Promise<Head>;
  /** The head of a stream and its events within the bounds, in one snapshot. */
  select(streamName: string, bounds: Bounds): Selection | Promise<Selection>;
  /**
   * In one transaction: answers as `earlierAppend` if it answers, else refuses as `checkHead` does, and writes the batch
   * and, if it is not empty, the rows.
   */
  append(
    streamName: string,
    batch: readonly PreparedEvent[],
    expected: Expectation,
    rows: readonly RowText[],
  ): AppendToStreamResult | Promise<AppendToStreamResult>;
  /** The events after a place in the feed. */
  feed(bounds: FeedBounds): readonly FeedEvent[] | Promise<readonly FeedEvent[]>;
  lag(after: FeedCursor | null): FeedLag | Promise<FeedLag>;
  checkpoint(consumer: string): Checkpoint | Promise<Checkpoint>;
  /** In one transaction: refuses as `checkStanding` does, writes the rows, runs the effect and moves the checkpoint. */
  move(consumer: string, move: CheckedMove): void | Promise<void>;
  /** The rows after a key, in the order of this backend. */
  rows(projection: string, after: string, maxCount: number): readonly StoredRow[] | Promise<readonly StoredRow[]>;
  row(projection: string, key: string): StoredRow | undefined | Promise<StoredRow | undefined>;
  /** In one transaction: no rows of that projection, no checkpoint of that consumer. */
  reset(name: string): void | Promise<void>;
  /** In one transaction: an empty generation to build, and its builder at the beginning. */
  startGeneration(projection: string, builder: string): void | Promise<void>;
  promoteGeneration(projection: string, promotion: Promotion): void | Promise<void>;
};

/** The generation to swap in: its builder, and the revisions of the two consumers. */
export type Promotion = Readonly<{ builder: string; expected: number; current: number }>;

/** A row as it lies in the store. */
export type StoredRow = Readonly<{ key: string; text: string }>;

/** The answer to {@link StorageAdapter.select}. */
export type Selection = Readonly<{ head: Head; rows: readonly StoredEvent[] }>;

const streamNamed = (name: string) => () => `The stream ${JSON.stringify(name)}`;
const rowsOf = (projection: string) => () => `A row of ${JSON.stringify(projection)}`;

/** The port over a backend. Its methods need no `this`, so that a host can wrap a store by spreading it. */
export function createEventStore<Transaction>(backend: StorageAdapter, newId: () => string): EventStore<Transaction> {
  if (typeof newId !== 'function') throw new StoreError('invalid', 'newId is a function');
  async function selected(streamName: string, bounds: Bounds): Promise<Selection> {
    const found = await readable(streamNamed(streamName), () => backend.select(streamName, bounds));
    checkContiguous(streamName, bounds, found.head, found.rows);
    return found;
  }

  async function readStream<E extends EventShape>(streamName: string, options: ReadStreamOptions = {}) {
    checkArguments('readStream', streamName, options);
    const { head, rows } = await selected(streamName, boundsOf(options));
    checkVersion(streamName, options.expectedStreamVersion, head.version);
    return { currentStreamVersion: head.version, events: rows.map(recorded<E>), streamExists: head.version > 0n };
  }

  async function aggregateStream<State, E extends EventShape>(
    streamName: string,
    options: AggregateStreamOptions<State, E>,
  ) {
    const { evolve, initialState, read } = options ?? {};
    if (typeof evolve !== 'function' || typeof initialState !== 'function') {
      throw new StoreError('invalid', 'aggregateStream takes { evolve, initialState }, each a function');
    }
    const { events, ...found } = await readStream<E>(streamName, read);
    let state = initialState();
    for (const event of events) state = evolve(state, event);
    return { ...found, state };
  }

  async function appendToStream(streamName: string, events: readonly EventShape[], options?: AppendToStreamOptions) {
    checkArguments('appendToStream', streamName, options);
    const batch = newRows(events, newId);
    const [expected, rows] = [expectationOf(options), checkedRows(options?.rows)];
    return readable(streamNamed(streamName), () => backend.append(streamName, batch, expected, rows));
  }

  async function streamExists(streamName: string) {
    checkArguments('streamExists', streamName);
    return (await readable(streamNamed(streamName), () => backend.head(streamName))).version > 0n;
  }

  async function readStored(streamName: string, range?: StreamRange) {
    checkArguments('readStored', streamName, range);
    const { rows } = await selected(streamName, boundsOf(range));
    return rows.map((row) => ({ ...row }));
  }

  async function readFeed(range?: FeedRange) {
    const bounds = feedBounds(range);
    const events = await readable(
      () => 'The global stream',
      () => backend.feed(bounds),
    );
    return events.map((event) => ({ ...event }));
  }

  async function readLag(after: FeedCursor | null) {
    checkCursor(after);
    return backend.lag(after);
  }

  async function readCheckpoint(consumer: string) {
    checkName('consumer', consumer);
    const checkpoint = await readable(
      () => `The checkpoint of ${JSON.stringify(consumer)}`,
      () => backend.checkpoint(consumer),
    );
    checkStoredCheckpoint(consumer, checkpoint);
    return checkpoint;
  }

  async function commitCheckpoint(consumer: string, move: CheckpointUpdate<Transaction>) {
    checkName('consumer', consumer);
    await backend.move(consumer, validateCheckpointUpdate(move as CheckpointUpdate));
  }

  async function readRows(projection: string, range?: RowRange) {
    checkName('projection', projection);
    const { after, maxCount } = rowBounds(range);
    const rows = await readable(rowsOf(projection), () => backend.rows(projection, after, maxCount));
    return rows.map(rowOf);
  }

  async function readRow(projection: string, key: string) {
    checkName('projection', projection);
    checkName('key', key);
    const kept = await readable(rowsOf(projection), () => backend.row(projection, key));
    return kept === undefined ? null : rowOf(kept);
  }

  async function reset(name: string) {
    checkName('consumer', name);
    await backend.reset(name);
  }

  async function startGeneration(projection: string, builder: string) {
    checkName('projection', projection);
    checkName('consumer', builder);
    if (builder === projection) throw new StoreError('invalid', 'A builder has a name of its own');
    await backend.startGeneration(projection, builder);
  }

  async function promoteGeneration(projection: string, { builder, expected, current }: Promotion) {
    checkName('projection', projection);
    checkName('consumer', builder);
    checkRevision(expected);
    checkRevision(current);
    await backend.promoteGeneration(projection, { builder, expected, current });
  }

  return {
    checksLastEventId: true,
    readStream,
    aggregateStream,
    appendToStream,
    streamExists,
    readStored,
    readFeed,
    readCheckpoint,
    commitCheckpoint,
    readRows,
    readRow,
    reset,
    readLag,
    startGeneration,
    promoteGeneration,
  };
}
