import { mustBe } from '../kernel/known.ts';
import type { ParkedStream } from '../stores/event-store.ts';
import { standing } from './commit.ts';
import type { Failure } from './event-processor.ts';
import { type Pace, paceOf } from './pace.ts';
import { checkSubscription, followerOf, type SubscriptionOptions } from './subscription-options.ts';
import { tryWaiting, waitingEvents } from './waiting.ts';

/**
 * Lists the streams that a consumer has parked: from which version on, why, and since when.
 *
 * @throws TypeError without a store, or for an option that is not known
 * @since 0.5.0
 */
export async function parked<Transaction = never>(
  options: Pick<SubscriptionOptions<Transaction>, 'store' | 'consumer'>,
): Promise<readonly ParkedStream[]> {
  checkSubscription(options);
  return (await standing(options as Pick<SubscriptionOptions, 'store' | 'consumer'>)).parked;
}

/** The result of retrying parked streams. @since 0.5.0 */
export type RetriedParked = Readonly<{
  /** The number of events that were handled. */
  events: number;
  /** The streams that are parked no more. */
  unparked: readonly string[];
  /** Those that failed again, and where they are parked now. */
  parked: readonly ParkedStream[];
}>;

/**
 * Takes up what is parked: of each stream, hands the events from where it was parked to where the feed was followed to the
 * handler, and lets it go on if that succeeds; what fails stays parked from there on. What comes after it, the feed brings.
 * Events are read by their stream, not from the beginning of the feed, and are not handed to the handler again if the
 * consumer gets on meanwhile.
 *
 * Without names, all streams are taken up. With one name it answers whether that was parked, and throws what failed.
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
  const pace = paceOf(followerOf(options));
  const isList = streamNames === undefined || typeof streamNames === 'string' || Array.isArray(streamNames);
  mustBe(isList, 'retryParked takes the name of a stream, or a list of names', streamNames);
  const { parked: all } = await standing(pace.subscription);
  if (typeof streamNames !== 'string') {
    const wanted = streamNames === undefined ? undefined : new Set(streamNames);
    return takeUpAll(
      pace,
      all.filter(({ streamName }) => wanted?.has(streamName) ?? true),
    );
  }
  const stream = all.find(({ streamName }) => streamName === streamNames);
  if (stream === undefined) return false;
  const { failure } = await takeUp(pace, stream);
  if (failure !== undefined) throw failure.error;
  return true;
}

async function takeUpAll<Transaction>(
  pace: Pace<Transaction>,
  streams: readonly ParkedStream[],
): Promise<RetriedParked> {
  let events = 0;
  for (const stream of streams) {
    if (pace.subscription.signal?.aborted) break;
    events += (await takeUp(pace, stream)).events;
  }
  const names = new Set(streams.map(({ streamName }) => streamName));
  const left = (await standing(pace.subscription)).parked.filter(({ streamName }) => names.has(streamName));
  for (const { streamName } of left) names.delete(streamName);
  return { events, unparked: [...names], parked: left };
}

/** Page by page, each written with its own move. */
async function takeUp<Transaction>(
  pace: Pace<Transaction>,
  stream: ParkedStream,
): Promise<{ events: number; failure: Failure | undefined }> {
  let events = 0;
  for (let from: bigint | undefined = stream.from; from !== undefined; ) {
    const part: ParkedStream = { ...stream, from };
    const { cursor } = await standing(pace.subscription);
    const page = await waitingEvents(pace.subscription, part, cursor, pace.subscription.batchSize);
    const tried = await tryWaiting(pace, 'parked', part, page);
    if (tried === 'stopped' || tried.kind === 'overtaken') break;
    events += tried.events;
    if (tried.failure !== undefined) return { events, failure: tried.failure };
    from = tried.from;
  }
  return { events, failure: undefined };
}
