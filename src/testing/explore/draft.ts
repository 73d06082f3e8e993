import type { VisitDraft } from '../../visit/state.ts';
import { type Leaf, sectionLeaves, topLeaves } from './decode.ts';
import type { Values } from './facts.ts';

/** A state to be edited, each field of which is read from the values when it is looked at. */
export type LazyDraft = {
  readonly state: VisitDraft;
  /** The fields that were read, by number. */
  readonly read: ReadonlySet<number>;
  /** The fields that were written, or read and may have been edited in place. */
  readonly touched: ReadonlyMap<number, unknown>;
};

/** Creates a draft of the state that the values stand for. */
export function draftOf(values: Values): LazyDraft {
  const read = new Set<number>();
  const touched = new Map<number, unknown>();
  let fields = 0;

  const define = (owner: object, [name, valueIn]: Leaf): void => {
    const field = fields;
    fields += 1;
    const get = () => {
      read.add(field);
      if (touched.has(field)) return touched.get(field);
      const value = valueIn(values);
      if (typeof value === 'object' && value !== null) touched.set(field, value);
      return value;
    };
    Object.defineProperty(owner, name, { get, set: (value) => touched.set(field, value), enumerable: true });
  };

  const state = {};
  for (const leaf of topLeaves) define(state, leaf);
  for (const [name, leaves] of sectionLeaves) {
    const section = {};
    for (const leaf of leaves) define(section, leaf);
    // A section that is replaced takes over the fields of the other.
    const set = (other: object) => Object.assign(section, other);
    Object.defineProperty(state, name, { get: () => section, set, enumerable: true });
  }
  return { state: state as VisitDraft, read, touched };
}
