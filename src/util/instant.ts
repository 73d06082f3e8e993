/** A time with its zone. `Date` accepts far more: words with a year in them, and the machine's zone by default. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/**
 * Parses a time to an instant: in UTC, with milliseconds, so that two of them compare as texts. Undefined for an invalid
 * one, and beyond the year 9999, which no instant can express.
 */
export function parseInstant(moment: unknown): string | undefined {
  const date = new Date(typeof moment === 'string' && MOMENT.test(moment) ? moment : Number.NaN);
  return date.getUTCFullYear() <= 9999 ? date.toISOString() : undefined;
}
