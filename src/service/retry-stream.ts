import type { Checkpoint, FeedCursor, FeedEvent, ParkedStream, RetryingStream } from '../stores/event-store.ts';
import { IDLE_ROUND, type RoundResult } from './batch.ts';
import { commit, readPosition } from './commit-checkpoint.ts';
import { type Failure, type ProcessedBatch, processBatch } from './event-processor.ts';
import { classifyError, describeError, isUnreadable } from './poison.ts';
import { dueStream, isPoisonous, noteFailure, noteSuccess, type RetrySchedule } from './retry-schedule.ts';
import type { Subscription } from './subscription-options.ts';

type WaitingStream = ParkedStream | RetryingStream;
type WaitingList = 'parked' | 'retrying';

/** Retries the stream that is due, if one is: the failed event alone, or a batch of those that wait behind it. */
export async function retryNext<Transaction>(
  schedule: RetrySchedule<Transaction>,
  found?: Checkpoint,
): Promise<RoundResult> {
  const { subscription } = schedule;
  if (subscription.signal?.aborted) return IDLE_ROUND;
  const checkpoint = found ?? (await readPosition(subscription));
  const stream = dueStream(schedule, checkpoint);
  if (stream === undefined) return { ...IDLE_ROUND, checkpoint };
  const events = await readWaitingEvents(
    subscription,
    stream,
    checkpoint.cursor,
    stream.since === null ? subscription.batchSize : 1,
  );
  const tried = await retryStream(schedule, 'retrying', stream, events);
  if (tried === 'stopped') return IDLE_ROUND;
  return { worked: true, events: tried.kind === 'settled' ? tried.events : 0 };
}

/** The outcome of a retry: overtaken if another process of the consumer has retried the stream meanwhile. */
export type RetryOutcome = Readonly<
  { kind: 'settled'; events: number; from: bigint | undefined; failure: Failure | undefined } | { kind: 'overtaken' }
>;

/** Processes events of a waiting stream and commits the outcome. */
export async function retryStream<Transaction>(
  schedule: RetrySchedule<Transaction>,
  list: WaitingList,
  stream: WaitingStream,
  events: readonly FeedEvent[],
): Promise<RetryOutcome | 'stopped'> {
  const { streamName } = stream;
  const result = await processBatch(schedule.subscription, { streamName, events });
  if (result === undefined) return 'stopped';
  return commitRetry(schedule, list, stream, events, result);
}

/**
 * Reads the waiting events of a stream up to the checkpoint, from the first one on; by an index, not by the global stream.
 */
export async function readWaitingEvents(
  { store }: Pick<Subscription<never>, 'store'>,
  { streamName, from }: Pick<WaitingStream, 'streamName' | 'from'>,
  cursor: FeedCursor | null,
  maxCount: number,
): Promise<FeedEvent[]> {
  const found = await store.readFeed({ streamName, fromVersion: from, maxCount });
  if (found.some((event) => event.streamName !== streamName || event.streamPosition < from)) {
    throw new TypeError('The store does not read the part of one stream in its feed');
  }
  return found.filter((event) => event.cursor <= (cursor ?? ''));
}

/** Commits the outcome of a retry at the current revision of the checkpoint, if the stream still waits at the same event. */
async function commitRetry<Transaction>(
  schedule: RetrySchedule<Transaction>,
  list: WaitingList,
  stream: WaitingStream,
  events: readonly FeedEvent[],
  tried: ProcessedBatch<Transaction>,
): Promise<RetryOutcome> {
  const { streamName, from } = stream;
  let result = tried;
  for (;;) {
    const checkpoint = await readPosition(schedule.subscription);
    const entry = checkpoint[list].find((one: WaitingStream) => one.streamName === streamName);
    if (entry === undefined || entry.from !== from) return { kind: 'overtaken' };
    const rest = await nextEntry(schedule, checkpoint, list, entry, result, from + BigInt(result.events));
    const settled = { kind: 'settled', events: result.events, from: rest?.from, failure: result.failure } as const;
    if (rest?.unchanged) {
      noteCommitted(schedule, streamName, result);
      return settled;
    }
    const { revision: expected, cursor } = checkpoint;
    const move = { expected, cursor, unpark: [streamName], ...rest?.move };
    const committed = await commit(schedule.subscription, move, result.events > 0 ? [result] : []);
    if (committed.kind === 'committed') {
      noteCommitted(schedule, streamName, result);
      if (rest?.byTime) reportParked(schedule.subscription, streamName, result.failure?.error);
      return settled;
    }
    if (committed.kind === 'overtaken') continue;
    result = resultOfFailedEffect(schedule, events, committed.error);
  }
}

