import type { CommandType, WaivableRule } from '../messages/index.ts';

/**
 * The rules that an instruction or a policy may waive: a closed list (PROTOCOL §4, *Waivers*).
 * @since 0.1.0
 */
export const waivableRules = [
  'credential-shown',
  'identified',
  'identity-valid',
  'client-here',
  'client-present',
  'photos-sent',
  'enough-supplied',
  'materials-settled',
  'tools-shown',
  'area-cleared',
  'start-reported',
  'structure-preserved',
  'tested-with-client',
  'tests-passed',
  'conformity',
  'handed-over',
  'belongings-checked',
  'belongings-confirmed',
] as const satisfies readonly WaivableRule[];

/**
 * Acts that end what a waivable rule refuses, and that it does not ask for: an absence by a representative, a request by an empty
 * list. They are not waived with it.
 */
export const notWaivedWith: Readonly<Record<string, CommandType>> = {
  'client-here': 'ValidateIdentity',
  'materials-settled': 'ExplainWork',
} satisfies Partial<Record<WaivableRule, CommandType>>;

/** The rules that the list lacks: where there are some, `isWaivable` does not compile. */
type Missing = Exclude<WaivableRule, (typeof waivableRules)[number]>;

/** True if a rule can be waived. @since 0.1.0 */
export function isWaivable(rule: string): rule is WaivableRule {
  return (waivableRules satisfies [Missing] extends [never] ? unknown : Missing).some((id) => id === rule);
}
