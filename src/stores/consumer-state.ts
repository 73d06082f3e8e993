/**
 * The state of consumers in the port: their checkpoints, with parked and retried streams, and the rows of read models.
 */
import type { FeedCursor } from './global-stream.ts';
import type { Row, RowChange, RowRange } from './rows.ts';

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
  /** The consumer's `handled` at that time; a greater value later says that it has handled something since. */
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
   * Reads the checkpoint of a consumer, with what waits, in one snapshot; that of a new one is at the beginning.
   *
   * @since 0.4.0
   */
  readCheckpoint(consumer: string): Promise<Checkpoint>;

  /**
   * Commits a checkpoint together with its rows and its effect, if it is still at the expected revision.
   *
   * @throws CheckpointConflictError when another process has committed it since
   * @throws StoreError when the store cannot take it, or the cursor is before the current one
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
