import type { Facts } from '../../kernel/index.ts';
import type { Locale } from '../../protocol/index.ts';

const longest = 80;
const mostListed = 4;

/** A value as an object whose fields may be asked for, whatever it is. */
export function recordOf(value: unknown): Facts {
  return typeof value === 'object' && value !== null ? (value as Facts) : {};
}

/** Words in Latin letters and signs, with one space between them: fit for a sentence as they are, as most texts are. */
const FIT = /^[!-~¡-¬®-ÿ]+(?: [!-~¡-¬®-ÿ]+)*$/;

/** A text fit for a sentence: one line, no control or direction marks, cut when long. `''` when there is none. */
export function textOf(value: unknown): string {
  if (typeof value !== 'string') return '';
  if (value.length <= longest && FIT.test(value)) return value;
  const points = [
    ...value
      .slice(0, 4 * longest)
      .replace(/[\p{Cc}\p{Cs}\p{Bidi_C}\s]+/gu, ' ')
      .trim(),
  ];
  const plain = points.length > longest ? `${points.slice(0, longest).join('').trimEnd()}…` : points.join('');
  return /(?!\p{DI})[\p{L}\p{N}\p{P}\p{S}]/u.test(plain) ? plain : '';
}

/** The items of a list; none when it is no list. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The texts of a list that are fit for a sentence. */
export function textsOf(value: unknown): readonly string[] {
  return itemsOf(value).map(textOf).filter(Boolean);
}

/** What is short, each with how much where that is known: `tubo (2.5 m)`. */
export function shortagesOf(value: unknown): readonly string[] {
  return itemsOf(value).flatMap((entry) => {
    const { item, unit, missing } = recordOf(entry);
    const name = textOf(item);
    if (name === '') return [];
    return typeof missing === 'number' ? `${name} (${`${missing} ${textOf(unit)}`.trim()})` : name;
  });
}

/** What a closed table says of a value from outside, or else the other. */
export function among<T>(table: Readonly<Record<string, T>>, key: unknown, otherwise: T): T {
  return typeof key === 'string' && Object.hasOwn(table, key) ? (table[key] as T) : otherwise;
}

/** What a closed table calls those of a list that it has. */
export function namedIn(table: Readonly<Record<string, string>>, keys: unknown): readonly string[] {
  return textsOf(keys).flatMap((key) => among<string | []>(table, key, []));
}

const formats = new Map<string, Intl.ListFormat>();

/** Joins items as the language does. */
export function joined(items: readonly string[], locale: Locale, type: 'conjunction' | 'disjunction'): string {
  const key = `${locale} ${type}`;
  const format = formats.get(key) ?? new Intl.ListFormat(locale, { type });
  formats.set(key, format);
  return format.format(items);
}

/** The first few items; of the rest, only how many `more` there are. */
export function few(items: readonly string[], more: string): readonly string[] {
  if (items.length <= mostListed) return items;
  return [...items.slice(0, mostListed - 1), `${items.length - mostListed + 1} ${more}`];
}
