import {
  type DecisionOf,
  evolveBy,
  type FailedRule,
  type NonEmpty,
  type Recipe,
  type Refusal,
  replayBy,
  violationsOf,
  walkBy,
} from '../kernel/index.ts';
import { mustBe } from '../kernel/known.ts';
import type { VisitCommand, VisitEvent } from '../messages/index.ts';
import type { ClauseId } from '../protocol/clause.ts';
import { type Act, authorship, isIdle } from './act.ts';
import { generalRules, isExclusive, wellFormed } from './gate-rules.ts';
import { mustBeEvents, mustBeState } from './known.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { mustKnowPolicy } from './policy-check.ts';
import { isWaived, type Rule, type RuleInput } from './rule.ts';
import { isWaivable, type RuleId } from './rule-ids.ts';
import { blankVisit, frozenVisit, hasEnded, isRunning, phaseOf, type VisitDraft, type VisitState } from './state.ts';
import { actOfCommand, actOfEvent } from './table.ts';

/** A rule that did not hold, the clause that it stands on, and the facts. Plain JSON. @since 0.1.0 */
export type Violation = FailedRule<RuleId, ClauseId>;

/** Every rule that refused a command, in the order of the protocol; never empty. @since 0.1.0 */
export type Rejection = Refusal<Violation>;

/** The answer to a command: exactly one event, or a rejection. @since 0.1.0 */
export type Decision = DecisionOf<VisitEvent, Violation>;

/** The version of the shape of events that this release writes. @since 0.1.0 */
export const schemaVersion = 1;

/**
 * May this happen now? Answers with the one event that the command becomes, or with every rule that refuses it, each
 * with its clause (PROTOCOL §4). Looks at no clock, changes nothing. A command of an unknown type is refused (0-02), and so,
 * by the rule `well-formed` alone, is one whose data the rules cannot read: `auxilio/wire` lets none of these in, and says
 * what is wrong with them. Without a policy, `defaultPolicy` holds. Throws a `TypeError` where the state is missing.
 *
 * Of a policy it looks at the names alone, once, since no rule computes with its thresholds: `parsePolicy` of `auxilio/wire` says
 * what is wrong with its values, and the readers, `createVisitDecider` and `createService` refuse lists and thresholds that are
 * none.
 *
 * The event has no metadata; the service adds them. It shares the nested data of the command.
 *
 * @throws TypeError for a policy with a field, a threshold or a rule that is not known
 * @since 0.1.0
 */
export function decide(command: VisitCommand, state: VisitState, policy: Policy = defaultPolicy): Decision {
  mustKnowPolicy(policy);
  try {
    if (!wellFormed.holds(state, command, policy)) return malformed(command, state, policy);
    const act = actOfCommand(command.type);
    const violations = satisfiesAll(act, command, state, policy) ? null : findViolations(act, command, state, policy);
    return violations === null
      ? { ok: true, events: [eventOf(act as Act, command, state)] }
      : { ok: false, rejection: { violations } };
  } catch (error) {
    if (error instanceof TypeError) return malformed(command, state, policy);
    throw error;
  }
}

/** The refusal of what the rules cannot read. Nothing can be said of an invalid state. */
function malformed(command: VisitCommand, state: VisitState, policy: Policy): Decision {
  mustBeState('decide', state);
  const { id: rule, clause, facts } = wellFormed;
  const violation = { rule, clause: clause(state, command, policy), facts: facts(state, command, policy) };
  return { ok: false, rejection: { violations: [violation] } };
}

/**
 * The rules that a command fails and that nothing excuses: one of the exclusive ones alone, or all the others; null if there
 * are
 * none. For readers who need no event, too.
 */
export function findViolations(
  act: Act | undefined,
  command: VisitCommand,
  state: VisitState,
  policy: Policy,
  isExcused: typeof isWaived = isWaived,
): NonEmpty<Violation> | null {
  const failed = violationsOf(generalRules, state, command, policy, isExcused);
  // All are asked whatever failed before, for data that they cannot read are refused first (0-02).
  const all = violationsOf(
    (act?.needs ?? []) as readonly Rule[],
    state,
    command as RuleInput,
    policy,
    isExcused,
    failed,
  );
  // The exclusive ones are the first of those.
  return all !== null && isExclusive(all[0].rule) ? [all[0]] : all;
}

