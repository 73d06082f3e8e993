import type { Checkpoint, FeedCursor, RetryingStream } from '../../stores/event-store.ts';
import { compareTexts } from '../../util/equality.ts';
import { runtime } from '../../util/runtime.ts';
import type { ProcessedBatch } from './event-processor.ts';
import type { Subscription } from './subscription-options.ts';

/** The number of streams that must fail in a row before everything counts as failing. */
const OUTAGE_STREAMS = 3;

/** The longest pause before a try, in milliseconds. */
const LONGEST_PAUSE_MS = 10_000;

/** The number of waiting streams from which on the longest pause follows every round of an outage. */
const MANY_WAITING = 1000;

/** The retries of a subscription, in memory; the store keeps the failures of each stream. */
export type RetrySchedule<Transaction> = {
  readonly subscription: Subscription<Transaction>;
  /** The streams that began to fail since an event was last handled. A stream that had failed before is not counted again. */
  readonly failing: Set<string>;
  /** The number of rounds of the outage, and of streams that waited in the last one. */
  outageRounds: number;
  waiting: number;
  /** The number of tries of each stream that failed here, and the time of its next try in milliseconds. */
  readonly tried: Map<string, Readonly<{ tries: number; dueAt: number }>>;
  /** The epoch of the store's history that was last read. */
  epoch: string | undefined;
  /** The checkpoint that was read after the store had refused a cursor of another history. */
  refused: FeedCursor | undefined;
};

export function createRetrySchedule<Transaction>(subscription: Subscription<Transaction>): RetrySchedule<Transaction> {
  const history = { epoch: undefined, refused: undefined };
  return { subscription, failing: new Set(), outageRounds: 0, waiting: 0, tried: new Map(), ...history };
}

/** True if several streams began to fail and nothing was handled since: the cause is not in one of them. */
export function isOutage({ failing }: Pick<RetrySchedule<never>, 'failing'>): boolean {
  return failing.size >= OUTAGE_STREAMS;
}

const readClock = ({ now }: Pick<Subscription<never>, 'now'>): number => Date.parse(now());

/** A pause that doubles with each failure, up to the longest, shortened by a random part of up to half. */
export function backoffMs({ pauseMs }: Subscription<never>, failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, pauseMs * 2 ** Math.min(failures - 1, 30)) * (0.5 + runtime.random() / 2);
}

/**
 * Counts a round in which something was done, and returns the pause after it in milliseconds. It is 0 except in an outage, in which a
 * pause follows rounds 1, 2, 4, 8 and so on, each longer than the last. So the stream that can be handled is found soon among many that
 * cannot, and a dependency that is down is called rarely.
 */
export function pauseAfterRound(schedule: RetrySchedule<never>): number {
  if (!isOutage(schedule)) return 0;
  schedule.outageRounds += 1;
  if (schedule.waiting >= MANY_WAITING) return backoffMs(schedule.subscription, Infinity);
  const doublings = Math.log2(schedule.outageRounds);
  return Number.isInteger(doublings) ? backoffMs(schedule.subscription, doublings + 1) : 0;
}

/**
 * Notes that a try failed, and reports it to the observer; `isFirst` if the stream begins to fail. The pause before its next try
 * depends on the stream alone.
 */
export function noteFailure(schedule: RetrySchedule<never>, streamName: string, error: unknown, isFirst = true): void {
  const { subscription, tried } = schedule;
  const attempt = (tried.get(streamName)?.tries ?? 0) + 1;
  const pauseMs = backoffMs(subscription, attempt);
  tried.set(streamName, { tries: attempt, dueAt: readClock(subscription) + pauseMs });
  if (isFirst) schedule.failing.add(streamName);
  const { consumer, observe } = subscription;
  observe({ name: 'auxilio.retry', consumer, streamName, attempt, pauseMs, error, durationMs: 0 });
}

/** Notes what was handled and committed, which ends an outage; `failing` has the streams that began to fail after it. */
export function noteCommitted(
  schedule: RetrySchedule<never>,
  results: readonly Pick<ProcessedBatch<never>, 'streamName' | 'events'>[],
  failing: ReadonlySet<string>,
): void {
  const handled = results.filter(({ events }) => events > 0).map(({ streamName }) => streamName);
  if (handled.length === 0) return;
  for (const name of handled) if (!failing.has(name)) schedule.tried.delete(name);
  schedule.outageRounds = 0;
  schedule.failing.clear();
  for (const name of failing) schedule.failing.add(name);
}

/**
 * Finds the stream to retry next in this run, and the milliseconds until it is due. Streams that were not tried yet come first.
 * Undefined if no stream waits for a retry.
 */
export function nextRetry(
  schedule: RetrySchedule<never>,
  { retrying }: Checkpoint,
): Readonly<{ stream: RetryingStream; waitMs: number }> | undefined {
  const { tried, subscription } = schedule;
  schedule.waiting = retrying.length;
  const [first] = retrying
    .map((stream) => ({ stream, ...(tried.get(stream.streamName) ?? { tries: 0, dueAt: -Infinity }) }))
    .filter(({ tries }) => tries < subscription.attempts)
    .sort((one, other) => one.dueAt - other.dueAt || compareTexts(one.stream.since ?? '~', other.stream.since ?? '~'));
  if (first === undefined) return undefined;
  const waitMs = Math.max(0, first.dueAt - readClock(subscription));
  // A wait that is longer than any pause means that the clock was set back.
  return { stream: first.stream, waitMs: waitMs > LONGEST_PAUSE_MS + 1 ? 0 : waitMs };
}

/**
 * True if the stream of an event is to be parked though no error was poison: the event has failed for more than `poisonAfterMs`, and
 * since it first failed, and since each other retried stream did, events of others were handled.
 */
export function isPoisonous(
  schedule: RetrySchedule<never>,
  { handled, retrying }: Checkpoint,
  stream: RetryingStream,
): boolean {
  if (stream.since === null) return false;
  const { poisonAfterMs } = schedule.subscription;
  if (!(readClock(schedule.subscription) - Date.parse(stream.since) > poisonAfterMs)) return false;
  return retrying.every(({ since, handledBefore }) => since === null || handledBefore < handled);
}
