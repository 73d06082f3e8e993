import type { CommandType } from '../../messages/index.ts';
import { commandTypes } from '../../visit/table.ts';
import { decide } from '../../visit/visit.ts';
import { createJudge } from './evaluate.ts';
import { applyEvent, type Explored, type ExploreOptions, exploreOptions, mustBeSearch, planSearch } from './explore.ts';
import { factNames, type Values } from './facts.ts';
import { type Input, isInScope, listInputs } from './inputs.ts';
import { memoize } from './memo.ts';
import {
  type CommutationConflict,
  type ConflictingInputs,
  checkPair,
  type PairOutcome,
  type Seen,
  unseen,
} from './pair-check.ts';
import { findPathTo } from './paths.ts';
import type { Path, Step } from './result.ts';
import { type Plan, pause, search } from './search.ts';
import type { Found } from './search-graph.ts';

/** Options of {@link exploreCommutation}. Every field may be absent. @since 0.5.0 */
export type CommutationOptions = Omit<ExploreOptions, 'acts' | 'paths'> & {
  /** The acts that lead to states; without it, all. Every pair of acts is checked in those states. */
  readonly acts?: readonly CommandType[];
};

/**
 * The answer for a pair over all states that accept both acts: they commute in each of them, in some, or in none; or no
 * state accepts both. @since 0.5.0
 */
export type CommutationVerdict = 'always' | 'sometimes' | 'never' | 'nowhere';

/** A state in which two acts do not commute: a shortest history to it, the acts, and the reason. @since 0.5.0 */
export type ConflictExample = {
  readonly path: Path;
  readonly provider: Step;
  readonly center: Step;
  readonly conflict: CommutationConflict;
};

/** An act of the provider or the client, an act of the contact center, and whether they commute. @since 0.5.0 */
export type CommutationPair = {
  readonly provider: CommandType;
  readonly center: CommandType;
  /** The number of states that accept both. */
  readonly states: number;
  readonly verdict: CommutationVerdict;
  /** The verdict if states that differ in instants alone count as the same. */
  readonly withoutInstants: CommutationVerdict;
  /** A shortest history to a state where they do not commute. */
  readonly example: ConflictExample | null;
  /** The same, of states that differ in more than instants. */
  readonly exampleWithoutInstants: ConflictExample | null;
};

/** The answer of {@link exploreCommutation}. Plain JSON. @since 0.5.0 */
export type Commutation = {
  /** The states in which every pair was checked. */
  readonly states: number;
  /** True if everything was searched: `limit` was not reached. */
  readonly complete: boolean;
  /** Every pair of an act of the provider or the client and an act of the contact center, in the order of the protocol. */
  readonly pairs: readonly CommutationPair[];
};

const { paths: _, ...known } = exploreOptions;

/**
 * Checks every pair of an act that the provider or the client records and an act that the contact center records, in
 * every reachable state that accepts both (PROTOCOL §10): are they accepted in either order, and does the same state
 * follow, instants included? Each act has the same data and the same time in both orders; all data that {@link explore}
 * tries are paired. Lists that mean sets are compared as sets. Yields to the event loop at intervals.
 *
 * @throws TypeError for an option, an act, a group of facts or a rule that is not known; as a rejection
 * @since 0.5.0
 */
export async function exploreCommutation(options: CommutationOptions = {}): Promise<Commutation> {
  mustBeSearch('exploreCommutation', options, known);
  return commutationWith({ decide, apply: applyEvent }, options);
}

/** Checks another decider than the library's: so that tests can plant a fault and see it found. */
export async function commutationWith(explored: Explored, options: CommutationOptions = {}): Promise<Commutation> {
  const plan = planSearch(explored, options);
  const found = await search(plan, options.onProgress);
  const checks = prepareChecks(plan, listInputsInScope(options, plan));
  await checkStates(found, plan, checks);
  const pairs = checks.pairs.flat().map((pair) => summarizePair(pair, found, plan));
  return { states: found.expanded, complete: found.complete, pairs };
}

function listInputsInScope({ facts, waivers = [] }: CommutationOptions, { policy }: Plan): readonly Input[] {
  const scope = { groups: new Set(facts ?? []), waivers };
  const commands = commandTypes.filter((command) => isInScope(command, scope));
  return listInputs(commands, scope, policy).filter(({ recorder }) => recorder === 'allowed');
}

/** An act of one side, and whether a state accepts it with some data. */
type SideAct = {
  readonly command: CommandType;
  readonly inputs: readonly Input[];
  readonly isOpen: (values: Values) => boolean;
};

