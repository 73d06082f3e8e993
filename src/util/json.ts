/** Plain JSON: what states, events and facts are made of. @since 0.1.0 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * The value of a JSON text, which is never `undefined`; `undefined` if the text is no JSON, or a long one with so many levels that
 * parsing it would take many times its size in memory.
 */
export function parseJson(text: string): unknown {
  if (text.length > LONG && isDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text of so many characters is parsed in less than a second, and in memory that no process lacks, whatever it is. */
const LONG = 1 << 20;
/** More levels than any message, sheet or mapping has. */
const DEEPEST = 256;

/** True if a JSON text has more than {@link DEEPEST} levels of objects and arrays. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      at += 1;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    } else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
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

type Merged<Parts extends readonly object[]> = Parts extends readonly [infer First, ...infer Others extends object[]]
  ? First & Merged<Others>
  : unknown;

/** Merges records into one. Its type has every key of each, so that the compiler finds a key that all of them lack. */
export function mergeRecords<Parts extends readonly object[]>(...parts: Parts): Merged<Parts> {
  return Object.assign({}, ...parts);
}
