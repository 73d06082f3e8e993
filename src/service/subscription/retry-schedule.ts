import type { Checkpoint, RetryingStream } from '../../stores/event-store.ts';
import { compareTexts } from '../../util/equality.ts';
import type { ProcessedBatch } from './event-processor.ts';
import type { Subscription } from './subscription-options.ts';
import { untilAborted } from './time-limits.ts';

/** The number of streams that must fail in a row before everything counts as failing. */
const OUTAGE_STREAMS = 3;

/** The retries of a subscription, in memory; the store keeps the failures of each stream. */
export type RetrySchedule<Transaction> = {
  readonly subscription: Subscription<Transaction>;
  /** The streams that failed since something was last handled. */
  readonly failing: Set<string>;
  /** The number of failed tries since something was last handled. */
  failures: number;
  /** The number of tries of each stream that failed here, and the time of its next try in milliseconds. */
  readonly tried: Map<string, Readonly<{ tries: number; dueAt: number }>>;
};

export function createRetrySchedule<Transaction>(subscription: Subscription<Transaction>): RetrySchedule<Transaction> {
  return { subscription, failing: new Set(), failures: 0, tried: new Map() };
}

/** True if several streams failed and nothing was handled since: the cause is not in one of them. */
export function isOutage({ failing }: Pick<RetrySchedule<never>, 'failing'>): boolean {
  return failing.size >= OUTAGE_STREAMS;
}

const nowOf = ({ now }: Pick<Subscription<never>, 'now'>): number => Date.parse(now());

/** A pause that doubles with each failure, up to the longest, shortened by a random part of up to half. */
export function backoffMs({ pauseMs, maxPauseMs, random }: Subscription<never>, failures: number): number {
  return Math.min(maxPauseMs, pauseMs * 2 ** Math.min(failures - 1, 30)) * (0.5 + random() / 2);
}

/** Notes that a try failed, and reports it to the observer. */
export function noteFailure(schedule: RetrySchedule<never>, streamName: string, error: unknown): void {
  const { subscription, tried } = schedule;
  const attempt = (tried.get(streamName)?.tries ?? 0) + 1;
  const pauseMs = backoffMs(subscription, attempt);
  tried.set(streamName, { tries: attempt, dueAt: nowOf(subscription) + pauseMs });
  schedule.failing.add(streamName);
  schedule.failures += 1;
  const { consumer, observe } = subscription;
  observe({ name: 'auxilio.retry', consumer, streamName, attempt, pauseMs, error, durationMs: 0 });
}

/**
 * Notes what was handled and committed; `failing` has the streams that failed after it. Those that failed during an outage may be
 * retried at once.
 */
export function noteCommitted(
  schedule: RetrySchedule<never>,
  results: readonly Pick<ProcessedBatch<never>, 'streamName' | 'events'>[],
  failing: ReadonlySet<string>,
): void {
  const handled = results.filter(({ events }) => events > 0).map(({ streamName }) => streamName);
  if (handled.length === 0) return;
  const recovered = isOutage(schedule) ? [...schedule.failing, ...handled] : handled;
  for (const name of recovered) if (!failing.has(name)) schedule.tried.delete(name);
  schedule.failing.clear();
  for (const name of failing) schedule.failing.add(name);
  schedule.failures = failing.size;
}

/** The stream that is retried next in this run, and the milliseconds until it is due; undefined without one. */
export function nextRetry(
  { tried, subscription }: RetrySchedule<never>,
  { retrying }: Checkpoint,
): Readonly<{ stream: RetryingStream; waitMs: number }> | undefined {
  const [first] = retrying
    .map((stream) => ({ stream, ...(tried.get(stream.streamName) ?? { tries: 0, dueAt: -Infinity }) }))
    .filter(({ tries }) => tries < subscription.attempts)
    .sort((one, other) => one.dueAt - other.dueAt || compareTexts(one.stream.since ?? '~', other.stream.since ?? '~'));
  if (first === undefined) return undefined;
  const waitMs = Math.max(0, first.dueAt - nowOf(subscription));
  // A time that is longer than any pause says that the clock was put back.
  return { stream: first.stream, waitMs: waitMs > subscription.maxPauseMs + 1 ? 0 : waitMs };
}

/** Sleeps until the time is over or the signal is aborted. */
export async function sleepUntilAborted({ subscription }: RetrySchedule<never>, durationMs: number): Promise<void> {
  const waiting = Promise.resolve(subscription.sleep(durationMs));
  await untilAborted(waiting, subscription.signal);
}

/**
 * True if an event counts as poison by time: it has failed for too long, and others were handled since it first failed and
 * since each other retried stream did.
 */
export function isPoisonous(
  schedule: RetrySchedule<never>,
  { handled, retrying }: Checkpoint,
  stream: RetryingStream,
): boolean {
  if (stream.since === null) return false;
  const { poisonAfterMs } = schedule.subscription;
  if (!(nowOf(schedule.subscription) - Date.parse(stream.since) > poisonAfterMs)) return false;
  return retrying.every(({ since, handledBefore }) => since === null || handledBefore < handled);
}
