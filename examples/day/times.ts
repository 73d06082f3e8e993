import type { Instant, Locale } from 'auxilio';

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'America/Costa_Rica',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function local(at: Instant) {
  const found = Object.fromEntries(parts.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  return { day: found.day ?? '', month: found.month ?? '', time: `${found.hour}:${found.minute}` };
}

/** The local time, and before it the date if that is another than the one of `dayOf`. */
export function clock(at: Instant | null, locale: Locale, dayOf?: Instant | null): string {
  if (at === null) return '—';
  const { day, month, time } = local(at);
  const today = local(dayOf ?? at);
  if (day === today.day && month === today.month) return time;
  return `${locale === 'en' ? `${month}/${day}` : `${day}/${month}`} ${time}`;
}

/** The day in words. */
export function dateOf(at: Instant, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'America/Costa_Rica', dateStyle: 'full' }).format(new Date(at));
}

/** Hours and minutes, `1:05`. */
export function duration(ms: number): string {
  if (ms === 0) return '—';
  const minutes = Math.round(ms / 60_000);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
