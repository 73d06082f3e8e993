/** The visit on the table: its log, the place in it that is looked at, and the histories that were left. */
import { computed, signal } from '@preact/signals';
import { evolve, initialState, type VisitEvent, type VisitState } from 'auxilio';

export type Log = readonly VisitEvent[];

/** A history that was left when another began; both have their first `shared` acts in common. */
export type Branch = Readonly<{ id: number; log: Log; shared: number }>;

export const log = signal<Log>([]);
/** How many of the acts have happened, at the moment that is looked at. */
export const place = signal(0);
export const branches = signal<readonly Branch[]>([]);
const branchId = signal(1);

/** The number of the history that is on the table. */
export const current = computed(() => branchId.value);
export const shown = computed<Log>(() => log.value.slice(0, place.value));

/** The state after each number of acts, from none on. */
const states = computed<readonly VisitState[]>(() => {
  const found = [initialState()];
  for (const event of log.value) found.push(evolve(found.at(-1) ?? initialState(), event));
  return found;
});

const stateAt = (count: number): VisitState => states.value[count] ?? initialState();
export const state = computed(() => stateAt(place.value));
/** The state before the last act that is seen. */
export const before = computed(() => stateAt(Math.max(0, place.value - 1)));

/** Puts another visit on the table, in place of all histories that are there. */
export function putDown(events: Log, at = events.length): void {
  branches.value = [];
  branchId.value = 1;
  log.value = events;
  place.value = Math.min(at, events.length);
}

/** Goes to a moment of the history. */
export function travel(count: number): void {
  place.value = Math.max(0, Math.min(log.value.length, count));
}

/** Adds an act after those that are seen. What came after them stays in a history of its own. */
export function append(event: VisitEvent): void {
  if (place.value < log.value.length) {
    branches.value = [...branches.value, { id: branchId.value, log: log.value, shared: place.value }];
    branchId.value = Math.max(...branches.value.map(({ id }) => id)) + 1;
  }
  log.value = [...shown.value, event];
  place.value = log.value.length;
}

/** Goes back to a history that was left; the one on the table stays among the others. */
export function switchTo(branch: Branch): void {
  const others = branches.value.filter(({ id }) => id !== branch.id);
  branches.value = [...others, { id: branchId.value, log: log.value, shared: branch.shared }].toSorted(
    (one, other) => one.id - other.id,
  );
  branchId.value = branch.id;
  log.value = branch.log;
  place.value = branch.log.length;
}
