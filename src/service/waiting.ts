import type { Checkpoint, FeedCursor, FeedEvent, ParkedStream, RetryingStream } from '../stores/event-store.ts';
import { type Done, NOTHING } from './batch.ts';
import { commit, standing } from './commit.ts';
import { deliver, type Failure, type Result } from './event-processor.ts';
import { dueStream, isPoisonous, noteFailure, noteSuccess, type Pace } from './pace.ts';
import { classOf, isUnreadable, reasonOf } from './poison.ts';
import type { Subscription } from './subscription-options.ts';

type Waiting = ParkedStream | RetryingStream;
type List = 'parked' | 'retrying';

/** Tries the stream that is due, if one is: the event that failed alone, and those that only wait behind it together. */
export async function retryNext<Transaction>(pace: Pace<Transaction>, found?: Checkpoint): Promise<Done> {
  const { subscription } = pace;
  if (subscription.signal?.aborted) return NOTHING;
  const checkpoint = found ?? (await standing(subscription));
  const stream = dueStream(pace, checkpoint);
  if (stream === undefined) return { ...NOTHING, checkpoint };
  const events = await waitingEvents(
    subscription,
    stream,
    checkpoint.cursor,
    stream.since === null ? subscription.batchSize : 1,
  );
  const tried = await tryWaiting(pace, 'retrying', stream, events);
  if (tried === 'stopped') return NOTHING;
  return { worked: true, events: tried.kind === 'settled' ? tried.events : 0 };
}

/** The result of a try: overtaken if another process of the consumer took the stream up meanwhile. */
export type Tried = Readonly<
  { kind: 'settled'; events: number; from: bigint | undefined; failure: Failure | undefined } | { kind: 'overtaken' }
>;

/** Hands events of a stream that waits to the handler, and writes what became of it. */
export async function tryWaiting<Transaction>(
  pace: Pace<Transaction>,
  list: List,
  stream: Waiting,
  events: readonly FeedEvent[],
): Promise<Tried | 'stopped'> {
  const { streamName } = stream;
  const result = await deliver(pace.subscription, { streamName, events });
  if (result === undefined) return 'stopped';
  return settle(pace, list, stream, events, result);
}

/**
 * The events of a stream that the feed was followed past, from the first that waits; by an index, and not by reading the feed.
 */
export async function waitingEvents(
  { store }: Pick<Subscription<never>, 'store'>,
  { streamName, from }: Pick<Waiting, 'streamName' | 'from'>,
  cursor: FeedCursor | null,
  maxCount: number,
): Promise<FeedEvent[]> {
  const found = await store.readFeed({ streamName, fromVersion: from, maxCount });
  if (found.some((event) => event.streamName !== streamName || event.streamPosition < from)) {
    throw new TypeError('The store does not read the part of one stream in its feed');
  }
  return found.filter((event) => event.cursor <= (cursor ?? ''));
}

/** Writes what became of a try, at whatever revision the checkpoint is by now, if the stream still waits where it did. */
async function settle<Transaction>(
  pace: Pace<Transaction>,
  list: List,
  stream: Waiting,
  events: readonly FeedEvent[],
  tried: Result<Transaction>,
): Promise<Tried> {
  const { streamName, from } = stream;
  let result = tried;
  for (;;) {
    const checkpoint = await standing(pace.subscription);
    const entry = checkpoint[list].find((one: Waiting) => one.streamName === streamName);
    if (entry === undefined || entry.from !== from) return { kind: 'overtaken' };
    const rest = await restOf(pace, checkpoint, list, entry, result, from + BigInt(result.events));
    const settled = { kind: 'settled', events: result.events, from: rest?.from, failure: result.failure } as const;
    if (rest?.unchanged) {
      note(pace, streamName, result);
      return settled;
    }
    const { revision: expected, cursor } = checkpoint;
    const move = { expected, cursor, unpark: [streamName], ...rest?.move };
    const committed = await commit(pace.subscription, move, result.events > 0 ? [result] : []);
    if (committed.kind === 'committed') {
      note(pace, streamName, result);
      if (rest?.byTime) reportParked(pace.subscription, streamName, result.failure?.error);
      return settled;
    }
    if (committed.kind === 'overtaken') continue;
    result = failedEffect(pace, events, committed.error);
  }
}

/** Notes what was written: that events were handled, and that one failed after them. */
function note<Transaction>(
  pace: Pace<Transaction>,
  streamName: string,
  { events, failure }: Result<Transaction>,
): void {
  if (events > 0) noteSuccess(pace, [streamName]);
  if (failure?.kind === 'transient') noteFailure(pace, streamName, failure.error);
}

function reportParked({ consumer, observe }: Subscription<never>, streamName: string, error: unknown): void {
  observe({ name: 'auxilio.delivery', consumer, streamName, events: 0, parked: true, error, durationMs: 0 });
}

type Rest = Readonly<{
  from: bigint;
  /** Nothing is to be written. */
  unchanged?: boolean;
  /** It is parked for having failed too long. */
  byTime?: boolean;
  move: Readonly<{ park: [ParkedStream] } | { retry: [RetryingStream] }>;
}>;

/** The new waiting entry of the stream; undefined if it no longer waits. */
async function restOf<Transaction>(
  pace: Pace<Transaction>,
  checkpoint: Checkpoint,
  list: List,
  entry: Waiting,
  { failure, events }: Result<Transaction>,
  next: bigint,
): Promise<Rest | undefined> {
  if (failure !== undefined) {
    const found = failed(pace, checkpoint, list, entry, failure, events > 0);
    if (!found.byTime || !isUnreadable(failure.error) || pace.subscription.unreadable === 'park') return found;
    if (pace.subscription.unreadable === 'stop') throw failure.error;
    return restOf(pace, checkpoint, list, entry, { handled: [], events }, failure.at + 1n);
  }
  const { streamName } = entry;
  const [more] = await waitingEvents(pace.subscription, { streamName, from: next }, checkpoint.cursor, 1);
  if (more === undefined) return undefined;
  if (list === 'parked') return { from: next, move: { park: [{ ...entry, from: next } as ParkedStream] } };
  const behind = { reason: 'Waits behind an event that failed', since: null, handledBefore: checkpoint.handled };
  return { from: next, move: { retry: [{ streamName, from: next, ...behind }] } };
}

function failed<Transaction>(
  pace: Pace<Transaction>,
  checkpoint: Checkpoint,
  list: List,
  entry: Waiting,
  { at: from, error, kind }: Failure,
  hasMoved: boolean,
): Rest {
  const { streamName } = entry;
  const since = (hasMoved ? undefined : entry.since) ?? pace.subscription.now();
  const parked = { streamName, from, reason: reasonOf(error), since };
  const toPark = { from, move: { park: [parked] as [ParkedStream] } };
  if (kind === 'poison' || list === 'parked') return toPark;
  const isSame = !hasMoved && 'handledBefore' in entry && entry.since !== null;
  const handledBefore = checkpoint.handled + (hasMoved ? 1 : 0);
  if (!isSame) return { from, move: { retry: [{ ...parked, handledBefore }] } };
  if (isPoisonous(pace, checkpoint, entry)) return { ...toPark, byTime: true };
  return { from, unchanged: true, move: { retry: [entry] } };
}

/** The effect of the events failed, and what was written with it was undone. */
function failedEffect<Transaction>(
  pace: Pace<Transaction>,
  events: readonly FeedEvent[],
  error: unknown,
): Result<Transaction> {
  const kind = classOf(error, pace.subscription.classify);
  const at = events[0]?.streamPosition ?? 1n;
  return { handled: [], events: 0, failure: { at, error, kind } };
}
