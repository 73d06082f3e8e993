import type { FailedRule, Rule } from './rule.ts';

/** A non-empty list, known as such to the compiler. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** Rules that failed, in the order in which they were asked. */
export type Failed<Id extends string = string, Clause extends string = string> = [
  FailedRule<Id, Clause>,
  ...FailedRule<Id, Clause>[],
];

/** A refusal: every rule that failed, in the order in which the protocol states them. */
export type Refusal<V extends FailedRule> = { readonly violations: NonEmpty<V> };

/** The answer to a command: what happened, or why it may not. */
export type DecisionOf<Event, V extends FailedRule> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly rejection: Refusal<V> };

/**
 * Asks each rule in order and lists those that fail and that `excused` does not let through, after those of `before`, which it
 * may lengthen. Answers `before`, and allocates nothing, when all hold.
 */
export function violationsOf<S, C, P, Id extends string, Clause extends string, R extends string>(
  rules: readonly Rule<S, C, P, Id, Clause, R>[],
  state: S,
  command: C,
  policy: P,
  isWaived: (rule: Rule<S, C, P, Id, Clause, R>, state: S, policy: P) => boolean,
  before: Failed<Id, Clause> | null = null,
): Failed<Id, Clause> | null {
  let failed = before;
  for (const rule of rules) {
    if (rule.holds(state, command, policy) || isWaived(rule, state, policy)) continue;
    const clause = rule.clause(state, command, policy);
    const unmet = { rule: rule.id, clause, facts: rule.facts(state, command, policy) };
    if (failed === null) failed = [unmet];
    else failed.push(unmet);
  }
  return failed;
}
