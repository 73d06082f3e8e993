import { epochOf } from '../../stores/cursor.ts';
import type { Checkpoint, FeedCursor, FeedEvent, ParkedStream, RetryingStream } from '../../stores/event-store.ts';
import { yieldIfDue } from '../../util/slices.ts';
import { commitCheckpoint, readCheckpoint } from './commit-checkpoint.ts';
import { groupByStream, type ProcessedBatch, processBatch, type RawBatch, reportDelivery } from './event-processor.ts';
import { noteHistory } from './other-history.ts';
import { describeFailure, failedStream } from './poison.ts';
import { isOutage, noteCommitted, noteFailure, type RetrySchedule } from './retry-schedule.ts';
import type { Subscription } from './subscription-options.ts';

/** The result of a round: whether anything was done, the number of events, and the checkpoint if nothing was. */
export type RoundResult = Readonly<{ worked: boolean; events: number; checkpoint?: Checkpoint }>;

export const IDLE_ROUND: RoundResult = { worked: false, events: 0 };

/** Batches that were handled but not committed, since another process of the consumer committed the checkpoint first. */
export type UncommittedResults<Transaction> = {
  /** The cursor that they follow. */
  after: FeedCursor | null;
  readonly results: Map<string, ProcessedBatch<Transaction>>;
};

export const createUncommitted = <Transaction>(): UncommittedResults<Transaction> => ({
  after: null,
  results: new Map(),
});

/** Handles and commits the next events of the global stream; during an outage, one at a time. */
export async function handleNextBatch<Transaction>(
  schedule: RetrySchedule<Transaction>,
  uncommitted: UncommittedResults<Transaction>,
  maxCount = isOutage(schedule) ? 1 : schedule.subscription.batchSize,
): Promise<RoundResult> {
  const { subscription } = schedule;
  if (subscription.signal?.aborted) return IDLE_ROUND;
  const checkpoint = await readCheckpoint(subscription);
  const events = await subscription.store.readFeed({ after: checkpoint.cursor, maxCount });
  const last = events.at(-1);
  noteHistory(schedule, checkpoint, last?.cursor ?? checkpoint.cursor);
  if (last === undefined || subscription.signal?.aborted) return { ...IDLE_ROUND, checkpoint };
  if (await hasMoved(subscription, checkpoint, last)) return { worked: true, events: 0 };
  dropStaleResults(uncommitted, checkpoint);
  const processed = await processBatches(schedule, uncommitted, batchesToHandle(subscription, checkpoint, events));
  if (processed === undefined) return IDLE_ROUND;
  const { results, failing } = processed;
  const update = { expected: checkpoint.revision, cursor: last.cursor, ...waitingStreams(checkpoint, processed) };
  const committed = await commitCheckpoint(subscription, update, results);
  if (committed.kind !== 'overtaken') uncommitted.results.clear();
  switch (committed.kind) {
    case 'overtaken':
      return { worked: true, events: 0 };
    case 'committed':
      noteCommitted(schedule, results, failing);
      return { worked: true, events: results.reduce((sum, result) => sum + result.events, 0) };
    case 'failed':
      if (subscription.signal?.aborted) return IDLE_ROUND;
      // With one event at a time, it is known which effect failed.
      if (maxCount > 1) return handleOneByOne(schedule, uncommitted, events.length);
      return deferFailedEffect(schedule, checkpoint, last, committed.error);
  }
}

/**
 * True if events were read in another history than the checkpoint, and the store has another checkpoint there: its revision may be the
 * same, though what was committed with it was lost.
 */
async function hasMoved(subscription: Subscription<never>, { cursor }: Checkpoint, last: FeedEvent): Promise<boolean> {
  if (cursor === null || epochOf(cursor) === epochOf(last.cursor)) return false;
  return (await readCheckpoint(subscription)).cursor !== cursor;
}

/** Drops the results of batches that follow another cursor. */
function dropStaleResults(uncommitted: UncommittedResults<never>, { cursor }: Checkpoint): void {
  if (uncommitted.after !== cursor) uncommitted.results.clear();
  uncommitted.after = cursor;
}

/** The batches of the streams that the subscription handles and that do not wait. */
function batchesToHandle(
  subscription: Subscription<never>,
  { parked, retrying }: Checkpoint,
  events: readonly FeedEvent[],
): RawBatch[] {
  const waiting = new Set([...parked, ...retrying].map(({ streamName }) => streamName));
  return groupByStream(events).filter(({ streamName }) => !waiting.has(streamName) && subscription.streams(streamName));
}

