import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import type { VisitEvent } from '../../messages/index.ts';
import type { FeedEvent, RecordedEvent } from '../../stores/event-store.ts';
import { toRecordedEvent } from '../../stores/stored-event.ts';
import { UnreadableStreamError } from '../errors.ts';
import { mustBeFunction } from '../option-validation.ts';
import { decoded, unreadable } from '../stream.ts';
import { classifyError, type ErrorClass, isUnreadable } from './poison.ts';
import type { HandlerResult, Subscription } from './subscription-options.ts';
import { SUBSCRIPTION_ENDED, withHandlerTimeout } from './time-limits.ts';

/** The result of processing events of a stream: those that were handled, in order, and the first that failed. */
export type ProcessedBatch<Transaction> = Readonly<{
  handled: readonly HandlerResult<Transaction>[];
  /** The number of events that were handled or skipped. */
  events: number;
  failure?: Failure;
}>;

/** An event that could not be handled, and why. */
export type Failure = Readonly<{ at: bigint; error: unknown; kind: ErrorClass }>;

/** Events of one stream as they are stored, not decoded. */
export type RawBatch = Readonly<{ streamName: string; events: readonly FeedEvent[] }>;

/** Groups events by stream, in the order of the first event of each. */
export function groupByStream(batch: readonly FeedEvent[]): Iterable<RawBatch> {
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
 * Decodes the events of a batch and calls the handler with them. If it throws a poison error, it is called for each event alone,
 * to find the poison one. Undefined if the subscription was ended: the outcome is then unknown.
 */
export async function processBatch<Transaction>(
  subscription: Subscription<Transaction>,
  { streamName, events }: RawBatch,
): Promise<ProcessedBatch<Transaction> | undefined> {
  const startedAt = performance.now();
  const { readable, failure: unread } = await decodeAll(subscription, events);
  const together = await callHandler(subscription, streamName, readable);
  const first = together.failure;
  const alone = first?.kind === 'poison' && readable.length > 1;
  const { handled, failure: failed } = alone ? await handleEventByEvent(subscription, streamName, readable) : together;
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

type DecodedEvent = RecordedEvent<VisitEvent>;
type HandledPart<Transaction> = { handled: HandlerResult<Transaction>[]; failure?: Failure };

/** Decodes the events up to the first that cannot be read. */
async function decodeAll<Transaction>(
  subscription: Subscription<Transaction>,
  events: readonly FeedEvent[],
): Promise<{ readable: DecodedEvent[]; failure?: Failure }> {
  const readable: DecodedEvent[] = [];
  for (const event of events) {
    try {
      readable.push(await decodeFeedEvent(subscription, toRecordedEvent<VisitEvent>(event)));
    } catch (error) {
      const kind = classifyError(error, subscription.classify);
      if (kind === 'poison' && isUnreadable(error) && subscription.unreadable === 'skip') continue;
      return { readable, failure: { at: event.streamPosition, error, kind } };
    }
  }
  return { readable };
}

/** Decodes an event for the handler. Refuses one that this release cannot read. */
async function decodeFeedEvent<Transaction>(
  subscription: Subscription<Transaction>,
  event: DecodedEvent,
): Promise<DecodedEvent> {
  const { streamName, streamPosition } = event.metadata;
  const { codec } = subscription;
  let readable = event;
  if (codec !== undefined) {
    try {
      readable = await withHandlerTimeout(subscription, () => decoded(event, codec));
    } catch (cause) {
      throw new UnreadableStreamError(streamName, streamPosition, 'undecodable', { cause });
    }
  }
  const reason = unreadable(readable);
  if (reason !== undefined) throw new UnreadableStreamError(streamName, streamPosition, reason);
  return readable;
}

async function callHandler<Transaction>(
  subscription: Subscription<Transaction>,
  streamName: string,
  events: readonly DecodedEvent[],
): Promise<HandledPart<Transaction>> {
  const [first] = events;
  if (first === undefined) return { handled: [] };
  try {
    const handled = await withHandlerTimeout(subscription, (signal) =>
      subscription.handle({ streamName, events }, { signal }),
    );
    return { handled: hasWrites(handled) ? [handled] : [] };
  } catch (error) {
    const kind = error === SUBSCRIPTION_ENDED ? 'transient' : classifyError(error, subscription.classify);
    return { handled: [], failure: { at: first.metadata.streamPosition, error, kind } };
  }
}

/** True if the handler returns something to write. Refuses unknown fields, which would be lost. */
function hasWrites<Transaction>(answer: HandlerResult<Transaction> | undefined): answer is HandlerResult<Transaction> {
  // Plain JavaScript may return anything.
  if (typeof answer !== 'object' || answer === null) return false;
  mustKnowKeys('what a handler answers', answer, { rows: 0, effect: 0 });
  const { rows = [], effect } = answer;
  mustBe(!Array.isArray(answer) && Array.isArray(rows), 'A handler answers { rows }, a list', answer);
  mustBeFunction('A handler answers { effect } as', effect);
  return true;
}

async function handleEventByEvent<Transaction>(
  subscription: Subscription<Transaction>,
  streamName: string,
  events: readonly DecodedEvent[],
): Promise<HandledPart<Transaction>> {
  const handled: HandlerResult<Transaction>[] = [];
  for (const event of events) {
    const part = await callHandler(subscription, streamName, [event]);
    handled.push(...part.handled);
    if (part.failure !== undefined) return { handled, failure: part.failure };
  }
  return { handled };
}
