import type { VisitEvent } from '../messages/index.ts';
import { isCheckpointConflict, isStoreError } from '../stores/errors.ts';
import type {
  CheckpointMove,
  EventStore,
  FeedCursor,
  FeedEvent,
  ParkedStream,
  RecordedEvent,
  RowChange,
} from '../stores/port.ts';
import { recorded } from '../stores/rows.ts';
import {
  decoding,
  deliver,
  deliveriesOf,
  type Follower,
  isPassing,
  pause,
  type Result,
  read,
  reasonOf,
} from './deliver.ts';
import { type Observer, unfailing } from './signals.ts';
import type { Codec } from './stream.ts';

/** What a follower needs of a store. @since 0.4.0 */
export type FollowedStore<Transaction = never> = Pick<
  EventStore<Transaction>,
  'readStream' | 'readFeed' | 'readCheckpoint' | 'moveCheckpoint'
>;

/** New events of one stream, in the order of their versions. @since 0.4.0 */
export type Delivery = Readonly<{ streamName: string; events: readonly RecordedEvent<VisitEvent>[] }>;

/** What a follower writes in the transaction that moves its checkpoint. @since 0.4.0 */
export type Handled<Transaction = never> = Readonly<{
  rows?: readonly RowChange[];
  effect?: (transaction: Transaction) => unknown;
}>;

/**
 * How the feed is followed.
 *
 * @since 0.4.0
 */
export type FollowOptions<Transaction = never> = {
  store: FollowedStore<Transaction>;
  /** Under which name the place in the feed is kept. Several processes may follow under one name: one of them gets on. */
  consumer: string;
  /**
   * Handles new events of a stream. What it answers is written together with the checkpoint, exactly once. What it does
   * otherwise it may do again for the same events, after a crash or beside another process: at least once.
   */
  handle: (delivery: Delivery) => Handled<Transaction> | undefined | Promise<Handled<Transaction> | undefined>;
  /** As the service's. */
  codec?: Codec;
  /**
   * What to do with an event that this release cannot read (a newer one, a foreign one, one that the codec cannot decode after
   * all attempts): set its stream aside as if it could not be handled, `park`, by default; pass over it for good, `skip`; or
   * end with {@link UnreadableStreamError}, `stop`.
   */
  unreadable?: 'park' | 'skip' | 'stop';
  /** How many events are read at once, from 1 to 10,000; 100 by default. */
  batchSize?: number;
  /**
   * How often the same events are tried before their stream is set aside, 1 or more; 3 by default. A store that fails, the
   * handler's too, sets nothing aside.
   */
  attempts?: number;
  /** The pause before the second try, in milliseconds, which doubles; 50 by default. */
  pauseMs?: number;
  /** How long {@link follow} waits when there is nothing new, in milliseconds; 500 by default. */
  pollMs?: number;
  /** Ends {@link follow}, between two batches, and {@link catchUp}. */
  signal?: AbortSignal;
  /** Hears of deliveries and failures. */
  observe?: Observer;
};

/** What was handled: how many events, and which streams are set aside. @since 0.4.0 */
export type CaughtUp = Readonly<{ events: number; parked: readonly ParkedStream[] }>;

/**
 * Handles all that the feed has for a consumer, and answers when there is nothing new.
 *
 * The events of a stream come in their order and none is left out. Those of different streams come as the batches have them.
 * If events of a stream cannot be handled, that stream is set aside from there on, with the reason, and no other.
 *
 * @throws RangeError when an option is out of its range
 * @throws StoreError when the store fails
 * @throws UnreadableStreamError where `unreadable` is `stop`
 * @since 0.4.0
 */
export async function catchUp<Transaction = never>(options: FollowOptions<Transaction>): Promise<CaughtUp> {
  const follower = followerOf(options);
  let events = 0;
  for (;;) {
    const handled = follower.signal?.aborted ? 0 : await step(follower);
    if (handled === 0) break;
    events += handled;
  }
  const { parked } = await options.store.readCheckpoint(options.consumer);
  return { events, parked };
}

/**
 * Follows the feed until the signal is aborted, and then answers. A store that fails is tried again, where that may pass.
 *
 * @throws RangeError when an option is out of its range
 * @throws StoreError of a kind that does not pass: `closed`, `corrupt`, `invalid`, `newer-schema`
 * @throws UnreadableStreamError where `unreadable` is `stop`
 * @since 0.4.0
 */
export async function follow<Transaction = never>(
  options: FollowOptions<Transaction> & { signal: AbortSignal },
): Promise<void> {
  const follower = followerOf(options);
  const { signal, pollMs = 500, consumer } = options;
  if (!isDuration(pollMs)) throw new RangeError('pollMs is 0 or more');
  while (!signal.aborted) {
    try {
      if ((await step(follower)) > 0) continue;
    } catch (error) {
      if (!isPassing(error)) throw error;
      follower.observe({ name: 'auxilio.follow-failed', consumer, error, durationMs: 0 });
    }
    await pause(pollMs, signal);
  }
}

/**
 * Handles what waits of a stream that was set aside, as far as the feed was followed, and lets it go on if that succeeds; if
 * not, it stays set aside and what the handler threw is thrown. If another of the consumer's name gets on meanwhile, the
 * handler is called again. Reads the feed from its beginning: it alone says which events were gone past.
 *
 * @returns whether it was set aside
 * @since 0.4.0
 */
