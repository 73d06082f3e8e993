/** Plain JSON: what states, events and facts are made of. @since 0.1.0 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The value of a JSON text, which is never `undefined`; `undefined` if the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A value as an object whose fields may be read, whatever it is. */
export function asRecord(value: unknown): { readonly [name: string]: Json } {
  return isObject(value) ? (value as { readonly [name: string]: Json }) : {};
}

/** The items of a list; empty if the value is no list. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
