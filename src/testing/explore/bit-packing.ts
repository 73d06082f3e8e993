import type { VisitState } from '../../visit/state.ts';
import { type Fact, factNames, facts } from './facts.ts';

type Growable = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer>;

/** The same array with room for so many items: itself, or a copy of twice the length or more. */
export function growArray<T extends Growable>(array: T, length: number): T {
  if (length <= array.length) return array;
  const Kind = array.constructor as new (length: number) => T;
  const larger = new Kind(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
}

/** The place of a fact in a key. */
export type Slot = {
  readonly index: number;
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
  readonly of: (visit: VisitState) => number;
};

/** The layout of the facts in 32-bit words. */
export type Layout = {
  readonly facts: readonly Fact[];
  readonly words: number;
  readonly slots: readonly Slot[];
  /** True if the fact at a place is looked at. */
  readonly looksAt: (index: number) => boolean;
  /** Writes the key of a state. */
  readonly encode: (visit: VisitState, key: Uint32Array) => void;
  /** Decodes a key into its values; facts that are left out are 0. */
  readonly unpack: (key: Uint32Array, values: Uint8Array) => void;
};

/** Packs the facts into words, none of them across two words. */
export function packFacts(looked: readonly Fact[]): Layout {
  const slots = allotSlots(looked);
  const words = (slots.at(-1)?.word ?? 0) + 1;
  const places = new Set(slots.map(({ index }) => index));
  return {
    facts: looked,
    words,
    slots,
    looksAt: (index) => places.has(index),
    encode: (visit, key) => {
      key.fill(0);
      for (const { word, shift, of } of slots) key[word] = (key[word] ?? 0) | (of(visit) << shift);
    },
    unpack: (key, values) => {
      for (const { index, word, shift, mask } of slots) values[index] = ((key[word] ?? 0) >>> shift) & mask;
    },
  };
}

function allotSlots(looked: readonly Fact[]): Slot[] {
  let word = 0;
  let shift = 0;
  return looked.map((fact) => {
    const { values, of } = facts[fact];
    const width = Math.ceil(Math.log2(values.length));
    if (shift + width > 32) {
      word += 1;
      shift = 0;
    }
    const slot = { index: factNames.indexOf(fact), word, shift, mask: (1 << width) - 1, of };
    shift += width;
    return slot;
  });
}
