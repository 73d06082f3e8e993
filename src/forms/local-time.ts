import type { Instant } from '../messages/index.ts';
import { toInstant } from '../wire/instant.ts';

const LOCAL = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,3})?)?$/;

const formats = new Map<string, Intl.DateTimeFormat>();

function getFormat(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
    });
  formats.set(timeZone, format);
  return format;
}

/** The local time of a moment as if it were UTC, in milliseconds. */
function toLocal(ms: number, timeZone: string): number {
  const parts = new Map<string, string>(
    getFormat(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: string) => `${parts.get(type)}`;
  const day = `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}`;
  return Date.parse(`${day}T${of('hour')}:${of('minute')}:${of('second')}Z`) + (((ms % 1000) + 1000) % 1000);
}

/** The moment of a local time; of two, either; `null` where clocks skip it. */
function findMoment(local: number, timeZone: string): number | null {
  const first = local - (toLocal(local, timeZone) - local);
  const second = local - (toLocal(first, timeZone) - first);
  return [first, second].find((moment) => toLocal(moment, timeZone) === local) ?? null;
}

/** An instant of an RFC 3339 text, or of a local time in a zone; `null` for any other text, and for a time that does not exist. */
export function readTime(text: string, timeZone: string): Instant | null {
  const [, day, minutes, seconds = ':00'] = LOCAL.exec(text) ?? [];
  if (day === undefined) return toInstant(text);
  const local = toInstant(`${day}T${minutes}${seconds}Z`);
  const moment = local === null ? null : findMoment(Date.parse(local), timeZone);
  return moment === null || Number.isNaN(moment) ? null : toInstant(new Date(moment).toISOString());
}

/** An instant as an input of type `datetime-local` has it; the instant itself where its local time is ambiguous. */
export function localText(at: Instant, timeZone: string): string {
  const ms = Date.parse(at);
  const local = Number.isNaN(ms) ? Number.NaN : toLocal(ms, timeZone);
  if (Number.isNaN(local)) return at;
  const text = new Date(local).toISOString().replace(/(?::00)?\.000Z$|Z$/, '');
  return readTime(text, timeZone) === at ? text : at;
}
