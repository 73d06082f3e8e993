/**
 * The port that every event store of this library implements. Structurally it is Emmett's `EventStore`, which takes any of
 * them. It adds {@link EventStore.readStored}, for readers that need the bytes rather than their meaning, the feed of all
 * streams, and what those who follow it keep: rows and checkpoints.
 *
 * Events are opaque JSON to a store: it never looks into `data`, and of `metadata` it knows `eventId` alone.
 */

/** Expects that the stream has at least one event. @since 0.1.0 */
export const STREAM_EXISTS = 'STREAM_EXISTS';
/** Expects that the stream has no event. @since 0.1.0 */
export const STREAM_DOES_NOT_EXIST = 'STREAM_DOES_NOT_EXIST';
/** Expects nothing; the same as giving no expectation. @since 0.1.0 */
export const NO_CONCURRENCY_CHECK = 'NO_CONCURRENCY_CHECK';

/**
 * The expectation of the caller about a stream: its version (the number of its events; `0n` for a missing stream) or one of the
 * three words.
 *
 * @since 0.1.0
 */
export type ExpectedStreamVersion =
  | bigint
  | typeof STREAM_EXISTS
  | typeof STREAM_DOES_NOT_EXIST
  | typeof NO_CONCURRENCY_CHECK;

/**
 * An event as a caller hands it in. Only these three fields are kept.
 *
 * `metadata.eventId`, when given, is a non-empty string, unique in the store: appending the same id with the same
 * content again is success at its old place, with other content it is an error. An event without one gets an id from
 * the store and is never recognised as a repeat.
 *
 * What JSON changes, the store changes: `-0` becomes `0`, `NaN` becomes `null`, an `undefined` field disappears. All
 * else comes back as it was: key order, any string (lone surrogates and U+0000 too), a key named `__proto__`, digits.
 *
 * @since 0.1.0
 */
export type EventShape = Readonly<{ type: string; data: object; metadata?: object }>;

/**
 * The metadata that a store adds to an event's own; on equal names the store's win.
 *
 * @since 0.1.0
 */
export type RecordedMetadata = Readonly<{
  /** The event's `metadata.eventId`, or the id that the store gave it. */
  messageId: string;
  streamName: string;
  /** The event's version in its stream: `1n` for the first, without gaps. */
  streamPosition: bigint;
  /** The event's place in the whole store: it grows with every event that is committed. */
  globalPosition: bigint;
}>;

type MetadataOf<E> = E extends { metadata: infer M } ? M : undefined;
type CombinedMetadata<E> = MetadataOf<E> extends undefined ? RecordedMetadata : MetadataOf<E> & RecordedMetadata;

/**
 * An event as a store hands it out: a fresh object at each read, which the caller may change.
 *
 * @since 0.1.0
 */
export type RecordedEvent<E extends EventShape = EventShape> = E & { metadata: CombinedMetadata<E> } & {
  kind: 'Event';
};

/**
 * An event as it lies in the store.
 *
 * @since 0.1.0
 */
export type StoredEvent = RecordedMetadata &
  Readonly<{
    /** `JSON.stringify({ type, data, metadata })` as it was when the event was appended, character for character. */
    text: string;
  }>;

/**
 * A range of the events of a stream. All are inclusive positions or counts of 0 or more; each narrows the others.
 *
 * @since 0.1.0
 */
export type StreamRange = Readonly<{
  /** The first position wanted; the beginning by default, as with `0n`. */
  from?: bigint;
  /** The last position wanted, itself included; the end by default. */
  to?: bigint;
  /** The largest number of events. */
  maxCount?: bigint;
  /** The last of them first: `maxCount` then counts from the end. */
  backwards?: boolean;
}>;

/** Options of a read. @since 0.1.0 */
export type ReadStreamOptions = StreamRange &
  Readonly<{
    /** Judged on the whole stream, in the same snapshot as the events. */
    expectedStreamVersion?: ExpectedStreamVersion;
    /** Emmett's up- and downcasts. These stores refuse them rather than pass over them in silence. */
    schema?: unknown;
  }>;

