import { goOnTo, isAccepted, type Search, type Unsettled } from './open-acts.ts';
import { startTrial } from './trial.ts';

/**
 * The events against which an act stands: the fewest events since its `basedOn` without which it would have been accepted,
 * by their indexes in the log, from 0. Sets of one event are tried, then sets of two. `gaveUp`: there are larger sets, or more
 * than were tried.
 *
 * @since 0.5.0
 */
export type Conflict =
  | { readonly found: true; readonly events: readonly number[] }
  | { readonly found: false; readonly gaveUp: boolean };

/** Finds the events against which an act that is a root stands. */
export function findConflict(search: Search, place: number, { basedOn, on }: Unsettled): Conflict {
  const since = [...search.log.keys()].slice(basedOn, on);
  const seen = startTrial();
  goOnTo(search, seen, place, {}, basedOn);
  // Each of the acts that are left has an equal share.
  const rest = search.budget - search.budget / (search.acts.length - place);
  for (const events of setsOf(since)) {
    if (search.budget <= rest) return { found: false, gaveUp: true };
    search.budget -= on - basedOn + place - seen.passed + 1;
    if (isAccepted(search, startTrial(seen), place, { events })) return { found: true, events };
  }
  return { found: false, gaveUp: since.length > 2 };
}

/** The sets of one event, then those of two. */
function* setsOf(events: readonly number[]): Generator<readonly number[]> {
  for (const event of events) yield [event];
  for (const event of events) for (const other of events) if (event < other) yield [event, other];
}
