import type { VisitEvent } from '../../messages/index.ts';
import type { VisitDraft, VisitState } from '../../visit/state.ts';
import type { Layout, Slot } from './bit-packing.ts';
import { createDraft } from './draft.ts';
import { factNames, type Values } from './facts.ts';
import { countValues, memoize, recordReads } from './memo.ts';

/** Folds an event; it may mutate its state, which is private. */
export type Apply = (state: VisitDraft, event: VisitEvent) => VisitState;

/** The change of a key by an event, word by word: the bits that stay, and those that are set. */
export type Move = { readonly kept: Uint32Array; readonly set: Uint32Array };

/**
 * Folds events into abstract states. An effect is a function of the facts that it reads, and changes the facts that are
 * read from the fields it touches: it is applied once for each combination of the former, and leaves the other bits of
 * the key as they are.
 */
export function createMoves(apply: Apply, layout: Layout): (event: VisitEvent) => (values: Values) => Move {
  const fields = layout.slots.map((slot) => findFields(slot, layout));
  return (event) =>
    memoize(layout, (values) => {
      const { state, touched } = createDraft(values);
      const after = apply(state, event);
      const isChanged = (at: number) =>
        after !== state || fields[at] === null || fields[at]?.some((field) => touched.has(field));
      const changed = layout.slots.filter((_, at) => isChanged(at));
      return createMove(after, layout.words, changed);
    });
}

/** Writes the key that a move leads to. */
export function applyMove(key: Uint32Array, { kept, set }: Move, to: Uint32Array): void {
  for (let word = 0; word < to.length; word++) to[word] = ((key[word] ?? 0) & (kept[word] ?? 0)) | (set[word] ?? 0);
}

function createMove(after: VisitState, words: number, slots: readonly Slot[]): Move {
  const kept = new Uint32Array(words).fill(0xffff_ffff);
  const set = new Uint32Array(words);
  for (const { word, shift, mask, of } of slots) {
    kept[word] = (kept[word] ?? 0) & ~(mask << shift);
    set[word] = (set[word] ?? 0) | (of(after) << shift);
  }
  return { kept, set };
}

/** Beyond so many paths through the reading of a fact, it may be read from every field. */
const mostPaths = 5_000;

/** The fields that a fact may be read from, whatever the values of the other facts; null for all. */
function findFields({ of }: Slot, layout: Layout): readonly string[] | null {
  const fields = new Set<string>();
  const values = new Uint8Array(factNames.length);
  const asked: number[] = [];
  const asking = recordReads(values, layout, asked);
  for (let path = 0; path < mostPaths; path++) {
    const { state, looked } = createDraft(asking);
    of(state);
    for (const field of looked.keys()) fields.add(field);
    if (!isNext(values, asked)) return [...fields];
  }
  return null;
}

/** Counts the asked facts up to the next combination of their values; false after the last. */
function isNext(values: Uint8Array, asked: number[]): boolean {
  for (let last = asked.pop(); last !== undefined; last = asked.pop()) {
    const value = (values[last] ?? 0) + 1;
    if (value < countValues(last)) {
      values[last] = value;
      asked.push(last);
      return true;
    }
    values[last] = 0;
  }
  return false;
}
