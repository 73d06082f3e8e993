import { mustBe, mustKnow } from '../kernel/known.ts';
import type { CommandType, VisitEvent } from '../messages/index.ts';
import type { Act } from '../visit/act.ts';
import { attempts } from '../visit/candidates.ts';
import { decide, defaultPolicy, evolve, type Policy, type Violation, type VisitState } from '../visit/index.ts';
import { mustBeState } from '../visit/known.ts';
import { hasEnded } from '../visit/state.ts';
import { actOfCommand, commandTypes } from '../visit/table.ts';
import { mustKnowOptions } from './known-options.ts';
import { type PaymentCondition, unmetForPayment } from './payable.ts';
import { remedies } from './remedies.ts';

/**
 * `completed`: the visit is completed. `payable`: it is, the start call was made and documented, and a completion call that
 * names the case number stands (PROTOCOL §6).
 * @since 0.3.0
 */
export type Goal = 'completed' | 'payable';

/** Options of {@link missing}. @since 0.3.0 */
export type MissingOptions = {
  /** `completed`, unless said otherwise. */
  readonly goal?: Goal;
  /** Policy that judges the visit; `defaultPolicy` without one. */
  readonly policy?: Policy;
  /** How many states the search may look at: 5,000, unless said otherwise. */
  readonly limit?: number;
};

/**
 * The acts that are missing, in an order in which they are lawful; none when the goal is reached. Or why there are
 * none: the visit has `ended` without what can no longer be done, nothing leads there (`no-way`), or the search reached its
 * bound (`limit`).
 * @since 0.3.0
 */
export type MissingActs =
  | { readonly found: true; readonly acts: readonly CommandType[] }
  | { readonly found: false; readonly reason: 'ended' | 'no-way' | 'limit' };

/**
 * The fewest acts, of all roles together, from a state to a goal, without waiving anything. Found by a search of what
 * remedies the rules that stand in the way, the shortest possible way first.
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
        return { found: true, acts: inOrder(state, path.steps, goal, policy).map(({ type }) => type) };
      }
      if (best.size > limit) return { found: false, reason: 'limit' };
      for (const next of stepsFrom(path, goal, policy)) enqueue(next, length);
    }
  }
  return { found: false, reason: hasEnded(state) ? 'ended' : 'no-way' };
}

/** An act, by which of its witnesses, and what it becomes. */
type Step = { readonly type: CommandType; readonly witness: number; readonly event: VisitEvent };

type Path = { readonly state: VisitState; readonly steps: readonly Step[]; readonly ahead: Ahead };

/** What lies between a state and the goal. */
type Ahead = {
  /**
   * The acts to try: one that must be done on every way and is open, since nothing is lost by doing it first; else each that
   * remedies something.
   */
  readonly steps: readonly Step[];
  /** The goal takes at least so many more acts. */
  readonly atLeast: number;
};

function isReached(visit: VisitState, goal: Goal): boolean {
  return unreached(visit, goal).length === 0;
}

/** The acts that would reach what the goal still lacks; what must come before the end, first. */
function unreached(visit: VisitState, goal: Goal): readonly CommandType[] {
  if (goal === 'completed') return visit.closing.completedAt === null ? ['CompleteVisit'] : [];
  const unmet = unmetForPayment(visit);
  return payments.filter(({ condition }) => unmet.includes(condition)).map(({ command }) => command);
}

/** The acts that meet each condition of payment: before the end, the end, and after it. */
const payments = [
  { condition: 'start-reported', command: 'ReportStart' },
  { condition: 'completion-reported', command: 'ReportCompletion' },
  { condition: 'completed', command: 'CompleteVisit' },
  { condition: 'start-documented', command: 'DocumentStart' },
] as const satisfies readonly { condition: PaymentCondition; command: CommandType }[];

function stepsFrom(path: Path, goal: Goal, policy: Policy): readonly Path[] {
  return path.ahead.steps.map((step) => {
    const state = evolve(path.state, step.event);
    return { state, steps: [...path.steps, step], ahead: lookAhead(state, goal, policy) };
  });
}

function lookAhead(visit: VisitState, goal: Goal, policy: Policy): Ahead {
  const search: Search = { visit, policy, open: new Map(), forced: new Set(), visited: new Set() };
  for (const type of unreached(visit, goal)) explore(search, type, true);
  const [first] = [...search.forced].filter((type) => search.open.has(type));
  // Another provider, where one may take over, ends several troubles at once, and what was done for the first is lost.
  explore(search, 'ReassignProvider', false);
  const types = first === undefined ? [...search.open.keys()] : [first, 'ReassignProvider' as const];
  return { steps: [...new Set(types)].flatMap((type) => search.open.get(type) ?? []), atLeast: search.forced.size };
}

type Search = {
  readonly visit: VisitState;
  readonly policy: Policy;
  /** The open acts, by the witnesses that open them. */
  readonly open: Map<CommandType, readonly Step[]>;
  /** The acts that are done on every way, those that others need first. */
  readonly forced: Set<CommandType>;
  readonly visited: Set<string>;
};

/** Looks for the open acts behind one that may be closed; `isForced`: it is done on every way. */
function explore(search: Search, type: CommandType, isForced: boolean): void {
  const key = `${type} ${isForced}`;
  const act = actOfCommand(type);
  if (act === undefined || search.visited.size === search.visited.add(key).size) return;
  const { steps, refusals } = outcomes(search, act);
  if (steps.length > 0) search.open.set(type, steps);
  else
    for (const violation of refusals.flat())
      exploreBehind(search, act, violation, isForced && inAll(refusals, violation));
  if (isForced) search.forced.add(type);
}

function inAll(refusals: readonly (readonly Violation[])[], { rule }: Violation): boolean {
  return refusals.every((refusal) => refusal.some((violation) => violation.rule === rule));
}

function exploreBehind(search: Search, act: Act, violation: Violation, isForced: boolean): void {
  const ways = remedies(act, [violation]);
  for (const way of ways) explore(search, way, isForced && ways.length === 1);
}

/** The same acts in the order of the protocol as far as that is lawful, for people to read. */
function inOrder(visit: VisitState, found: readonly Step[], goal: Goal, policy: Policy): readonly Step[] {
  const left = [...found].sort((one, other) => commandTypes.indexOf(one.type) - commandTypes.indexOf(other.type));
  const ordered: Step[] = [];
  let state = visit;
  while (left.length > 0) {
    const lawful = left.map((step) => again(step, state, policy));
    const next = lawful.find((step) => step !== undefined);
    if (next === undefined) return found;
    left.splice(lawful.indexOf(next), 1);
    state = evolve(state, next.event);
    ordered.push(next);
  }
  return isReached(state, goal) ? ordered : found;
}

/** The same act by the same witness in another state, if it is lawful there. */
function again({ type, witness }: Step, visit: VisitState, policy: Policy): Step | undefined {
  const act = actOfCommand(type);
  return act && outcomes({ visit, policy }, act).steps.find((step) => step.witness === witness);
}

function outcomes({ visit, policy }: Pick<Search, 'visit' | 'policy'>, act: Act) {
  const steps: Step[] = [];
  const refusals: (readonly Violation[])[] = [];
  for (const [witness, command] of attempts(act, visit, { policy }).entries()) {
    const decision = decide(command, visit, policy);
    if (!decision.ok) refusals.push(decision.rejection.violations);
    else steps.push(...decision.events.map((event) => ({ type: act.command, witness, event })));
  }
  return { steps, refusals };
}
