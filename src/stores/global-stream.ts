/** The global stream of the port: the events of all streams, in one order that never changes. */
import type { StoredEvent } from './event-streams.ts';

/**
 * A place in the global stream: an opaque text that grows with every event, so that two of one store compare with `<`.
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
   * @throws StoreError when the store is closed or cannot be read, or the range is invalid
   * @since 0.4.0
   */
  readFeed(range?: FeedRange): Promise<FeedEvent[]>;

  /**
   * Counts the committed events after a place (`null`: all), and reports the transaction that holds back those not shown yet.
   *
   * @since 0.5.0
   */
  readLag(after: FeedCursor | null): Promise<FeedLag>;
}
