/**
 * The number of retries and the pauses before them when others wrote to the visit of a command meanwhile.
 *
 * @since 0.1.0
 */
export type RetryOptions = {
  /** How many times after the first, a whole number of 0 or more; 10 by default. */
  maxRetries?: number;
  /** The longest first pause, in milliseconds; 5 by default. It doubles with each retry. */
  baseDelayMs?: number;
  /** The longest pause of all, in milliseconds; 500 by default. */
  maxDelayMs?: number;
};

export type Retry = Required<Readonly<RetryOptions>>;

export function resolveRetryOptions({ maxRetries = 10, baseDelayMs = 5, maxDelayMs = 500 }: RetryOptions = {}): Retry {
  if (!Number.isSafeInteger(maxRetries) || maxRetries < 0) throw new RangeError('maxRetries is a whole number from 0');
  if (!(baseDelayMs >= 0 && maxDelayMs >= 0)) throw new RangeError('baseDelayMs and maxDelayMs are 0 or more');
  return { maxRetries, baseDelayMs, maxDelayMs };
}

/** The pause before the retry of that number, from 0: anything up to a bound that doubles, so that racers part. */
export function delayMs({ baseDelayMs, maxDelayMs }: Retry, retry: number, random: () => number): number {
  return random() * Math.min(maxDelayMs, baseDelayMs * 2 ** retry);
}
