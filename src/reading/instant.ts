import type { Instant } from '../messages/index.ts';

/** A moment of one zone. `Date` takes far more: words with a year in them, and the zone of the machine where none is given. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/**
 * A moment as events tell it, so that of two texts the earlier is the lesser: in UTC, with milliseconds. Undefined for what
 * is invalid, and for one beyond the year 9999, which no instant can express.
 */
export function parseInstant(moment: unknown): Instant | undefined {
  const date = new Date(typeof moment === 'string' && MOMENT.test(moment) ? moment : Number.NaN);
  return date.getUTCFullYear() <= 9999 ? date.toISOString() : undefined;
}
