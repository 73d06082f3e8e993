import { nearest } from '../kernel/nearest.ts';
import type { Role } from '../messages/index.ts';
import type { Locale } from '../protocol/index.ts';

/** The roles in which somebody acts. @since 0.5.0 */
export const roles = ['provider', 'contact-center', 'client'] as const satisfies readonly Role[];

/** The languages of the texts, the default one first. @since 0.5.0 */
export const locales = ['es-CR', 'en'] as const satisfies readonly Locale[];

/** Refuses a word that is not among the known ones, with a `TypeError` that lists them and names the nearest. */
export function mustKnow(what: string, word: unknown, known: readonly string[]): void {
  if (known.includes(word as string)) return;
  const given = typeof word === 'string' ? word : typeof word;
  const meant = nearest(given, known).map((near) => ` Did you mean ${near}?`);
  throw new TypeError(`Unknown ${what}: ${given}.${meant} Known: ${known.join(', ')}`);
}

/** Refuses options that are no object, or have a key that is not known. */
export function mustKnowKeys(what: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) throw new TypeError(`${what}: expected an object`);
  for (const key of Object.keys(options)) mustKnow(`option of ${what}`, key, known);
}

/** The language of a BCP 47 tag: `en-*` is `en`, `es` and `es-*` are `es-CR`; any other is refused. */
export function localeOf(tag: string): Locale {
  const [language] = String(tag).toLowerCase().split('-');
  if (language === 'en') return 'en';
  if (language !== 'es') mustKnow('locale', tag, locales);
  return 'es-CR';
}
