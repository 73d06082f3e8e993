import { placeOf } from '../../stores/cursor.ts';
import type { Checkpoint, FeedCursor, FeedEvent, ParkedStream, RetryingStream } from '../../stores/event-store.ts';
import { IDLE_ROUND, type RoundResult } from './batch.ts';
import { type CommitOutcome, commitCheckpoint, readCheckpoint } from './commit-checkpoint.ts';
import { type ProcessedBatch, processBatch, reportDelivery } from './event-processor.ts';
import { describeFailure, type Failure, failedStream, isUnreadable } from './poison.ts';
import { isPoisonous, nextRetry, noteCommitted, noteFailure, type RetrySchedule } from './retry-schedule.ts';
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
  const checkpoint = found ?? (await readCheckpoint(subscription));
  const next = nextRetry(schedule, checkpoint);
  if (next === undefined || next.waitMs > 0) return { ...IDLE_ROUND, checkpoint };
  const maxCount = next.stream.since === null ? subscription.batchSize : 1;
  const events = await readWaitingEvents(subscription, next.stream, checkpoint.cursor, maxCount);
  const retried = await retryStream(schedule, 'retrying', next.stream, events);
  if (retried.kind === 'stopped') return IDLE_ROUND;
  return { worked: true, events: retried.kind === 'settled' ? retried.events : 0 };
}

/** The outcome of a retry. */
export type RetryOutcome = Readonly<
  /** It was committed; `from` is the version of the first event that still waits. */
  | { kind: 'settled'; events: number; from: bigint | undefined; failure: Failure | undefined }
  /** Another process of the consumer has retried the stream meanwhile. */
  | { kind: 'overtaken' }
  /** The subscription was ended. */
  | { kind: 'stopped' }
>;

/**
 * Processes events of a waiting stream, and commits the outcome at the current revision of the checkpoint, if the stream still
 * waits at the same event.
 */
export async function retryStream<Transaction>(
  schedule: RetrySchedule<Transaction>,
  list: WaitingList,
  { streamName, from }: WaitingStream,
  events: readonly FeedEvent[],
): Promise<RetryOutcome> {
  const { subscription } = schedule;
  let result = await processBatch(subscription, { streamName, events });
  while (result !== undefined) {
    const checkpoint = await readCheckpoint(subscription);
    const entry = checkpoint[list].find((one: WaitingStream) => one.streamName === streamName);
    if (entry?.from !== from) return { kind: 'overtaken' };
    const next = await nextEntry({ schedule, checkpoint, list, entry }, result);
    const committed = await commitEntry(subscription, checkpoint, next, result);
    if (committed.kind === 'committed') {
      reportRetry(schedule, entry, next, result);
      return { kind: 'settled', events: result.events, from: next.entry?.from, failure: result.failure };
    }
    if (committed.kind === 'failed') {
      if (subscription.signal?.aborted) break;
      result = { streamName, writes: [], events: 0, failure: describeFailure(subscription, from, committed.error) };
    }
  }
  return { kind: 'stopped' };
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
  return found.filter((event) => placeOf(event.cursor) <= placeOf(cursor));
}

/** Commits the new entry of a stream with the rows and effects of the events before it. */
async function commitEntry<Transaction>(
  subscription: Subscription<Transaction>,
  { revision: expected, cursor }: Checkpoint,
  next: NextEntry,
  result: ProcessedBatch<Transaction>,
): Promise<CommitOutcome> {
  if (next.kind === 'unchanged') return { kind: 'committed' };
  const park = next.kind === 'park' || next.kind === 'timed-out' ? [next.entry] : [];
  const retry = next.kind === 'retry' ? [next.entry] : [];
  const update = { expected, cursor, unpark: [result.streamName], park, retry };
  return commitCheckpoint(subscription, update, result.events > 0 ? [result] : []);
}

/** Notes a committed outcome: handled events, and a failure after them. */
function reportRetry(
  schedule: RetrySchedule<never>,
  { since }: WaitingStream,
  next: NextEntry,
  result: ProcessedBatch<never>,
): void {
  const { streamName, failure, events } = result;
  noteCommitted(schedule, [result], new Set());
  if (failure?.kind === 'transient') noteFailure(schedule, streamName, failure.error, since === null || events > 0);
  if (failure === undefined || next.kind !== 'timed-out') return;
  reportDelivery(schedule.subscription, { streamName, events: 0, failure: { ...failure, kind: 'poison' } });
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

/** The entry of a stream whose retry failed; if events before the failed one were handled, its failure is a new one. */
function failedEntry(waiting: Waiting, failure: Failure, hasAdvanced: boolean): NextEntry {
  const { schedule, checkpoint, list, entry } = waiting;
  const since = (hasAdvanced ? null : entry.since) ?? failure.since;
  const failed = failedStream(entry.streamName, { ...failure, since });
  if (failure.kind === 'poison' || list === 'parked') return { kind: 'park', entry: failed };
  const isSame = !hasAdvanced && 'handledBefore' in entry && entry.since !== null;
  if (!isSame)
    return { kind: 'retry', entry: { ...failed, handledBefore: checkpoint.handled + (hasAdvanced ? 1 : 0) } };
  return isPoisonous(schedule, checkpoint, entry) ? { kind: 'timed-out', entry: failed } : { kind: 'unchanged', entry };
}
