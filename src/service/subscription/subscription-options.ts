import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import type { Instant, VisitEvent } from '../../messages/index.ts';
import type { ConsumerState, EventStreams, GlobalStream, RecordedEvent, RowChange } from '../../stores/event-store.ts';
import { currentInstant } from '../../util/runtime.ts';
import { type Codec, mustCodeBothWays } from '../shared/codec.ts';
import { mustBeFunction, mustBeSignal, validatedClock } from '../shared/option-validation.ts';
import { guardObserver, type Observer } from '../shared/telemetry.ts';
import type { ErrorClassifier } from './poison.ts';

/** The part of a store that a subscription needs. @since 0.4.0 */
export type SubscribableStore<Transaction = never> = Pick<EventStreams, 'readStream'> &
  Pick<GlobalStream, 'readFeed'> &
  Pick<ConsumerState<Transaction>, 'readCheckpoint' | 'commitCheckpoint'> &
  Partial<Pick<GlobalStream, 'readLag' | 'listen'>>;

/** New events of one stream, in the order of their versions. @since 0.4.0 */
export type StreamBatch = Readonly<{ streamName: string; events: readonly RecordedEvent<VisitEvent>[] }>;

/** The second argument of a handler. @since 0.5.0 */
export type DeliveryContext = Readonly<{
  /** Aborted when the handler has used up its time, or the subscription is ended. */
  signal: AbortSignal;
}>;

/** The rows and the effect that a subscription writes in the transaction of its checkpoint. @since 0.4.0 */
export type HandlerResult<Transaction = never> = Readonly<{
  rows?: readonly RowChange[];
  effect?: (transaction: Transaction) => unknown;
}>;

/** The answer of a handler: something to write, or nothing, as of a function without `return`. */
// biome-ignore lint/suspicious/noConfusingVoidType: this is the type of what such a function returns.
export type HandlerAnswer<Transaction> = HandlerResult<Transaction> | undefined | void;

/**
 * Options of a subscription.
 *
 * @since 0.4.0
 */
export type SubscriptionOptions<Transaction = never> = {
  /** Store whose global stream is read, and which keeps the checkpoint. */
  store: SubscribableStore<Transaction>;
  /** Name under which the checkpoint is kept. Several processes may share a name: one of them commits each batch. */
  consumer: string;
  /**
   * Handles new events of a stream. Its result, if it has one, is committed together with the checkpoint, exactly once. Its other side effects
   * may be repeated for the same events, after a crash or by another process: at least once.
   *
   * An error is transient: the handler is called again for the same events, with growing pauses and without end, while other
   * streams are handled. A {@link PoisonError} parks the stream.
   */
  handle: (
    delivery: StreamBatch,
    context: DeliveryContext,
  ) => HandlerAnswer<Transaction> | Promise<HandlerAnswer<Transaction>>;
  /** Selects the streams that are handled; the others are skipped for good. All by default. @since 0.5.0 */
  streams?: (streamName: string) => boolean;
  /** The codec of the service. */
  codec?: Codec;
  /**
   * The treatment of an event that this release cannot read (of a newer release or another program, or one that the codec
   * cannot decode for longer than `poisonAfterMs`): `park` its stream, by default; `skip` it for good; or `stop` with an
   * {@link UnreadableStreamError}.
   */
  unreadable?: 'park' | 'skip' | 'stop';
  /**
   * The treatment of a checkpoint that is kept elsewhere than the events, if the store refuses its cursor (`other-history`): after a
   * promotion or a restore it may rest on events that the store does not have. `stop` with that StoreError, by default, whose
   * `repeatFrom` says from where to repeat; or `repeat` from there. What was derived from events that are gone is to be undone first. A
   * checkpoint that the store itself keeps is never refused: it went back with the events and the rows, and what was being handled is
   * handled again from there. @since 0.9.0
   */
  otherHistory?: 'stop' | 'repeat';
  /** The number of events that are read at once, from 1 to 10,000; 100 by default. */
  batchSize?: number;
  /** Classifies an error as `poison` or `transient`; undefined applies the default rule. @since 0.5.0 */
  classify?: ErrorClassifier;
  /**
   * Time for which the same event must fail before its stream is parked without an error that is poison, in milliseconds;
   * 15 minutes by default, `Infinity` for never. It is parked only if events of other streams were handled meanwhile: during
   * an outage nothing is parked. @since 0.5.0
   */
  poisonAfterMs?: number;
  /**
   * The timeout of the handler, an effect or the codec, in milliseconds; 30,000 by default, `Infinity` for none. @since
   * 0.5.0
   */
  handlerTimeoutMs?: number;
  /**
   * The number of times that {@link catchUp} tries the same events before it resolves without them, 1 or more; without end by
   * default. The remaining streams are listed in `retrying`, and the next call tries them.
   */
  attempts?: number;
  /** The pause before the second try, in milliseconds, which doubles with each try, up to 10 seconds; 50 by default. */
  pauseMs?: number;
  /**
   * The longest pause of {@link subscribe} between two looks for new events, in milliseconds; 500 by default. A store with `listen`
   * wakes it before; on Postgres one connection of the process looks for all its subscriptions.
   */
  pollMs?: number;
  /** Ends {@link subscribe} and {@link catchUp} at once. A running handler is abandoned, and its events are delivered again. */
  signal?: AbortSignal;
  /** Receives a signal for each delivery and failure. */
  observe?: Observer;
  /** The clock; that of the machine by default. @since 0.5.0 */
  now?: () => Instant;
};

