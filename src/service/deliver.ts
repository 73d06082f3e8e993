import type { VisitEvent } from '../messages/index.ts';
import { isStoreError } from '../stores/errors.ts';
import type { FeedEvent, ParkedStream, RecordedEvent } from '../stores/port.ts';
import { recorded } from '../stores/rows.ts';
import { UnreadableStreamError } from './errors.ts';
import type { FollowOptions, Handled } from './follow.ts';
import { asWritten, type Codec, unreadable } from './stream.ts';

/** How the feed is followed, with what is usual filled in. */
export type Follower<Transaction> = Required<Omit<FollowOptions<Transaction>, 'codec' | 'signal' | 'pollMs'>> & {
  codec: Codec | undefined;
  signal: AbortSignal | undefined;
};

/** What became of a delivery. */
export type Result<Transaction> = Readonly<{ handled?: Handled<Transaction> | undefined; park?: ParkedStream }>;

/** The events of a batch by their streams, which come in the order of their first. */
export function deliveriesOf(batch: readonly FeedEvent[]): Iterable<{ streamName: string; events: FeedEvent[] }> {
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
 * Hands what can be read of a delivery to the handler; what cannot be handled or read is to be set aside. Undefined where the
 * handler failed and the signal leaves no time for another try: then it is neither handled nor to be set aside.
 */
export async function deliver<Transaction>(
  follower: Follower<Transaction>,
  { streamName, events }: { streamName: string; events: readonly FeedEvent[] },
): Promise<Result<Transaction> | undefined> {
  const startedAt = performance.now();
  const readable: RecordedEvent<VisitEvent>[] = [];
  let park: ParkedStream | undefined;
  for (const event of events) {
    try {
      readable.push(...(await read(recorded<VisitEvent>(event), decoding(follower), follower.unreadable)));
    } catch (error) {
      if (follower.unreadable === 'stop') throw error;
      if (follower.signal?.aborted) return undefined;
      park = { streamName, from: event.streamPosition, reason: reasonOf(error) };
      break;
    }
  }
  let handled: Handled<Transaction> | undefined;
  let failure: unknown;
  if (readable.length > 0) {
    try {
      const delivery = { streamName, events: readable };
      handled = await tried(follower, () => follower.handle(delivery));
    } catch (error) {
      if (follower.signal?.aborted) return undefined;
      if (isPassing(error)) throw error;
      failure = error;
      park = { streamName, from: readable[0]?.metadata.streamPosition ?? 1n, reason: reasonOf(error) };
    }
  }
  const told = { consumer: follower.consumer, streamName, events: readable.length, parked: park !== undefined };
  const durationMs = performance.now() - startedAt;
  const error = failure ?? park?.reason;
  follower.observe({ name: 'auxilio.delivery', ...told, ...(error !== undefined && { error }), durationMs });
  return park === undefined ? { handled } : { handled, park };
}

/** A store fails in a way that may pass, whoever asked it. */
export const isPassing = (error: unknown): boolean => isStoreError(error) && passing.has(error.kind);

const passing: ReadonlySet<string> = new Set(['busy', 'io', 'unavailable', 'full', 'read-only', 'in-transaction']);

type Tries = Pick<Follower<never>, 'attempts' | 'pauseMs' | 'signal'>;

async function tried<T>({ attempts, pauseMs, signal }: Tries, work: () => T | Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts) throw error;
      await pause(pauseMs * 2 ** (attempt - 1), signal);
      if (signal?.aborted) throw error;
    }
  }
}

/** How the data of an event are decoded, in as many attempts as it takes; not at all without a codec. */
export function decoding({ codec, ...tries }: Tries & Pick<Follower<never>, 'codec'>): Decoding | undefined {
  return codec && ((event) => tried(tries, () => codec.decode(asWritten(event))));
}

type Decoding = (event: RecordedEvent<VisitEvent>) => Promise<object>;

/** The event as the handler gets it; none where it cannot be read and is passed over. */
export async function read(
  event: RecordedEvent<VisitEvent>,
  decode: Decoding | undefined,
  otherwise: 'park' | 'skip' | 'stop',
) {
  const { streamName, streamPosition } = event.metadata;
  try {
    const data = decode === undefined ? event.data : await decode(event);
    const decoded = { ...event, data } as RecordedEvent<VisitEvent>;
    const reason = unreadable(decoded);
    if (reason === undefined) return [decoded];
    if (otherwise === 'skip') return [];
    throw new UnreadableStreamError(streamName, streamPosition, reason);
  } catch (cause) {
    if (cause instanceof UnreadableStreamError) throw cause;
    if (otherwise === 'skip') return [];
    throw new UnreadableStreamError(streamName, streamPosition, 'undecodable', { cause });
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Waits, but no longer than until the signal. */
export function pause(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, durationMs);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}
