import type { VisitEvent } from '../../messages/index.ts';
import { toRecordedEvent } from '../../stores/event-record.ts';
import type { FeedHold } from '../../stores/event-store.ts';
import { currentInstant } from '../../util/runtime.ts';
import { validatedClock } from '../shared/option-validation.ts';
import { checkSubscription, type SubscribableStore, type SubscriptionOptions } from './subscription-options.ts';

/** The distance of a consumer from the end of the global stream. @since 0.5.0 */
export type Lag = Readonly<{
  /** The number of committed events behind its checkpoint, with those that are held back. */
  events: number;
  /**
   * The age of the first of them in seconds: 0 without one, `null` if it is unknown, since the event has no `recordedAt` or
   * is not shown yet.
   */
  seconds: number | null;
  /** The transaction that holds back committed events, or `null`. Only on Postgres. */
  held: FeedHold | null;
  /** The number of parked streams. */
  parked: number;
  /** The number of streams that are retried. */
  retrying: number;
}>;

/**
 * Answers how far a consumer is behind, and which transaction holds back the global stream.
 *
 * @throws TypeError when the store has no `readLag`, or for an option that is not known
 * @since 0.5.0
 */
export async function lag<Transaction = never>(
  options: {
    store: Pick<SubscribableStore<Transaction>, 'readCheckpoint' | 'readFeed' | 'readLag'>;
  } & Pick<SubscriptionOptions, 'consumer' | 'now'>,
): Promise<Lag> {
  checkSubscription(options);
  const { store, consumer, now = currentInstant } = options;
  if (store.readLag === undefined) throw new TypeError('The store does not tell its lag');
  const { cursor, parked, retrying } = await store.readCheckpoint(consumer);
  const { events, held } = await store.readLag(cursor);
  const [first] = events > 0 ? await store.readFeed({ after: cursor, maxCount: 1 }) : [];
  const since = first && Date.parse(toRecordedEvent<VisitEvent>(first).metadata.recordedAt ?? '');
  const seconds = since === undefined ? Number.NaN : Math.max(0, (Date.parse(validatedClock(now)()) - since) / 1000);
  const known = Number.isNaN(seconds) ? null : seconds;
  return { events, seconds: events === 0 ? 0 : known, held, parked: parked.length, retrying: retrying.length };
}
