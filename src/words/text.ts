import type { Locale } from '../protocol/index.ts';
import { asArray, asRecord } from '../util/json.ts';

const longest = 80;

/** Words in Latin letters and signs, with one space between them: fit for a sentence as they are, as most texts are. */
const FIT = /^[!-~¡-¬®-ÿ]+(?: [!-~¡-¬®-ÿ]+)*$/;

/** A text fit for a sentence: one line, no control or direction marks, cut when long. `''` without one. */
export function cleanText(value: unknown): string {
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

/** The texts of a list that are fit for a sentence. */
export function cleanTexts(value: unknown): readonly string[] {
  return asArray(value).map(cleanText).filter(Boolean);
}

const numbers = new Map<Locale, (value: number) => string>();

/** A number with the separators of the language, `0,05` in Spanish; `''` for anything else. */
export function formatNumber(value: unknown, locale: Locale): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return '';
  const format = numbers.get(locale) ?? numberFormat(locale);
  numbers.set(locale, format);
  return format(value);
}

/** A runtime may lack the data of a language: its numbers are then those of its own, which we do not want. */
function numberFormat(locale: Locale): (value: number) => string {
  const format = new Intl.NumberFormat(locale);
  if (format.resolvedOptions().locale.startsWith(locale.slice(0, 2))) return format.format;
  return (value) => String(value).replace('.', locale === 'en' ? '.' : ',');
}

/** The longest that a symbol is, such as `m²` or `gal`. */
const longestSymbol = 3;

/** A quantity and its unit: `2,5 m`, `sacos: 1`. A unit that is a word comes from a user and agrees with no number. */
export function formatAmount(quantity: unknown, unit: unknown, locale: Locale): string {
  const number = formatNumber(quantity, locale);
  const measure = cleanText(unit);
  if (number === '' || measure === '') return number;
  return measure.length > longestSymbol ? `${measure}: ${number}` : `${number} ${measure}`;
}

/** A text that can end a sentence, without a mark of its own; `null` without one. */
export function cleanPhrase(value: unknown): string | null {
  const text = cleanText(value);
  return (/[.,;:]$/.test(text) ? text.slice(0, -1).trimEnd() : text) || null;
}

/** `tubo PVC (2 m, SDR 17)`, or of what is `missing` of one: names come from users, and so agree with no number. */
export function formatMaterial(material: unknown, locale: Locale): string | null {
  const { item, missing, quantity = missing, unit, kind, quality } = asRecord(material);
  const name = cleanPhrase(item);
  const details = [formatAmount(quantity, cleanPhrase(unit), locale), cleanPhrase(kind), cleanPhrase(quality)].filter(
    Boolean,
  );
  return name && name + inBrackets(details.join(', '));
}

/** The missing materials of a list. */
export function formatShortages(value: unknown, locale: Locale): readonly string[] {
  return asArray(value).flatMap((entry) => formatMaterial(entry, locale) ?? []);
}

/** A text in brackets after a word; nothing without a text. */
export const inBrackets = (text: string): string => text && ` (${text})`;

/** Looks a value from outside up in a closed table, with a default. */
export function lookup<T>(table: Readonly<Record<string, T>>, key: unknown, otherwise: T): T {
  return typeof key === 'string' && Object.hasOwn(table, key) ? (table[key] as T) : otherwise;
}

/** The terms of a closed table for the known items of a list. */
export function lookUpNames(table: Readonly<Record<string, string>>, keys: unknown): readonly string[] {
  return cleanTexts(keys).flatMap((key) => lookup<string | []>(table, key, []));
}

const formats = new Map<string, Intl.ListFormat>();

/** Joins items as the language does, with commas alone where the runtime has no lists. */
export function formatList(items: readonly string[], locale: Locale, type: 'conjunction' | 'disjunction'): string {
  if (!('ListFormat' in Intl)) return items.join(', ');
  const key = `${locale} ${type}`;
  const format = formats.get(key) ?? new Intl.ListFormat(locale, { type });
  formats.set(key, format);
  return format.format(items);
}

/** The first few items; of the rest, only how many `more` there are. */
export function truncate(items: readonly string[], more: string, most = 4): readonly string[] {
  return items.length > most ? [...items.slice(0, most - 1), `${items.length - most + 1} ${more}`] : items;
}
