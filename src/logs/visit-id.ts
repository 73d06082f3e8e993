import type { Id } from '../messages/index.ts';
import { exceedsBytes, LIMITS } from '../wire/limits.ts';

const ID = /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}$/;

/** A value as an id, if it can be one. */
export const idOf = (value: unknown): Id | null => (typeof value === 'string' && ID.test(value) ? value : null);

const NEXT_ID = /[ \t]*:[ \t]*"([A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127})"/y;

/** The visit that a line of a log seems to be of: its first `visitId` after its first `data`. Parses nothing. */
export function scanVisitId(text: string): Id | null {
  const data = text.indexOf('"data"');
  const key = data < 0 ? -1 : text.indexOf('"visitId"', data);
  if (key < 0) return null;
  NEXT_ID.lastIndex = key + '"visitId"'.length;
  return NEXT_ID.exec(text)?.[1] ?? null;
}

/** The visit of a line that is no event: the `data.visitId` of its JSON, or of its text if it is no JSON. */
export function extractVisitId(text: unknown): Id | null {
  if (typeof text !== 'string') return null;
  const read = exceedsBytes(text, LIMITS.eventBytes) ? undefined : fromJson(text.replace(/^\uFEFF/, ''));
  return read === undefined ? scanVisitId(text) : idOf(fieldOf(fieldOf(read.json, 'data'), 'visitId'));
}

function fromJson(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, key: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

/** The same text in memory of its own: a part of a text keeps the whole of it alive. */
export const detachString = (id: Id): Id => ` ${id}`.slice(1);
