/** A value for each key of a list, in its order: one that is missing does not compile. */
export type Each<Keys extends readonly string[], T> = { readonly [Place in keyof Keys]: T };

/** A table of keys and the values listed for them, so that each language does not carry the keys. */
export function keyed<const Keys extends readonly string[], T>(
  keys: Keys,
  values: Each<Keys, T>,
): Readonly<Record<Keys[number], T>> {
  const table: Record<string, T | undefined> = Object.fromEntries(keys.map((key, place) => [key, values[place]]));
  return table as Record<Keys[number], T>;
}
