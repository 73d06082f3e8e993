import { nearest } from '../util/nearest.ts';

/** Refuses an unknown word with a `TypeError` that names it, similar words from `near`, and all known words. */
export function mustBeKnown(
  what: string,
  word: unknown,
  known: readonly string[],
  near?: (given: string, known: readonly string[]) => readonly string[],
): void {
  if (known.some((one) => one === word)) return;
  const given = typeof word === 'string' ? word.slice(0, 64) : typeof word;
  const meant = near?.(given, known).map((one) => ` Did you mean ${one}?`) ?? '';
  throw new TypeError(`Unknown ${what} ${given}.${meant} Known: ${known.join(', ')}`);
}

/** Refuses an unknown word, and suggests the nearest known one. */
export const mustKnow = (what: string, word: unknown, known: readonly string[]): void =>
  mustBeKnown(what, word, known, nearest);

/** Refuses options that are not an object, or that have an unknown key. */
export function mustBeKeys(what: string, options: object, known: object, near?: typeof nearest): void {
  mustBe(Object(options) === options, `${what} takes options, an object`, options);
  for (const key of Object.keys(options)) mustBeKnown(`option of ${what}:`, key, Object.keys(known), near);
}

/** Refuses options that are not an object, or that have an unknown key, and suggests the nearest one. */
export const mustKnowKeys = (what: string, options: object, known: object): void =>
  mustBeKeys(what, options, known, nearest);

/** Refuses a value that fails a check: a `TypeError` with the expected and the actual value. */
export function mustBe(holds: unknown, expected: string, given: unknown): void {
  if (holds) return;
  const kind = given instanceof Promise ? 'a promise' : typeof given;
  throw new TypeError(`${expected}; got ${given === null || kind === 'number' ? given : kind}`);
}
