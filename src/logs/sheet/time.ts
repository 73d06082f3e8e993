import type { Instant } from '../../messages/index.ts';
import { toInstant } from '../../wire/instant.ts';

/** The reason why a text is not a time: it cannot be parsed, or the clocks of that zone skipped it. */
export type TimeProblem = 'invalid-time' | 'skipped-time';

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, made);
  return made;
}

const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** The offset of the zone from UTC at a moment, in milliseconds. */
function offsetAt(zone: string, moment: number): number {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = OFFSET.exec(zoneFormat(zone).format(moment)) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000;
  return sign === '-' ? -ahead : ahead;
}

const DAY_MS = 86_400_000;

/** The moment of a local time, of which `local` is the moment in UTC; the first of two, undefined where clocks skip it. */
function findMoment(local: number, zone: string): number | undefined {
  const before = local - offsetAt(zone, local - DAY_MS);
  if (offsetAt(zone, before) === local - before) return before;
  const after = local - offsetAt(zone, local + DAY_MS);
  return offsetAt(zone, after) === local - after ? after : undefined;
}

const DATE = /^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T,]? ?(.*))?$/;
/** `4 de mayo de 2026`, `04-may-26`, `lunes 4 de mayo del 2026`; `May 4, 2026`. */
const DAY_MONTH = /^(?:\p{L}+,? )?(\d{1,2})[-/. ] ?(?:de )?(\p{L}+)\.?,?[-/. ] ?(?:del? )?(\d{4}|\d{2})(?!\d)(.*)$/u;
const MONTH_DAY = /^(?:\p{L}+, )?(\p{L}+)\.?[- ](\d{1,2})(?:,|th)? ?[- ]?(\d{4})(?!\d)(.*)$/u;
/** An hour with minutes, or one of twelve alone; then the half of the day, noon or midnight, or the unit. */
const CLOCK =
  /^(\d{1,2})(?:[:hH](\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?)? ?(?:([ap])\.? ?m\.?|(m)\.? ?([dn])\.?|h(?:rs?|s|oras?)?\.?)?$/i;
/** A day as a spreadsheet counts them, with the time as its fraction, in one cell or in two. */
const SERIAL = /^(\d{5})(?:[.,]0+)?(?: 0)?([.,]\d+)$/;
/** A time that a spreadsheet left as the fraction of a day. */
const FRACTION = /^0([.,]\d+)$/;

/** The day before the first of a spreadsheet, in UTC. */
const SPREADSHEET_EPOCH = Date.UTC(1899, 11, 30);

/** The months by their first letters, without accents, in Spanish and English. */
const months = ['ene|jan', 'feb', 'mar', 'abr|apr', 'may', 'jun', 'jul', 'ago|aug', 'set|sep', 'oct', 'nov', 'dic|dec'];

const parseMonth = (name: string) =>
  1 + months.findIndex((month) => month.split('|').includes(name.slice(0, 3).toLowerCase()));

/** A date with the name of its month as one that begins with the year; other texts as they are. */
function withMonthNumber(text: string): string {
  const [, day = '', name = '', year = '', rest = ''] = DAY_MONTH.exec(text) ?? [];
  const [, other = '', second = '', long = '', after = ''] = day === '' ? (MONTH_DAY.exec(text) ?? []) : [];
  const month = parseMonth(name || other);
  if (month === 0) return text;
  return `${(year || long).padStart(4, '20')}-${month}-${day || second}${rest || after}`;
}

/** The time of day of a fraction of it, to the second. */
function timeOfDay(fraction: string): string {
  const ms = Math.round(Number(`0${fraction.replace(',', '.')}`) * 86_400) * 1000;
  return new Date(Math.min(ms, DAY_MS - 1000)).toISOString().slice(11, 19);
}

/** The date and time of a serial number of a spreadsheet; other texts as they are. */
function withoutSerial(text: string): string {
  const [, day, fraction = ''] = SERIAL.exec(text) ?? [];
  if (day === undefined) return text;
  return `${new Date(SPREADSHEET_EPOCH + Number(day) * DAY_MS).toISOString().slice(0, 10)} ${timeOfDay(fraction)}`;
}

/** A local time of a zone, or a time with its offset, as an instant. */
export function parseSheetTime(text: string, zone: string, dates: 'dmy' | 'mdy'): Instant | TimeProblem {
  const exact = toInstant(text);
  if (exact !== null) return exact;
  const [, first = '', second = '', third = '', time = ''] = DATE.exec(withoutSerial(withMonthNumber(text))) ?? [];
  const date = parseDate(first, second, third, dates);
  const clock = parseClock(time);
  const local = date === null || clock === null ? null : toInstant(`${date}T${clock}Z`);
  if (local === null) return 'invalid-time';
  const moment = findMoment(Date.parse(local), zone);
  return moment === undefined ? 'skipped-time' : new Date(moment).toISOString();
}

function parseDate(first: string, second: string, third: string, dates: 'dmy' | 'mdy'): string | null {
  if (first.length === 4)
    return third.length > 2 ? null : `${first}-${second.padStart(2, '0')}-${third.padStart(2, '0')}`;
  const [day, month] = dates === 'dmy' ? [first, second] : [second, first];
  if (third.length !== 2 && third.length !== 4) return null;
  return `${third.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function parseClock(given: string): string | null {
  const [, share] = FRACTION.exec(given) ?? [];
  const parts = CLOCK.exec(share === undefined ? given.replace(/^a las? /i, '') : timeOfDay(share));
  if (parts === null) return null;
  const [, hour = '', minute = '00', second = '00', fraction = '0', half, twelve, middle = ''] = parts;
  // An hour alone is a time only with the half of the day or the unit.
  if (/^\d+$/.test(given) || (twelve !== undefined && Number(hour) !== 12)) return null;
  if (twelve !== undefined) return `${middle.toLowerCase() === 'd' ? 12 : '00'}:${minute}:${second}.${fraction}`;
  const whole = half === undefined ? Number(hour) : toHourOfDay(Number(hour), half.toLowerCase() === 'p');
  return whole === null ? null : `${String(whole).padStart(2, '0')}:${minute}:${second}.${fraction}`;
}

/** The hour of the day of one of twelve. */
function toHourOfDay(hour: number, isAfternoon: boolean): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (isAfternoon ? 12 : 0);
}
