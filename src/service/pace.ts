import type { Checkpoint, RetryingStream } from '../stores/event-store.ts';
import { untilAborted } from './limits.ts';
import type { Subscription } from './subscription-options.ts';

/** The number of streams that must fail in a row before everything counts as failing. */
const MANY = 3;

/** The times at which a subscription retries. Kept in memory; the store keeps the failures of each stream. */
export type Pace<Transaction> = {
  readonly subscription: Subscription<Transaction>;
  /** The streams that failed since something was last handled. */
  readonly failing: Set<string>;
  /** The number of failed tries since something was last handled. */
  failures: number;
  /** Of each stream that failed here: how often, and from when on it is tried again, in milliseconds. */
  readonly tried: Map<string, Readonly<{ tries: number; dueAt: number }>>;
};

export function paceOf<Transaction>(subscription: Subscription<Transaction>): Pace<Transaction> {
  return { subscription, failing: new Set(), failures: 0, tried: new Map() };
}

/** True if several streams failed and nothing was handled since: the cause is not one of them. */
export function isDown({ failing }: Pick<Pace<never>, 'failing'>): boolean {
  return failing.size >= MANY;
}

const nowOf = ({ now }: Pick<Subscription<never>, 'now'>): number => Date.parse(now());

/** A pause that doubles with each failure, up to the longest, shortened by a random part of up to half. */
export function backoffMs({ pauseMs, maxPauseMs, random }: Subscription<never>, failures: number): number {
  return Math.min(maxPauseMs, pauseMs * 2 ** Math.min(failures - 1, 30)) * (0.5 + random() / 2);
}

/** Notes that a try failed, and reports it to the observer. */
export function noteFailure(pace: Pace<never>, streamName: string, error: unknown): void {
  const { subscription, tried } = pace;
  const attempt = (tried.get(streamName)?.tries ?? 0) + 1;
  const pauseMs = backoffMs(subscription, attempt);
  tried.set(streamName, { tries: attempt, dueAt: nowOf(subscription) + pauseMs });
  pace.failing.add(streamName);
  pace.failures += 1;
  const { consumer, observe } = subscription;
  observe({ name: 'auxilio.retry', consumer, streamName, attempt, pauseMs, error, durationMs: 0 });
}

/**
 * Notes that events of streams were handled and written; `since` has those that failed after them. What failed while all failed
 * may be tried at once.
 */
export function noteSuccess(
  pace: Pace<never>,
  streamNames: readonly string[],
  since: ReadonlySet<string> = new Set(),
): void {
  if (isDown(pace)) for (const name of pace.failing) if (!since.has(name)) pace.tried.delete(name);
  for (const name of streamNames) if (!since.has(name)) pace.tried.delete(name);
  pace.failing.clear();
  for (const name of since) pace.failing.add(name);
  pace.failures = since.size;
}

/** The streams that may be tried again in this run, those that are due first before the others. */
function retryInOrder({ tried, subscription }: Pace<never>, retrying: readonly RetryingStream[]) {
  return retrying
    .map((stream) => ({ stream, ...(tried.get(stream.streamName) ?? { tries: 0, dueAt: -Infinity }) }))
    .filter(({ tries }) => tries < subscription.attempts)
    .sort((one, other) => one.dueAt - other.dueAt || compare(one.stream.since ?? '~', other.stream.since ?? '~'));
}

const compare = (one: string, other: string) => Number(one > other) - Number(one < other);

/** How long until that moment; no time where it is further off than any pause, for then the clock was put back. */
function leftMs({ subscription }: Pace<never>, dueAt: number): number {
  const left = Math.max(0, dueAt - nowOf(subscription));
  return left > subscription.maxPauseMs + 1 ? 0 : left;
}

/** The stream that is to be tried now, if one is. */
export function dueStream(pace: Pace<never>, { retrying }: Checkpoint): RetryingStream | undefined {
  const [first] = retryInOrder(pace, retrying);
  return first !== undefined && leftMs(pace, first.dueAt) === 0 ? first.stream : undefined;
}

/** The milliseconds until the next stream is retried; undefined without one. */
export function dueInMs(pace: Pace<never>, { retrying }: Checkpoint): number | undefined {
  const [first] = retryInOrder(pace, retrying);
  return first && leftMs(pace, first.dueAt);
}

/** Waits, but no longer than until the signal. */
export async function rest({ subscription }: Pace<never>, durationMs: number): Promise<void> {
  const waiting = Promise.resolve(subscription.sleep(durationMs));
  await untilAborted(waiting, subscription.signal);
}

/**
 * True if an event counts as poison by time: it has failed for too long, and others were handled since it first failed and
 * since each other retried stream did.
 */
export function isPoisonous(pace: Pace<never>, { handled, retrying }: Checkpoint, stream: RetryingStream): boolean {
  if (stream.since === null) return false;
  const { poisonAfterMs } = pace.subscription;
  if (!(nowOf(pace.subscription) - Date.parse(stream.since) > poisonAfterMs)) return false;
  return retrying.every(({ since, handledBefore }) => since === null || handledBefore < handled);
}