/** The batches of a round: the results of those that were tried, and those behind an outage, which were not. */
type ProcessedBatches<Transaction> = Readonly<{
  results: readonly ProcessedBatch<Transaction>[];
  untried: readonly RawBatch[];
  /** The streams that began to fail after the last stream of which an event was handled. */
  failing: ReadonlySet<string>;
}>;

/** Processes batches, one stream after the other, until their failures are an outage; undefined if the subscription was ended. */
async function processBatches<Transaction>(
  schedule: RetrySchedule<Transaction>,
  uncommitted: UncommittedResults<Transaction>,
  batches: readonly RawBatch[],
): Promise<ProcessedBatches<Transaction> | undefined> {
  const results: ProcessedBatch<Transaction>[] = [];
  const failing = new Set(schedule.failing);
  for (const batch of batches) {
    if (results.length > 0 && isOutage({ failing })) break;
    await yieldIfDue();
    const result = await processOnce(schedule.subscription, uncommitted, batch);
    if (result === undefined) return undefined;
    results.push(result);
    const { streamName, events, failure } = result;
    if (events > 0) failing.clear();
    if (failure?.kind !== 'transient') continue;
    failing.add(streamName);
    noteFailure(schedule, streamName, failure.error);
  }
  return { results, untried: batches.slice(results.length), failing };
}

/** Processes a batch, unless it has a result that was not committed. */
async function processOnce<Transaction>(
  subscription: Subscription<Transaction>,
  { results }: UncommittedResults<Transaction>,
  batch: RawBatch,
): Promise<ProcessedBatch<Transaction> | undefined> {
  const key = JSON.stringify([batch.streamName, batch.events.map(({ streamPosition: at }) => String(at))]);
  const result = results.get(key) ?? (await processBatch(subscription, batch));
  if (result !== undefined) results.set(key, result);
  return result;
}

/** The streams that have to wait once the batches are committed: parked, or to be retried. */
function waitingStreams(
  { handled }: Checkpoint,
  { results, untried }: Pick<ProcessedBatches<never>, 'results' | 'untried'>,
): { park: ParkedStream[]; retry: RetryingStream[] } {
  const park: ParkedStream[] = [];
  const retry: RetryingStream[] = [];
  let handledBefore = handled;
  for (const { streamName, events, failure } of results) {
    if (events > 0) handledBefore += 1;
    if (failure?.kind === 'poison') park.push(failedStream(streamName, failure));
    if (failure?.kind === 'transient') retry.push({ ...failedStream(streamName, failure), handledBefore });
  }
  const reason = 'Not tried yet: all before it failed';
  for (const { streamName, events } of untried) {
    retry.push({ streamName, from: events[0]?.streamPosition ?? 1n, reason, since: null, handledBefore });
  }
  return { park, retry };
}

/** Handles up to `count` events, each as a batch of its own, until nothing is new or the signal is aborted. */
async function handleOneByOne<Transaction>(
  schedule: RetrySchedule<Transaction>,
  uncommitted: UncommittedResults<Transaction>,
  count: number,
): Promise<RoundResult> {
  let events = 0;
  for (let n = 0; n < count; n++) {
    const done = await handleNextBatch(schedule, uncommitted, 1);
    if (!done.worked || isOutage(schedule)) break;
    events += done.events;
  }
  return { worked: true, events };
}

/** Parks the stream of an event whose effect failed, or queues it for a retry, and goes past the event. */
async function deferFailedEffect(
  schedule: RetrySchedule<never>,
  checkpoint: Checkpoint,
  { streamName, streamPosition, cursor }: FeedEvent,
  error: unknown,
): Promise<RoundResult> {
  const { subscription } = schedule;
  const failure = describeFailure(subscription, streamPosition, error);
  const results = [{ streamName, writes: [], events: 0, failure }];
  reportDelivery(subscription, { streamName, events: 0, failure });
  if (failure.kind === 'transient') noteFailure(schedule, streamName, error);
  const waiting = waitingStreams(checkpoint, { results, untried: [] });
  await commitCheckpoint(subscription, { expected: checkpoint.revision, cursor, ...waiting }, results);
  return { worked: true, events: 0 };
}
