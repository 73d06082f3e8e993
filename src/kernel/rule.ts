/** Plain JSON: what states, events and facts are made of. @since 0.1.0 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The facts that explain a refusal, by name. Plain JSON. @since 0.1.0 */
export type Facts = { readonly [name: string]: Json };

/** One sentence that must hold before a command is accepted, pure; `clause` says which of its `clauses` it cites now. */
export type Rule<State, Command, Policy, Id extends string, Clause extends string, Remedy extends string> = {
  readonly id: Id;
  readonly clauses: readonly Clause[];
  readonly clause: (state: State, command: Command, policy: Policy) => Clause;
  readonly holds: (state: State, command: Command, policy: Policy) => boolean;
  readonly facts: (state: State, command: Command, policy: Policy) => Facts;
  readonly remedy: readonly Remedy[];
  readonly waivable: boolean;
};

/** A rule that did not hold: which, by which clause of the source, and the facts behind it. Plain JSON. */
export type FailedRule<Id extends string = string, Clause extends string = string> = {
  readonly rule: Id;
  readonly clause: Clause;
  readonly facts: Facts;
};