/** Options of an append. @since 0.1.0 */
export type AppendToStreamOptions = Readonly<{
  /** Version that the stream must have, or whether it must exist; any by default. */
  expectedStreamVersion?: ExpectedStreamVersion;
  /**
   * The id (`messageId`) of the last event that the caller has seen of the stream; a non-empty string. It notices a stream
   * that was replaced by another of the same length, as by a failover or a restored file. Judged with the version, in the
   * same snapshot: another last event, or a missing stream, is a VersionConflictError. A store that judges it declares
   * {@link EventStore.checksLastEventId}.
   *
   * @since 0.5.0
   */
  expectedLastEventId?: string;
  /** Written in the same transaction, if events are; a repeated batch writes none. @since 0.4.0 */
  rows?: readonly RowChange[];
  /** Emmett's up- and downcasts. These stores refuse them rather than pass over them in silence. */
  schema?: unknown;
}>;

/** The answer to a read. @since 0.1.0 */
export type ReadStreamResult<E extends EventShape = EventShape> = {
  /** The version of the whole stream, whatever range was read; `0n` if it is missing. */
  currentStreamVersion: bigint;
  events: RecordedEvent<E>[];
  streamExists: boolean;
};

/** The answer to an append. @since 0.1.0 */
export type AppendToStreamResult = {
  /** The version of the batch's last event. */
  nextExpectedStreamVersion: bigint;
  /** The batch begins its stream. */
  createdNewStream: boolean;
  /** The global position of the batch's last event; of the stream's last (`0n` if none) when the batch is empty. */
  lastEventGlobalPosition: bigint;
  /** The batch was stored before: this append wrote nothing, and the rest of the answer is the first one's. */
  repeated: boolean;
};

/** Options of {@link EventStore.aggregateStream}. @since 0.1.0 */
export type AggregateStreamOptions<State, E extends EventShape> = {
  /** Folds one event. */
  evolve: (state: State, event: RecordedEvent<E>) => State;
  /** State before the first event. */
  initialState: () => State;
  /** Range and expectation of the read. */
  read?: ReadStreamOptions;
};

/** The answer of {@link EventStore.aggregateStream}. @since 0.1.0 */
export type AggregateStreamResult<State> = {
  currentStreamVersion: bigint;
  state: State;
  streamExists: boolean;
};

/**
 * A place in the feed. It grows as text with every event that is shown, so two of one store are compared with `<`; what it
 * is made of is the store's own affair.
 *
 * @since 0.4.0
 */
export type FeedCursor = string;

/** An event in the feed, and the place right after it. @since 0.4.0 */
export type FeedEvent = StoredEvent & Readonly<{ cursor: FeedCursor }>;

/** A part of the feed. @since 0.4.0 */
export type FeedRange = Readonly<{
  /** The place after which to begin; the beginning by default, as with `null`. */
  after?: FeedCursor | null;
  /** The largest number of events, from 1 to 10,000; 500 by default. */
  maxCount?: number;
  /** Only the events of this stream, found by its name and not by reading the others. @since 0.5.0 */
  streamName?: string;
  /** With `streamName`: only its events from this version on. @since 0.5.0 */
  fromVersion?: bigint;
}>;

/**
 * A transaction that holds back the global stream: it began before events that are committed, and has not ended.
 *
 * @since 0.5.0
 */
export type FeedHold = Readonly<{
  /** The number of committed events that wait for it. */
  events: number;
  /** The server's process; `null` for a prepared transaction, which has no process. */
  pid: number | null;
  /** The time for which it has been open, in milliseconds; `null` if the server does not show it to this role. */
  ageMs: number | null;
  /** The application name of its client; `null` if it has none or the server does not show it. */
  applicationName: string | null;
}>;

/** The events of the global stream after a place. @since 0.5.0 */
export type FeedLag = Readonly<{
  /** The number of events that were committed after the place, with those that are held back. */
  events: number;
  /** The transaction that holds back committed events; `null` if no event waits. */
  held: FeedHold | null;
}>;

/**
 * A row of a read model: a JSON object under a key, in the table of one projection.
 *
 * @since 0.4.0
 */
export type Row = Readonly<{ key: string; body: object }>;

