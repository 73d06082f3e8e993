import type { Json } from '../util/json.ts';

export type { Json };

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
