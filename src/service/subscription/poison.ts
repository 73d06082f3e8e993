import type { Instant } from '../../messages/index.ts';
import { isStoreError } from '../../stores/errors.ts';
import { UnreadableStreamError } from '../shared/errors.ts';
import { POISON } from './subscription-errors.ts';
import { SUBSCRIPTION_ENDED } from './time-limits.ts';

/** The class of a handler's error: the event can never be handled, or the failure may pass. @since 0.5.0 */
export type ErrorClass = 'poison' | 'transient';

/** Classifies an error of a handler; undefined applies the default rule. @since 0.5.0 */
export type ErrorClassifier = (error: unknown) => ErrorClass | undefined;

/** The version of an event that could not be handled, why, and since when. */
export type Failure = Readonly<{ at: bigint; error: unknown; kind: ErrorClass; since: Instant }>;

type Judge = Readonly<{ classify: ErrorClassifier | undefined; now: () => Instant }>;

/** Describes the failure of an event by the error that was thrown. */
export function describeFailure({ classify, now }: Judge, at: bigint, error: unknown): Failure {
  const kind = error === SUBSCRIPTION_ENDED ? 'transient' : classifyError(error, classify);
  return { at, error, kind, since: now() };
}

/** The entry in a checkpoint of a stream that waits at a failed event. */
export const failedStream = (streamName: string, { at: from, error, since }: Failure) => ({
  streamName,
  from,
  reason: describeError(error),
  since,
});

/** Classifies an error of a handler or a codec; never throws. */
function classifyError(error: unknown, classify: ErrorClassifier | undefined): ErrorClass {
  try {
    const own = classify?.(error);
    if (own === 'poison' || own === 'transient') return own;
  } catch {
    return 'transient';
  }
  if (isPoison(error)) return 'poison';
  if (!isUnreadable(error)) return 'transient';
  return error.reason === 'undecodable' ? classifyError(error.cause, undefined) : 'poison';
}

export const isUnreadable = (error: unknown): error is UnreadableStreamError =>
  holds(
    () => error instanceof UnreadableStreamError || (error as { code?: unknown } | null)?.code === 'unreadable-stream',
  );

const isPoison = (error: unknown): boolean =>
  holds(() => typeof error === 'object' && error !== null && Reflect.get(error, POISON) === true);

/** The answer of a test of a thrown value; false if reading the value throws, as of a proxy. */
function holds(test: () => boolean): boolean {
  try {
    return test();
  } catch {
    return false;
  }
}

/** True for an error of a store that may pass. */
export const isTransientStoreError = (error: unknown): boolean => isStoreError(error) && passing.has(error.kind);

const passing: ReadonlySet<string> = new Set(['busy', 'io', 'unavailable', 'full', 'read-only', 'in-transaction']);

const LONGEST_REASON = 1000;

/** Describes a failure in up to 1,000 characters, for any thrown value. */
function describeError(error: unknown): string {
  try {
    const text = error instanceof Error ? `${shortened(error.name)}: ${shortened(error.message)}` : shortened(error);
    return shortened(text);
  } catch {
    return 'The error cannot be shown';
  }
}

function shortened(value: unknown): string {
  const text = String(value);
  if (text.length <= LONGEST_REASON) return text;
  const cut = text.slice(0, LONGEST_REASON - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