/**
 * A row written, or with `null` removed. Projection and key are non-empty strings. While a generation of the projection is
 * being built, the change is made in that one and in the one that is read; with `generation: 'building'`, in that one alone.
 *
 * @since 0.4.0
 */
export type RowChange = Readonly<{
  projection: string;
  key: string;
  body: object | null;
  /** @since 0.5.0 */
  generation?: 'building';
}>;

/** A page of the rows of a projection, in an order of their keys that is the store's own and never changes. @since 0.4.0 */
export type RowRange = Readonly<{
  /** The key after which to begin. */
  after?: string;
  /** The largest number of rows, from 1 to 10,000; 500 by default. */
  maxCount?: number;
}>;

/**
 * A stream that a consumer has set aside: an event could not be handled, so this one and those after it in its stream wait,
 * while all other streams go on.
 *
 * @since 0.4.0
 */
export type ParkedStream = Readonly<{
  streamName: string;
  /** The version of the first event that waits. */
  from: bigint;
  /** The reason, for people; up to 4,096 characters. */
  reason: string;
  /** The time when that event first failed, RFC 3339 in UTC; absent if unknown. @since 0.5.0 */
  since?: string;
}>;

/**
 * A stream whose first waiting event failed for a reason that may pass, or that waits behind such a failure: its consumer
 * tries it again, while the other streams go on.
 *
 * @since 0.5.0
 */
export type RetryingStream = Readonly<{
  streamName: string;
  /** The version of the first event that waits. */
  from: bigint;
  /** The reason, for people; up to 4,096 characters. */
  reason: string;
  /** The time when that event first failed, RFC 3339 in UTC; `null` before it was tried. */
  since: string | null;
  /** The consumer's `handled` at that moment: what it handled since is more than that. */
  handledBefore: number;
}>;

/** The checkpoint of a consumer. @since 0.4.0 */
export type Checkpoint = Readonly<{
  /** The place up to which all was handled or set aside; `null` at the beginning. */
  cursor: FeedCursor | null;
  /** The number of its moves; 0 for a new one. */
  revision: number;
  /** In an order that is the store's own. */
  parked: readonly ParkedStream[];
  /** Streams that are tried again, in an order that is the store's own. @since 0.5.0 */
  retrying: readonly RetryingStream[];
  /** The number of deliveries that it has handled. @since 0.5.0 */
  handled: number;
}>;

/**
 * The move of a checkpoint with its writes: in one transaction, or not at all.
 *
 * @since 0.4.0
 */
export type CheckpointUpdate<Transaction = never> = Readonly<{
  /** The revision that the checkpoint had when the work began: what was parked then was parked, and no other did it. */
  expected: number;
  /** The new cursor; never before the old one. */
  cursor: FeedCursor | null;
  rows?: readonly RowChange[];
  /** Streams to set aside; one that is set aside already keeps its place. */
  park?: readonly ParkedStream[];
  /** Streams to try again; one that waits already, parked or not, keeps its place. @since 0.5.0 */
  retry?: readonly RetryingStream[];
  /** Streams that wait no more, parked or retried; removed before `park` and `retry` are written. */
  unpark?: readonly string[];
  /** The number of handled deliveries to add to the checkpoint's `handled`; 0 by default. @since 0.5.0 */
  handled?: number;
  /**
   * The host's own writing, in the same transaction, after the rows. If it throws, nothing is written, and what it threw
   * is thrown; where it lost the connection, as the cause of a StoreError `unavailable`. In SQLite and in memory it must be
   * synchronous: an answer that is a promise is refused.
   */
  effect?: (transaction: Transaction) => unknown;
}>;

/**
 * An append-only store of streams of events; a feed of them all; and the checkpoints and rows of its subscriptions.
 * `Transaction` is what an effect gets to write with.
 *
 * @since 0.1.0
 */
export interface EventStore<Transaction = never> {
  /**
   * `true` where {@link AppendToStreamOptions.expectedLastEventId} is judged. A store that does not say so may pass over
   * it: whatever was kept of a stream is then to be read again before it is appended to.
   *
   * @since 0.5.0
   */
  readonly checksLastEventId?: boolean;

