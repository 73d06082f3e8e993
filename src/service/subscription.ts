import type { FeedHold, ParkedStream, RetryingStream } from '../stores/event-store.ts';
import { type Done, type Memo, newMemo, nextBatch } from './batch.ts';
import { standing } from './commit.ts';
import { backoffMs, dueInMs, isDown, type Pace, paceOf, rest } from './pace.ts';
import { isPassing } from './poison.ts';
import { followerOf, type SubscriptionOptions } from './subscription-options.ts';
import { retryNext } from './waiting.ts';

/**
 * The result of catching up: the number of events, the streams that wait, and the transaction that holds back the feed.
 * @since 0.4.0
 */
export type CatchUpResult = Readonly<{
  events: number;
  /** Streams that are parked until {@link retryParked}. */
  parked: readonly ParkedStream[];
  /** Streams that are retried by the next subscription: this one ended, or tried them `attempts` times. @since 0.5.0 */
  retrying: readonly RetryingStream[];
  /**
   * The transaction that holds back committed events, which were not handled since the feed does not show them yet. `null`
   * without one. @since 0.5.0
   */
  held: FeedHold | null;
}>;

/**
 * Handles all that the feed has for a consumer, and answers when there is nothing new and nothing left to try.
 *
 * The events of a stream come in their order and none is left out. Those of different streams come as the batches have them.
 * A stream that fails is retried, in order, while other streams go on: without end, unless `attempts` or `signal` limit it.
 * Only the stream of an event that is poison is parked, with the reason.
 *
 * @throws TypeError when there is no handler
 * @throws RangeError when an option is out of its range
 * @throws StoreError when the store fails
 * @throws UnreadableStreamError where `unreadable` is `stop`
 * @since 0.4.0
 */
export async function catchUp<Transaction = never>(options: SubscriptionOptions<Transaction>): Promise<CatchUpResult> {
  const subscription = followerOf(options);
  const pace = paceOf(subscription);
  const memo = newMemo<Transaction>();
  let events = 0;
  while (!subscription.signal?.aborted) {
    const done = await round(pace, memo);
    events += done.events;
    if (subscription.signal?.aborted) break;
    const waitMs = await pauseAfter(pace, done);
    if (waitMs === undefined) break;
    if (waitMs > 0) await rest(pace, waitMs);
  }
  const { parked, retrying, cursor } = await standing(subscription);
  const lag = subscription.signal?.aborted ? undefined : await subscription.store.readLag?.(cursor);
  return { events, parked, retrying, held: lag?.held ?? null };
}

/** The pause before the next round; undefined if nothing is left to do. */
async function pauseAfter<Transaction>(
  pace: Pace<Transaction>,
  { worked, checkpoint }: Done,
): Promise<number | undefined> {
  const { subscription, failures } = pace;
  if (worked && !isDown(pace)) return 0;
  const dueMs = dueInMs(pace, checkpoint ?? (await standing(subscription)));
  if (!worked) return dueMs;
  // With a limit on attempts, reading on while everything fails would use them up.
  return subscription.attempts === Infinity ? backoffMs(subscription, failures) : dueMs;
}

/** Handles the next batch, and then one stream that is due, to find out whether others can be handled. */
async function round<Transaction>(pace: Pace<Transaction>, memo: Memo<Transaction>): Promise<Done> {
  const batch = await nextBatch(pace, memo);
  const retried = await retryNext(pace, batch.checkpoint);
  const { checkpoint } = retried;
  const done = { worked: retried.worked || batch.worked, events: retried.events + batch.events };
  return checkpoint === undefined ? done : { ...done, checkpoint };
}

/**
 * Follows the feed until the signal is aborted, and then answers. A store that fails is tried again, where that may pass.
 *
 * @throws TypeError when there is no handler, or no signal
 * @throws RangeError when an option is out of its range
 * @throws StoreError of a kind that does not pass: `closed`, `corrupt`, `invalid`, `newer-schema`
 * @throws UnreadableStreamError where `unreadable` is `stop`
 * @since 0.4.0
 */
export async function subscribe<Transaction = never>(
  options: SubscriptionOptions<Transaction> & { signal: AbortSignal },
): Promise<void> {
  const subscription = followerOf(options);
  const { signal, consumer, pollMs } = subscription;
  if (signal === undefined) throw new TypeError('subscribe takes { signal }, which ends it');
  const pace = paceOf(subscription);
  const memo = newMemo<Transaction>();
  let storeFailures = 0;
  while (!signal.aborted) {
    let waitMs: number;
    try {
      const { worked, checkpoint } = await round(pace, memo);
      storeFailures = 0;
      if (worked && !isDown(pace)) continue;
      const dueMs = dueInMs(pace, checkpoint ?? (await standing(subscription)));
      waitMs = worked ? backoffMs(subscription, pace.failures) : Math.min(pollMs, dueMs ?? pollMs);
    } catch (error) {
      if (!isPassing(error)) throw error;
      subscription.observe({ name: 'auxilio.follow-failed', consumer, error, durationMs: 0 });
      storeFailures += 1;
      waitMs = Math.max(pollMs, backoffMs(subscription, storeFailures));
    }
    await rest(pace, waitMs);
  }
}
