import { mapInSlices } from '../util/slices.ts';
import {
  type CheckedUpdate,
  checkCursor,
  checkName,
  checkRevision,
  checkStoredCheckpoint,
  type FeedBounds,
  feedBounds,
  type PreparedRow,
  type Promotion,
  prepareRows,
  rowBounds,
  toRow,
  validateCheckpointUpdate,
} from './checkpoint.ts';
import { StoreError } from './errors.ts';
import {
  type Bounds,
  checkArguments,
  checkContiguous,
  checkVersion,
  type Expectation,
  type Head,
  type PreparedEvent,
  prepareEvents,
  readOrCorrupt,
  streamBounds,
  toExpectation,
  toRecordedEvent,
} from './event-record.ts';
import type {
  AggregateStreamOptions,
  AppendToStreamOptions,
  AppendToStreamResult,
  Checkpoint,
  CheckpointUpdate,
  ConsumerState,
  EventShape,
  EventStore,
  EventStreams,
  FeedCursor,
  FeedEvent,
  FeedLag,
  FeedRange,
  GlobalStream,
  ReadStreamOptions,
  RowRange,
  StoredEvent,
  StreamRange,
} from './event-store.ts';
import { createWakes, type Wakes } from './wakes.ts';

/** The storage of events, on which {@link EventStreams} and {@link GlobalStream} are built. */
export type EventStorage = {
  /** The last event of a stream. */
  head(streamName: string): Head | Promise<Head>;
  /** The head of a stream and its events within the bounds, in one snapshot. */
  select(streamName: string, bounds: Bounds): Selection | Promise<Selection>;
  /**
   * In one transaction: returns the result of `findDuplicateAppend` if there is one, else refuses as `checkHead` does, and
   * writes the batch and, if it is not empty, the rows.
   */
  append(
    streamName: string,
    batch: readonly PreparedEvent[],
    expected: Expectation,
    rows: readonly PreparedRow[],
  ): AppendToStreamResult | Promise<AppendToStreamResult>;
  /** The events after a place in the global stream. */
  feed(bounds: FeedBounds): readonly FeedEvent[] | Promise<readonly FeedEvent[]>;
  lag(after: FeedCursor | null): FeedLag | Promise<FeedLag>;
};

/** The storage of consumers, on which {@link ConsumerState} is built. */
export type ConsumerStorage = {
  checkpoint(consumer: string): Checkpoint | Promise<Checkpoint>;
  /** In one transaction: refuses as `assertUnmoved` does, writes the rows, runs the effect and writes the checkpoint. */
  commit(consumer: string, update: CheckedUpdate): void | Promise<void>;
  /** The rows after a key, in the order of this storage. */
  rows(projection: string, after: string, maxCount: number): readonly StoredRow[] | Promise<readonly StoredRow[]>;
  row(projection: string, key: string): StoredRow | undefined | Promise<StoredRow | undefined>;
  /** In one transaction: removes the rows of that projection and resets the checkpoint of that consumer. */
  reset(name: string): void | Promise<void>;
  /** In one transaction: an empty generation to build, and its builder at the beginning. */
  startGeneration(projection: string, builder: string): void | Promise<void>;
  promoteGeneration(projection: string, promotion: Promotion): void | Promise<void>;
};

/** The storage under a store. */
export type StorageAdapter = EventStorage & ConsumerStorage;

/** The functions of a storage. The first argument of each is what it reads and writes: tables, a connection, maps. */
export type StorageFunctions<On, Part = StorageAdapter> = {
  readonly [Name in keyof Part]: Part[Name] extends (...parameters: infer Parameters) => infer Result
    ? (on: On, ...parameters: Parameters) => Result
    : never;
};

/** Binds the functions of a storage. Each call goes through `run`, which gives the first argument, and may wait or map errors. */
export function bindStorage<On>(
  functions: StorageFunctions<On>,
  run: (work: (on: On) => unknown, name: keyof StorageAdapter) => unknown,
): StorageAdapter {
  const bound = Object.entries(functions).map(([name, method]) => [
    name,
    (...parameters: unknown[]) =>
      run((on) => (method as (on: On, ...parameters: unknown[]) => unknown)(on, ...parameters), name as never),
  ]);
  return Object.fromEntries(bound) as StorageAdapter;
}

/** A row as it is stored. */
export type StoredRow = Readonly<{ key: string; text: string }>;

/** The result of {@link EventStorage.select}. */
export type Selection = Readonly<{ head: Head; rows: readonly StoredEvent[] }>;

