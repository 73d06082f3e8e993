import type { Actor, EventType, VisitEvent } from '../../messages/index.ts';
import type { VisitState } from '../state.ts';
import { momentAfter } from './apply-event.ts';
import type { ActTable } from './invariant.ts';
import { initialModel, type ModelState } from './model-state.ts';

/** The event of a type. */
type EventNamed<T extends EventType> = Extract<VisitEvent, { readonly type: T }>;

/** True if an event is of one of these types. */
function isOneOf<T extends EventType>(event: VisitEvent, types: readonly T[]): event is EventNamed<T> {
  return types.some((type) => type === event.type);
}

type Trace = { readonly events: readonly VisitEvent[]; readonly moments: readonly ModelState[] };

/** The last reading of each history, cached for all invariants. Events are immutable. */
const traces = new WeakMap<readonly VisitEvent[], Trace>();

/** The model states before the first event of a history and after each; recomputed from the first event that has changed. */
function foldMoments(history: readonly VisitEvent[]): readonly ModelState[] {
  const known = traces.get(history) ?? { events: [], moments: [initialModel()] };
  const same = known.events.findIndex((event, index) => event !== history[index]);
  const kept = same === -1 ? known.events.length : same;
  if (kept === history.length && kept === known.events.length) return known.moments;
  const moments = known.moments.slice(0, kept + 1);
  let now = moments.at(-1) ?? initialModel();
  for (const event of history.slice(kept)) {
    now = momentAfter(event, now);
    moments.push(now);
  }
  traces.set(history, { events: [...history], moments });
  return moments;
}

/** The model state after a whole history. */
export function foldHistory(history: readonly VisitEvent[]): ModelState {
  return foldMoments(history).at(-1) ?? initialModel();
}

/** True if every event passes a check against the model state before it. */
export function always(
  history: readonly VisitEvent[],
  check: (event: VisitEvent, before: ModelState) => boolean,
): boolean {
  const moments = foldMoments(history);
  return history.every((event, index) => check(event, moments[index] ?? initialModel()));
}

/** True if every event of these types passes a check against the model state before it. */
export function whenever<T extends EventType>(
  history: readonly VisitEvent[],
  types: readonly T[],
  check: (event: EventNamed<T>, before: ModelState) => boolean,
): boolean {
  if (!history.some((event) => isOneOf(event, types))) return true;
  return always(history, (event, before) => !isOneOf(event, types) || check(event, before));
}

/** True if the instant of each of these acts stands in the visit exactly while nothing has undone the act. */
export function standAsRecorded(acts: ActTable, visit: VisitState, history: readonly VisitEvent[]): boolean {
  const { stands } = foldHistory(history);
  return (Object.keys(acts) as EventType[]).every((type) => {
    const instant = acts[type]?.instant;
    return instant === undefined || (instant(visit) !== null) === stands.has(type);
  });
}

/** All the events of a type, in their order. */
export function all<T extends EventType>(history: readonly VisitEvent[], type: T): readonly EventNamed<T>[] {
  return history.filter((event): event is EventNamed<T> => event.type === type);
}

/** The actors of an event: its author and its recorder. */
export function listActors({ data }: VisitEvent): readonly Actor[] {
  return data.recordedBy === undefined ? [data.by] : [data.by, data.recordedBy];
}
