import { mustBe, mustKnow } from '../kernel/known.ts';
import type { CommandType, VisitEvent } from '../messages/index.ts';
import type { Act } from '../visit/act.ts';
import { candidateCommands } from '../visit/candidates.ts';
import { decide, defaultPolicy, evolve, type Policy, type Violation, type VisitState } from '../visit/index.ts';
import { mustBeState } from '../visit/known.ts';
import { hasEnded } from '../visit/state.ts';
import { actOfCommand, commandTypes } from '../visit/table.ts';
import { mustKnowOptions } from './known-options.ts';
import { type PaymentCondition, unmetForPayment } from './payable.ts';
import { remedies } from './remedies.ts';

/**
 * The goal of a search: `completed`, or `payable`, which is completed, with the start call made and documented and a
 * completion call that names the case number standing, and no discrepancy open (PROTOCOL §6).
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
  const queue: Path[][] = [];
  const best = new Map<string, number>();
  const enqueue = (path: Path, least: number) => {
    const key = JSON.stringify(path.state);
    if ((best.get(key) ?? Number.POSITIVE_INFINITY) <= path.steps.length) return;
    best.set(key, path.steps.length);
    const length = Math.max(least, path.steps.length + path.ahead.atLeast);
    queue[length] ??= [];
    queue[length].push(path);
  };
  enqueue({ state, steps: [], ahead: lookAhead(state, goal, policy) }, 0);
  for (let length = 0; length < queue.length; length++) {
    for (let path = queue[length]?.pop(); path !== undefined; path = queue[length]?.pop()) {
      if (isReached(path.state, goal)) {
        return { found: true, acts: sortByProtocol(state, path.steps, goal, policy).map(({ type }) => type) };
      }
      if (best.size > limit) return { found: false, reason: 'limit' };
      for (const next of extendPath(path, goal, policy)) enqueue(next, length);
    }
  }
  return { found: false, reason: hasEnded(state) ? 'ended' : 'no-way' };
}

/** An act, the index of the witness that its data are, and the event that it becomes. */
type Step = { readonly type: CommandType; readonly witness: number; readonly event: VisitEvent };

type Path = { readonly state: VisitState; readonly steps: readonly Step[]; readonly ahead: Ahead };

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
  if (goal === 'completed') return visit.closing.completedAt === null ? ['CompleteVisit'] : [];
  const unmet = unmetForPayment(visit);
  return paymentActs.filter(({ condition }) => unmet.includes(condition)).map(({ command }) => command);
}

/** The acts that meet each condition of payment: before the end, the end, and after it. */
const paymentActs = [
  { condition: 'start-reported', command: 'ReportStart' },
  { condition: 'completion-reported', command: 'ReportCompletion' },
  { condition: 'completed', command: 'CompleteVisit' },
  { condition: 'start-documented', command: 'DocumentStart' },
] as const satisfies readonly { condition: PaymentCondition; command: CommandType }[];

function extendPath(path: Path, goal: Goal, policy: Policy): readonly Path[] {
  return path.ahead.steps.map((step) => {
    const state = evolve(path.state, step.event);
    return { state, steps: [...path.steps, step], ahead: lookAhead(state, goal, policy) };
  });
}

function lookAhead(visit: VisitState, goal: Goal, policy: Policy): Ahead {
  const search: Search = { visit, policy, open: new Map(), forced: new Set(), visited: new Set() };
  for (const type of lackingActs(visit, goal)) explore(search, type, true);
  const [first] = [...search.forced].filter((type) => search.open.has(type));
  // A reassignment, where allowed, resolves several problems at once, and the former provider's acts are lost.
  explore(search, 'ReassignProvider', false);
  const types = first === undefined ? [...search.open.keys()] : [first, 'ReassignProvider' as const];
  return { steps: [...new Set(types)].flatMap((type) => search.open.get(type) ?? []), atLeast: search.forced.size };
}

type Search = {
  readonly visit: VisitState;
  readonly policy: Policy;
  /** The open acts, by the witnesses that open them. */
  readonly open: Map<CommandType, readonly Step[]>;
  /** The acts that are on every path, those that others need first. */
  readonly forced: Set<CommandType>;
  readonly visited: Set<string>;
};

/** Looks for the open acts behind one that may be closed; `isForced`: it is on every path. */
function explore(search: Search, type: CommandType, isForced: boolean): void {
  const key = `${type} ${isForced}`;
  const act = actOfCommand(type);
  if (act === undefined || search.visited.size === search.visited.add(key).size) return;
  const { steps, refusals } = tryWitnesses(search, act);
  if (steps.length > 0) search.open.set(type, steps);
  else
    for (const violation of refusals.flat())
      exploreRemedies(search, act, violation, isForced && isInAll(refusals, violation));
  if (isForced) search.forced.add(type);
}

function isInAll(refusals: readonly (readonly Violation[])[], { rule }: Violation): boolean {
  return refusals.every((refusal) => refusal.some((violation) => violation.rule === rule));
}

function exploreRemedies(search: Search, act: Act, violation: Violation, isForced: boolean): void {
  const ways = remedies(act, [violation]);
  for (const way of ways) explore(search, way, isForced && ways.length === 1);
}

/** Sorts the acts in the order of the protocol as far as that is lawful, for people to read. */
function sortByProtocol(visit: VisitState, found: readonly Step[], goal: Goal, policy: Policy): readonly Step[] {
  const left = [...found].sort((one, other) => commandTypes.indexOf(one.type) - commandTypes.indexOf(other.type));
  const ordered: Step[] = [];
  let state = visit;
  while (left.length > 0) {
    const lawful = left.map((step) => repeatStep(step, state, policy));
    const next = lawful.find((step) => step !== undefined);
    if (next === undefined) return found;
    left.splice(lawful.indexOf(next), 1);
    state = evolve(state, next.event);
    ordered.push(next);
  }
  return isReached(state, goal) ? ordered : found;
}

/** Repeats an act by the same witness in another state, if it is lawful there. */
function repeatStep({ type, witness }: Step, visit: VisitState, policy: Policy): Step | undefined {
  const act = actOfCommand(type);
  return act && tryWitnesses({ visit, policy }, act).steps.find((step) => step.witness === witness);
}

function tryWitnesses({ visit, policy }: Pick<Search, 'visit' | 'policy'>, act: Act) {
  const steps: Step[] = [];
  const refusals: (readonly Violation[])[] = [];
  for (const [witness, command] of candidateCommands(act, visit, { policy }).entries()) {
    const decision = decide(command, visit, policy);
    if (!decision.ok) refusals.push(decision.rejection.violations);
    else steps.push(...decision.events.map((event) => ({ type: act.command, witness, event })));
  }
  return { steps, refusals };
}
