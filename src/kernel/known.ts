import { nearest } from './nearest.ts';

/** Refuses a word that is not known: a `TypeError` with the word, the nearest known one and all of them. */
export function mustKnow(what: string, word: unknown, known: readonly string[]): void {
  if (known.some((one) => one === word)) return;
  const given = typeof word === 'string' ? word.slice(0, 64) : typeof word;
  const meant = nearest(given, known).map((near) => ` Did you mean ${near}?`);
  throw new TypeError(`Unknown ${what} ${given}.${meant} Known: ${known.join(', ')}`);
}

/** Refuses options that are no object, or with a key that is not known. */
export function mustKnowKeys(what: string, options: object, known: object): void {
  mustBe(Object(options) === options, `${what} takes options, an object`, options);
  for (const key of Object.keys(options)) mustKnow(`option of ${what}:`, key, Object.keys(known));
}

/** Refuses a value that fails a check: a `TypeError` with the expected and the actual value. */
export function mustBe(holds: unknown, expected: string, given: unknown): void {
  if (!holds)
    throw new TypeError(`${expected}; got ${given === null || typeof given === 'number' ? given : typeof given}`);
}

/** Renames the deprecated names among options to their current ones; refuses an option given under both. */
export function withCurrentNames<T>(what: string, options: T, renamed: Readonly<Record<string, string>>): T {
  if (Object(options) !== options) return options;
  const current: Record<string, unknown> = Object.assign({}, options);
  const used = Object.entries(renamed).filter(([old]) => Object.hasOwn(current, old));
  for (const [old, name] of used) {
    if (Object.hasOwn(current, name))
      throw new TypeError(`${what} takes ${name}, formerly ${old}, under one name only`);
    current[name] = current[old];
    delete current[old];
  }
  return used.length === 0 ? options : (current as T);
}