export async function retryParked<Transaction = never>(
  options: FollowOptions<Transaction>,
  streamName: string,
): Promise<boolean> {
  const follower = followerOf(options);
  const { store, consumer, unreadable, handle } = follower;
  for (;;) {
    const { revision, cursor, parked } = await store.readCheckpoint(consumer);
    const waiting = parked.find((stream) => stream.streamName === streamName);
    if (waiting === undefined) return false;
    const readable: RecordedEvent<VisitEvent>[] = [];
    for (const event of await gonePast(store, waiting, cursor)) {
      readable.push(...(await read(recorded<VisitEvent>(event), decoding(follower), unreadable)));
    }
    const handled = readable.length === 0 ? undefined : await handle({ streamName, events: readable });
    if (await moved(follower, { ...handled, expected: revision, cursor, unpark: [streamName] })) return true;
  }
}

/** The events of a stream that the feed has up to a place, from the first that waits. */
async function gonePast(
  store: Pick<FollowedStore, 'readFeed'>,
  { streamName, from }: ParkedStream,
  cursor: FeedCursor | null,
): Promise<FeedEvent[]> {
  const found: FeedEvent[] = [];
  for (let after: FeedCursor | null = null; (after ?? '') < (cursor ?? ''); ) {
    const part: readonly FeedEvent[] = await store.readFeed({ after, maxCount: 1000 });
    for (const event of part) {
      const { streamName: name, streamPosition, cursor: place } = event;
      if (name === streamName && streamPosition >= from && place <= (cursor ?? '')) found.push(event);
    }
    const last = part.at(-1);
    if (last === undefined) break;
    after = last.cursor;
  }
  return found;
}

function followerOf<Transaction>({
  unreadable = 'park',
  batchSize = 100,
  attempts = 3,
  pauseMs = 50,
  observe,
  codec,
  signal,
  ...rest
}: FollowOptions<Transaction>): Follower<Transaction> {
  if (!['park', 'skip', 'stop'].includes(unreadable)) throw new RangeError(`unreadable is 'park', 'skip' or 'stop'`);
  if (!isWhole(batchSize, 1, 10_000)) throw new RangeError('batchSize is a whole number from 1 to 10,000');
  if (!isWhole(attempts, 1)) throw new RangeError('attempts is a whole number from 1');
  if (!isDuration(pauseMs)) throw new RangeError('pauseMs is 0 or more');
  return { ...rest, unreadable, batchSize, attempts, pauseMs, codec, signal, observe: unfailing(observe) };
}

const isWhole = (value: number, least: number, most = Number.MAX_SAFE_INTEGER) =>
  Number.isSafeInteger(value) && value >= least && value <= most;

const isDuration = (value: number) => Number.isFinite(value) && value >= 0;

/** Handles the next batch; answers how many events it had, 0 when there is nothing new. */
async function step<Transaction>(follower: Follower<Transaction>, maxCount = follower.batchSize): Promise<number> {
  const { store, consumer } = follower;
  const { revision, cursor, parked } = await store.readCheckpoint(consumer);
  const batch = await store.readFeed({ after: cursor, maxCount });
  const last = batch.at(-1);
  if (last === undefined) return 0;
  const waiting = new Set(parked.map(({ streamName }) => streamName));
  const results: Result<Transaction>[] = [];
  for (const delivery of deliveriesOf(batch)) {
    if (waiting.has(delivery.streamName)) continue;
    const result = await deliver(follower, delivery);
    if (result === undefined) return 0;
    results.push(result);
  }
  const move = { expected: revision, cursor: last.cursor };
  try {
    await moved(follower, { ...move, ...written(results) });
  } catch (error) {
    if (isStoreError(error) && error.kind !== 'invalid') throw error;
    if (follower.signal?.aborted) return 0;
    if (maxCount > 1) return oneByOne(follower, batch.length); // one of the effects: alone, it will be known
    const { streamName, streamPosition: from } = last;
    if (await moved(follower, { ...move, park: [{ streamName, from, reason: reasonOf(error) }] })) {
      follower.observe({
        name: 'auxilio.delivery',
        consumer,
        streamName,
        events: 1,
        parked: true,
        error,
        durationMs: 0,
      });
    }
  }
  return batch.length;
}

/** Handles so many events, each as a batch of its own, until there is nothing new or the signal. */
async function oneByOne<Transaction>(follower: Follower<Transaction>, count: number): Promise<number> {
  let done = 0;
  while (done < count && !follower.signal?.aborted && (await step(follower, 1)) > 0) done += 1;
  return done;
}

/** Moves the checkpoint, unless another of its name got on meanwhile: then we go on from there. */
async function moved<Transaction>(
  { store, consumer }: Pick<Follower<Transaction>, 'store' | 'consumer'>,
  move: CheckpointMove<Transaction>,
): Promise<boolean> {
  try {
    await store.moveCheckpoint(consumer, move);
    return true;
  } catch (error) {
    if (isCheckpointConflict(error)) return false;
    throw error;
  }
}

function written<Transaction>(results: readonly Result<Transaction>[]) {
  const effects = results.flatMap(({ handled }) => handled?.effect ?? []);
  return {
    rows: results.flatMap(({ handled }) => handled?.rows ?? []),
    park: results.flatMap(({ park }) => park ?? []),
    ...(effects.length > 0 && { effect: inTurn(effects) }),
  };
}

/** One effect after the other; a promise only where one of them is. */
function inTurn<Transaction>(effects: readonly ((transaction: Transaction) => unknown)[]) {
  return (transaction: Transaction): unknown => {
    let waiting: Promise<unknown> | undefined;
    for (const effect of effects) {
      if (waiting !== undefined) waiting = waiting.then(() => effect(transaction));
      else {
        const answer = effect(transaction);
        if (answer instanceof Promise) waiting = answer;
      }
    }
    return waiting;
  };
}
