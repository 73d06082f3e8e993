import { mustBe } from '../kernel/known.ts';
import type { VisitEvent } from '../messages/index.ts';
import { quoteAct, takenActs } from '../reconciling/repeats.ts';
import { defaultPolicy, type Policy } from '../visit/index.ts';
import { type Invariant, invariants } from '../visit/invariants/index.ts';
import { mustBePolicy } from '../visit/policy-check.ts';
import { incrementalFold } from '../visit/visit.ts';

/** The first event of a log after which an invariant does not hold: its index from 0, and that invariant. @since 0.5.0 */
export type BrokenInvariant = { readonly index: number; readonly invariant: Invariant };

/**
 * Finds the first event of a log after which an invariant does not hold, and the first invariant, in the order of the protocol,
 * that does not; null if all hold after every event. In a lawful log all hold. In a log with facts on record, such as acts
 * that a settlement took, it names the fact that broke a requirement: `events[index]`. An act that a settlement took counts as
 * recorded by whose act it was (PROTOCOL §4).
 *
 * Each event is checked with all before it: the time grows with the square of the length.
 *
 * @throws TypeError for events that are no array or cannot be read, or an invalid policy
 * @since 0.5.0
 */
export function firstBroken(events: readonly VisitEvent[], policy: Policy = defaultPolicy): BrokenInvariant | null {
  mustBe(Array.isArray(events), 'firstBroken takes events, an array', events);
  mustBePolicy(policy);
  const history: VisitEvent[] = [];
  const fold = incrementalFold();
  for (const [index, event] of restoreReported(events).entries()) {
    history.push(event);
    fold.step(event);
    const invariant = invariants.find(({ holds }) => !holds(fold.state, history, policy));
    if (invariant !== undefined) return { index, invariant };
  }
  return null;
}

/** The events, with each act that a settlement took as it was reported. */
function restoreReported(events: readonly VisitEvent[]): readonly VisitEvent[] {
  const reported = new Map(takenActs(events).map(({ index, act }) => [index, quoteAct(act)]));
  return events.map((event, index) => reported.get(index) ?? event);
}
