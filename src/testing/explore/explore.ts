import { mustKnow, mustKnowKeys } from '../../kernel/known.ts';
import type { CommandType, WaivableRule } from '../../messages/index.ts';
import { defaultPolicy, type Policy } from '../../visit/policy.ts';
import { mustBePolicy } from '../../visit/policy-check.ts';
import { waivableRules } from '../../visit/rule-ids.ts';
import type { VisitState } from '../../visit/state.ts';
import { actOfEvent, commandTypes } from '../../visit/table.ts';
import { decide, effectiveAct, trackWork } from '../../visit/visit.ts';
import { report } from './analysis.ts';
import { packFacts } from './bit-packing.ts';
import type { Decide } from './evaluate.ts';
import { type FactGroup, factGroups, factNames, facts } from './facts.ts';
import { isInScope, listInputs } from './inputs.ts';
import type { Apply } from './moves.ts';
import type { Exploration } from './result.ts';
import { listTakenFacts } from './samples.ts';
import { chainsFor, type Plan, search } from './search.ts';
import type { Progress } from './search-graph.ts';
import type { Scope } from './variants.ts';

/** Options of {@link explore}. Every field may be absent. @since 0.2.0 */
export type ExploreOptions = {
  /** The host's policy; without one, `defaultPolicy`. */
  readonly policy?: Policy;
  /** The acts that are tried; without it, all. */
  readonly acts?: readonly CommandType[];
  /** The additional facts; none by default. See docs/explorer.md. */
  readonly facts?: readonly FactGroup[];
  /** The rules that instructions may waive; none by default. */
  readonly waivers?: readonly WaivableRule[];
  /** Takes acts that commute in one order, as by default; `false` searches every state. */
  readonly reduce?: boolean;
  /** About how many states to visit at most; then `complete` is false. No limit by default. */
  readonly limit?: number;
  /** On how many of the shortest paths the invariants are checked, spread over all; 2,000 by default. */
  readonly paths?: number;
  /** Hears how far the search is, every few thousand states and at its end. */
  readonly onProgress?: (progress: Progress) => void;
};

/** The subject of an exploration: the library's decider, or one with a planted fault. */
export type Explored = { readonly decide: Decide; readonly apply: Apply };

/** The effects of the act table, on a private state. */
export const applyEvent: Apply = (state, event) => {
  for (const fact of listTakenFacts(event)) {
    effectiveAct(state as VisitState, fact)?.effect(state, fact);
    trackWork(state, fact.data.at);
  }
  actOfEvent(event.type)?.effect(state, event);
  trackWork(state, event.data.at);
  return state as VisitState;
};

/**
 * Searches every reachable state of a visit, breadth first, and reports faults of the protocol under a policy: states
 * that are stuck or cannot end, acts and rules that never fire, invariants that fail, roles accepted beyond their acts.
 * Unbounded facts are abstracted (docs/explorer.md). Yields to the event loop at intervals.
 *
 * @throws TypeError for an option, an act, a group of facts or a rule that is not known; as a rejection
 * @since 0.2.0
 */
export async function explore(options: ExploreOptions = {}): Promise<Exploration> {
  mustBeSearch('explore', options, exploreOptions);
  return exploreWith({ decide, apply: applyEvent }, options);
}

/** Refuses options of a search that are not known, and names in them that are not. */
export function mustBeSearch(caller: string, options: ExploreOptions, known: object): void {
  mustKnowKeys(caller, options, known);
  const { policy, acts = [], facts: groups = [], waivers = [] } = options;
  if (policy !== undefined) mustBePolicy(policy);
  for (const act of acts) mustKnow('act', act, commandTypes);
  for (const group of groups) mustKnow('group of facts', group, factGroups);
  for (const rule of waivers) mustKnow('waivable rule', rule, waivableRules);
}

export const exploreOptions: Readonly<Record<keyof ExploreOptions, 0>> = {
  policy: 0,
  acts: 0,
  facts: 0,
  waivers: 0,
  reduce: 0,
  limit: 0,
  paths: 0,
  onProgress: 0,
};

/** Explores another decider than the library's: so that tests can plant a fault and see it found. */
export async function exploreWith(explored: Explored, options: ExploreOptions = {}): Promise<Exploration> {
  const plan = planSearch(explored, options);
  const found = await search(plan, options.onProgress);
  return report(found, plan, options.paths ?? 2_000);
}

/** The search that some options ask for. */
export function planSearch(explored: Explored, options: Omit<ExploreOptions, 'paths'>): Plan {
  const { policy = defaultPolicy, acts = commandTypes, waivers = [], reduce = true, limit = Infinity } = options;
  const scope: Scope = { groups: new Set(options.facts ?? []), waivers };
  const commands = acts.filter((command) => isInScope(command, scope));
  return {
    ...explored,
    policy,
    limit,
    layout: packFacts(factNames.filter((name) => isLookedAt(name, scope))),
    inputs: listInputs(commands, scope, policy),
    chains: reduce ? chainsFor(scope.groups) : [],
  };
}

function isLookedAt(name: (typeof factNames)[number], { groups, waivers }: Scope): boolean {
  const { group } = facts[name];
  if (group === 'waivers') return waivers.some((rule) => name === `waived ${rule}`);
  return group === undefined || groups.has(group);
}
