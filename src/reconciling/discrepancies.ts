import { mustKnowKeys } from '../kernel/known.ts';
import type { Actor, Despite, EventType, Id, Instant, ReportedViolation, VisitEvent } from '../messages/index.ts';
import { anyTime } from '../visit/act.ts';
import { defaultPolicy, type Policy, type Rejection, type VisitState } from '../visit/index.ts';
import { type PaymentCondition, unmetForPayment } from '../visit/payable.ts';
import { mustBePolicy } from '../visit/policy-check.ts';
import { incrementalFold } from '../visit/visit.ts';
import { type WorkedTime, worked } from '../visit/worked-time.ts';
import { indexLog, type LogIndex } from './log-index.ts';
import { goOnTo, isAccepted, type Search, type Unsettled, unsettledActs } from './open-acts.ts';
import { settleReport } from './settlement.ts';
import { startTrial, type Trial } from './trial.ts';

/** Options of {@link discrepancies}. @since 0.5.0 */
export type DiscrepanciesOptions = {
  /** The policy that judges the visit; by default `defaultPolicy`. */
  readonly policy?: Policy;
};

/**
 * A reported act that is not settled. It is a *root* if it would have been refused where it was judged
 * even if all those before it had been taken, a *consequence* if it would then have been accepted, or a *twin*.
 *
 * @since 0.5.0
 */
export type UnsettledAct = {
  /** The report, and the position in its `acts`, from 0. */
  readonly discrepancyId: Id;
  readonly position: number;
  readonly type: EventType;
  readonly at: Instant;
  /** The person who recorded it. */
  readonly recorder: Actor;
  readonly commandId: Id;
  /** The rules that refused it, in the order of the protocol; none for a twin. */
  readonly violations: readonly ReportedViolation[];
  /** True if it was lawful on what its recorder knew. */
  readonly lawfulThen: boolean;
  readonly despite?: Despite;
} & (
  | { readonly kind: 'root'; readonly against: Conflict }
  /**
   * `dependsOn`: the roots without which it would be refused, by their places in the list. All those before it if none of them
   * is needed for itself, or where they are more than 500.
   */
  | { readonly kind: 'consequence'; readonly dependsOn: readonly number[] }
  /** `twinOf`: the position in the log, from 1, of the event that tells the same fact. */
  | { readonly kind: 'twin'; readonly twinOf: number }
);

/** The visit after a way to settle all its open reports; or the rules by which that way is refused. @since 0.5.0 */
export type SettledVisit =
  | {
      readonly ok: true;
      readonly state: VisitState;
      readonly worked: WorkedTime;
      /** The conditions of payment that it does not meet; none for a payable visit. */
      readonly unmet: readonly PaymentCondition[];
    }
  | { readonly ok: false; readonly rejection: Rejection };

/** All open reports of a visit as one case. Ids and facts only: `explain` has the words. Plain JSON. @since 0.5.0 */
export type DiscrepancyCase = {
  /** The acts of the open reports, in the order in which they were reconciled. */
  readonly acts: readonly UnsettledAct[];
  /** The visit if no act were taken, if the roots were, or all but the twins. */
  readonly none: SettledVisit;
  readonly roots: SettledVisit;
  readonly all: SettledVisit;
};

/** The most events and acts that are folded to find the events which the acts of a case stand against. */
const searchBudget = 200_000;

/** The most roots of which each is left out in turn to find those on which an act depends. */
const mostRoots = 500;

/**
 * Gathers the open discrepancies of a visit into one case: what was refused for itself and what follows
 * from it, by which rules, against which events, and what each way to settle it would make of the visit.
 *
 * @throws TypeError for a log that is no array or cannot be read, an unknown option or an invalid policy
 * @since 0.5.0
 */