/** The options of a subscription with their defaults. */
export type Subscription<Transaction> = Readonly<
  Required<Omit<SubscriptionOptions<Transaction>, 'codec' | 'signal' | 'classify'>> & {
    codec: Codec | undefined;
    signal: AbortSignal | undefined;
    classify: ErrorClassifier | undefined;
  }
>;

const known: Readonly<Record<keyof SubscriptionOptions, 0>> = {
  store: 0,
  consumer: 0,
  handle: 0,
  streams: 0,
  codec: 0,
  unreadable: 0,
  otherHistory: 0,
  batchSize: 0,
  attempts: 0,
  pauseMs: 0,
  poisonAfterMs: 0,
  handlerTimeoutMs: 0,
  classify: 0,
  pollMs: 0,
  signal: 0,
  observe: 0,
  now: 0,
};

/** Refuses an invalid subscription, and unknown options. */
export function checkSubscription(options: Pick<SubscriptionOptions, 'consumer'> & { readonly store: object }): void {
  const store = options?.store as Partial<SubscribableStore> | undefined;
  if (typeof store?.readCheckpoint !== 'function') throw new TypeError('A subscription takes { store, consumer }');
  mustKnowKeys('a subscription', options, known);
}

export function resolveSubscription<Transaction>(options: SubscriptionOptions<Transaction>): Subscription<Transaction> {
  checkSubscription(options);
  const { codec, signal, classify, observe, now, ...rest } = options;
  const { store } = rest;
  mustBe(typeof store.commitCheckpoint === 'function', 'A subscription takes a store with commitCheckpoint', store);
  mustBeFunction('observe is', observe);
  mustBeFunction('now is', now);
  mustBeFunction('classify is', classify);
  mustBe(codec === undefined || typeof codec?.decode === 'function', 'codec is { encode, decode }', codec);
  if (codec !== undefined) mustCodeBothWays(codec);
  mustBeSignal(signal);
  const subscription: Subscription<Transaction> = {
    streams: () => true,
    unreadable: 'park',
    otherHistory: 'stop',
    batchSize: 100,
    poisonAfterMs: 15 * 60_000,
    attempts: Infinity,
    pauseMs: 50,
    pollMs: 500,
    handlerTimeoutMs: 30_000,
    ...rest,
    codec,
    signal,
    classify,
    observe: guardObserver(observe),
    now: now === undefined ? currentInstant : validatedClock(now),
  };
  check(subscription);
  return subscription;
}

function check<Transaction>(subscription: Subscription<Transaction>): void {
  for (const name of ['handle', 'streams'] as const) {
    mustBe(typeof subscription[name] === 'function', `A subscription takes ${name}, a function`, subscription[name]);
  }
  const { unreadable, otherHistory, batchSize, attempts } = subscription;
  if (!['park', 'skip', 'stop'].includes(unreadable)) throw new RangeError(`unreadable is 'park', 'skip' or 'stop'`);
  if (!['stop', 'repeat'].includes(otherHistory)) throw new RangeError(`otherHistory is 'stop' or 'repeat'`);
  if (!isWhole(batchSize, 1, 10_000)) throw new RangeError('batchSize is a whole number from 1 to 10,000');
  if (attempts !== Infinity && !isWhole(attempts, 1)) throw new RangeError('attempts is a whole number from 1');
  for (const name of ['pauseMs', 'pollMs'] as const) {
    if (!isDuration(subscription[name])) throw new RangeError(`${name} is 0 or more`);
  }
  if (subscription.poisonAfterMs !== Infinity && !isDuration(subscription.poisonAfterMs)) {
    throw new RangeError('poisonAfterMs is 0 or more');
  }
  const { handlerTimeoutMs } = subscription;
  if (handlerTimeoutMs !== Infinity && !isWhole(handlerTimeoutMs, 1, 2 ** 31 - 1)) {
    throw new RangeError('handlerTimeoutMs is a whole number from 1, or Infinity');
  }
}

const isWhole = (value: number, least: number, most = Number.MAX_SAFE_INTEGER) =>
  Number.isSafeInteger(value) && value >= least && value <= most;

const isDuration = (value: number) => Number.isFinite(value) && value >= 0;
