import type { VisitEvent } from '../../messages/index.ts';
import { phases } from '../../visit/state.ts';
import { growArray } from './arrays.ts';
import { type States, statesOf } from './states.ts';

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
export function nothingFound(words: number): Found {
  return {
    states: statesOf(words),
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
export function progressOf({ states, expanded, depth }: Found): Progress {
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
