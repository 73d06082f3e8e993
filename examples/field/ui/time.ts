/** Instants as people in Costa Rica read them. */
import type { Instant, Locale } from 'auxilio';

const timeZone = 'America/Costa_Rica';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: Locale, options: Intl.DateTimeFormatOptions, at: Instant): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  const made = known ?? new Intl.DateTimeFormat(locale === 'en' ? 'en-US' : locale, { timeZone, ...options });
  if (known === undefined) formats.set(key, made);
  return made.format(new Date(at));
}

/** The time of day, on one line: *2:30 p. m.* */
export const timeOfDay = (at: Instant, locale: Locale): string =>
  format(locale, { hour: 'numeric', minute: '2-digit', hour12: true }, at).replaceAll(/\s/g, '\u00a0');

/** The day, short: *mar, 17 mar*. */
export const dayOf = (at: Instant, locale: Locale): string =>
  format(locale, { weekday: 'short', day: 'numeric', month: 'short' }, at);

/** The day of the month: *17 mar*. */
export const dateOf = (at: Instant, locale: Locale): string => format(locale, { day: 'numeric', month: 'short' }, at);

/** True if both are on the same day there. */
export const isSameDay = (one: Instant, other: Instant): boolean => toControls(one).day === toControls(other).day;

/** The day, with its year where it is not that of `now`: *mar, 17 mar 2020*. */
function dayBeside(at: Instant, now: Instant, locale: Locale): string {
  const yearOf = (time: Instant) => toControls(time).day.slice(0, 4);
  const day = dayOf(at, locale);
  return yearOf(at) === yearOf(now) ? day : `${day}${locale === 'en' ? ',' : ''} ${yearOf(at)}`;
}

/** The time, and the day where it is not that of `now`. */
export const whenSaid = (at: Instant, now: Instant, locale: Locale): string =>
  isSameDay(at, now) ? timeOfDay(at, locale) : `${dayBeside(at, now, locale)}, ${timeOfDay(at, locale)}`;

/** The same within a sentence, after *a*, *at* and their like: *las 2:30 p. m.*, *la 1:05 p. m. del mar, 17 mar*. */
export function hourSaid(at: Instant, now: Instant, locale: Locale): string {
  const time = timeOfDay(at, locale);
  return `${locale === 'en' ? '' : time.startsWith('1:') ? 'la ' : 'las '}${time}${onDay(at, now, locale)}`;
}

const onDay = (at: Instant, now: Instant, locale: Locale): string =>
  isSameDay(at, now) ? '' : ` ${locale === 'en' ? 'on' : 'del'} ${dayBeside(at, now, locale)}`;

/** A span of time, with its days where they are not that of `now`: *4:41 p. m. – 1:10 a. m. del mar, 17 mar*. */
export function spanSaid(from: Instant, to: Instant, now: Instant, locale: Locale): string {
  const begin = `${timeOfDay(from, locale)}${isSameDay(from, to) ? '' : onDay(from, now, locale)}`;
  return `${begin} – ${timeOfDay(to, locale)}${onDay(to, now, locale)}`;
}

/** Costa Rica keeps no summer time. */
const offset = '-06:00';

/** The day and the time as the controls of a form have them. */
export function toControls(at: Instant): { day: string; time: string } {
  const local = new Date(Date.parse(at) - 6 * 3_600_000).toISOString();
  return { day: local.slice(0, 10), time: local.slice(11, 16) };
}

/** The instant of a day and a time of those controls; `null` if they name none. */
export function fromControls(day: string, time: string): Instant | null {
  const date = new Date(`${day}T${time}:00.000${offset}`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

const [halfDayMs, dayMs] = [43_200_000, 86_400_000];

/**
 * The instant of a time of day whose day was not said: today's, unless it is the evening before that is meant, or the morning
 * after. One that is less than half a day on the wrong side of `now` stays, and is asked for: the clock may be wrong.
 */
export function fromTimeOfDay(time: string, now: Instant, isPast: boolean): Instant | null {
  const at = fromControls(toControls(now).day, time);
  if (at === null) return null;
  const aheadMs = Date.parse(at) - Date.parse(now);
  if (isPast ? aheadMs <= halfDayMs : aheadMs >= -halfDayMs) return at;
  return new Date(Date.parse(at) + (isPast ? -dayMs : dayMs)).toISOString();
}

/** A duration: *1 h 48 min*. */
export function lengthOf(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