type FoundConflict = ConflictingInputs & { readonly id: number };

/** A pair of acts, and what was seen of it so far. */
type PairCheck = {
  readonly provider: CommandType;
  readonly center: CommandType;
  readonly judge: (values: Values) => PairOutcome;
  states: number;
  exact: Seen<FoundConflict>;
  withoutInstants: Seen<FoundConflict>;
};

/** The acts of both sides; the pairs by the place of the provider's act, then of the center's. */
type Checks = {
  readonly providers: readonly SideAct[];
  readonly centers: readonly SideAct[];
  readonly pairs: readonly (readonly PairCheck[])[];
};

function prepareChecks(plan: Plan, inputs: readonly Input[]): Checks {
  const isCenters = ({ role }: Input) => role === 'contact-center';
  const providers = prepareSide(
    plan,
    inputs.filter((input) => !isCenters(input)),
  );
  const centers = prepareSide(plan, inputs.filter(isCenters));
  return { providers, centers, pairs: providers.map((one) => centers.map((other) => preparePair(plan, one, other))) };
}

function prepareSide(plan: Plan, inputs: readonly Input[]): readonly SideAct[] {
  return [...new Set(inputs.map(({ command }) => command))].map((command) => {
    const own = inputs.filter((input) => input.command === command);
    const judge = createJudge(plan, own, (answers) => ({ open: answers.some(({ event }) => event !== null) }));
    return { command, inputs: own, isOpen: (values) => judge(values).open };
  });
}

function preparePair(plan: Plan, one: SideAct, other: SideAct): PairCheck {
  return {
    provider: one.command,
    center: other.command,
    judge: memoize(plan.layout, (values) => checkPair(plan, one.inputs, other.inputs, values)),
    states: 0,
    exact: unseen,
    withoutInstants: unseen,
  };
}

/** The number of states between two pauses. */
const stride = 1024;

/** Checks the pairs in every state, in the order in which the states were found: a shortest history comes first. */
async function checkStates(found: Found, { layout }: Plan, checks: Checks): Promise<void> {
  const key = new Uint32Array(layout.words);
  const values = new Uint8Array(factNames.length);
  for (let id = 0; id < found.expanded; id++) {
    found.states.read(id, key);
    layout.unpack(key, values);
    checkState(id, values, checks);
    if (id % stride === stride - 1) await pause();
  }
}

function checkState(id: number, values: Values, { providers, centers, pairs }: Checks): void {
  const open = centers.flatMap(({ isOpen }, index) => (isOpen(values) ? [index] : []));
  if (open.length === 0) return;
  providers.forEach(({ isOpen }, place) => {
    if (!isOpen(values)) return;
    for (const index of open) {
      const pair = pairs[place]?.[index];
      if (pair === undefined) continue;
      pair.states += 1;
      if (!isSettled(pair)) record(pair, id, pair.judge(values));
    }
  });
}

/** Nothing that another state could show would change the verdict or shorten an example. */
const isSettled = ({ exact, withoutInstants }: PairCheck) => exact.commutes && withoutInstants.conflict !== null;

function record(pair: PairCheck, id: number, outcome: PairOutcome): void {
  for (const which of ['exact', 'withoutInstants'] as const) {
    const { commutes, conflict } = outcome[which];
    const known = pair[which];
    const first = known.conflict ?? (conflict && { ...conflict, id });
    pair[which] = { commutes: known.commutes || commutes, conflict: first };
  }
}

function summarizePair(pair: PairCheck, found: Found, plan: Plan): CommutationPair {
  const { provider, center, states, exact, withoutInstants } = pair;
  const verdict = ({ commutes, conflict }: Seen<FoundConflict>): CommutationVerdict => {
    if (states === 0) return 'nowhere';
    if (conflict === null) return 'always';
    return commutes ? 'sometimes' : 'never';
  };
  return {
    provider,
    center,
    states,
    verdict: verdict(exact),
    withoutInstants: verdict(withoutInstants),
    example: makeExample(exact.conflict, found, plan),
    exampleWithoutInstants: makeExample(withoutInstants.conflict, found, plan),
  };
}

function makeExample(found: FoundConflict | null, { states }: Found, plan: Plan): ConflictExample | null {
  if (found === null) return null;
  const { id, provider, center, conflict } = found;
  return {
    path: findPathTo(id, { states }, plan.inputs, plan),
    provider: asStep(provider),
    center: asStep(center),
    conflict,
  };
}

const asStep = ({ command, variant, role }: Input): Step => ({ command, variant, role });