export function discrepancies(log: readonly VisitEvent[], options: DiscrepanciesOptions = {}): DiscrepancyCase {
  mustKnowKeys('discrepancies', options, { policy: 0 });
  const { policy = defaultPolicy } = options;
  mustBePolicy(policy);
  const index = indexLog(log, 'discrepancies');
  const unsettled = unsettledActs(index);
  const acts = describeAll({ log, acts: unsettled, policy, budget: searchBudget });
  const settle = (...kinds: readonly UnsettledAct['kind'][]) => settleAll(index, acts, kinds, policy);
  return { acts, none: settle(), roots: settle('root'), all: settle('root', 'consequence') };
}

/** A root, the trial that leaves out all acts that fall with it, and the places of these acts. */
type Root = { readonly place: number; readonly without: Trial; readonly fallen: Set<number> };

/** Describes the acts in their order, each as judged after those before it. */
function describeAll(search: Search): readonly UnsettledAct[] {
  const taking = startTrial();
  const roots: Root[] = [];
  return search.acts.map((one, place) => {
    const { discrepancyId, position, type, data, recorder, commandId, violations, lawfulThen, despite } = one;
    const shown = { discrepancyId, position, type, at: data.at, recorder, commandId, violations, lawfulThen };
    return { ...shown, ...(despite && { despite }), ...classify(search, taking, roots, place, one) };
  });
}

function classify(search: Search, taking: Trial, roots: Root[], place: number, one: Unsettled) {
  const { twinOf } = one;
  if (twinOf !== undefined) return { kind: 'twin', twinOf } as const;
  if (!isAccepted(search, taking, place)) {
    roots.push({ place, without: startTrial(taking), fallen: new Set([place]) });
    return { kind: 'root', against: findConflict(search, place, one) } as const;
  }
  const isNeeded = ({ without, fallen }: Root) => !isAccepted(search, without, place, { acts: fallen });
  const needed = roots.length > mostRoots ? [] : roots.filter(isNeeded);
  // If any one of several roots is enough, no single one is needed: the act depends on all of them.
  const those = needed[0] ? needed : roots;
  for (const { fallen } of those) fallen.add(place);
  return { kind: 'consequence', dependsOn: those.map((root) => root.place) } as const;
}

/** Settles the open reports one after the other, at the end of the log; takes the acts of these kinds. */
function settleAll(
  { fold, reports }: LogIndex,
  acts: readonly UnsettledAct[],
  kinds: readonly UnsettledAct['kind'][],
  policy: Policy,
): SettledVisit {
  const operator: Actor = { role: 'contact-center', id: 'contact-center' };
  const { state, step, freeze } = incrementalFold(fold.state);
  for (const discrepancyId of new Set(acts.map((act) => act.discrepancyId))) {
    const own = acts.filter((act) => act.discrepancyId === discrepancyId && kinds.includes(act.kind));
    const taken = own.map(({ position }) => position);
    const request = { discrepancyId, taken, text: '-', at: anyTime, operator, commandId: '-', policy };
    const answer = settleReport(request, state, reports.get(discrepancyId)?.event);
    if (!answer.ok) return answer;
    answer.events.forEach(step);
  }
  return { ok: true, state: freeze(), worked: worked(state), unmet: unmetForPayment(state) };
}

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
function findConflict(search: Search, place: number, { basedOn, on }: Unsettled): Conflict {
  const since = [...search.log.keys()].slice(basedOn, on);
  const seen = startTrial();
  goOnTo(search, seen, place, {}, basedOn);
  // The acts that are left share the budget equally.
  const rest = search.budget - search.budget / (search.acts.length - place);
  for (const events of enumerateSets(since)) {
    if (search.budget <= rest) return { found: false, gaveUp: true };
    search.budget -= on - basedOn + place - seen.passed + 1;
    if (isAccepted(search, startTrial(seen), place, { events })) return { found: true, events };
  }
  return { found: false, gaveUp: since.length > 2 };
}

/** The sets of one event, then those of two. */
function* enumerateSets(events: readonly number[]): Generator<readonly number[]> {
  for (const event of events) yield [event];
  for (const event of events) for (const other of events) if (event < other) yield [event, other];
}
