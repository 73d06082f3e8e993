import { mustBe, mustKnow } from '../kernel/known.ts';
import type { CommandType, VisitEvent } from '../messages/index.ts';
import { candidateCommands } from '../visit/act.ts';
import { defaultPolicy, evolve, type Policy, type Violation, type VisitState } from '../visit/index.ts';
import { mustBeState } from '../visit/known.ts';
import { type PaymentCondition, unmetForPayment } from '../visit/payable.ts';
import { hasEnded } from '../visit/state.ts';
import { actOfCommand, commandTypes } from '../visit/table.ts';
import { createEvent, judgeCommand } from '../visit/visit.ts';
import { remedies } from './available-acts.ts';
import { mustKnowOptions } from './known-options.ts';

/**
 * The goal of a search: `completed`, or `payable`, which is completed, with a start that stands, the start call made and
 * documented, a completion call that names the case number standing, and no discrepancy open (PROTOCOL §6).
 * @since 0.3.0
 */
export type Goal = 'completed' | 'payable';

/** Options of {@link missing}. @since 0.3.0 */
export type MissingOptions = {
  /** The goal; `completed` by default. */
  readonly goal?: Goal;
  /** Policy that judges the visit; `defaultPolicy` without one. */
  readonly policy?: Policy;
  /** The number of states that the search may look at; 5,000 by default. */
  readonly limit?: number;
};

/**
 * The acts that are missing, in an order in which they are lawful, and empty when the goal is reached; or the reason
 * why none were found: the visit has `ended` and an act can no longer be done, no path exists (`no-way`), the search
 * reached its bound (`limit`), or, for payable, a discrepancy is open, which a person settles (`discrepancy-open`; since
 * 0.5.0).
 * @since 0.3.0
 */
export type MissingActs =
  | { readonly found: true; readonly acts: readonly CommandType[] }
  | { readonly found: false; readonly reason: 'ended' | 'no-way' | 'limit' | 'discrepancy-open' };

/**
 * Finds the fewest acts, of all roles together, from a state to a goal, without waiving anything. Searches the acts that
 * remedy the rules that stand in the way, the shortest path first. Corrections and settlements are never among them: a
 * person decides on these (PROTOCOL §8).
 *
 * @throws TypeError without a state, or for a goal, an option or a rule of the policy that is not known
 * @since 0.3.0
 */
export function missing(state: VisitState, options: MissingOptions = {}): MissingActs {
  mustBeState('missing', state);
  mustKnowOptions('missing', options, { goal: 0, policy: 0, limit: 0 });
  const { goal = 'completed', policy = defaultPolicy, limit = 5000 } = options;
  mustKnow('goal', goal, ['completed', 'payable'] satisfies Goal[]);
  mustBe(limit >= 0, 'limit is a number from 0', limit);
  if (goal === 'payable' && unmetForPayment(state).includes('discrepancy-open')) {
    return { found: false, reason: 'discrepancy-open' };
  }
  // The paths by the least length that each can have in the end, and the fewest steps to each state.
  const queue: Path[][] = [];
  const fewest = new Map<string, number>();
  const enqueue = (visit: VisitState, steps: readonly Step[], least: number) => {
    const key = JSON.stringify(visit);
    if ((fewest.get(key) ?? Infinity) <= steps.length) return;
    fewest.set(key, steps.length);
    const ahead = lookAhead(visit, goal, policy);
    const length = Math.max(least, steps.length + ahead.atLeast);
    queue[length] ??= [];
    queue[length].push({ visit, steps, next: ahead.steps });
  };
  enqueue(state, [], 0);
  for (let length = 0; length < queue.length; length++) {
    for (let path = queue[length]?.pop(); path !== undefined; path = queue[length]?.pop()) {
      const { visit, steps, next } = path;
      if (isReached(visit, goal)) return { found: true, acts: sortByProtocol(state, steps, goal, policy) };
      if (fewest.size > limit) return { found: false, reason: 'limit' };
      for (const step of next) enqueue(evolve(visit, step.event), [...steps, step], length);
    }
  }
  return { found: false, reason: hasEnded(state) ? 'ended' : 'no-way' };
}

/** An act, the index of the witness that its data are, and the event that it becomes. */
type Step = { readonly type: CommandType; readonly witness: number; readonly event: VisitEvent };