/** True if every rule holds, as for most commands: to ask this first takes a tenth less time than to look for violations. */
function satisfiesAll(act: Act | undefined, command: VisitCommand, state: VisitState, policy: Policy): boolean {
  if (act === undefined) return false;
  for (const rule of generalRules) if (!rule.holds(state, command, policy)) return false;
  for (const rule of act.needs as readonly Rule[]) if (!rule.holds(state, command as RuleInput, policy)) return false;
  return true;
}

/** What stands against a command: the rules that refuse it, and those that a waiver lets through. */
export type Judgement = { readonly violations: readonly Violation[]; readonly waived: readonly Violation[] };

const nothing: Judgement = { violations: [], waived: [] };

/** The judgement of `decide`, for readers who ask what a waiver let through. */
export function judgeCommand(command: VisitCommand, state: VisitState, policy: Policy): Judgement {
  const act = actOfCommand(command.type);
  const unmet = satisfiesAll(act, command, state, policy)
    ? null
    : findViolations(act, command, state, policy, () => false);
  if (unmet === null) return nothing;
  const isLetThrough = ({ rule }: Violation) => isWaived({ id: rule, waivable: isWaivable(rule) }, state, policy);
  return { violations: unmet.filter((one) => !isLetThrough(one)), waived: unmet.filter(isLetThrough) };
}

/** The event that a command becomes when it is accepted. */
function eventOf(act: Act, { data, metadata }: VisitCommand, state: VisitState): VisitEvent {
  const author = authorship(act, metadata.actor, state);
  const event: Record<string, unknown> = { ...data, ...author, ...act.derivedData(data as never, state) };
  // Whose act it was is ours to say: the wire refuses these keys, a host that skips it might leave them in.
  if (author.recordedBy === undefined && 'recordedBy' in event) delete event.recordedBy;
  return { type: act.event, data: event } as unknown as VisitEvent;
}

const recipe: Recipe<VisitState, VisitEvent> = { blank: blankVisit, apply, derive, freeze: frozenVisit };

/** Folds one event. What it does not know, of another visit or of a newer version, changes nothing. */
function apply(visit: VisitDraft, event: VisitEvent): void {
  const act = actOfEvent(event.type);
  if (act === undefined || (event.metadata?.schemaVersion ?? schemaVersion) > schemaVersion) return;
  if (visit.visitId !== null && event.data.visitId !== visit.visitId) return;
  if (isIdle(act, event, visit)) return;
  act.effect(visit, event as never);
  trackWork(visit, event.data.at);
}

/** Opens a stretch of work when it begins to run, closes it when it stops. */
function trackWork(visit: VisitDraft, at: string): void {
  const { intervals } = visit.work;
  const last = intervals.at(-1);
  const open = last?.to === null;
  const runs = isRunning(visit) && !hasEnded(visit);
  if (runs && !open) intervals.push({ from: at, to: null });
  if (!runs && open) last.to = at;
}

function derive(visit: VisitDraft): void {
  visit.phase = phaseOf(visit);
}

/**
 * The state after one event. Total: it folds what happened, lawful or not, and judges nothing. Immutable and
 * structurally shared, so it freezes what the new state has in common with the given one. An event that changes nothing
 * answers the same state: one of another visit, of an unknown type or of a newer version, a second assignment, an act that is
 * not accepted after the end, a former provider's arrival, credential, identity, tools, start, pause or end.
 *
 * @throws TypeError for a state or an event that is missing, or a state of another release
 * @since 0.1.0
 */
export function evolve(state: VisitState, event: VisitEvent): VisitState {
  mustBeState('evolve', state);
  mustBe(event?.data, 'evolve takes an event', event);
  return readably('evolve', () => evolveBy(recipe, state, event));
}

/**
 * The state after all events, frozen: the same as folding `evolve`, many times faster. With `from`, goes on from a
 * snapshot, which stays as it is.
 *
 * @throws TypeError for what cannot be iterated, or a snapshot of another release
 * @since 0.1.0
 */
export function replay(events: Iterable<VisitEvent>, from?: VisitState): VisitState {
  mustBeEvents('replay', events);
  if (from !== undefined) mustBeState('replay', from);
  return readably('replay', () => replayBy(recipe, events, from));
}

/** What a fold answers. Where an event lacks what its type asks for, a sentence of ours comes before that of the engine. */
function readably<T>(what: string, fold: () => T): T {
  try {
    return fold();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new TypeError(`${what} takes events that can be read: ${cause.message}`, { cause });
  }
}

/** The fold of `replay`, one event at a time, for readers who look at the state between two of them. */
export const incrementalFold = (from?: VisitState) => walkBy(recipe, from);
