import { type Draft, produce } from 'immer';

/**
 * A recipe edits a draft by one event; `derive` brings what is derived from the rest up to date. `blank` makes a state of
 * which nothing is known, a new one each time; `freeze` freezes one in depth, written for the shape of the state: to walk over
 * every value costs as much as all events.
 */
export type Recipe<State, Event> = {
  readonly blank: () => Draft<State>;
  readonly apply: (draft: Draft<State>, event: Event) => void;
  readonly derive: (draft: Draft<State>) => void;
  readonly freeze: (draft: Draft<State>) => State;
};

/**
 * A fold one event at a time on one private object: `state` may be looked at between two events, and changes with each, until
 * it is frozen.
 */
type IncrementalFold<State, Event> = {
  readonly state: State;
  readonly step: (event: Event) => void;
  readonly freeze: () => State;
};

/**
 * The state after one event, by a recipe: shares structure with the state before it. A state is plain JSON; every fold answers
 * with a frozen one.
 */
export function evolveBy<State extends object, Event>(recipe: Recipe<State, Event>, state: State, event: Event): State {
  return produce(state, (draft) => {
    recipe.apply(draft, event);
    recipe.derive(draft);
  });
}

/** The state after all events, by a recipe, on one private object. */
export function replayBy<State extends object, Event>(
  recipe: Recipe<State, Event>,
  events: Iterable<Event>,
  from?: State,
): State {
  const own = begin(recipe, from);
  for (const event of events) recipe.apply(own, event);
  recipe.derive(own);
  return recipe.freeze(own);
}

/** Begins a fold by a recipe, on one private object. */
export function walkBy<State extends object, Event>(
  recipe: Recipe<State, Event>,
  from?: State,
): IncrementalFold<State, Event> {
  const own = begin(recipe, from);
  const step = (event: Event) => {
    recipe.apply(own, event);
    recipe.derive(own);
  };
  return { state: own as State, step, freeze: () => recipe.freeze(own) };
}

const begin = <State extends object, Event>({ blank }: Recipe<State, Event>, from?: State): Draft<State> =>
  from === undefined ? blank() : (copied(from) as Draft<State>);

/** Copies plain JSON in depth. A name such as `__proto__` stays a key. */
function copied<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copied) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy = { ...value };
  for (const name in copy) {
    const item = copy[name];
    // What is no object is there already: to write it once more takes a third of the time.
    if (typeof item === 'object') copy[name] = copied(item);
  }
  return copy;
}

/** Freezes plain JSON in depth and answers with the same value. */
export function deepFreeze<T>(value: T): T {
  // What is no object counts as frozen.
  if (Object.isFrozen(value)) return value;
  for (const item of Object.values(Object.freeze(value) as object)) deepFreeze(item);
  return value;
}
