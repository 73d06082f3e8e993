import { generalRules, wellFormed } from './gate-rules.ts';
import type { RuleId } from './rule-ids.ts';
import { acts } from './table.ts';

/**
 * The id of every rule, in the order in which the protocol first asks for it: those of all acts, then those of each.
 * @since 0.1.0
 */
export const ruleIds: readonly RuleId[] = /* @__PURE__ */ inOrder();

function inOrder(): readonly RuleId[] {
  const all = [wellFormed, ...generalRules, ...acts.flatMap(({ needs }) => needs)];
  return [...new Set(all.map(({ id }) => id))];
}
