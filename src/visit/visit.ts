import { type DecisionOf, type FailedRule, failedRules, isNonEmpty } from '../kernel/decision.ts';
import { foldAll, foldOne, type Recipe, startFold } from '../kernel/fold.ts';
import { mustBe } from '../kernel/known.ts';
import type { VisitCommand, VisitEvent } from '../messages/index.ts';
import type { ClauseId } from '../protocol/clause.ts';
import { type Act, authorship } from './act.ts';
import { gateRules, isReadable, wellFormed } from './gate-rules.ts';
import { mustBeEvents, mustBeState, schemaVersion } from './known.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { mustBePolicy } from './policy-check.ts';
import { isWaived, type RuleInput } from './rule.ts';
import { type RuleId, rulesFor } from './rules.ts';
import {
  assignedId,
  blankVisit,
  derivePhase,
  frozenVisit,
  hasEnded,
  isRunning,
  type VisitDraft,
  type VisitState,
} from './state.ts';
import { actOfCommand, actOfEvent } from './table.ts';

/** A rule that refuses a command, the clause that it cites, and the facts. Plain JSON. @since 0.1.0 */
export type Violation = FailedRule<RuleId, ClauseId>;

/** Every rule that refused a command, in the order of the protocol; never empty. @since 0.1.0 */
// `NonEmpty` is no export of the package: types that a host leaves to be inferred from this one would have to name it.
export type Rejection = { readonly violations: readonly [Violation, ...Violation[]] };

/** The answer to a command: exactly one event, or a rejection. @since 0.1.0 */
export type Decision = DecisionOf<VisitEvent, Rejection>;

/**
 * Judges a command on the state of its visit (PROTOCOL §4): returns its event, or every rule that refuses it, each with
 * its clause. Reads no clock, changes nothing. The event shares the nested data of the command, and has no metadata;
 * the service adds them.
 *
 * A command of an unknown type is refused by `role` (0-02), or by a gate rule before it: where no visit is assigned, by
 * `assigned-first`. One whose data the rules cannot read is refused by `well-formed` alone. `auxilio/wire` lets none of
 * these in, and reports what is invalid in them.
 *
 * Without a policy, `defaultPolicy` holds. Whatever the command is, `decide` answers with a value. The policy and the state are
 * the application's own: a wrong one is an error of the program, and is thrown. A policy object is checked once, so it must
 * not be changed after that.
 *
 * @throws TypeError for an invalid policy, by the path in it, or for a state that is missing or of another release
 * @example
 * ```ts
 * import { commands, decide, initialState } from 'auxilio';
 *
 * const at = '2026-03-17T14:40:00.000Z';
 * const arrival = commands.recordArrival({ visitId: 'v-1', at }, { role: 'provider', id: 'prov-14' });
 * const decision = decide(arrival, initialState());
 * if (decision.ok) console.log(decision.events);
 * else console.log(decision.rejection.violations); // [ { rule: 'assigned-first', clause: '1.1-13', facts: {} } ]
 * ```
 * @since 0.1.0
 */
export function decide(command: VisitCommand, state: VisitState, policy: Policy = defaultPolicy): Decision {
  mustBePolicy(policy);
  mustBeState('decide', state);
  try {
    if (!wellFormed.holds(state, command, policy)) return refuseMalformed(command, state, policy);
    const { violations } = judgeCommand(command, state, policy);
    if (isNonEmpty(violations)) return { ok: false, rejection: { violations } };
    return { ok: true, events: [createEvent(command, state)] };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Rules do not check the data that they read. An error in spite of data that they can read is their own.
    if (!isReadable(command)) return refuseMalformed(command, state, policy);
    throw new Error(`decide fails on ${command.type}, which can be read: ${error.message}`, { cause: error });
  }
}

/** Refuses a command that the rules cannot read. */
function refuseMalformed(command: VisitCommand, state: VisitState, policy: Policy): Decision {
  const { id: rule, clause, facts } = wellFormed;
  const violation = { rule, clause: clause(state, command, policy), facts: facts(state, command, policy) };
  return { ok: false, rejection: { violations: [violation] } };
}

/** The failed rules of a command: those that refuse it, and the waived ones. */
export type Judgement = { readonly violations: readonly Violation[]; readonly waived: readonly Violation[] };

const lawful: Judgement = { violations: [], waived: [] };

/** Evaluates every rule of a command. If a gate rule fails, it is the only violation. */
export function judgeCommand(command: RuleInput, state: VisitState, policy: Policy): Judgement {
  const atGate = failedRules(gateRules, state, command, policy);
  // Evaluated even after a gate failure: data that a rule cannot read are refused first (0-02).
  const others = failedRules(rulesFor(command.type), state, command, policy);
  if (atGate.length > 0) return { violations: atGate.slice(0, 1), waived: [] };
  if (others.length === 0) return lawful;
  const violations = others.filter(({ rule }) => !isWaived(rule, state, policy));
  return { violations, waived: others.filter((one) => !violations.includes(one)) };
}

