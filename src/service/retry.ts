/**
 * The number of retries after a conflict, and the pauses before them.
 *
 * @since 0.1.0
 */
export type RetryOptions = {
  /** The number of tries after the first, a whole number of 0 or more; 10 by default. */
  maxRetries?: number;
  /** The longest first pause, in milliseconds; 5 by default. It doubles with each retry. */
  baseDelayMs?: number;
  /** The longest pause, in milliseconds; 500 by default. */
  maxDelayMs?: number;
};

export type Retry = Required<Readonly<RetryOptions>>;

export function resolveRetryOptions({ maxRetries = 10, baseDelayMs = 5, maxDelayMs = 500 }: RetryOptions = {}): Retry {
  if (!Number.isSafeInteger(maxRetries) || maxRetries < 0) throw new RangeError('maxRetries is a whole number from 0');
  if (!(baseDelayMs >= 0 && maxDelayMs >= 0)) throw new RangeError('baseDelayMs and maxDelayMs are 0 or more');
  return { maxRetries, baseDelayMs, maxDelayMs };
}

/** A random pause before the retry of that number, from 0, up to a bound that doubles, so that racing writers spread. */
export function delayMs({ baseDelayMs, maxDelayMs }: Retry, retry: number, random: () => number): number {
  return random() * Math.min(maxDelayMs, baseDelayMs * 2 ** retry);
}
