/** The language of the page, and the words of each view in it. */
import { signal } from '@preact/signals';
import type { Locale } from 'auxilio';
import type { Catalogues } from './catalogues.ts';
import { keep, kept } from './kept.ts';
import { route } from './route.ts';

const key = 'language';

/** The language of a tag, if the page has it: `en-*` is English, `es-*` Spanish of Costa Rica. */
function readTag(tag: string | null | undefined): Locale | undefined {
  if (tag?.toLowerCase().startsWith('en')) return 'en';
  return tag?.toLowerCase().startsWith('es') ? 'es-CR' : undefined;
}

/** That of the address, of the last visit, of the browser; else Spanish, that of the protocol. */
const chooseFirst = (): Locale =>
  readTag(route.peek().parameters.get('lang')) ??
  readTag(new URLSearchParams(location.search).get('lang')) ??
  readTag(kept(key)) ??
  navigator.languages.map(readTag).find((found) => found !== undefined) ??
  'es-CR';

export const language = signal<Locale>(chooseFirst());

/** Chooses a language, also for the next time. */
export function chooseLanguage(locale: Locale): void {
  language.value = locale;
  keep(key, locale);
}

export type { Catalogues };

/** The words of a view in the language of the page: `const t = () => words(catalogues)`. */
export const words = <T>(catalogues: Catalogues<T>): T => catalogues[language.value];
