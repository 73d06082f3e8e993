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
type Walk<State, Event> = {
  readonly state: State;
  readonly step: (event: Event) => void;
  readonly freeze: () => State;
};

/** The two speeds of one recipe: `evolve` shares structure, `replay` and `walk` work on one private object. */
export type Fold<State, Event> = {
  readonly evolve: (state: State, event: Event) => State;
  readonly replay: (events: Iterable<Event>, from?: State) => State;
  readonly walk: (from?: State) => Walk<State, Event>;
};

/** Makes both folds of a recipe. A state is plain JSON; both folds answer with a frozen one. */
export function foldOf<State extends object, Event>(recipe: Recipe<State, Event>): Fold<State, Event> {
  const begin = (from?: State) => (from === undefined ? recipe.blank() : (copied(from) as Draft<State>));
  const evolve = (state: State, event: Event): State =>
    produce(state, (draft) => {
      recipe.apply(draft, event);
      recipe.derive(draft);
    });
  const replay = (events: Iterable<Event>, from?: State): State => {
    const own = begin(from);
    for (const event of events) recipe.apply(own, event);
    recipe.derive(own);
    return recipe.freeze(own);
  };
  const walk = (from?: State): Walk<State, Event> => {
    const own = begin(from);
    const step = (event: Event) => {
      recipe.apply(own, event);
      recipe.derive(own);
    };
    return { state: own as State, step, freeze: () => recipe.freeze(own) };
  };
  return { evolve, replay, walk };
}

/** Copies plain JSON in depth. A name such as `__proto__` stays a key. */
function copied<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value) ? ([...value] as T) : { ...value };
  for (const name in copy) copy[name] = copied(copy[name]);
  return copy;
}

/** Freezes plain JSON in depth and answers with the same value. */
export function frozen<T>(value: T): T {
  // What is no object counts as frozen.
  if (Object.isFrozen(value)) return value;
  for (const item of Object.values(Object.freeze(value) as object)) frozen(item);
  return value;
}