/** Notes a committed outcome: handled events, and a failure after them. */
function noteCommitted<Transaction>(
  schedule: RetrySchedule<Transaction>,
  streamName: string,
  { events, failure }: ProcessedBatch<Transaction>,
): void {
  if (events > 0) noteSuccess(schedule, [streamName]);
  if (failure?.kind === 'transient') noteFailure(schedule, streamName, failure.error);
}

function reportParked({ consumer, observe }: Subscription<never>, streamName: string, error: unknown): void {
  observe({ name: 'auxilio.delivery', consumer, streamName, events: 0, parked: true, error, durationMs: 0 });
}

type WaitingEntry = Readonly<{
  from: bigint;
  /** Nothing needs to be written. */
  unchanged?: boolean;
  /** It is parked because it failed for too long. */
  byTime?: boolean;
  move: Readonly<{ park: [ParkedStream] } | { retry: [RetryingStream] }>;
}>;

/** The new waiting entry of the stream; undefined if it no longer waits. */
async function nextEntry<Transaction>(
  schedule: RetrySchedule<Transaction>,
  checkpoint: Checkpoint,
  list: WaitingList,
  entry: WaitingStream,
  { failure, events }: ProcessedBatch<Transaction>,
  next: bigint,
): Promise<WaitingEntry | undefined> {
  if (failure !== undefined) {
    const found = failedEntry(schedule, checkpoint, list, entry, failure, events > 0);
    if (!found.byTime || !isUnreadable(failure.error) || schedule.subscription.unreadable === 'park') return found;
    if (schedule.subscription.unreadable === 'stop') throw failure.error;
    return nextEntry(schedule, checkpoint, list, entry, { handled: [], events }, failure.at + 1n);
  }
  const { streamName } = entry;
  const [more] = await readWaitingEvents(schedule.subscription, { streamName, from: next }, checkpoint.cursor, 1);
  if (more === undefined) return undefined;
  if (list === 'parked') return { from: next, move: { park: [{ ...entry, from: next } as ParkedStream] } };
  const behind = { reason: 'Waits behind an event that failed', since: null, handledBefore: checkpoint.handled };
  return { from: next, move: { retry: [{ streamName, from: next, ...behind }] } };
}

function failedEntry<Transaction>(
  schedule: RetrySchedule<Transaction>,
  checkpoint: Checkpoint,
  list: WaitingList,
  entry: WaitingStream,
  { at: from, error, kind }: Failure,
  hasMoved: boolean,
): WaitingEntry {
  const { streamName } = entry;
  const since = (hasMoved ? undefined : entry.since) ?? schedule.subscription.now();
  const parked = { streamName, from, reason: describeError(error), since };
  const toPark = { from, move: { park: [parked] as [ParkedStream] } };
  if (kind === 'poison' || list === 'parked') return toPark;
  const isSame = !hasMoved && 'handledBefore' in entry && entry.since !== null;
  const handledBefore = checkpoint.handled + (hasMoved ? 1 : 0);
  if (!isSame) return { from, move: { retry: [{ ...parked, handledBefore }] } };
  if (isPoisonous(schedule, checkpoint, entry)) return { ...toPark, byTime: true };
  return { from, unchanged: true, move: { retry: [entry] } };
}

/** The result for events whose effect failed, so that their commit was rolled back. */
function resultOfFailedEffect<Transaction>(
  schedule: RetrySchedule<Transaction>,
  events: readonly FeedEvent[],
  error: unknown,
): ProcessedBatch<Transaction> {
  const kind = classifyError(error, schedule.subscription.classify);
  const at = events[0]?.streamPosition ?? 1n;
  return { handled: [], events: 0, failure: { at, error, kind } };
}
