import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { Actor, Despite, EventType, Id, Instant, ReportedViolation, VisitEvent } from '../messages/index.ts';
import { type PaymentCondition, unmetForPayment } from '../reading/payable.ts';
import { type WorkedTime, worked } from '../reading/worked-time.ts';
import { defaultPolicy, type Policy, type Rejection, type VisitState } from '../visit/index.ts';
import { mustBePolicy } from '../visit/policy-check.ts';
import { replayIncrementally } from '../visit/visit.ts';
import { type Conflict, findConflict } from './conflict.ts';
import { startTrial, type Trial, type Unsettled, unsettledActs } from './open-acts.ts';
import { settlement } from './settlement.ts';

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
  /** `dependsOn`: the roots without which it would be refused, by their places in the list. */
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

/** The most events and acts that are folded in search of what stands against the acts of a case. */
const searchBudget = 200_000;

/**
 * Gathers the open discrepancies of a visit into one case: what was refused for itself and what follows
 * from it, by which rules, against which events, and what each way to settle it would make of the visit.
 *
 * @throws TypeError for a log that is no array or cannot be read, an unknown option or an invalid policy
 * @since 0.5.0
 */
export function discrepancies(log: readonly VisitEvent[], options: DiscrepanciesOptions = {}): DiscrepancyCase {
  mustBe(Array.isArray(log), 'discrepancies takes the log, an array of events', log);
  mustKnowKeys('discrepancies', options, { policy: 0 });
  const { policy = defaultPolicy } = options;
  mustBePolicy(policy);
  const { state } = replayIncrementally('discrepancies', log);
  const unsettled = unsettledActs(log, state);
  const acts = describeAll(startTrial(log, unsettled, policy, searchBudget), unsettled);
  const settle = (kinds: readonly UnsettledAct['kind'][]) =>
    settleAll(
      log,
      acts.map((act) => ({ ...act, isTaken: kinds.includes(act.kind) })),
      policy,
    );
  return { acts, none: settle([]), roots: settle(['root']), all: settle(['root', 'consequence']) };
}

/** Describes each act after those before it. */
function describeAll(trial: Trial, unsettled: readonly Unsettled[]): readonly UnsettledAct[] {
  const acts: UnsettledAct[] = [];
  for (const one of unsettled) {
    const { discrepancyId, position, recorder, act } = one;
    const { type, data, commandId, violations, lawfulThen, despite } = act;
    const common = { discrepancyId, position, type, at: data.at, recorder, commandId, violations, lawfulThen };
    acts.push({ ...common, ...(despite && { despite }), ...kindOf(trial, one, unsettled, acts) });
  }
  return acts;
}

type Kind =
  | { readonly kind: 'root'; readonly against: Conflict }
  | { readonly kind: 'consequence'; readonly dependsOn: readonly number[] }
  | { readonly kind: 'twin'; readonly twinOf: number };

function kindOf(trial: Trial, one: Unsettled, unsettled: readonly Unsettled[], before: readonly UnsettledAct[]): Kind {
  const { twinOf } = one.act;
  if (twinOf !== undefined) return { kind: 'twin', twinOf };
  if (!trial.isAccepted(one)) return { kind: 'root', against: findConflict(trial, one) };
  const roots = before.flatMap(({ kind }, place) => (kind === 'root' ? place : []));
  const needed = roots.filter((root) => {
    const gone = unsettled.slice(0, before.length).filter((_, place) => fallsWith(root, place, before));
    return !trial.isAccepted(one, { acts: gone });
  });
  // Where each of several roots would do, none of them is needed for itself.
  return { kind: 'consequence', dependsOn: needed.length > 0 ? needed : roots };
}

/** True if an act is a root, or a consequence of it. */
function fallsWith(root: number, place: number, acts: readonly UnsettledAct[]): boolean {
  const act = acts[place];
  return place === root || (act?.kind === 'consequence' && act.dependsOn.includes(root));
}

type Settled = { readonly discrepancyId: Id; readonly position: number; readonly isTaken: boolean };

/** Settles the open reports one after the other, at the end of the log. */
function settleAll(log: readonly VisitEvent[], acts: readonly Settled[], policy: Policy): SettledVisit {
  let settled = log;
  const operator: Actor = { role: 'contact-center', id: 'contact-center' };
  for (const discrepancyId of new Set(acts.map((act) => act.discrepancyId))) {
    const own = acts.filter((act) => act.discrepancyId === discrepancyId && act.isTaken);
    const taken = own.map(({ position }) => position);
    const at = log.at(-1)?.data.at ?? '';
    const answer = settlement({ log: settled, discrepancyId, taken, text: '-', at, operator, commandId: 's', policy });
    if (!answer.ok) return answer;
    settled = [...settled, ...answer.events];
  }
  const state = replayIncrementally('discrepancies', settled).freeze();
  return { ok: true, state, worked: worked(state), unmet: unmetForPayment(state) };
}
