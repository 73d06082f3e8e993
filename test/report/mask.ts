import { vi } from 'vitest';

const offset = -6 * 3_600_000;

/** Costa Rica, whose offset is the same all year: `2026-03-17T08:01:00`. */
const local = (at?: Date | number) => new Date(Number(at) + offset).toISOString().slice(0, 19);

/** The styles of the clock, distinguished by their unique options. */
class Dates extends Intl.DateTimeFormat {
  override format(at?: Date | number): string {
    const { weekday, month, second } = this.resolvedOptions();
    const [day, time] = local(at).split('T');
    if (weekday !== undefined) return `[day ${day}]`;
    if (month !== undefined) return `[short ${day} ${time}]`;
    return second === undefined ? `[time ${time}]` : `[seconds ${time}]`;
  }
}

/** Replaces the words of `Intl`, which may change with a release, by the requested options, until restored. */
export function maskIntl(): void {
  const { ListFormat, NumberFormat, PluralRules } = Intl;
  vi.stubGlobal('Intl', { DateTimeFormat: Dates, ListFormat, NumberFormat, PluralRules });
  vi.spyOn(Intl.ListFormat.prototype, 'format').mockImplementation(function (this: Intl.ListFormat, items) {
    const listed = [...items].join('; ');
    return listed === '' ? '' : `[${this.resolvedOptions().type} ${listed}]`;
  });
}

/** Inline elements. */
const isInline = /^<(a|b|bdi|code|dd|dt|small|span|summary|time|title|use)\b|^<svg class="i"/;

/** The text of a page: one line for each element that is not inline. */
export function printed(html: string): string {
  let depth = 0;
  const body = html.slice(html.indexOf('<header>'), html.indexOf('</body>'));
  const lines = body.replace(/<(\/?)[^>]*?(\/?)>/g, (tag, closes, isVoid) => {
    depth -= closes ? 1 : 0;
    const line = closes || isInline.test(tag) ? tag : `\n${' '.repeat(depth)}${tag}`;
    depth += closes || isVoid ? 0 : 1;
    return line;
  });
  return `${lines
    .replace(/(<td[^>]*>)\n */g, '$1')
    .replace(/\(GMT[^)]*\)/, '([offset])')
    .trim()}\n`;
}

/** Only the printed texts. */
export const texts = (page: string): string =>
  page
    .replace(/<[^>]*>/g, '')
    .replace(/^ +/gm, '')
    .replace(/\n+/g, '\n');

/** A day without what each of its visits is unfolded to, and without the clauses. */
export const foldedUp = (html: string): string =>
  html
    .replace(
      /(<details class="visit".*?<\/summary>).*?(?=<\/details>(<details class="visit"|<\/div><\/section>))/g,
      '$1…',
    )
    .replace(/(<dl class="cl">).*?(?=<\/dl>)/, '$1…');
