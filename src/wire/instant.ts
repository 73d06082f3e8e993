import type { Instant } from '../messages/index.ts';
import { isInstant } from '../util/instant.ts';

const RFC_3339 =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The normalised form of an instant: UTC, milliseconds. Whether the date is real, a pattern cannot say. */
export const INSTANT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** True for an instant as it is written: there is no year 0000 (docs/decisions/0005). */
const isWritten = (text: string) => isInstant(text) && !text.startsWith('0000');

/**
 * An RFC 3339 instant, any offset, as UTC with milliseconds; `null` if it is invalid. Fractions beyond milliseconds are
 * cut off, not rounded. Refused: dates that do not exist, hour 24, second 60, years outside 0001 to 9999 before or
 * after the offset is taken off.
 *
 * @since 0.1.0
 */
export function toInstant(text: string): Instant | null {
  if (isWritten(text)) return text;
  const parts = RFC_3339.exec(text);
  if (parts === null) return null;
  const [, year, month, day, time, fraction = '', offset = 'Z'] = parts;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const local = `${year}-${month}-${day}T${time}.${milliseconds}Z`;
  if (!isWritten(local)) return null;
  if (offset === 'Z' || offset === 'z') return local;
  const utc = new Date(Date.parse(local.replace('Z', offset))).toISOString();
  return isWritten(utc) ? utc : null;
}
