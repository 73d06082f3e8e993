import { caseFold } from '../../logs/sheet/word-map.ts';
import { type ColumnRole, headings } from './names.ts';

/** Removes accents, signs and letter case, so that texts can be compared. */
export const toComparable = (text: string): string =>
  caseFold(text)
    .replaceAll(/[ºª°]/g, '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Words that are ignored when names are compared. */
const ignoredWords = new Set('de del la el los las al a y por su se the of to and'.split(' '));

/** The short forms of a number. */
const numbers = new Set(['n', 'no', 'num', 'nro', 'number']);

/** The words of a text without the small ones. */
const wordsIn = (text: string) =>
  toComparable(text)
    .split(' ')
    .filter((word) => !ignoredWords.has(word));

/** The first letters of the words of a text, which tell them apart whatever their endings; in alphabetical order. */
export const listStems = (text: string): string =>
  [...new Set(wordsIn(text).map((word) => word.slice(0, 5)))].toSorted().join(' ');

/** A name as it is looked up: without accents, case, small words and the ending of the plural. */
export const toKey = (text: string): string => {
  const words = toComparable(text).split(' ');
  return wordsIn(text)
    .map((word) => (words.length > 1 && numbers.has(word) ? 'numero' : word.replace(/s$/, '').replace(/e$/, '')))
    .join(' ');
};

const roles: ReadonlyMap<string, ColumnRole> = new Map(
  (Object.entries(headings) as [ColumnRole, readonly string[]][]).flatMap(([role, names]) =>
    names.map((name) => [toKey(name), role] as const),
  ),
);

/** The content of a column by its heading, if it is known. */
export const guessRole = (heading: string): ColumnRole | undefined => roles.get(toKey(heading));
