import type { Instant } from '../messages/index.ts';

const RFC_3339 =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The normalised form of an instant: UTC, milliseconds. Whether the date is real, a pattern cannot say. */
export const INSTANT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** The figure at a place, read without making a text of it: an instant is read in every message. */
const figure = (text: string, index: number) => text.charCodeAt(index) - 48;

/** True if the date that an instant begins with exists. */
function isRealDate(text: string): boolean {
  const day = 10 * figure(text, 8) + figure(text, 9);
  if (text.startsWith('0000') || day < 1) return false;
  if (day <= 28) return true;
  const month = 10 * figure(text, 5) + figure(text, 6);
  return day <= (month === 2 && isLeap(Number(text.slice(0, 4))) ? 29 : (DAYS[month - 1] ?? 0));
}

/**
 * An RFC 3339 instant, any offset, as UTC with milliseconds; `null` if it is invalid. Fractions beyond milliseconds are
 * cut off, not rounded. Refused: dates that do not exist, hour 24, second 60, years outside 0001 to 9999 before or
 * after the offset is taken off.
 *
 * @since 0.1.0
 */
export function toInstant(text: string): Instant | null {
  if (INSTANT.test(text)) return isRealDate(text) ? text : null;
  const parts = RFC_3339.exec(text);
  if (parts === null || !isRealDate(text)) return null;
  const [, year, month, day, time, fraction = '', offset = 'Z'] = parts;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const local = `${year}-${month}-${day}T${time}.${milliseconds}`;
  if (offset === 'Z' || offset === 'z') return `${local}Z`;
  const utc = new Date(Date.parse(`${local}${offset}`)).toISOString();
  return INSTANT.test(utc) && !utc.startsWith('0000') ? utc : null;
}