  /**
   * The events of a stream in order. A missing stream has none.
   *
   * @throws VersionConflictError when the stream is not as expected
   * @throws StoreError when the store is closed or cannot be read, or a range is negative
   */
  readStream<E extends EventShape = EventShape>(
    streamName: string,
    options?: ReadStreamOptions,
  ): Promise<ReadStreamResult<E>>;

  /** Folds the events of a stream, and is refused, as {@link EventStore.readStream} reads it. */
  aggregateStream<State, E extends EventShape = EventShape>(
    streamName: string,
    options: AggregateStreamOptions<State, E>,
  ): Promise<AggregateStreamResult<State>>;

  /**
   * Appends all the events, or none. Once it has answered, they are there.
   *
   * A batch whose events are all stored already, the same ones in the same order in this stream, is answered with their
   * old place and writes nothing, whatever version is expected: that is how a retry after an answer that got lost
   * succeeds. An empty batch writes nothing.
   *
   * @throws VersionConflictError when the stream is not as expected
   * @throws EventIdReusedError when an id is stored with other content or elsewhere, twice in the batch, or when only
   *   part of the batch is stored
   * @throws StoreError when the store cannot take it
   */
  appendToStream<E extends EventShape = EventShape>(
    streamName: string,
    events: readonly E[],
    options?: AppendToStreamOptions,
  ): Promise<AppendToStreamResult>;

  /** Answers whether the stream has an event. */
  streamExists(streamName: string): Promise<boolean>;

  /** The events of a stream as they were written, to verify, export or copy them. */
  readStored(streamName: string, range?: StreamRange): Promise<StoredEvent[]>;

  /**
   * The events of all streams after a place, in an order that never changes: what was not shown before a place is never
   * shown before it later. Within a stream it is the order of versions. An event that is acknowledged is shown, at the
   * latest, once the appends that began before it have ended.
   *
   * @throws StoreError when the store is closed or cannot be read, or the range is invalid
   * @since 0.4.0
   */
  readFeed(range?: FeedRange): Promise<FeedEvent[]>;

  /**
   * Counts the committed events after a place (`null`: all), and says what holds back those that are not shown yet.
   *
   * @since 0.5.0
   */
  readLag(after: FeedCursor | null): Promise<FeedLag>;

  /**
   * Reads the checkpoint of a consumer; a new one stands at the beginning.
   *
   * @since 0.4.0
   */
  readCheckpoint(consumer: string): Promise<Checkpoint>;

  /**
   * Moves a consumer on, with its rows and its effect, if nobody has moved it since.
   *
   * @throws CheckpointConflictError when another has moved it
   * @throws StoreError when the store cannot take it, or the move goes back
   * @since 0.4.0
   */
  commitCheckpoint(consumer: string, move: CheckpointUpdate<Transaction>): Promise<void>;

  /** Rows of a projection. @since 0.4.0 */
  readRows(projection: string, range?: RowRange): Promise<Row[]>;

  /** One row of a projection. @since 0.4.0 */
  readRow(projection: string, key: string): Promise<Row | null>;

  /**
   * Begins another generation of a projection's rows, empty, beside the one that is read, and sends its `builder`, a consumer,
   * to the beginning. From now on every change of the projection's rows is made in both. One that was being built is dropped.
   *
   * @since 0.5.0
   */
  startGeneration(projection: string, builder: string): Promise<void>;

  /**
   * Swaps in the generation that was built, in one transaction: it is read from now on, the other one is gone, and the
   * consumer of the projection's name has what waits with the builder; it stands where it stood, or where the builder did if it
   * was at the beginning. The builder is gone.
   *
   * @throws CheckpointConflictError when the builder is not at the revision `expected`, or the consumer of the projection's
   *   name not at `current`
   * @throws StoreError `invalid` when nothing is being built, or that consumer is further than the builder
   * @since 0.5.0
   */
  promoteGeneration(
    projection: string,
    options: Readonly<{ builder: string; expected: number; current: number }>,
  ): Promise<void>;

  /**
   * Forgets the rows of a projection, in all its generations, and sends the consumer of that name back to the beginning,
   * with nothing parked. The
   * revision of its checkpoint goes on, so that a subscription that is at work meets a conflict.
   *
   * @since 0.4.0
   */
  reset(name: string): Promise<void>;
}
