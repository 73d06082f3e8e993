/** Texts as parts of sentences. */
import type { Client, Locale } from 'auxilio';

/** With a capital at its beginning. */
export const toSentence = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** Lower case, without accents: as it is searched for. */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** A client with their title, which is a Spanish one. */
export const addressed = (client: Client | null | undefined, locale: Locale): string =>
  [locale === 'es-CR' && client?.title, client?.name].filter(Boolean).join(' ');

/** A text as an act takes it: its lines joined, without the marks that no one sees. */
export const inOneLine = (text: string): string =>
  text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();

/** Joins facts beside one another. One in letters from the right keeps its own order, and that of the others. */
export const joined = (...parts: readonly (string | null | undefined)[]): string =>
  parts
    .filter(Boolean)
    .map((part) => (/[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(part ?? '') ? `\u2068${part}\u2069` : part))
    .join(' · ');
