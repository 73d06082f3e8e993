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

/** True if both are on the same day there. */
export const isSameDay = (one: Instant, other: Instant): boolean => dayOf(one, 'en') === dayOf(other, 'en');

/** The time, and the day where it is not that of `now`. */
export const whenSaid = (at: Instant, now: Instant, locale: Locale): string =>
  isSameDay(at, now) ? timeOfDay(at, locale) : `${dayOf(at, locale)}, ${timeOfDay(at, locale)}`;

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

/** A duration: *1 h 48 min*. */
export function lengthOf(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
