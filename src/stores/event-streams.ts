/**
 * The streams of the port. Structurally they are Emmett's `EventStore`, which takes any of our stores. They add
 * {@link EventStreams.readStored}, for readers that need the bytes rather than their meaning.
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
 * An event to append. Only these three fields are stored.
 *
 * `metadata.eventId`, when given, is a non-empty string, unique in the store: appending the same id with the same
 * content again succeeds at its old place, with other content it is an error. An event without one gets an id from
 * the store and is never recognised as a repeat.
 *
 * An event is stored as JSON writes it: `-0` becomes `0`, `NaN` becomes `null`, an `undefined` field disappears.
 * Everything else is read as it was written: key order, any string (lone surrogates and U+0000 too), a key named
 * `__proto__`, digits.
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
 * An event as it is read: a fresh object at each read, which the caller may change.
 *
 * @since 0.1.0
 */
export type RecordedEvent<E extends EventShape = EventShape> = E & { metadata: CombinedMetadata<E> } & {
  kind: 'Event';
};

/**
 * An event as it is stored.
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
  /** Reads the last of them first: `maxCount` then counts from the end. */
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

/**
 * A row of a read model: a JSON object under a key, in the table of one projection.
 *
 * @since 0.4.0
 */
export type Row = Readonly<{ key: string; body: object }>;

/**
 * A row to write, or with `null` to remove. Projection and key are non-empty strings. While a generation of the projection is
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

/** A page of the rows of a projection, ordered by key in a fixed order of the store's own. @since 0.4.0 */
export type RowRange = Readonly<{
  /** The key after which to begin. */
  after?: string;
  /** The largest number of rows, from 1 to 10,000; 500 by default. */
  maxCount?: number;
}>;

/** Options of an append. @since 0.1.0 */
export type AppendToStreamOptions = Readonly<{
  /** Version that the stream must have, or whether it must exist; any by default. */
  expectedStreamVersion?: ExpectedStreamVersion;
  /**
   * The id (`messageId`) of the last event that the caller has seen of the stream; a non-empty string. It notices a stream
   * that was replaced by another of the same length, as by a failover or a restored file. Judged with the version, in the
   * same snapshot: another last event, or a missing stream, is a VersionConflictError. A store that judges it declares
   * {@link EventStreams.checksLastEventId}.
   *
   * @since 0.5.0
   */
  expectedLastEventId?: string;
  /** Written in the same transaction as the events; a repeated batch writes no rows. @since 0.4.0 */
  rows?: readonly RowChange[];
  /** Emmett's up- and downcasts. These stores refuse them rather than pass over them in silence. */
  schema?: unknown;
}>;

/** The result of a read. @since 0.1.0 */
export type ReadStreamResult<E extends EventShape = EventShape> = {
  /** The version of the whole stream, for any range read; `0n` if it is missing. */
  currentStreamVersion: bigint;
  events: RecordedEvent<E>[];
  streamExists: boolean;
};

/** The result of an append. @since 0.1.0 */
export type AppendToStreamResult = {
  /** The version of the batch's last event. */
  nextExpectedStreamVersion: bigint;
  /** The batch begins its stream. */
  createdNewStream: boolean;
  /** The global position of the batch's last event; of the stream's last (`0n` if none) when the batch is empty. */
  lastEventGlobalPosition: bigint;
  /** The batch was stored before: this append wrote nothing, and the rest of the result is that of the first append. */
  repeated: boolean;
};

/** Options of {@link EventStreams.aggregateStream}. @since 0.1.0 */
export type AggregateStreamOptions<State, E extends EventShape> = {
  /** Folds one event. */
  evolve: (state: State, event: RecordedEvent<E>) => State;
  /** State before the first event. */
  initialState: () => State;
  /** Range and expectation of the read. */
  read?: ReadStreamOptions;
};

/** The result of {@link EventStreams.aggregateStream}. @since 0.1.0 */
export type AggregateStreamResult<State> = {
  currentStreamVersion: bigint;
  state: State;
  streamExists: boolean;
};

/**
 * The streams of an event store: appended to, read, and never changed. The first of the three parts of {@link EventStore}.
 *
 * @since 0.5.0
 */
export interface EventStreams {
  /**
   * `true` where the store checks `expectedLastEventId` of {@link AppendToStreamOptions}. Another store may ignore it: over that one,
   * a cached stream must be read again before it is appended to.
   *
   * @since 0.5.0
   */
  readonly checksLastEventId?: boolean;

  /**
   * Reads the events of a stream in order. A missing stream has none.
   *
   * @throws VersionConflictError when the stream is not as expected
   * @throws StoreError when the store is closed or cannot be read, or a range is negative
   */
  readStream<E extends EventShape = EventShape>(
    streamName: string,
    options?: ReadStreamOptions,
  ): Promise<ReadStreamResult<E>>;

  /** Folds the events of a stream; it reads, and refuses, as {@link EventStreams.readStream} does. */
  aggregateStream<State, E extends EventShape = EventShape>(
    streamName: string,
    options: AggregateStreamOptions<State, E>,
  ): Promise<AggregateStreamResult<State>>;

  /**
   * Appends all the events or none. Once the promise resolves, they are durable.
   *
   * A batch whose events are all stored already, in the same order in this stream, resolves to their first position and
   * writes nothing, regardless of the expected version, so that a retry after a lost response succeeds. An empty batch
   * writes nothing.
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

  /** Reads the events of a stream as they were written, to verify, export or copy them. */
  readStored(streamName: string, range?: StreamRange): Promise<StoredEvent[]>;
}
