import type { CommandType } from '../messages/index.ts';
import type { Act } from '../visit/act.ts';
import { exclusive, general } from '../visit/general.ts';
import type { Violation } from '../visit/index.ts';
import type { Rule } from '../visit/rule.ts';

/** The acts that would remedy what closes an act, in the order of its rules. */
export function remedies(act: Act, violations: readonly Violation[]): readonly CommandType[] {
  const rules: readonly Rule[] = [...exclusive, ...general, ...(act.needs as readonly Rule[])];
  const isBroken = ({ id, clauses }: Rule) =>
    violations.some(({ rule, clause }) => rule === id && clauses.includes(clause));
  const ways = new Set(rules.filter(isBroken).flatMap(({ remedy }) => remedy));
  return [...ways].filter((way) => way !== act.command);
}
