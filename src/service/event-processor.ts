import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { VisitEvent } from '../messages/index.ts';
import { toRecordedEvent } from '../stores/event-record.ts';
import type { FeedEvent, RecordedEvent } from '../stores/event-store.ts';
import { UnreadableStreamError } from './errors.ts';
import { STOPPED, withinLimits } from './limits.ts';
import { mustBeFunction } from './option-validation.ts';
import { classOf, type ErrorClass, isUnreadable } from './poison.ts';
import { asWritten, unreadable } from './stream.ts';
import type { HandlerResult, Subscription } from './subscription-options.ts';

/** The result of delivering events of a stream: those that were handled, in order, and the first that failed. */
export type Result<Transaction> = Readonly<{
  handled: readonly HandlerResult<Transaction>[];
  /** The number of events that were handled or skipped. */
  events: number;
  failure?: Failure;
}>;

/** An event that could not be handled. */
export type Failure = Readonly<{ at: bigint; error: unknown; kind: ErrorClass }>;

/** Events of one stream, as the feed has them. */
export type Batch = Readonly<{ streamName: string; events: readonly FeedEvent[] }>;

/** The events of a batch by their streams, which come in the order of their first. */
export function deliveriesOf(batch: readonly FeedEvent[]): Iterable<Batch> {
  const deliveries = new Map<string, { streamName: string; events: FeedEvent[] }>();
  for (const event of batch) {
    const { streamName } = event;
    const delivery = deliveries.get(streamName) ?? { streamName, events: [] };
    deliveries.set(streamName, delivery);
    delivery.events.push(event);
  }
  return deliveries.values();
}

/**
 * Hands the readable events of a delivery to the handler. If it throws poison, the events are handed to it one by one, to find
 * the event that is poison. Undefined if the subscription was ended: then nothing is known of the events.
 */
export async function deliver<Transaction>(
  subscription: Subscription<Transaction>,
  { streamName, events }: Batch,
): Promise<Result<Transaction> | undefined> {
  const startedAt = performance.now();
  const { readable, failure: unread } = await readAll(subscription, events);
  const together = await handOver(subscription, streamName, readable);
  const first = together.failure;
  const alone = first?.kind === 'poison' && readable.length > 1;
  const { handled, failure: failed } = alone ? await isolateFailure(subscription, streamName, readable) : together;
  if (subscription.signal?.aborted && (failed !== undefined || unread !== undefined)) return undefined;
  const failure = failed ?? unread;
  if (failure !== undefined && subscription.unreadable === 'stop' && isUnreadable(failure.error)) {
    if (failure.kind === 'poison') throw failure.error;
  }
  const done =
    failure === undefined ? events.length : events.filter((event) => event.streamPosition < failure.at).length;
  const { consumer } = subscription;
  const signal = { consumer, streamName, events: done, parked: failure?.kind === 'poison' };
  const durationMs = performance.now() - startedAt;
  const error = failure?.error;
  subscription.observe({ name: 'auxilio.delivery', ...signal, ...(failure !== undefined && { error }), durationMs });
  return { handled, events: done, ...(failure !== undefined && { failure }) };
}

type Readable = RecordedEvent<VisitEvent>;
type Part<Transaction> = { handled: HandlerResult<Transaction>[]; failure?: Failure };

/** Reads the events up to the first that cannot be read. */
async function readAll<Transaction>(
  subscription: Subscription<Transaction>,
  events: readonly FeedEvent[],
): Promise<{ readable: Readable[]; failure?: Failure }> {
  const readable: Readable[] = [];
  for (const event of events) {
    try {
      readable.push(await read(subscription, toRecordedEvent<VisitEvent>(event)));
    } catch (error) {
      const kind = classOf(error, subscription.classify);
      if (kind === 'poison' && isUnreadable(error) && subscription.unreadable === 'skip') continue;
      return { readable, failure: { at: event.streamPosition, error, kind } };
    }
  }
  return { readable };
}

/** The event as the handler gets it. */
async function read<Transaction>(subscription: Subscription<Transaction>, event: Readable): Promise<Readable> {
  const { streamName, streamPosition } = event.metadata;
  const { codec } = subscription;
  let data: object = event.data;
  if (codec !== undefined) {
    try {
      data = await withinLimits(subscription, () => codec.decode(asWritten(event)));
    } catch (cause) {
      throw new UnreadableStreamError(streamName, streamPosition, 'undecodable', { cause });
    }
  }
  const decoded = { ...event, data } as Readable;
  const reason = unreadable(decoded);
  if (reason !== undefined) throw new UnreadableStreamError(streamName, streamPosition, reason);
  return decoded;
}

async function handOver<Transaction>(
  subscription: Subscription<Transaction>,
  streamName: string,
  events: readonly Readable[],
): Promise<Part<Transaction>> {
  const [first] = events;
  if (first === undefined) return { handled: [] };
  try {
    const handled = await withinLimits(subscription, (signal) =>
      subscription.handle({ streamName, events }, { signal }),
    );
    return { handled: isHandled(handled) ? [handled] : [] };
  } catch (error) {
    const kind = error === STOPPED ? 'transient' : classOf(error, subscription.classify);
    return { handled: [], failure: { at: first.metadata.streamPosition, error, kind } };
  }
}

/** True if the handler answers with something to write. Refuses unknown fields, which would be lost. */
function isHandled<Transaction>(answer: HandlerResult<Transaction> | undefined): answer is HandlerResult<Transaction> {
  // From plain JavaScript it may be anything.
  if (typeof answer !== 'object' || answer === null) return false;
  mustKnowKeys('what a handler answers', answer, { rows: 0, effect: 0 });
  const { rows = [], effect } = answer;
  mustBe(!Array.isArray(answer) && Array.isArray(rows), 'A handler answers { rows }, a list', answer);
  mustBeFunction('A handler answers { effect } as', effect);
  return true;
}

async function isolateFailure<Transaction>(
  subscription: Subscription<Transaction>,
  streamName: string,
  events: readonly Readable[],
): Promise<Part<Transaction>> {
  const handled: HandlerResult<Transaction>[] = [];
  for (const event of events) {
    const part = await handOver(subscription, streamName, [event]);
    handled.push(...part.handled);
    if (part.failure !== undefined) return { handled, failure: part.failure };
  }
  return { handled };
}