/** Creates the event of an accepted command: its data, its author, and the fields that its act derives. */
export function createEvent({ type, data, metadata }: VisitCommand, state: VisitState): VisitEvent {
  const act = actOfCommand(type);
  const author = authorship(act, metadata.actor, state);
  const event: Record<string, unknown> = { ...data, ...author, ...act.derivedData(data, state) };
  // The wire refuses these keys in a command; an application that skips it may pass them.
  if (author.recordedBy === undefined && 'recordedBy' in event) delete event.recordedBy;
  return { type: act.event, data: event } as VisitEvent;
}

/**
 * Folds one event into a new frozen state, which shares unchanged parts with the given one. Total: it folds lawful and
 * unlawful events alike. An event without effect returns the same state: one of another visit, of an unknown type or of
 * a newer version, a second assignment, an act that is not accepted after the end, a former provider's arrival,
 * credential, identity, tools, start, pause or end.
 *
 * @throws TypeError for a state or an event that is missing, or a state of another release
 * @example
 * ```ts
 * import { evolve, initialState } from 'auxilio';
 * import { visitAt } from 'auxilio/testing';
 *
 * const [assigned, arrived] = visitAt('on-site').events;
 * if (assigned && arrived) console.log([assigned, arrived].reduce(evolve, initialState()).phase); // on-site
 * ```
 * @since 0.1.0
 */
export function evolve(state: VisitState, event: VisitEvent): VisitState {
  mustBeState('evolve', state);
  mustBe(event?.data, 'evolve takes an event', event);
  return explainErrors('evolve', () => foldOne(recipe, state, event));
}

/**
 * Folds all events into a frozen state: the same as `evolve` one after the other, many times faster. With `from`,
 * continues from a snapshot, which is not changed. Synchronous: it takes 0.4 to 0.8 µs an event, some 7 ms for 10,000.
 *
 * @throws TypeError for what cannot be iterated, or a snapshot of another release
 * @example
 * ```ts
 * import { replay } from 'auxilio';
 * import { visitAt } from 'auxilio/testing';
 *
 * console.log(replay(visitAt('working').events).phase); // working
 * ```
 * @since 0.1.0
 */
export function replay(events: Iterable<VisitEvent>, from?: VisitState): VisitState {
  mustBeEvents('replay', events);
  mustBe(typeof (events as readonly unknown[])[0] !== 'string', 'replay takes events, not their JSON', events);
  if (from !== undefined) mustBeState('replay', from);
  return explainErrors('replay', () => foldAll(recipe, events, from));
}

/** Starts the fold of `replay`, one event at a time, for readers who look at the state between two of them. */
export const incrementalFold = (from?: VisitState) => startFold(recipe, from);

/** Runs a fold; an event that lacks required data throws a clear error instead of the engine's. */
export function explainErrors<T>(caller: string, fold: () => T): T {
  try {
    return fold();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new TypeError(`${caller} takes events that can be read: ${cause.message}`, { cause });
  }
}

const recipe: Recipe<VisitState, VisitEvent> = { blank: blankVisit, apply, derive, freeze: frozenVisit };

/** Edits a visit by one event. */
function apply(visit: VisitDraft, event: VisitEvent): void {
  const act = effectiveAct(visit, event);
  if (act === undefined) return;
  act.effect(visit, event);
  trackWork(visit, event.data.at);
}

/**
 * The act of an event; undefined for one that changes nothing and proves nothing: of an unknown type, a newer version or
 * another visit, an act of the assigned provider that another one did, or one that is not accepted after the end (PROTOCOL §4,
 * *After the end*, *Former providers*).
 */
export function effectiveAct(visit: VisitState, { type, data, metadata }: VisitEvent): Act | undefined {
  const act = actOfEvent(type);
  if (act === undefined || (metadata?.schemaVersion ?? 1) > schemaVersion) return undefined;
  if (visit.visitId !== null && data.visitId !== visit.visitId) return undefined;
  const { by } = data;
  if (act.ignoredFromOthers && by.role === 'provider' && by.id !== assignedId(visit)) return undefined;
  return hasEnded(visit) && !act.afterEnd(visit, { type, data, metadata: { actor: by } }) ? undefined : act;
}

/** Opens an interval of work when it begins to run, and closes it when it stops. */
export function trackWork(visit: VisitDraft, at: string): void {
  const { intervals } = visit.work;
  const last = intervals.at(-1);
  const open = last?.to === null;
  const runs = isRunning(visit) && !hasEnded(visit);
  if (runs && !open) intervals.push({ from: at, to: null });
  if (!runs && open) last.to = at;
}

function derive(visit: VisitDraft): void {
  visit.phase = derivePhase(visit);
}
