/** JSON with each of its objects, at every depth, made of other entries. */
function rebuilt<T>(value: T, edit: (entries: [string, unknown][]) => [string, unknown][]): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => rebuilt(item, edit)) as T;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [key, rebuilt(item, edit)]);
  return Object.fromEntries(edit(entries)) as T;
}

/** The same JSON with the keys of each object, at every depth, in the reverse order. */
export const reversed = <T>(value: T): T => rebuilt(value, (entries) => entries.reverse());

/** A text in Unicode's composed form. */
export const COMPOSED = '\u00e9\u1e69\u00c5';

/** The same text composed, decomposed, and with its marks in another order and the sign of a unit for a letter. */
export const spellings = [COMPOSED, 'e\u0301s\u0323\u0307A\u030a', 'e\u0301s\u0307\u0323\u212b'] as const;

/** The same JSON with a text added to the name of each item, at every depth. */
export const respelled = <T>(value: T, spelling: string): T =>
  rebuilt(value, (entries) => entries.map(([key, item]) => [key, key === 'item' ? `${item}${spelling}` : item]));

/** The same JSON with each text in the composed form. */
export const inNfc = <T>(value: T): T => JSON.parse(JSON.stringify(value).normalize('NFC'));
