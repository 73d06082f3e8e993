/** The port that every event store of this library implements: its streams, the global stream of them all, and the state of consumers. */
import type { EventStreams, Row, RowChange, RowRange, StoredEvent } from './event-streams.ts';

export * from './event-streams.ts';

/**
 * A place in the global stream: an opaque text that grows with every event, so that two of one store compare with `<`. It carries
 * what identifies the history that it was read in: where that has been cut short since, before this place, the store refuses it.
 *
 * @since 0.4.0
 */
export type FeedCursor = string;

/** An event of the global stream, and the place right after it. @since 0.4.0 */
export type FeedEvent = StoredEvent & Readonly<{ cursor: FeedCursor }>;

/** A range of the global stream. @since 0.4.0 */
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
 * The global stream of an event store, which subscriptions follow. The second of the three parts of {@link EventStore}.
 *
 * @since 0.5.0
 */
export interface GlobalStream {
  /**
   * Reads the events of all streams after a place, in an order that never changes: no event ever appears before a place that
   * was already read. Within a stream it is the order of versions. An acknowledged event appears, at the latest, once the
   * appends that began before it have ended.
   *
   * @throws StoreError when the store is closed or cannot be read, or the range is invalid; `other-history` when `after` rests on events
   *   that the store does not have
   * @since 0.4.0
   */
  readFeed(range?: FeedRange): Promise<FeedEvent[]>;

  /**
   * Counts the committed events after a place (`null`: all), and reports the transaction that holds back those not shown yet.
   *
   * @throws StoreError `other-history`, as `readFeed` does
   * @since 0.5.0
   */
  readLag(after: FeedCursor | null): Promise<FeedLag>;

  /**
   * Calls `wake` whenever the global stream may have new events: soon after an append by this store or, where the store can know,
   * by another process, and at the latest every `pollMs` if nothing else tells. It may be called for nothing, and must not throw. The
   * returned function ends it. A store may lack it: its subscriptions poll.
   *
   * @since 0.9.0
   */
  listen?(wake: () => void, pollMs: number): () => void;
}

/**
 * A stream that a consumer has parked: one of its events could not be handled, so it and the later ones wait, while
 * other streams continue.
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
 * A stream whose first waiting event failed for a transient reason, or that waits behind such a failure. Its consumer
 * retries it, while other streams continue.
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
  /** The consumer's `handled` at that time; a greater value later shows that it has handled an event since. */
  handledBefore: number;
}>;

/** The checkpoint of a consumer. @since 0.4.0 */
export type Checkpoint = Readonly<{
  /** The place up to which every event was handled or its stream parked; `null` at the beginning. */
  cursor: FeedCursor | null;
  /** The number of commits of the checkpoint; 0 for a new one. */
  revision: number;
  /** In an order that is the store's own. */
  parked: readonly ParkedStream[];
  /** Streams that are retried, in an order that is the store's own. @since 0.5.0 */
  retrying: readonly RetryingStream[];
  /** The number of deliveries that it has handled. @since 0.5.0 */
  handled: number;
}>;

/**
 * A new position of a checkpoint with the writes that belong to it, committed in one transaction or not at all.
 *
 * @since 0.4.0
 */
export type CheckpointUpdate<Transaction = never> = Readonly<{
  /** The revision of the checkpoint when the work began; at any other one the commit is a conflict. */
  expected: number;
  /** The new cursor; never before the old one. */
  cursor: FeedCursor | null;
  rows?: readonly RowChange[];
  /** Streams to park; one that is parked already keeps its place. */
  park?: readonly ParkedStream[];
  /** Streams to retry; one that waits already, parked or not, keeps its place. @since 0.5.0 */
  retry?: readonly RetryingStream[];
  /** Streams that no longer wait, parked or retried; removed before `park` and `retry` are written. */
  unpark?: readonly string[];
  /** The number of handled deliveries to add to the checkpoint's `handled`; 0 by default. @since 0.5.0 */
  handled?: number;
  /**
   * Writes of the application, in the same transaction, after the rows. If the effect throws, nothing is written and
   * its error is thrown; if it lost the connection, as the cause of a StoreError `unavailable`. In SQLite and in memory
   * it must be synchronous: an effect that returns a promise is refused.
   */
  effect?: (transaction: Transaction) => unknown;
}>;

/**
 * The state of the consumers of an event store: checkpoints, parked and retried streams, rows and their generations.
 * `Transaction` is the type that an effect writes through. The third part of {@link EventStore}.
 *
 * @since 0.5.0
 */
export interface ConsumerState<Transaction = never> {
  /**
   * Reads the checkpoint of a consumer, with its waiting streams, in one snapshot; a new consumer is at the beginning. Its cursor is of
   * the present history: it was written with what it rests on.
   *
   * @since 0.4.0
   */
  readCheckpoint(consumer: string): Promise<Checkpoint>;

  /**
   * Commits a checkpoint together with its rows and its effect, if it is still at the expected revision.
   *
   * @throws CheckpointConflictError when another process has committed it since
   * @throws StoreError when the store cannot take it, or the cursor is before the current one; `other-history` when the cursor was read
   *   in another history: then nothing was written, and the stored checkpoint is where to repeat from
   * @since 0.4.0
   */
  commitCheckpoint(consumer: string, update: CheckpointUpdate<Transaction>): Promise<void>;

  /** Reads a page of the rows of a projection. @since 0.4.0 */
  readRows(projection: string, range?: RowRange): Promise<Row[]>;

  /** Reads one row of a projection; `null` if there is none under that key. @since 0.4.0 */
  readRow(projection: string, key: string): Promise<Row | null>;

  /**
   * Starts an empty generation of a projection's rows next to the one that is read, and resets its `builder`, a consumer. From
   * now on every change of the projection's rows is made in both. A generation that was being built is dropped.
   *
   * @since 0.5.0
   */
  startGeneration(projection: string, builder: string): Promise<void>;

  /**
   * Swaps in the generation that was built, in one transaction: it is read from now on, and the other one is removed. The
   * consumer of the projection's name takes over the streams that wait with the builder; it keeps its cursor, or takes the
   * builder's if it is at the beginning. The builder is removed.
   *
   * @throws CheckpointConflictError when the builder is not at the revision `expected`, or the consumer of the projection's
   *   name not at `current`
   * @throws StoreError `invalid` when no generation is being built, or that consumer is ahead of the builder
   * @since 0.5.0
   */
  promoteGeneration(
    projection: string,
    options: Readonly<{ builder: string; expected: number; current: number }>,
  ): Promise<void>;

  /**
   * Removes the rows of a projection, in all its generations, and resets the consumer of that name to the beginning, with
   * nothing parked, in one transaction. The revision of its checkpoint is not reset, so that a subscription at work meets a
   * conflict.
   *
   * @since 0.4.0
   */
  reset(name: string): Promise<void>;
}

/**
 * An append-only store of streams of events, the global stream of them all, and the state of its consumers. It has
 * parts, which a store may implement separately: {@link EventStreams}, {@link GlobalStream}, {@link ConsumerState}.
 * `Transaction` is the type that an effect writes through.
 *
 * @since 0.1.0
 */
export interface EventStore<Transaction = never> extends EventStreams, GlobalStream, ConsumerState<Transaction> {}
