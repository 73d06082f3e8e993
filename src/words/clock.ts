import type { Instant } from '../messages/index.ts';
import type { Locale } from '../protocol/index.ts';
import { defaultGreeting, defaultZone, type Policy } from '../visit/policy.ts';

/** A part of the day with a greeting of its own; `any` when the time is not known. */
export type DayPart = 'morning' | 'afternoon' | 'evening' | 'any';

const styles = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  time: { hour: 'numeric', minute: '2-digit' },
  day: { year: 'numeric', day: 'numeric', month: 'numeric' },
  dayAndTime: { weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The format in a zone, by default in that of the default policy; where the platform has no zones, in UTC. */
function formatOf(locale: string, style: keyof typeof styles, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${style} ${timeZone}`;
  const format = formats.get(key) ?? newFormat(locale, style, timeZone);
  formats.set(key, format);
  return format;
}

function newFormat(locale: string, style: keyof typeof styles, timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...styles[style], timeZone });
  } catch {
    return newFormat(locale, style, timeZone === defaultZone ? 'UTC' : defaultZone);
  }
}

/** An instant as the language tells it in the policy's zone; `null` for none, or for what is no instant. */
function told(at: Instant | null, locale: string, style: keyof typeof styles, policy: Policy): string | null {
  const time = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(time) ? null : formatOf(locale, style, policy.timeZone ?? defaultZone).format(time);
}

/** The part of the day by the policy's zone and cut-offs (1.1-01). */
export function dayPart(now: Instant | null, policy: Policy): DayPart {
  const local = told(now, 'en-GB', 'clock', policy);
  const { afternoon, evening } = policy.greeting ?? defaultGreeting;
  if (local === null) return 'any';
  if (local >= evening) return 'evening';
  return local >= afternoon ? 'afternoon' : 'morning';
}

/** The local time of an instant, `9:00 a. m.`, with its day unless that is today. */
export function timeOf(at: Instant | null, today: Instant | null, locale: Locale, policy: Policy): string | null {
  const isToday = today !== null && told(at, locale, 'day', policy) === told(today, locale, 'day', policy);
  return told(at, locale, isToday ? 'time' : 'dayAndTime', policy);
}
