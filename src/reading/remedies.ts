import type { CommandType } from '../messages/index.ts';
import { gateRules } from '../visit/gate-rules.ts';
import type { Violation } from '../visit/index.ts';
import type { Rule } from '../visit/rule.ts';
import { rulesFor } from '../visit/rules.ts';

/** The acts that would open a closed act, in the order of its rules. */
export function remedies(command: CommandType, violations: readonly Violation[]): readonly CommandType[] {
  const ways: CommandType[] = [];
  for (const rules of [gateRules, rulesFor(command)]) {
    for (const rule of rules) {
      for (const way of rule.remedy) {
        if (way !== command && !ways.includes(way) && isBroken(rule, violations)) ways.push(way);
      }
    }
  }
  return ways;
}

const isBroken = ({ id, clauses }: Rule, violations: readonly Violation[]) =>
  violations.some(({ rule, clause }) => rule === id && clauses.includes(clause));
