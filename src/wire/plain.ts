import type { IssueCode } from './issues.ts';
import { LIMITS } from './limits.ts';

/** Something that is not plain JSON, or too much of it. The path may hold keys of the input: cut it before it shows. */
export type Found = {
  readonly path: readonly (string | number)[];
  readonly code: IssueCode;
  readonly limit?: number;
};

/** The copy is whole only if nothing was found. */
export type PlainCopy = { readonly copy: unknown; readonly found: readonly Found[] };

type Walk = {
  readonly path: (string | number)[];
  readonly above: object[];
  readonly found: Found[];
  readonly maxCharacters: number;
  nodesLeft: number;
  charactersLeft: number;
};

/** The node could not be copied; what is wrong was noted. */
const NOTHING = Symbol('nothing');

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A copy of any value as plain JSON, within limits. Nothing of the value is called: getters, `toJSON`, iterators and
 * conversions stay untouched, only proxies are asked, and may throw. Only own enumerable data properties count; whatever
 * else an object holds is noted, never dropped.
 */
export function plainCopy(value: unknown, maxCharacters: number): PlainCopy {
  const charactersLeft = maxCharacters;
  const walk: Walk = { path: [], above: [], found: [], maxCharacters, nodesLeft: LIMITS.nodes, charactersLeft };
  const copy = copyOf(value, walk);
  return { copy: copy === NOTHING ? undefined : copy, found: walk.found };
}

function note(walk: Walk, code: IssueCode, limit?: number): typeof NOTHING {
  walk.found.push({ path: [...walk.path], code, ...(limit !== undefined && { limit }) });
  return NOTHING;
}

/** Enough was found, or the budget is spent: the rest is not looked at. */
const isOver = (walk: Walk) => walk.nodesLeft < 0 || walk.charactersLeft < 0 || walk.found.length > LIMITS.issues;

function copyOf(value: unknown, walk: Walk): unknown {
  walk.nodesLeft -= 1;
  if (walk.nodesLeft < 0) return note(walk, 'too-many-nodes', LIMITS.nodes);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return isFit(value, walk) ? value : NOTHING;
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : note(walk, 'not-finite');
  return typeof value === 'object' ? copyOfObject(value, walk) : note(walk, 'not-json');
}

/** Whether a string or a key is within its limits and well formed. */
function isFit(text: string, walk: Walk): boolean {
  walk.charactersLeft -= text.length;
  if (walk.charactersLeft < 0) note(walk, 'too-large', walk.maxCharacters);
  else if (text.length > LIMITS.characters) note(walk, 'too-long', LIMITS.characters);
  else if (LONE_SURROGATE.test(text)) note(walk, 'lone-surrogate');
  else return true;
  return false;
}

function copyOfObject(value: object, walk: Walk): unknown {
  if (walk.above.includes(value)) return note(walk, 'cyclic');
  if (walk.above.length >= LIMITS.depth) return note(walk, 'too-deep', LIMITS.depth);
  walk.above.push(value);
  const depth = walk.path.length;
  try {
    return Array.isArray(value) ? copyOfArray(value, walk) : copyOfRecord(value, walk);
  } catch {
    walk.path.length = depth;
    return note(walk, 'unreadable');
  } finally {
    walk.above.pop();
  }
}

function copyOfArray(value: readonly unknown[], walk: Walk): unknown {
  const { length } = value;
  if (length > LIMITS.items) return note(walk, 'too-many-items', LIMITS.items);
  if (Reflect.ownKeys(value).length !== length + 1) return note(walk, 'not-json');
  const copy: unknown[] = [];
  for (let index = 0; index < length && !isOver(walk); index += 1) {
    const item = copyOfProperty(value, index, walk);
    if (item !== NOTHING) copy.push(item);
  }
  return copy;
}

function copyOfRecord(value: object, walk: Walk): unknown {
  if (!isPlain(value)) return note(walk, 'not-json');
  const keys = Reflect.ownKeys(value);
  if (keys.length > LIMITS.keys) return note(walk, 'too-many-keys', LIMITS.keys);
  const copy: Record<string, unknown> = {};
  for (const key of keys) {
    if (isOver(walk)) break;
    if (typeof key === 'symbol' || key === '__proto__') note(walk, 'unrecognized-key');
    else if (isFit(key, walk)) {
      const item = copyOfProperty(value, key, walk);
      if (item !== NOTHING) copy[key] = item;
    }
  }
  return copy;
}

/** An object literal, of this realm or another, or one without a prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function copyOfProperty(owner: object, key: string | number, walk: Walk): unknown {
  walk.path.push(key);
  const property = Object.getOwnPropertyDescriptor(owner, key);
  const isData = property?.enumerable === true && 'value' in property;
  const copy = isData ? copyOf(property.value, walk) : note(walk, 'not-json');
  walk.path.pop();
  return copy;
}
