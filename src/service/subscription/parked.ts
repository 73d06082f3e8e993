import { mustBe } from '../../kernel/known.ts';
import type { ParkedStream } from '../../stores/event-store.ts';
import type { Jsonable } from '../../util/digits.ts';
import { readCheckpoint } from './commit-checkpoint.ts';
import { createRetrySchedule, type RetrySchedule } from './retry-schedule.ts';
import { readWaitingEvents, retryStream } from './retry-stream.ts';
import { checkSubscription, resolveSubscription, type SubscriptionOptions } from './subscription-options.ts';

/**
 * Lists the streams that a consumer has parked: from which version on, why, and since when.
 *
 * @throws TypeError without a store, or for an option that is not known
 * @since 0.5.0
 */
export async function parked<Transaction = never>(
  options: Pick<SubscriptionOptions<Transaction>, 'store' | 'consumer'>,
): Promise<readonly Jsonable<ParkedStream>[]> {
  checkSubscription(options);
  return (await readCheckpoint(options as Pick<SubscriptionOptions, 'store' | 'consumer'>)).parked;
}

/** The result of retrying parked streams. @since 0.5.0 */
export type RetriedParked = Readonly<{
  /** The number of events that were handled. */
  events: number;
  /** The streams that are no longer parked. */
  unparked: readonly string[];
  /** The streams that failed again, with the place where they are parked now. */
  parked: readonly Jsonable<ParkedStream>[];
}>;

/**
 * Replays parked streams up to the checkpoint, then unparks them; a stream that fails again stays parked from that event on.
 * Later events are delivered by the subscription. Events are read by their stream, not from the beginning of the global stream.
 * Without names, all parked streams are replayed.
 *
 * @throws TypeError when there is no handler, or the names are no list
 * @since 0.4.0
 */
export async function retryParked<Transaction = never>(
  options: SubscriptionOptions<Transaction>,
  streamNames?: readonly string[],
): Promise<RetriedParked> {
  const schedule = createRetrySchedule(resolveSubscription(options));
  const { subscription } = schedule;
  const isList = streamNames === undefined || Array.isArray(streamNames);
  mustBe(isList, 'retryParked takes a list of the names of streams', streamNames);
  const streams = (await readCheckpoint(subscription)).parked.filter(
    ({ streamName }) => streamNames?.includes(streamName) ?? true,
  );
  let events = 0;
  for (const stream of streams) {
    if (subscription.signal?.aborted) break;
    events += await replayParked(schedule, stream);
  }
  const names = new Set(streams.map(({ streamName }) => streamName));
  const left = (await readCheckpoint(subscription)).parked.filter(({ streamName }) => names.has(streamName));
  for (const { streamName } of left) names.delete(streamName);
  return { events, unparked: [...names], parked: left };
}

/** Replays a parked stream page by page; each page is committed for itself. Returns the number of events that were handled. */
async function replayParked<Transaction>(schedule: RetrySchedule<Transaction>, stream: ParkedStream): Promise<number> {
  const { subscription } = schedule;
  let events = 0;
  for (let from: bigint | undefined = stream.from; from !== undefined; ) {
    const part: ParkedStream = { ...stream, from };
    const { cursor } = await readCheckpoint(subscription);
    const page = await readWaitingEvents(subscription, part, cursor, subscription.batchSize);
    const tried = await retryStream(schedule, 'parked', part, page);
    if (tried.kind !== 'settled') break;
    events += tried.events;
    from = tried.failure === undefined ? tried.from : undefined;
  }
  return events;
}
