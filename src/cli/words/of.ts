import type { Locale } from '../../protocol/index.ts';
import { en } from './en.ts';
import { esCR } from './es-cr.ts';
import type { CliWords } from './words.ts';

/** The words of a language. */
export const wordsOf = (locale: Locale): CliWords => (locale === 'en' ? en : esCR);
