/**
 * The shape of data that an act looks into, by an example: of a text, a number, a list of one item, a record. `[]` is a list of
 * anything; a name that ends with `?` may be absent.
 */
export type Shape = string | number | readonly Shape[] | { readonly [name: string]: Shape };

/** True if data have the shape of an example. */
export function isLike(value: unknown, example: Shape): boolean {
  if (value === null || typeof value !== typeof example) return false;
  if (typeof example !== 'object') return true;
  if (Array.isArray(example)) {
    return Array.isArray(value) && value.every((item) => example.length === 0 || isLike(item, example[0]));
  }
  return Object.entries(example).every(([name, inner]) => {
    const field = (value as Readonly<Record<string, unknown>>)[name.replace('?', '')];
    return (field === undefined && name.endsWith('?')) || isLike(field, inner);
  });
}
