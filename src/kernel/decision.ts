import type { FailedRule, Rule } from './rule.ts';

/** A list known to the compiler as non-empty. */
export type NonEmpty<T> = readonly [T, ...T[]];

/**
 * A refusal: every rule that failed, in the order in which the protocol states them. No entry exports `NonEmpty`, and
 * declarations that are inferred from this type would have to name it.
 */
export type Refusal<V extends FailedRule> = { readonly violations: readonly [V, ...V[]] };

/** The answer to a command: its events, or the refusal. */
export type DecisionOf<Event, V extends FailedRule> =
  | { readonly ok: true; readonly events: readonly Event[] }
  | { readonly ok: false; readonly rejection: Refusal<V> };

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
