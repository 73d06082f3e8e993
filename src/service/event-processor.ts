import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { VisitEvent } from '../messages/index.ts';
import { recorded } from '../stores/event-record.ts';
import type { FeedEvent, RecordedEvent } from '../stores/event-store.ts';
import { UnreadableStreamError } from './errors.ts';
import { STOPPED, withinLimits } from './limits.ts';
import { mustBeFunction } from './option-validation.ts';
import { classOf, type ErrorClass, isUnreadable } from './poison.ts';
import { asWritten, unreadable } from './stream.ts';
import type { Follower, Handled } from './subscription-options.ts';

/** The result of delivering events of a stream: those that were handled, in order, and the first that failed. */
export type Result<Transaction> = Readonly<{
  handled: readonly Handled<Transaction>[];
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
  follower: Follower<Transaction>,
  { streamName, events }: Batch,
): Promise<Result<Transaction> | undefined> {
  const startedAt = performance.now();
  const { readable, failure: unread } = await readAll(follower, events);
  const together = await handOver(follower, streamName, readable);
  const first = together.failure;
  const alone = first?.kind === 'poison' && readable.length > 1;
  const { handled, failure: failed } = alone ? await isolateFailure(follower, streamName, readable) : together;
  if (follower.signal?.aborted && (failed !== undefined || unread !== undefined)) return undefined;
  const failure = failed ?? unread;
  if (failure !== undefined && follower.unreadable === 'stop' && isUnreadable(failure.error)) {
    if (failure.kind === 'poison') throw failure.error;
  }
  const done =
    failure === undefined ? events.length : events.filter((event) => event.streamPosition < failure.at).length;
  const { consumer } = follower;
  const signal = { consumer, streamName, events: done, parked: failure?.kind === 'poison' };
  const durationMs = performance.now() - startedAt;
  const error = failure?.error;
  follower.observe({ name: 'auxilio.delivery', ...signal, ...(failure !== undefined && { error }), durationMs });
  return { handled, events: done, ...(failure !== undefined && { failure }) };
}

type Readable = RecordedEvent<VisitEvent>;
type Part<Transaction> = { handled: Handled<Transaction>[]; failure?: Failure };

/** Reads the events up to the first that cannot be read. */
async function readAll<Transaction>(
  follower: Follower<Transaction>,
  events: readonly FeedEvent[],
): Promise<{ readable: Readable[]; failure?: Failure }> {
  const readable: Readable[] = [];
  for (const event of events) {
    try {
      readable.push(await read(follower, recorded<VisitEvent>(event)));
    } catch (error) {
      const kind = classOf(error, follower.classify);
      if (kind === 'poison' && isUnreadable(error) && follower.unreadable === 'skip') continue;
      return { readable, failure: { at: event.streamPosition, error, kind } };
    }
  }
  return { readable };
}

/** The event as the handler gets it. */
async function read<Transaction>(follower: Follower<Transaction>, event: Readable): Promise<Readable> {
  const { streamName, streamPosition } = event.metadata;
  const { codec } = follower;
  let data: object = event.data;
  if (codec !== undefined) {
    try {
      data = await withinLimits(follower, () => codec.decode(asWritten(event)));
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
  follower: Follower<Transaction>,
  streamName: string,
  events: readonly Readable[],
): Promise<Part<Transaction>> {
  const [first] = events;
  if (first === undefined) return { handled: [] };
  try {
    const handled = await withinLimits(follower, (signal) => follower.handle({ streamName, events }, { signal }));
    return { handled: isHandled(handled) ? [handled] : [] };
  } catch (error) {
    const kind = error === STOPPED ? 'transient' : classOf(error, follower.classify);
    return { handled: [], failure: { at: first.metadata.streamPosition, error, kind } };
  }
}

/** True if the handler answers with something to write. Refuses unknown fields, which would be lost. */
function isHandled<Transaction>(answer: Handled<Transaction> | undefined): answer is Handled<Transaction> {
  // From plain JavaScript it may be anything.
  if (typeof answer !== 'object' || answer === null) return false;
  mustKnowKeys('what a handler answers', answer, { rows: 0, effect: 0 });
  const { rows = [], effect } = answer;
  mustBe(!Array.isArray(answer) && Array.isArray(rows), 'A handler answers { rows }, a list', answer);
  mustBeFunction('A handler answers { effect } as', effect);
  return true;
}

async function isolateFailure<Transaction>(
  follower: Follower<Transaction>,
  streamName: string,
  events: readonly Readable[],
): Promise<Part<Transaction>> {
  const handled: Handled<Transaction>[] = [];
  for (const event of events) {
    const part = await handOver(follower, streamName, [event]);
    handled.push(...part.handled);
    if (part.failure !== undefined) return { handled, failure: part.failure };
  }
  return { handled };
}
