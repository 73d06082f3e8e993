/** Normalises a text to NFC, and each run of white space to one space. */
export const normalizeSpace = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();

/** Normalises a word for a lookup that ignores case. */
export const caseFold = (word: string): string => normalizeSpace(word).toLowerCase();

const maps = new WeakMap<object, ReadonlyMap<string, unknown>>();

/** An index of a table of words, whose keys are texts from outside. Made once for each table. */
export function wordMap<T>(words: { readonly [word: string]: T }): ReadonlyMap<string, T> {
  const known = maps.get(words) as ReadonlyMap<string, T> | undefined;
  if (known !== undefined) return known;
  const made = new Map(Object.entries(words).map(([word, meaning]) => [caseFold(word), meaning]));
  maps.set(words, made);
  return made;
}

const yes = ['sí', 'si', 's', 'yes', 'y', 'verdadero', 'true', 'x', '1'];
const no = ['no', 'n', 'falso', 'false', '0'];

/** The default words for yes and no. */
export const flags: ReadonlyMap<string, boolean> = new Map([
  ...yes.map((word): [string, boolean] => [word, true]),
  ...no.map((word): [string, boolean] => [word, false]),
]);
