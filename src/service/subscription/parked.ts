import { mustBe } from '../../kernel/known.ts';
import type { ParkedStream } from '../../stores/event-store.ts';
import type { Jsonable } from '../../util/digits.ts';
import { readCheckpoint } from './commit-checkpoint.ts';
import type { Failure } from './poison.ts';
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
 *
 * Without names, all parked streams are replayed. With one name it resolves to whether that stream was parked, and throws the
 * error if it fails again.
 *
 * @throws TypeError when there is no handler
 * @since 0.4.0
 */
export function retryParked<Transaction = never>(
  options: SubscriptionOptions<Transaction>,
  streamName: string,
): Promise<boolean>;
export function retryParked<Transaction = never>(
  options: SubscriptionOptions<Transaction>,
  streamNames?: readonly string[],
): Promise<RetriedParked>;
export async function retryParked<Transaction = never>(
  options: SubscriptionOptions<Transaction>,
  streamNames?: string | readonly string[],
): Promise<boolean | RetriedParked> {
  const schedule = createRetrySchedule(resolveSubscription(options));
  const isList = streamNames === undefined || typeof streamNames === 'string' || Array.isArray(streamNames);
  mustBe(isList, 'retryParked takes the name of a stream, or a list of names', streamNames);
  const { parked: all } = await readCheckpoint(schedule.subscription);
  if (typeof streamNames !== 'string') {
    const wanted = streamNames === undefined ? undefined : new Set(streamNames);
    const chosen = all.filter(({ streamName }) => wanted?.has(streamName) ?? true);
    return replayAllParked(schedule, chosen);
  }
  const stream = all.find(({ streamName }) => streamName === streamNames);
  if (stream === undefined) return false;
  const { failure } = await replayParked(schedule, stream);
  if (failure !== undefined) throw failure.error;
  return true;
}

async function replayAllParked<Transaction>(
  schedule: RetrySchedule<Transaction>,
  streams: readonly ParkedStream[],
): Promise<RetriedParked> {
  let events = 0;
  for (const stream of streams) {
    if (schedule.subscription.signal?.aborted) break;
    events += (await replayParked(schedule, stream)).events;
  }
  const names = new Set(streams.map(({ streamName }) => streamName));
  const left = (await readCheckpoint(schedule.subscription)).parked.filter(({ streamName }) => names.has(streamName));
  for (const { streamName } of left) names.delete(streamName);
  return { events, unparked: [...names], parked: left };
}

/** Replays a parked stream page by page; each page is committed for itself. */
async function replayParked<Transaction>(
  schedule: RetrySchedule<Transaction>,
  stream: ParkedStream,
): Promise<{ events: number; failure: Failure | undefined }> {
  let events = 0;
  for (let from: bigint | undefined = stream.from; from !== undefined; ) {
    const part: ParkedStream = { ...stream, from };
    const { cursor } = await readCheckpoint(schedule.subscription);
    const page = await readWaitingEvents(schedule.subscription, part, cursor, schedule.subscription.batchSize);
    const tried = await retryStream(schedule, 'parked', part, page);
    if (tried.kind !== 'settled') break;
    events += tried.events;
    if (tried.failure !== undefined) return { events, failure: tried.failure };
    from = tried.from;
  }
  return { events, failure: undefined };
}
