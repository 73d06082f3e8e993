import { gateRules, generalRules, wellFormed } from './gate-rules.ts';
import type { Rule } from './rule.ts';
import { type ActRuleId, acts } from './table.ts';

type GeneralRule = typeof wellFormed | (typeof gateRules)[number] | (typeof generalRules)[number];

/**
 * The id of a rule. Public: an id never changes its meaning (docs/decisions/0003-rule-ids.md).
 * @since 0.1.0
 */
export type RuleId = GeneralRule['id'] | ActRuleId | typeof idReused;

/** The rule by which reconciling refuses a command whose id stands on other content (PROTOCOL §10; 0-02). */
const idReused = 'id-reused';

const rulesByCommand: ReadonlyMap<string, readonly Rule<unknown, RuleId>[]> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ acts.map(({ command, needs }) => [command, [...generalRules, ...needs]]),
);

/** The rules of a command that has passed the gate, in the order of the protocol: the general ones, then its act's. */
export function rulesFor(command: string): readonly Rule<unknown, RuleId>[] {
  return rulesByCommand.get(command) ?? generalRules;
}

/**
 * The id of every rule, in the order in which the protocol first asks for it: those of all acts, then those of each; last
 * the one by which reconciling refuses a command.
 * @since 0.1.0
 */
export const ruleIds: readonly RuleId[] = /* @__PURE__ */ listRuleIds();

function listRuleIds(): readonly RuleId[] {
  const all = [wellFormed, ...gateRules, ...acts.flatMap(({ command }) => rulesFor(command))];
  return [...new Set(all.map(({ id }) => id)), idReused];
}
