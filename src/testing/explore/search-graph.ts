import type { VisitEvent } from '../../messages/index.ts';
import { phases } from '../../visit/state.ts';
import { growArray } from './bit-packing.ts';

/** No parent, no state. */
export const none = 0xffff_ffff;

/**
 * The states that were found, numbered in the order in which they were: their keys side by side in one array, found
 * again by open addressing. About 40 bytes a state.
 */
type States = {
  readonly count: () => number;
  /** The number of the state with this key; a new one is numbered, with where it was found from. */
  readonly add: (key: Uint32Array, from: number, via: number) => number;
  /** Writes the key of a state. */
  readonly read: (id: number, key: Uint32Array) => void;
  readonly parentOf: (id: number) => number;
  /** The input that first led to a state. */
  readonly viaOf: (id: number) => number;
};

/** No states yet, of keys of so many words. */
function createStates(words: number): States {
  let keys = new Uint32Array(words * 1024);
  let parents = new Uint32Array(1024);
  let vias = new Uint16Array(1024);
  let slots = new Uint32Array(4096).fill(none);
  let count = 0;

  const isAt = (id: number, key: Uint32Array): boolean => {
    for (let word = 0; word < words; word++) if (keys[id * words + word] !== key[word]) return false;
    return true;
  };

  const findSlot = (key: Uint32Array): number => {
    const mask = slots.length - 1;
    let slot = hashKey(key, words) & mask;
    for (let id = slots[slot]; id !== none && id !== undefined && !isAt(id, key); id = slots[slot]) {
      slot = (slot + 1) & mask;
    }
    return slot;
  };

  const read = (id: number, key: Uint32Array): void => {
    for (let word = 0; word < words; word++) key[word] = keys[id * words + word] ?? 0;
  };

  const rehash = (): void => {
    slots = new Uint32Array(slots.length * 2).fill(none);
    const key = new Uint32Array(words);
    for (let id = 0; id < count; id++) {
      read(id, key);
      slots[findSlot(key)] = id;
    }
  };

  const add = (key: Uint32Array, from: number, via: number): number => {
    const slot = findSlot(key);
    const known = slots[slot] ?? none;
    if (known !== none) return known;
    keys = growArray(keys, (count + 1) * words);
    parents = growArray(parents, count + 1);
    vias = growArray(vias, count + 1);
    keys.set(key, count * words);
    parents[count] = from;
    vias[count] = via;
    slots[slot] = count;
    count += 1;
    if (count * 2 > slots.length) rehash();
    return count - 1;
  };

  return { count: () => count, add, read, parentOf: (id) => parents[id] ?? none, viaOf: (id) => vias[id] ?? 0 };
}

function hashKey(key: Uint32Array, words: number): number {
  let hash = 0x9e37_79b9;
  for (let word = 0; word < words; word++) {
    hash = Math.imul(hash ^ (key[word] ?? 0), 0x85eb_ca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0xc2b2_ae35);
    hash ^= hash >>> 13;
  }
  return hash >>> 0;
}

/** The progress of a search. @since 0.2.0 */
export type Progress = { readonly states: number; readonly frontier: number; readonly depth: number };

/** The result of a search so far: states by number, inputs by index. */
export type Found = {
  readonly states: States;
  /** The successors of each state that was expanded stand in `edges` from its offset up to the next one. */
  edges: Uint32Array<ArrayBuffer>;
  offsets: Uint32Array<ArrayBuffer>;
  expanded: number;
  transitions: number;
  /** Transitions by corrections, which are no edges: nothing may rely on them. */
  corrected: number;
  depth: number;
  complete: boolean;
  /** The place of each state's phase in `phases`. */
  phases: Uint8Array<ArrayBuffer>;
  /** States that have not ended, and that nothing leads out of. */
  readonly stuck: number[];
  /** The inputs that were accepted anywhere, and where first. */
  readonly accepted: Map<number, number>;
  /** The rules that refused anything anywhere. */
  readonly refusing: Set<string>;
  /** `from > to: event`, by phase. */
  readonly arrows: Set<string>;
};

/** Nothing was found yet; keys have so many words. */
export function createFound(words: number): Found {
  return {
    states: createStates(words),
    edges: new Uint32Array(1024),
    offsets: new Uint32Array(1024),
    expanded: 0,
    transitions: 0,
    corrected: 0,
    depth: 0,
    complete: true,
    phases: new Uint8Array(1024),
    stuck: [],
    accepted: new Map(),
    refusing: new Set(),
    arrows: new Set(),
  };
}

/** The progress of the search. */
export function measureProgress({ states, expanded, depth }: Found): Progress {
  return { states: states.count(), frontier: states.count() - expanded, depth };
}

/** Keeps the successors of a state; states are expanded in their order. */
export function keepEdges(found: Found, id: number, next: readonly number[]): void {
  found.edges = growArray(found.edges, found.transitions + next.length);
  found.edges.set(next, found.transitions);
  found.transitions += next.length;
  found.offsets = growArray(found.offsets, id + 2);
  found.offsets[id + 1] = found.transitions;
}

/** Keeps a change of phase and the event that made it. */
export function keepArrow(found: Found, from: number, to: number, event: VisitEvent): void {
  const before = found.phases[from] ?? 0;
  const after = found.phases[to] ?? 0;
  if (before !== after) found.arrows.add(`${phases[before]} > ${phases[after]}: ${event.type}`);
}
