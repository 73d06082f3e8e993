/** The most terms of one visit, of a query, and the most characters of one. */
const MAX_TERMS = 64;
const MAX_WORDS = 8;
const MAX_LENGTH = 64;

/**
 * The terms by which a text is found: lower case, without accents, letters and digits alone. A word of several parts, such as a case
 * number, is found from each of its parts on: `EXP-2026-004512` by `exp2026004512`, `2026004512`, `004512` and `4512`.
 */
export function searchTerms(texts: readonly string[]): readonly string[] {
  const terms = texts.flatMap(splitWords).flatMap((parts) =>
    parts.flatMap((_, index) => {
      const term = parts.slice(index).join('');
      return [term, term.replace(/^0+(?=.)/, '')].map(shortened);
    }),
  );
  return [...new Set(terms)].slice(0, MAX_TERMS);
}

/** The terms of what a person types, the longest first: each is the beginning of a term of the visit. */
export function queryTerms(text: string): readonly string[] {
  const words = splitWords(text).map((parts) => shortened(parts.join('')));
  return [...new Set(words)].slice(0, MAX_WORDS).sort((one, other) => other.length - one.length);
}

/** The words of a text, each as its parts of letters and digits. */
export const splitWords = (text: string): string[][] =>
  folded(text)
    .split(/\s/)
    .map((word) => word.split(/[^\p{L}\p{N}]/u).filter((part) => part !== ''))
    .filter((parts) => parts.length > 0);

/** Folds case and accents: `Ñ` is found by `n`. */
const folded = (text: string) =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');

// By characters, not by halves of them.
export const shortened = (term: string) => [...term].slice(0, MAX_LENGTH).join('');
