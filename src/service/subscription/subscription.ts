import type { FeedHold, FeedLag, ParkedStream, RetryingStream } from '../../stores/event-store.ts';
import type { Jsonable } from '../../util/digits.ts';
import { yieldIfDue } from '../../util/slices.ts';
import { createUncommitted, handleNextBatch, type RoundResult, type UncommittedResults } from './batch.ts';
import { readCheckpoint } from './commit-checkpoint.ts';
import { startIdle } from './idle.ts';
import { withinHistory } from './other-history.ts';
import { isTransientStoreError } from './poison.ts';
import { backoffMs, createRetrySchedule, nextRetry, pauseAfterRound, type RetrySchedule } from './retry-schedule.ts';
import { retryNext } from './retry-stream.ts';
import { resolveSubscription, type SubscriptionOptions } from './subscription-options.ts';
import { pause } from './time-limits.ts';

/**
 * The result of catching up: the number of events, the streams that wait, and the transaction that holds back the global
 * stream.
 * @since 0.4.0
 */
export type CatchUpResult = Readonly<{
  events: number;
  /** Streams that are parked until {@link retryParked}. */
  parked: readonly Jsonable<ParkedStream>[];
  /** Streams that the next subscription retries: this one was ended, or has tried them `attempts` times. @since 0.5.0 */
  retrying: readonly Jsonable<RetryingStream>[];
  /**
   * The transaction that holds back committed events, which are not in the global stream yet. `null` without one. @since
   * 0.5.0
   */
  held: FeedHold | null;
}>;

/**
 * Handles the events of the global stream for a consumer, and resolves once there is nothing new and nothing left to
 * retry.
 *
 * The events of a stream are delivered in order and without gaps; between streams there is no order. A stream that
 * fails is retried, in order, while other streams continue: without end, unless `attempts` or `signal` limit it. Only
 * the stream of a poison event is parked, with the reason.
 *
 * @throws TypeError when there is no handler
 * @throws RangeError when an option is out of its range
 * @throws StoreError when the store fails; `other-history` as `otherHistory` says
 * @throws UnreadableStreamError where `unreadable` is `stop`
 * @example
 * ```ts
 * import { memoryStore } from 'auxilio/memory';
 * import { boardProjection, catchUp, projector, readProjection } from 'auxilio/service';
 *
 * const store = memoryStore();
 * const { events, parked } = await catchUp(projector(store, boardProjection));
 * console.log(events, parked, await readProjection(store, boardProjection));
 * ```
 * @since 0.4.0
 */
export async function catchUp<Transaction = never>(options: SubscriptionOptions<Transaction>): Promise<CatchUpResult> {
  const subscription = resolveSubscription(options);
  const schedule = createRetrySchedule(subscription);
  const uncommitted = createUncommitted<Transaction>();
  let events = 0;
  let lag: FeedLag | undefined;
  while (!subscription.signal?.aborted) {
    const round = await runRound(schedule, uncommitted);
    events += round.events;
    if (subscription.signal?.aborted) break;
    const pauseMs = round.worked ? pauseAfterRound(schedule) : undefined;
    if (pauseMs === 0) continue;
    // Reading on during an outage would use up a limited number of attempts.
    const isReadingOn = pauseMs !== undefined && subscription.attempts === Infinity;
    const waitMs = isReadingOn ? pauseMs : await nextRetryInMs(schedule, round);
    if (waitMs === undefined) {
      const found = await withinHistory(schedule, async () => {
        const { cursor } = await readCheckpoint(subscription);
        return { lag: await subscription.store.readLag?.(cursor) };
      });
      if (found === undefined) continue;
      lag = found.lag;
      // A transaction that held back events may have ended since the last batch was read.
      if (round.worked || !isAnyFree(lag)) break;
    } else if (waitMs > 0) await pause(waitMs, subscription.signal);
  }
  const { parked, retrying } = await readCheckpoint(subscription);
  return { events, parked, retrying, held: subscription.signal?.aborted ? null : (lag?.held ?? null) };
}

/** True if the global stream has events that no transaction holds back. */
const isAnyFree = (lag: FeedLag | undefined) => lag !== undefined && lag.events > (lag.held?.events ?? 0);

/** The milliseconds until a stream is due for a retry; undefined if none waits for one. */
async function nextRetryInMs(schedule: RetrySchedule<never>, { checkpoint }: RoundResult): Promise<number | undefined> {
  return nextRetry(schedule, checkpoint ?? (await readCheckpoint(schedule.subscription)))?.waitMs;
}

/** Handles the next batch, then retries one stream that is due: its success ends an outage. */
async function runRound<Transaction>(
  schedule: RetrySchedule<Transaction>,
  uncommitted: UncommittedResults<Transaction>,
): Promise<RoundResult> {
  await yieldIfDue();
  const round = await withinHistory(schedule, async () => {
    const batch = await handleNextBatch(schedule, uncommitted);
    const retried = await retryNext(schedule, batch.checkpoint);
    const { checkpoint } = retried;
    const done = { worked: retried.worked || batch.worked, events: retried.events + batch.events };
    return checkpoint === undefined ? done : { ...done, checkpoint };
  });
  if (round === undefined) uncommitted.results.clear();
  return round ?? { worked: true, events: 0 };
}

/**
 * Follows the global stream until the signal is aborted, and then resolves. A store that fails with a transient error is
 * retried.
 *
 * @throws TypeError when there is no handler, or no signal
 * @throws RangeError when an option is out of its range
 * @throws StoreError of a permanent kind: `closed`, `corrupt`, `invalid`, `newer-schema`; `other-history` as `otherHistory` says
 * @throws UnreadableStreamError where `unreadable` is `stop`
 * @since 0.4.0
 */
export async function subscribe<Transaction = never>(
  options: SubscriptionOptions<Transaction> & { signal: AbortSignal },
): Promise<void> {
  const subscription = resolveSubscription(options);
  const { signal, consumer, pollMs } = subscription;
  if (signal === undefined) throw new TypeError('subscribe takes { signal }, which ends it');
  const idle = startIdle(subscription);
  try {
    const schedule = createRetrySchedule(subscription);
    const uncommitted = createUncommitted<Transaction>();
    let storeFailures = 0;
    while (!signal.aborted) {
      idle.heed();
      try {
        const round = await runRound(schedule, uncommitted);
        storeFailures = 0;
        const pauseMs = round.worked ? pauseAfterRound(schedule) : undefined;
        if (pauseMs === undefined) await idle.wait(await nextRetryInMs(schedule, round));
        else if (pauseMs > 0) await pause(pauseMs, subscription.signal);
      } catch (error) {
        if (!isTransientStoreError(error)) throw error;
        subscription.observe({ name: 'auxilio.follow-failed', consumer, error, durationMs: 0 });
        storeFailures += 1;
        await pause(Math.max(pollMs, backoffMs(subscription, storeFailures)), subscription.signal);
      }
    }
  } finally {
    idle.stop();
  }
}
