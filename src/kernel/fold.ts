import { type Draft, produce } from 'immer';

/**
 * A fold, as functions on a draft. `blank` creates the state before any event, `apply` edits it by one event, `derive` updates
 * the derived fields. `freeze` freezes a state in depth; it is written for the shape of the state, since visiting every value
 * takes as long as folding all events.
 */
export type Recipe<State, Event> = {
  readonly blank: () => Draft<State>;
  readonly apply: (draft: Draft<State>, event: Event) => void;
  readonly derive: (draft: Draft<State>) => void;
  readonly freeze: (draft: Draft<State>) => State;
};

/** A fold one event at a time, on one private object: `state` changes with each `step`, until `freeze`. */
type IncrementalFold<State, Event> = {
  readonly state: State;
  readonly step: (event: Event) => void;
  readonly freeze: () => State;
};

/** Folds one event into a new frozen state, which shares structure with the given one. */
export function foldOne<S extends object, E>(recipe: Recipe<S, E>, state: S, event: E): S {
  return produce(state, (draft) => {
    recipe.apply(draft, event);
    recipe.derive(draft);
  });
}

/** Folds all events into a frozen state, on one private object. */
export function foldAll<S extends object, E>(recipe: Recipe<S, E>, events: Iterable<E>, from?: S): S {
  const own = createDraft(recipe, from);
  for (const event of events) recipe.apply(own, event);
  recipe.derive(own);
  return recipe.freeze(own);
}

/** Starts a fold one event at a time. */
export function startFold<S extends object, E>(recipe: Recipe<S, E>, from?: S): IncrementalFold<S, E> {
  const own = createDraft(recipe, from);
  const step = (event: E) => {
    recipe.apply(own, event);
    recipe.derive(own);
  };
  return { state: own as S, step, freeze: () => recipe.freeze(own) };
}

const createDraft = <S extends object, E>({ blank }: Recipe<S, E>, from?: S): Draft<S> =>
  from === undefined ? blank() : (copyJson(from) as Draft<S>);

/** Copies plain JSON in depth. A name such as `__proto__` stays a key. */
function copyJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyJson) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy = { ...value };
  for (const name in copy) {
    const item = copy[name];
    // Primitives are copied already: writing them again takes a third of the time.
    if (typeof item === 'object') copy[name] = copyJson(item);
  }
  return copy;
}

/** Freezes plain JSON in depth; returns the same value. */
export function deepFreeze<T>(value: T): T {
  // A primitive counts as frozen.
  if (Object.isFrozen(value)) return value;
  for (const item of Object.values(Object.freeze(value) as object)) deepFreeze(item);
  return value;
}
