import type { Instant } from '../../messages/index.ts';
import { toInstant } from '../../wire/instant.ts';

/** The reason why a text is not a time: it cannot be parsed, or the clocks of that zone skipped it. */
export type TimeProblem = 'invalid-time' | 'skipped-time';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, made);
  return made;
}

const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** The offset of the zone from UTC at a moment, in milliseconds. */
function offsetAt(zone: string, moment: number): number {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = OFFSET.exec(formatOf(zone).format(moment)) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
  return sign === '-' ? -ahead : ahead;
}

const DAY_MS = 86_400_000;

/** The moment of a local time, of which `local` is the moment in UTC; the first of two, undefined where clocks skip it. */
function momentOf(local: number, zone: string): number | undefined {
  const before = local - offsetAt(zone, local - DAY_MS);
  if (offsetAt(zone, before) === local - before) return before;
  const after = local - offsetAt(zone, local + DAY_MS);
  return offsetAt(zone, after) === local - after ? after : undefined;
}

const DATE = /^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T,]? ?(.*))?$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?(?: ?([ap])\.? ?m\.?)?$/i;

/** A local time of a zone, or a time with its offset, as an instant. */
export function instantOf(text: string, zone: string, dates: 'dmy' | 'mdy'): Instant | TimeProblem {
  const exact = toInstant(text);
  if (exact !== null) return exact;
  const [, first = '', second = '', third = '', time = ''] = DATE.exec(text) ?? [];
  const date = dateOf(first, second, third, dates);
  const clock = clockOf(time);
  const local = date === null || clock === null ? null : toInstant(`${date}T${clock}Z`);
  if (local === null) return 'invalid-time';
  const moment = momentOf(Date.parse(local), zone);
  return moment === undefined ? 'skipped-time' : new Date(moment).toISOString();
}

function dateOf(first: string, second: string, third: string, dates: 'dmy' | 'mdy'): string | null {
  if (first.length === 4)
    return third.length > 2 ? null : `${first}-${second.padStart(2, '0')}-${third.padStart(2, '0')}`;
  const [day, month] = dates === 'dmy' ? [first, second] : [second, first];
  if (third.length !== 2 && third.length !== 4) return null;
  return `${third.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function clockOf(time: string): string | null {
  const parts = CLOCK.exec(time);
  if (parts === null) return null;
  const [, hour = '', minute = '', second = '00', fraction = '0', half] = parts;
  const whole = half === undefined ? Number(hour) : hourOf(Number(hour), half.toLowerCase() === 'p');
  return whole === null ? null : `${String(whole).padStart(2, '0')}:${minute}:${second}.${fraction}`;
}

/** The hour of the day of one of twelve. */
function hourOf(hour: number, isAfternoon: boolean): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (isAfternoon ? 12 : 0);
}
