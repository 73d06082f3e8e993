import type { IssueCode } from './issues.ts';
import { LIMITS } from './limits.ts';

/** Something that is not plain JSON, or too much of it. The path may hold keys of the input: cut it before it shows. */
export type Found = {
  readonly path: readonly (string | number)[];
  readonly code: IssueCode;
  readonly limit?: number;
};

/** The copy is whole only if nothing was found. */
export type PlainCopy = {
  readonly copy: unknown;
  readonly found: readonly Found[];
  /** At least as many bytes as the copy takes as JSON text, its texts in NFC. */
  readonly mostBytes: number;
  /** The limit within which it was copied. */
  readonly maxCharacters: number;
};

type Walk = {
  readonly path: (string | number)[];
  readonly above: object[];
  readonly found: Found[];
  readonly maxCharacters: number;
  readonly maxNodes: number;
  nodesLeft: number;
  charactersLeft: number;
};

/** A number takes 24 characters, an instant that is normalised as many; quotation marks, a colon and a comma stand around them. */
const BYTES_OF_A_NODE = 32;
/** NFC expands a character to at most three, of three bytes each; an escape takes six. */
const BYTES_OF_A_CHARACTER = 9;

/** The node could not be copied; the error was recorded. */
const INVALID = Symbol('nothing');

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Node 20 and the browsers of 2023 have a method for it, which takes a third of the time. */
const isWellFormed: (text: string) => boolean =
  'isWellFormed' in String.prototype
    ? (text) => (text as string & { isWellFormed: () => boolean }).isWellFormed()
    : (text) => !LONE_SURROGATE.test(text);

/** Reading names and symbols separately takes a fifth of the time of `Reflect.ownKeys`. */
const listSymbols = Object.getOwnPropertySymbols;

/**
 * A copy of any value as plain JSON, within limits. Nothing of the value is called: getters, `toJSON`, iterators and
 * conversions stay untouched, only proxies are called, and may throw. Only own enumerable data properties count;
 * anything else in an object is reported, never dropped.
 */
export function cloneJson(value: unknown, maxCharacters: number, maxNodes: number = LIMITS.nodes): PlainCopy {
  const left = { nodesLeft: maxNodes, charactersLeft: maxCharacters };
  const walk: Walk = { path: [], above: [], found: [], maxCharacters, maxNodes, ...left };
  const copy = copyValue(value, walk);
  const [nodes, characters] = [maxNodes - walk.nodesLeft, maxCharacters - walk.charactersLeft];
  const mostBytes = nodes * BYTES_OF_A_NODE + characters * BYTES_OF_A_CHARACTER;
  return { copy: copy === INVALID ? undefined : copy, found: walk.found, mostBytes, maxCharacters };
}

function note(walk: Walk, code: IssueCode, limit?: number): typeof INVALID {
  walk.found.push({ path: [...walk.path], code, ...(limit !== undefined && { limit }) });
  return INVALID;
}

/** Enough was found, or the budget is spent: the rest is not looked at. */
const isOver = (walk: Walk) => walk.nodesLeft < 0 || walk.charactersLeft < 0 || walk.found.length > LIMITS.issues;

function copyValue(value: unknown, walk: Walk): unknown {
  walk.nodesLeft -= 1;
  if (walk.nodesLeft < 0) return note(walk, 'too-many-nodes', walk.maxNodes);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return isWithinLimits(value, walk) ? value : INVALID;
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : note(walk, 'not-finite');
  return typeof value === 'object' ? copyObject(value, walk) : note(walk, 'not-json');
}

/** True if a string or a key is within its limits and well formed. */
function isWithinLimits(text: string, walk: Walk): boolean {
  walk.charactersLeft -= text.length;
  if (walk.charactersLeft < 0) note(walk, 'too-large', walk.maxCharacters);
  else if (text.length > LIMITS.characters) note(walk, 'too-long', LIMITS.characters);
  else if (!isWellFormed(text)) note(walk, 'lone-surrogate');
  else return true;
  return false;
}

function copyObject(value: object, walk: Walk): unknown {
  if (walk.above.includes(value)) return note(walk, 'cyclic');
  if (walk.above.length >= LIMITS.depth) return note(walk, 'too-deep', LIMITS.depth);
  walk.above.push(value);
  const depth = walk.path.length;
  try {
    return Array.isArray(value) ? copyArray(value, walk) : copyRecord(value, walk);
  } catch {
    walk.path.length = depth;
    return note(walk, 'unreadable');
  } finally {
    walk.above.pop();
  }
}

function copyArray(value: readonly unknown[], walk: Walk): unknown {
  const { length } = value;
  if (length > LIMITS.items) return note(walk, 'too-many-items', LIMITS.items);
  if (Object.getOwnPropertyNames(value).length !== length + 1 || listSymbols(value).length > 0) {
    return note(walk, 'not-json');
  }
  const copy: unknown[] = [];
  for (let index = 0; index < length && !isOver(walk); index += 1) {
    const item = copyProperty(value, index, walk);
    if (item !== INVALID) copy.push(item);
  }
  return copy;
}

function copyRecord(value: object, walk: Walk): unknown {
  if (!isPlain(value)) return note(walk, 'not-json');
  const keys = Object.getOwnPropertyNames(value);
  const symbols = listSymbols(value);
  if (keys.length + symbols.length > LIMITS.keys) return note(walk, 'too-many-keys', LIMITS.keys);
  for (const _ of symbols) note(walk, 'unrecognized-key');
  const copy: Record<string, unknown> = {};
  for (const key of keys) {
    if (isOver(walk)) break;
    if (key === '__proto__') note(walk, 'unrecognized-key');
    else if (isWithinLimits(key, walk)) {
      const item = copyProperty(value, key, walk);
      if (item !== INVALID) copy[key] = item;
    }
  }
  return copy;
}

/** An object literal, of this realm or another, or one without a prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function copyProperty(owner: object, key: string | number, walk: Walk): unknown {
  walk.path.push(key);
  const property = Object.getOwnPropertyDescriptor(owner, key);
  const isData = property?.enumerable === true && 'value' in property;
  const copy = isData ? copyValue(property.value, walk) : note(walk, 'not-json');
  walk.path.pop();
  return copy;
}
