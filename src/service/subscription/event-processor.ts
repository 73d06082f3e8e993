import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import type { VisitEvent } from '../../messages/index.ts';
import { toRecordedEvent } from '../../stores/event-record.ts';
import type { FeedEvent, RecordedEvent } from '../../stores/event-store.ts';
import { jsonable } from '../../util/digits.ts';
import { runtime } from '../../util/runtime.ts';
import { yieldIfDue } from '../../util/slices.ts';
import { UnreadableStreamError } from '../shared/errors.ts';
import { mustBeFunction } from '../shared/option-validation.ts';
import { decodeStored, findUnreadable } from '../shared/stream.ts';
import { describeFailure, type Failure, isUnreadable } from './poison.ts';
import type { HandlerAnswer, HandlerResult, Subscription } from './subscription-options.ts';
import { runWithTimeout } from './time-limits.ts';

/** The result of processing a batch: what was handled, in order, and the first event that failed. */
export type ProcessedBatch<Transaction> = Readonly<{
  streamName: string;
  /** The rows and effects that the handler returned. */
  writes: readonly HandlerResult<Transaction>[];
  /** The number of events that were handled or skipped. */
  events: number;
  failure?: Failure;
}>;

/** Events of one stream as they are stored, not decoded. */
export type RawBatch = Readonly<{ streamName: string; events: readonly FeedEvent[] }>;

/** Groups events by stream, in the order of the first event of each. */
export function groupByStream(events: readonly FeedEvent[]): RawBatch[] {
  const batches = new Map<string, FeedEvent[]>();
  for (const event of events) {
    const batch = batches.get(event.streamName);
    if (batch === undefined) batches.set(event.streamName, [event]);
    else batch.push(event);
  }
  return [...batches].map(([streamName, ofStream]) => ({ streamName, events: ofStream }));
}

/**
 * Decodes the events of a batch, calls the handler with them, and reports the delivery. Undefined if the subscription was ended:
 * the outcome is then unknown.
 */
export async function processBatch<Transaction>(
  subscription: Subscription<Transaction>,
  { streamName, events }: RawBatch,
): Promise<ProcessedBatch<Transaction> | undefined> {
  const startedAt = runtime.monotonicMs();
  const { readable, failure: unread } = await decodeAll(subscription, events);
  const { writes, failure = unread } = await handleEvents(subscription, streamName, readable);
  let handled = events;
  if (failure !== undefined) {
    if (subscription.signal?.aborted) return undefined;
    if (mustStopAt(failure, subscription)) throw failure.error;
    handled = events.filter(({ streamPosition }) => streamPosition < failure.at);
  }
  const result = { streamName, writes, events: handled.length, ...(failure !== undefined && { failure }) };
  reportDelivery(subscription, result, runtime.monotonicMs() - startedAt);
  return result;
}

const mustStopAt = ({ kind, error }: Failure, { unreadable }: Subscription<never>) =>
  unreadable === 'stop' && kind === 'poison' && isUnreadable(error);

/** Reports to the observer that events of a stream were handled, and whether it is parked at the next. */
export function reportDelivery(
  { consumer, observe }: Subscription<never>,
  { streamName, events, failure }: Omit<ProcessedBatch<never>, 'writes'>,
  durationMs = 0,
): void {
  const parked = failure?.kind === 'poison';
  const error = failure !== undefined && { error: failure.error };
  observe({ name: 'auxilio.delivery', consumer, streamName, events, parked, ...error, durationMs });
}

type DecodedEvent = RecordedEvent<VisitEvent>;
type HandledEvents<Transaction> = Readonly<{ writes: readonly HandlerResult<Transaction>[]; failure?: Failure }>;

/** Decodes the events up to the first that cannot be read. */
async function decodeAll<Transaction>(
  subscription: Subscription<Transaction>,
  events: readonly FeedEvent[],
): Promise<{ readable: DecodedEvent[]; failure?: Failure }> {
  const readable: DecodedEvent[] = [];
  for (const event of events) {
    await yieldIfDue();
    try {
      subscription.signal?.throwIfAborted();
      const delivered = await decodeFeedEvent(subscription, toRecordedEvent<VisitEvent>(event));
      jsonable(delivered.metadata);
      readable.push(delivered);
    } catch (error) {
      const failure = describeFailure(subscription, event.streamPosition, error);
      if (subscription.unreadable === 'skip' && failure.kind === 'poison' && isUnreadable(error)) continue;
      return { readable, failure };
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
      readable = await runWithTimeout(subscription, () => decodeStored(event, codec));
    } catch (cause) {
      throw new UnreadableStreamError(streamName, streamPosition, 'undecodable', { cause });
    }
  }
  const reason = findUnreadable(readable);
  if (reason !== undefined) throw new UnreadableStreamError(streamName, streamPosition, reason);
  return readable;
}

/** Calls the handler with all events; if it throws a poison error, with each event alone, up to the poison one. */
async function handleEvents<Transaction>(
  subscription: Subscription<Transaction>,
  streamName: string,
  events: readonly DecodedEvent[],
): Promise<HandledEvents<Transaction>> {
  const all = await callHandler(subscription, streamName, events);
  if (all.failure?.kind !== 'poison' || events.length === 1) return all;
  const writes: HandlerResult<Transaction>[] = [];
  for (const event of events) {
    const alone = await callHandler(subscription, streamName, [event]);
    writes.push(...alone.writes);
    if (alone.failure !== undefined) return { writes, failure: alone.failure };
  }
  return { writes };
}

async function callHandler<Transaction>(
  subscription: Subscription<Transaction>,
  streamName: string,
  events: readonly DecodedEvent[],
): Promise<HandledEvents<Transaction>> {
  const [first] = events;
  if (first === undefined) return { writes: [] };
  try {
    const answer = await runWithTimeout(subscription, (signal) =>
      subscription.handle({ streamName, events }, { signal }),
    );
    return { writes: hasWrites(answer) ? [answer] : [] };
  } catch (error) {
    return { writes: [], failure: describeFailure(subscription, first.metadata.streamPosition, error) };
  }
}

/** True if the handler returns something to write. Refuses unknown fields, which would be lost. */
function hasWrites<Transaction>(answer: HandlerAnswer<Transaction>): answer is HandlerResult<Transaction> {
  // Plain JavaScript may return anything.
  if (typeof answer !== 'object' || answer === null) return false;
  mustKnowKeys('what a handler answers', answer, { rows: 0, effect: 0 });
  const { rows = [], effect } = answer;
  mustBe(!Array.isArray(answer) && Array.isArray(rows), 'A handler answers { rows }, a list', answer);
  mustBeFunction('A handler answers { effect } as', effect);
  return true;
}
