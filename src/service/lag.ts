import type { VisitEvent } from '../messages/index.ts';
import type { FeedHold } from '../stores/port.ts';
import { recorded } from '../stores/rows.ts';
import { clockOf } from './host.ts';
import { checkSubscription, type FollowedStore, type FollowOptions } from './subscription-options.ts';

/** How far a consumer is behind the global stream. @since 0.5.0 */
export type Lag = Readonly<{
  /** How many committed events it has not been followed past, those that are held back too. */
  events: number;
  /**
   * How long ago the first of them was recorded, in seconds: 0 where there is none, `null` where that is not known, since it
   * says no `recordedAt` or is not shown yet.
   */
  seconds: number | null;
  /** The transaction that holds back committed events; `null` where none does. On Postgres alone. */
  held: FeedHold | null;
  /** How many streams are parked. */
  parked: number;
  /** How many streams are tried again. */
  retrying: number;
}>;

/**
 * Tells how far a consumer is behind, and what holds back the global stream.
 *
 * @throws TypeError when the store has no `readLag`, or for an option that is not known
 * @since 0.5.0
 */
export async function lag<Transaction = never>(
  options: {
    store: Pick<FollowedStore<Transaction>, 'readCheckpoint' | 'readFeed' | 'readLag'>;
  } & Pick<FollowOptions, 'consumer' | 'now'>,
): Promise<Lag> {
  checkSubscription(options);
  const { store, consumer, now = () => new Date().toISOString() } = options;
  if (store.readLag === undefined) throw new TypeError('The store does not tell its lag');
  const { cursor, parked, retrying } = await store.readCheckpoint(consumer);
  const { events, held } = await store.readLag(cursor);
  const [first] = events > 0 ? await store.readFeed({ after: cursor, maxCount: 1 }) : [];
  const since = first && Date.parse(recorded<VisitEvent>(first).metadata.recordedAt ?? '');
  const seconds = since === undefined ? Number.NaN : Math.max(0, (Date.parse(clockOf(now)()) - since) / 1000);
  const known = Number.isNaN(seconds) ? null : seconds;
  return { events, seconds: events === 0 ? 0 : known, held, parked: parked.length, retrying: retrying.length };
}