/** The acts that lead to a state, and those to try there. */
type Path = { readonly visit: VisitState; readonly steps: readonly Step[]; readonly next: readonly Step[] };

/** The acts between a state and the goal. */
type Ahead = {
  /**
   * The acts to try: one that is on every path and is open, since nothing is lost by doing it first; else each that
   * remedies something.
   */
  readonly steps: readonly Step[];
  /** The goal takes at least so many more acts. */
  readonly atLeast: number;
};

function isReached(visit: VisitState, goal: Goal): boolean {
  return lackingActs(visit, goal).length === 0;
}

/** The acts that the goal still lacks, those that must come before the end first. */
function lackingActs(visit: VisitState, goal: Goal): readonly CommandType[] {
  const unmet = unmetForPayment(visit).filter((condition) => goal === 'payable' || goal === condition);
  return paymentActs.flatMap(([condition, command]) => (unmet.includes(condition) ? command : []));
}

/** The acts that meet each condition of payment: before the end, the end, and after it. */
const paymentActs = [
  ['start-reported', 'ReportStart'],
  ['started', 'StartWork'],
  ['completion-reported', 'ReportCompletion'],
  ['completed', 'CompleteVisit'],
  ['start-documented', 'DocumentStart'],
] as const satisfies readonly (readonly [PaymentCondition, CommandType])[];

/** Looks for the open acts behind those that the goal lacks, by the remedies of the rules that close them. */
function lookAhead(visit: VisitState, goal: Goal, policy: Policy): Ahead {
  const open = new Map<CommandType, readonly Step[]>();
  // The acts that are on every path, those that others need first.
  const forced = new Set<CommandType>();
  const visited = new Set<string>();
  const explore = (type: CommandType, isForced: boolean): void => {
    if (visited.size === visited.add(`${type} ${isForced}`).size) return;
    if (isForced) forced.add(type);
    const { steps, refusals } = tryWitnesses(type, visit, policy);
    if (steps.length > 0) {
      open.set(type, steps);
      return;
    }
    for (const violation of refusals.flat()) {
      const ways = remedies(type, [violation]);
      const isInAll = refusals.every((refusal) => refusal.some(({ rule }) => rule === violation.rule));
      for (const way of ways) explore(way, isForced && isInAll && ways.length === 1);
    }
  };
  for (const type of lackingActs(visit, goal)) explore(type, true);
  const [first] = [...forced].filter((type) => open.has(type));
  // A reassignment, where allowed, resolves several problems at once, and the former provider's acts are lost.
  explore('ReassignProvider', false);
  const types = first === undefined ? [...open.keys()] : [first, 'ReassignProvider' as const];
  return { steps: [...new Set(types)].flatMap((type) => open.get(type) ?? []), atLeast: forced.size };
}

/** Sorts the acts in the order of the protocol as far as that is lawful, for people to read. */
function sortByProtocol(visit: VisitState, found: readonly Step[], goal: Goal, policy: Policy): readonly CommandType[] {
  const left = [...found].sort((one, other) => commandTypes.indexOf(one.type) - commandTypes.indexOf(other.type));
  const ordered: CommandType[] = [];
  let state = visit;
  while (left.length > 0) {
    // Each act is repeated with the data of the same witness.
    const repeated = left.map(({ type, witness }) =>
      tryWitnesses(type, state, policy).steps.find((step) => step.witness === witness),
    );
    const next = repeated.find((step) => step !== undefined);
    if (next === undefined) break;
    left.splice(repeated.indexOf(next), 1);
    state = evolve(state, next.event);
    ordered.push(next.type);
  }
  return isReached(state, goal) ? ordered : found.map(({ type }) => type);
}

/** Tries an act with the data of each witness: the events that it becomes, and the refusals. */
function tryWitnesses(type: CommandType, visit: VisitState, policy: Policy) {
  const steps: Step[] = [];
  const refusals: (readonly Violation[])[] = [];
  for (const [witness, command] of candidateCommands(actOfCommand(type), visit, { policy }).entries()) {
    const { violations } = judgeCommand(command, visit, policy);
    if (violations.length > 0) refusals.push(violations);
    else steps.push({ type, witness, event: createEvent(command, visit) });
  }
  return { steps, refusals };
}