const describeStream = (name: string) => () => `The stream ${JSON.stringify(name)}`;
const describeRow = (projection: string) => () => `A row of ${JSON.stringify(projection)}`;
const describeCheckpoint = (consumer: string) => () => `The checkpoint of ${JSON.stringify(consumer)}`;
const describeGlobalStream = () => 'The global stream';

/** Creates the port over a storage. Its methods need no `this`, so that a host can wrap a store by spreading it. */
export function createEventStore<Transaction>(
  storage: StorageAdapter,
  wakes: Wakes = createWakes(),
): EventStore<Transaction> & Required<Pick<GlobalStream, 'listen'>> {
  return {
    ...createEventStreams(storage, wakes),
    ...createGlobalStream(storage),
    listen: wakes.listen,
    ...createConsumerState<Transaction>(storage),
  };
}

function createEventStreams(storage: EventStorage, wakes: Wakes): EventStreams {
  async function select(streamName: string, bounds: Bounds): Promise<Selection> {
    const found = await readOrCorrupt(describeStream(streamName), () => storage.select(streamName, bounds));
    checkContiguous(streamName, bounds, found.head, found.rows);
    return found;
  }

  async function readStream<E extends EventShape>(streamName: string, options: ReadStreamOptions = {}) {
    checkArguments('readStream', streamName, options);
    const { head, rows } = await select(streamName, streamBounds(options));
    checkVersion(streamName, options.expectedStreamVersion, head.version);
    const events = await mapInSlices(rows, toRecordedEvent<E>);
    return { currentStreamVersion: head.version, events, streamExists: head.version > 0n };
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
    const batch = prepareEvents(events);
    const [expected, rows] = [toExpectation(options), prepareRows(options?.rows)];
    const append = () => storage.append(streamName, batch, expected, rows);
    const answer = await readOrCorrupt(describeStream(streamName), append);
    wakes.appended();
    return answer;
  }

  async function streamExists(streamName: string) {
    checkArguments('streamExists', streamName);
    return (await readOrCorrupt(describeStream(streamName), () => storage.head(streamName))).version > 0n;
  }

  async function readStored(streamName: string, range?: StreamRange) {
    checkArguments('readStored', streamName, range);
    const { rows } = await select(streamName, streamBounds(range));
    return rows.map((row) => ({ ...row }));
  }

  return { checksLastEventId: true, readStream, aggregateStream, appendToStream, streamExists, readStored };
}

function createGlobalStream(storage: EventStorage): GlobalStream {
  async function readFeed(range?: FeedRange) {
    const bounds = feedBounds(range);
    const events = await readOrCorrupt(describeGlobalStream, () => storage.feed(bounds));
    return events.map((event) => ({ ...event }));
  }

  async function readLag(after: FeedCursor | null) {
    checkCursor(after);
    return storage.lag(after);
  }

  return { readFeed, readLag };
}

function createConsumerState<Transaction>(storage: ConsumerStorage): ConsumerState<Transaction> {
  async function readCheckpoint(consumer: string) {
    checkName('consumer', consumer);
    const checkpoint = await readOrCorrupt(describeCheckpoint(consumer), () => storage.checkpoint(consumer));
    checkStoredCheckpoint(consumer, checkpoint);
    return checkpoint;
  }

  async function commitCheckpoint(consumer: string, update: CheckpointUpdate<Transaction>) {
    checkName('consumer', consumer);
    await storage.commit(consumer, validateCheckpointUpdate(update as CheckpointUpdate));
  }

  async function readRows(projection: string, range?: RowRange) {
    checkName('projection', projection);
    const { after, maxCount } = rowBounds(range);
    const rows = await readOrCorrupt(describeRow(projection), () => storage.rows(projection, after, maxCount));
    return mapInSlices(rows, toRow);
  }

  async function readRow(projection: string, key: string) {
    checkName('projection', projection);
    checkName('key', key);
    const row = await readOrCorrupt(describeRow(projection), () => storage.row(projection, key));
    return row === undefined ? null : toRow(row);
  }

  async function reset(name: string) {
    checkName('consumer', name);
    await storage.reset(name);
  }

  async function startGeneration(projection: string, builder: string) {
    checkName('projection', projection);
    checkName('consumer', builder);
    if (builder === projection) throw new StoreError('invalid', 'A builder has a name of its own');
    await storage.startGeneration(projection, builder);
  }

  async function promoteGeneration(projection: string, { builder, expected, current }: Promotion) {
    checkName('projection', projection);
    checkName('consumer', builder);
    checkRevision(expected);
    checkRevision(current);
    await storage.promoteGeneration(projection, { builder, expected, current });
  }

  return { readCheckpoint, commitCheckpoint, readRows, readRow, reset, startGeneration, promoteGeneration };
}
