import type { Checkpoint, FeedCursor, FeedEvent, ParkedStream, RetryingStream } from '../../stores/event-store.ts';
import { IDLE_ROUND, type RoundResult } from './batch.ts';
import { type CommitOutcome, commit, readPosition } from './commit-checkpoint.ts';
import { type Failure, type ProcessedBatch, processBatch } from './event-processor.ts';
import { classifyError, describeError, isUnreadable } from './poison.ts';
import { dueStream, isPoisonous, noteFailure, noteSuccess, type RetrySchedule } from './retry-schedule.ts';
import type { Subscription } from './subscription-options.ts';

type WaitingStream = ParkedStream | RetryingStream;
type WaitingList = 'parked' | 'retrying';

/** The entry of a waiting stream, with the checkpoint in which it was read and its list there. */
type Waiting = Readonly<{
  schedule: RetrySchedule<never>;
  checkpoint: Checkpoint;
  list: WaitingList;
  entry: WaitingStream;
}>;

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
  const maxCount = stream.since === null ? subscription.batchSize : 1;
  const events = await readWaitingEvents(subscription, stream, checkpoint.cursor, maxCount);
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
): Promise<RetryOutcome | 'stopped'> {
  const { streamName, from } = stream;
  let result = tried;
  for (;;) {
    const checkpoint = await readPosition(schedule.subscription);
    const entry = checkpoint[list].find((one: WaitingStream) => one.streamName === streamName);
    if (entry === undefined || entry.from !== from) return { kind: 'overtaken' };
    const next = await nextEntry({ schedule, checkpoint, list, entry }, result);
    const committed = await commitEntry(schedule.subscription, checkpoint, streamName, next, result);
    if (committed.kind === 'overtaken') continue;
    if (committed.kind === 'failed') {
      if (schedule.subscription.signal?.aborted) return 'stopped';
      result = resultOfFailedEffect(schedule, events, committed.error);
      continue;
    }
    noteCommitted(schedule, streamName, result);
    if (next.kind === 'timed-out') reportParked(schedule.subscription, streamName, result.failure?.error);
    return { kind: 'settled', events: result.events, from: next.entry?.from, failure: result.failure };
  }
}

/** Commits the new entry of a stream with the rows and effects of the events before it. */
async function commitEntry<Transaction>(
  subscription: Subscription<Transaction>,
  { revision: expected, cursor }: Checkpoint,
  streamName: string,
  next: NextEntry,
  result: ProcessedBatch<Transaction>,
): Promise<CommitOutcome> {
  if (next.kind === 'unchanged') return { kind: 'committed' };
  const park = next.kind === 'park' || next.kind === 'timed-out' ? [next.entry] : [];
  const retry = next.kind === 'retry' ? [next.entry] : [];
  const update = { expected, cursor, unpark: [streamName], park, retry };
  return commit(subscription, update, result.events > 0 ? [result] : []);
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

/** The entry of a stream in the checkpoint after a retry. */
type NextEntry = Readonly<
  /** It no longer waits. */
  | { kind: 'handled'; entry?: undefined }
  /** It waits as before: there is nothing to write. */
  | { kind: 'unchanged' | 'retry'; entry: RetryingStream }
  /** It is parked; `timed-out` if the event has failed for too long. */
  | { kind: 'park' | 'timed-out'; entry: ParkedStream }
>;

async function nextEntry(waiting: Waiting, { failure, events }: ProcessedBatch<never>): Promise<NextEntry> {
  if (failure === undefined) return entryFrom(waiting, waiting.entry.from + BigInt(events));
  const next = failedEntry(waiting, failure, events > 0);
  const { unreadable } = waiting.schedule.subscription;
  if (next.kind !== 'timed-out' || !isUnreadable(failure.error) || unreadable === 'park') return next;
  if (unreadable === 'stop') throw failure.error;
  return entryFrom(waiting, failure.at + 1n);
}

/** The entry of a stream whose events up to `from` were handled or skipped. */
async function entryFrom({ schedule, checkpoint, list, entry }: Waiting, from: bigint): Promise<NextEntry> {
  const { streamName } = entry;
  const { cursor, handled: handledBefore } = checkpoint;
  const [more] = await readWaitingEvents(schedule.subscription, { streamName, from }, cursor, 1);
  if (more === undefined) return { kind: 'handled' };
  if (list === 'parked') return { kind: 'park', entry: { ...entry, from } as ParkedStream };
  const reason = 'Waits behind an event that failed';
  return { kind: 'retry', entry: { streamName, from, reason, since: null, handledBefore } };
}

function failedEntry(waiting: Waiting, { at: from, error, kind }: Failure, hasAdvanced: boolean): NextEntry {
  const { schedule, checkpoint, list, entry } = waiting;
  const { streamName } = entry;
  const since = (hasAdvanced ? undefined : entry.since) ?? schedule.subscription.now();
  const failed = { streamName, from, reason: describeError(error), since };
  if (kind === 'poison' || list === 'parked') return { kind: 'park', entry: failed };
  const isSame = !hasAdvanced && 'handledBefore' in entry && entry.since !== null;
  const handledBefore = checkpoint.handled + (hasAdvanced ? 1 : 0);
  if (!isSame) return { kind: 'retry', entry: { ...failed, handledBefore } };
  if (isPoisonous(schedule, checkpoint, entry)) return { kind: 'timed-out', entry: failed };
  return { kind: 'unchanged', entry };
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
