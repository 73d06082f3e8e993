import type { Json } from '../util/json.ts';

/** The facts that explain a refusal, by name. Plain JSON. @since 0.1.0 */
export type Facts = { readonly [name: string]: Json };

/**
 * A condition that must hold before a command is accepted. Its functions are pure; `clause` returns the one of its `clauses`
 * that it cites now. They are methods, so that a rule on the data of one command may be in a list of rules on any command.
 */
export type Rule<State, Command, Policy, Id extends string, Clause extends string, Remedy extends string> = {
  readonly id: Id;
  readonly clauses: readonly Clause[];
  clause(state: State, command: Command, policy: Policy): Clause;
  holds(state: State, command: Command, policy: Policy): boolean;
  facts(state: State, command: Command, policy: Policy): Facts;
  readonly remedy: readonly Remedy[];
  readonly waivable: boolean;
};

/** A rule that did not hold, the clause of the source that it cites, and the facts behind it. Plain JSON. */
export type FailedRule<Id extends string = string, Clause extends string = string> = {
  readonly rule: Id;
  readonly clause: Clause;
  readonly facts: Facts;
};

/** A list known to the compiler as non-empty. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** The answer to a command: its events, or the refusal. */
export type DecisionOf<Event, Rejection> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly rejection: Rejection };

/** Narrows a list to a non-empty one. */
export const isNonEmpty = <T>(list: readonly T[]): list is NonEmpty<T> => list.length > 0;

/** An empty list, shared so that a judgement without failures allocates nothing. */
export const none: readonly never[] = [];

/** Lists the rules that fail, in their order, each with its clause and facts. Allocates nothing when all hold. */
export function failedRules<S, C, P, Id extends string, Clause extends string, R extends string>(
  rules: readonly Rule<S, C, P, Id, Clause, R>[],
  state: S,
  command: C,
  policy: P,
): readonly FailedRule<Id, Clause>[] {
  let failed: FailedRule<Id, Clause>[] | null = null;
  for (const rule of rules) {
    if (rule.holds(state, command, policy)) continue;
    const clause = rule.clause(state, command, policy);
    failed ??= [];
    failed.push({ rule: rule.id, clause, facts: rule.facts(state, command, policy) });
  }
  return failed ?? none;
}
