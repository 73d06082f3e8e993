import { nearest } from './nearest.ts';

/** Refuses a word that is not known: a `TypeError` with the word, the nearest known one and all of them. */
export function mustKnow(what: string, word: unknown, known: readonly string[]): void {
  if (known.includes(word as string)) return;
  const given = typeof word === 'string' ? word.slice(0, 64) : typeof word;
  const meant = nearest(given, known).map((near) => ` Did you mean ${near}?`);
  throw new TypeError(`Unknown ${what} ${given}.${meant} Known: ${known.join(', ')}`);
}

/** Refuses options that are no object, or with a key that is not known. */
export function mustKnowKeys(what: string, options: object, known: object): void {
  if (Object(options) !== options) throw new TypeError(`${what} takes its options as an object`);
  for (const key of Object.keys(options)) mustKnow(`option of ${what}:`, key, Object.keys(known));
}
