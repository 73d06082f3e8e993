import type { Checkpoint, FeedCursor, FeedEvent, ParkedStream, RetryingStream } from '../../stores/event-store.ts';
import { commit, readPosition } from './commit-checkpoint.ts';
import { groupByStream, type ProcessedBatch, processBatch, type RawBatch } from './event-processor.ts';
import { classifyError, describeError } from './poison.ts';
import { isOutage, noteFailure, noteSuccess, type RetrySchedule } from './retry-schedule.ts';

/** The result of a round: whether anything was done, the number of events, and the checkpoint if nothing was. */
export type RoundResult = Readonly<{ worked: boolean; events: number; checkpoint?: Checkpoint }>;

export const IDLE_ROUND: RoundResult = { worked: false, events: 0 };

/** Batches that were handled but not committed, since another process of the consumer committed the checkpoint first. */
export type UncommittedResults<Transaction> = {
  at: FeedCursor | null;
  results: Map<string, ProcessedBatch<Transaction>>;
};

export const noUncommittedResults = <Transaction>(): UncommittedResults<Transaction> => ({
  at: null,
  results: new Map(),
});

/** Streams to park or to retry, collected while a batch is handled. */
type Deferred = {
  park: ParkedStream[];
  retry: RetryingStream[];
  handled: number;
  /** The streams with handled events, and those that failed after them. */
  done: string[];
  failing: Set<string>;
};

/** Handles and commits the next events of the global stream; during an outage, one at a time. */
export async function handleNextBatch<Transaction>(
  schedule: RetrySchedule<Transaction>,
  uncommitted: UncommittedResults<Transaction>,
  maxCount = isOutage(schedule) ? 1 : schedule.subscription.batchSize,
): Promise<RoundResult> {
  const { subscription } = schedule;
  if (subscription.signal?.aborted) return IDLE_ROUND;
  const checkpoint = await readPosition(subscription);
  const batch = await subscription.store.readFeed({ after: checkpoint.cursor, maxCount });
  const last = batch.at(-1);
  if (last === undefined || subscription.signal?.aborted) return { ...IDLE_ROUND, checkpoint };
  if (uncommitted.at !== checkpoint.cursor) {
    Object.assign(uncommitted, { ...noUncommittedResults<Transaction>(), at: checkpoint.cursor });
  }
  const deferred: Deferred = { ...nothingDeferred(schedule), handled: checkpoint.handled };
  const batches = batchesToHandle(schedule, checkpoint, groupByStream(batch));
  const results = await processBatches(schedule, uncommitted, batches, deferred);
  if (results === undefined) return IDLE_ROUND;
  const { park, retry } = deferred;
  const update = { expected: checkpoint.revision, cursor: last.cursor, park, retry };
  const committed = await commit(subscription, update, results);
  if (committed.kind === 'overtaken') return { worked: true, events: 0 };
  uncommitted.results.clear();
  if (committed.kind === 'committed') {
    if (deferred.done.length > 0) noteSuccess(schedule, deferred.done, deferred.failing);
    return { worked: true, events: countHandled(results) };
  }
  if (subscription.signal?.aborted) return IDLE_ROUND;
  // An effect failed. With one event at a time, it is known which.
  if (maxCount > 1) return handleOneByOne(schedule, uncommitted, batch.length);
  return deferFailedEffect(schedule, checkpoint, last, committed.error);
}

const countHandled = (results: readonly ProcessedBatch<never>[]) =>
  results.reduce((sum, { events }) => sum + events, 0);

/** The batches of the streams that the subscription handles and that do not wait. */
function batchesToHandle<Transaction>(
  { subscription }: RetrySchedule<Transaction>,
  { parked, retrying }: Checkpoint,
  batches: Iterable<RawBatch>,
): RawBatch[] {
  const waiting = new Set([...parked, ...retrying].map(({ streamName }) => streamName));
  return [...batches].filter(({ streamName }) => !waiting.has(streamName) && subscription.streams(streamName));
}

/** Handles batches, one stream after the other; undefined if the subscription was ended. */
async function processBatches<Transaction>(
  schedule: RetrySchedule<Transaction>,
  uncommitted: UncommittedResults<Transaction>,
  batches: readonly RawBatch[],
  deferred: Deferred,
): Promise<ProcessedBatch<Transaction>[] | undefined> {
  const results: ProcessedBatch<Transaction>[] = [];
  for (const [n, batch] of batches.entries()) {
    if (n > 0 && isOutage(deferred)) {
      deferred.retry.push(retryBehindFailures(batch, deferred.handled));
      continue;
    }
    const key = JSON.stringify([batch.streamName, batch.events.map(({ streamPosition: at }) => String(at))]);
    const result = uncommitted.results.get(key) ?? (await processBatch(schedule.subscription, batch));
    if (result === undefined) return undefined;
    uncommitted.results.set(key, result);
    results.push(result);
    deferFailed(schedule, batch.streamName, result, deferred);
  }
  return results;
}

/** Queues a stream for a retry without a try, since those before it in the batch failed. */
function retryBehindFailures({ streamName, events }: RawBatch, handledBefore: number): RetryingStream {
  const from = events[0]?.streamPosition ?? 1n;
  return { streamName, from, reason: 'Not tried yet: all before it failed', since: null, handledBefore };
}

function deferFailed<Transaction>(
  schedule: RetrySchedule<Transaction>,
  streamName: string,
  { events, failure }: ProcessedBatch<Transaction>,
  deferred: Deferred,
): void {
  if (events > 0) {
    deferred.handled += 1;
    deferred.done.push(streamName);
    deferred.failing.clear();
  }
  if (failure === undefined) return;
  const { at: from, error, kind } = failure;
  const failed = { streamName, from, reason: describeError(error), since: schedule.subscription.now() };
  if (kind === 'poison') deferred.park.push(failed);
  else {
    deferred.retry.push({ ...failed, handledBefore: deferred.handled });
    deferred.failing.add(streamName);
    noteFailure(schedule, streamName, error);
  }
}

const nothingDeferred = ({ failing }: RetrySchedule<never>) => ({
  park: [],
  retry: [],
  done: [],
  failing: new Set(failing),
});

/** Parks the stream of an event whose effect failed, or queues it for a retry, and goes past the event. */
async function deferFailedEffect<Transaction>(
  schedule: RetrySchedule<Transaction>,
  { revision: expected, handled: handledBefore }: Checkpoint,
  { streamName, streamPosition: from, cursor }: FeedEvent,
  error: unknown,
): Promise<RoundResult> {
  const { consumer, observe, classify, now } = schedule.subscription;
  const parked = classifyError(error, classify) === 'poison';
  observe({ name: 'auxilio.delivery', consumer, streamName, events: 0, parked, error, durationMs: 0 });
  const failed = { streamName, from, reason: describeError(error), since: now() };
  if (!parked) noteFailure(schedule, streamName, error);
  const waiting = parked ? { park: [failed] } : { retry: [{ ...failed, handledBefore }] };
  await commit(schedule.subscription, { expected, cursor, ...waiting }, []);
  return { worked: true, events: 0 };
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
