import type { Checkpoint, FeedCursor, ParkedStream, RetryingStream } from '../stores/event-store.ts';
import { commit, standing } from './commit.ts';
import { type Batch, deliver, deliveriesOf, type Result } from './event-processor.ts';
import { isDown, noteFailure, noteSuccess, type Pace } from './pace.ts';
import { classOf, reasonOf } from './poison.ts';

/** The result of a round: whether anything was done, the number of events, and the checkpoint if nothing was. */
export type Done = Readonly<{ worked: boolean; events: number; checkpoint?: Checkpoint }>;

export const NOTHING: Done = { worked: false, events: 0 };

/** Results that were handled but not written, since another process of the same consumer moved the checkpoint. */
export type Memo<Transaction> = { at: FeedCursor | null; results: Map<string, Result<Transaction>> };

export const newMemo = <Transaction>(): Memo<Transaction> => ({ at: null, results: new Map() });

/** Streams that wait from now on. */
type Waiting = {
  park: ParkedStream[];
  retry: RetryingStream[];
  handled: number;
  /** The streams of which events were handled, and those that failed since. */
  done: string[];
  failing: Set<string>;
};

/** Handles the next events of the feed; while all fails, one at a time. */
export async function nextBatch<Transaction>(
  pace: Pace<Transaction>,
  memo: Memo<Transaction>,
  maxCount = isDown(pace) ? 1 : pace.subscription.batchSize,
): Promise<Done> {
  const { subscription } = pace;
  if (subscription.signal?.aborted) return NOTHING;
  const checkpoint = await standing(subscription);
  const batch = await subscription.store.readFeed({ after: checkpoint.cursor, maxCount });
  const last = batch.at(-1);
  if (last === undefined || subscription.signal?.aborted) return { ...NOTHING, checkpoint };
  if (memo.at !== checkpoint.cursor) Object.assign(memo, { ...newMemo<Transaction>(), at: checkpoint.cursor });
  const waiting: Waiting = { ...nothingYet(pace), handled: checkpoint.handled };
  const results = await deliverAll(pace, memo, batchOf(pace, checkpoint, deliveriesOf(batch)), waiting);
  if (results === undefined) return NOTHING;
  const { park, retry } = waiting;
  const move = { expected: checkpoint.revision, cursor: last.cursor };
  const committed = await commit(subscription, { ...move, park, retry }, results);
  if (committed.kind === 'overtaken') return { worked: true, events: 0 };
  memo.results.clear();
  if (committed.kind === 'committed') {
    if (waiting.done.length > 0) noteSuccess(pace, waiting.done, waiting.failing);
    return { worked: true, events: handledIn(results) };
  }
  if (subscription.signal?.aborted) return NOTHING;
  if (maxCount > 1) return isolateFailure(pace, memo, batch.length); // one of the effects: alone, it will be known
  const { streamName, streamPosition: from } = last;
  await commit(subscription, { ...move, ...failedEffect(pace, checkpoint, streamName, from, committed.error) }, []);
  return { worked: true, events: 0 };
}

const handledIn = (results: readonly Result<never>[]) => results.reduce((sum, { events }) => sum + events, 0);

/** The deliveries of streams that are handled and do not wait. */
function batchOf<Transaction>(
  { subscription }: Pace<Transaction>,
  { parked, retrying }: Checkpoint,
  batches: Iterable<Batch>,
): Batch[] {
  const waiting = new Set([...parked, ...retrying].map(({ streamName }) => streamName));
  return [...batches].filter(({ streamName }) => !waiting.has(streamName) && subscription.streams(streamName));
}

/** Undefined where the subscription was ended. */
async function deliverAll<Transaction>(
  pace: Pace<Transaction>,
  memo: Memo<Transaction>,
  batches: readonly Batch[],
  waiting: Waiting,
): Promise<Result<Transaction>[] | undefined> {
  const results: Result<Transaction>[] = [];
  for (const [n, batch] of batches.entries()) {
    if (n > 0 && isDown(waiting)) {
      waiting.retry.push(untried(batch, waiting.handled));
      continue;
    }
    const key = JSON.stringify([batch.streamName, batch.events.map(({ streamPosition: at }) => String(at))]);
    const result = memo.results.get(key) ?? (await deliver(pace.subscription, batch));
    if (result === undefined) return undefined;
    memo.results.set(key, result);
    results.push(result);
    note(pace, batch.streamName, result, waiting);
  }
  return results;
}

/** It waits behind those that failed before it in the batch. */
function untried({ streamName, events }: Batch, handledBefore: number): RetryingStream {
  const from = events[0]?.streamPosition ?? 1n;
  return { streamName, from, reason: 'Not tried yet: all before it failed', since: null, handledBefore };
}

function note<Transaction>(
  pace: Pace<Transaction>,
  streamName: string,
  { events, failure }: Result<Transaction>,
  waiting: Waiting,
): void {
  if (events > 0) {
    waiting.handled += 1;
    waiting.done.push(streamName);
    waiting.failing.clear();
  }
  if (failure === undefined) return;
  const { at: from, error, kind } = failure;
  const failed = { streamName, from, reason: reasonOf(error), since: pace.subscription.now() };
  if (kind === 'poison') waiting.park.push(failed);
  else {
    waiting.retry.push({ ...failed, handledBefore: waiting.handled });
    waiting.failing.add(streamName);
    noteFailure(pace, streamName, error);
  }
}

const nothingYet = ({ failing }: Pace<never>) => ({ park: [], retry: [], done: [], failing: new Set(failing) });

function failedEffect<Transaction>(
  pace: Pace<Transaction>,
  { handled: handledBefore }: Checkpoint,
  streamName: string,
  from: bigint,
  error: unknown,
): Pick<Waiting, 'park'> | Pick<Waiting, 'retry'> {
  const { consumer, observe, classify, now } = pace.subscription;
  const parked = classOf(error, classify) === 'poison';
  observe({ name: 'auxilio.delivery', consumer, streamName, events: 0, parked, error, durationMs: 0 });
  const failed = { streamName, from, reason: reasonOf(error), since: now() };
  if (parked) return { park: [failed] };
  noteFailure(pace, streamName, error);
  return { retry: [{ ...failed, handledBefore }] };
}

/** Handles up to `count` events, each as a batch of its own, until nothing is new or the signal is aborted. */
async function isolateFailure<Transaction>(
  pace: Pace<Transaction>,
  memo: Memo<Transaction>,
  count: number,
): Promise<Done> {
  let events = 0;
  for (let n = 0; n < count; n++) {
    const done = await nextBatch(pace, memo, 1);
    if (!done.worked || isDown(pace)) break;
    events += done.events;
  }
  return { worked: true, events };
}
