import type { Locale } from '../protocol/index.ts';
import { isTimeZone } from '../util/instant.ts';
import { asRecord } from '../util/json.ts';
import { defaultPolicy } from '../visit/index.ts';

/** The text of an invalid time. */
const none = '—';

const styles = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  zone: { timeZoneName: 'shortOffset' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const fields: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
  hourCycle: 'h23',
};

/** Formats instants in one zone and language; an invalid one is a dash. Times are in milliseconds, or `NaN`. */
export type Clock = {
  readonly zone: string;
  /** `10:12` */
  readonly time: (ms: number) => string;
  /** `10:12:52` */
  readonly seconds: (ms: number) => string;
  /** `martes, 17 de marzo de 2026` */
  readonly day: (ms: number) => string;
  /** `17 mar, 10:12` */
  readonly short: (ms: number) => string;
  /** The offset from UTC, `GMT-6`. */
  readonly offset: (ms: number) => string;
  /** The local time as if it were UTC, in milliseconds. */
  readonly local: (ms: number) => number;
};

export function createClock(locale: Locale, timeZone: string): Clock {
  const zone = isTimeZone(timeZone) ? timeZone : defaultPolicy.timeZone;
  const formats = Object.fromEntries(
    Object.entries(styles).map(([style, options]) => [
      style,
      new Intl.DateTimeFormat(locale, { ...options, timeZone: zone }),
    ]),
  ) as Record<keyof typeof styles, Intl.DateTimeFormat>;
  const format = (style: keyof typeof styles) => (ms: number) => (isTime(ms) ? formats[style].format(ms) : none);
  const parts = new Intl.DateTimeFormat('en', { ...fields, timeZone: zone });
  return {
    zone,
    time: format('time'),
    seconds: format('seconds'),
    day: format('day'),
    short: format('short'),
    offset: (ms) => formats.zone.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '',
    local: (ms) => localTime(parts, ms),
  };
}

function localTime(format: Intl.DateTimeFormat, ms: number): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(ms)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** A service stores an act within that time, or the act was recorded without a signal, or was taken on record later. */
const prompt = 5 * 60_000;

/** The time at which an event was stored, if it is far from its own; else `NaN`. */
export function storedLater(event: unknown): number {
  const { data, metadata } = asRecord(event);
  const ms = parseTime(asRecord(metadata).recordedAt);
  return Math.abs(ms - parseTime(asRecord(data).at)) > prompt ? ms : Number.NaN;
}

/** The latest time that a date can hold. */
export const farthest = 8.64e15;

export const isTime = (ms: number): boolean => Math.abs(ms) <= farthest;

/** An instant in milliseconds; `NaN` if invalid. */
export function parseTime(at: unknown): number {
  return typeof at === 'string' ? Date.parse(at) : Number.NaN;
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** A length of time by its two greatest units: `1 h 5 min`, `40 s`, `2 d 3 h`. */
export function formatLength(ms: number): string {
  return byUnits(ms, units);
}

/** A length of time with its sign, where it is below zero. */
export const formatSigned = (ms: number): string => (ms < 0 ? `−${formatLength(-ms)}` : formatLength(ms));

/** Worked time, which is counted in hours, however many: `26 h 12 min`. */
export function formatWorkedTime(ms: number): string {
  return byUnits(ms, units.slice(1));
}

function byUnits(ms: number, known: readonly (readonly [unit: string, size: number])[]): string {
  if (!Number.isFinite(ms)) return none;
  let rest = Math.round(ms / 1000) * 1000;
  const greatest = known.findIndex(([, size]) => rest >= size);
  if (greatest < 0) return '0 s';
  const parts = known.slice(greatest, greatest + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return count === 0 ? '' : ` ${count} ${unit}`;
  });
  return parts.join('').trimStart();
}
