import { growArray } from './arrays.ts';

/** No parent, no state. */
export const none = 0xffff_ffff;

/**
 * The states that were found, numbered in the order in which they were: their keys side by side in one array, found
 * again by open addressing. About 40 bytes a state.
 */
export type States = {
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
export function statesOf(words: number): States {
  let keys = new Uint32Array(words * 1024);
  let parents = new Uint32Array(1024);
  let vias = new Uint16Array(1024);
  let slots = new Uint32Array(4096).fill(none);
  let count = 0;

  const isAt = (id: number, key: Uint32Array): boolean => {
    for (let word = 0; word < words; word++) if (keys[id * words + word] !== key[word]) return false;
    return true;
  };

  const slotOf = (key: Uint32Array): number => {
    const mask = slots.length - 1;
    let slot = hashOf(key, words) & mask;
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
      slots[slotOf(key)] = id;
    }
  };

  const add = (key: Uint32Array, from: number, via: number): number => {
    const slot = slotOf(key);
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

function hashOf(key: Uint32Array, words: number): number {
  let hash = 0x9e37_79b9;
  for (let word = 0; word < words; word++) {
    hash = Math.imul(hash ^ (key[word] ?? 0), 0x85eb_ca6b);
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0xc2b2_ae35);
    hash ^= hash >>> 13;
  }
  return hash >>> 0;
}
