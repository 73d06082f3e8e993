import type { WaivableRule } from '../messages/index.ts';

/**
 * The ids of the rules, in the order in which the protocol first asks for them: spelt out for the catalogues, which list a
 * sentence for each and do not carry the table. `ruleIds` is the same list, out of the table.
 */
export const rulesInOrder = [
  'well-formed',
  'assigned-first',
  'assigned-once',
  'same-visit',
  'not-ended',
  'role',
  'assigned-provider',
  'not-frozen',
  'not-closing',
  'something-amended',
  'not-arrived',
  'issue-named',
  'resolvable-said',
  'excess-said',
  'issue-reported',
  'reassignment-due',
  'another-provider',
  'arrived',
  'absence-answered',
  'call-made',
  'absence-open',
  'question-open',
  'waiver-proceeds',
  'credential-shown',
  'client-answers',
  'representative-allowed',
  'identified',
  'not-away',
  'identity-valid',
  'service-as-assigned',
  'fault-located',
  'client-here',
  'client-present',
  'photos-listed',
  'photos-new',
  'photos-taken',
  'channel-allowed',
  'email-justified',
  'photos-to-document',
  'area-inspected',
  'service-assessed',
  'list-before-start',
  'no-round-underway',
  'materials-wanted',
  'supplier-allowed',
  'materials-supplied',
  'enough-supplied',
  'mismatch-reasons',
  'materials-refusable',
  'dispute-open',
  'running',
  'materials-listed',
  'start-undocumented',
  'not-started',
  'service-announced',
  'photos-sent',
  'work-explained',
  'materials-settled',
  'tools-shown',
  'area-cleared',
  'start-reported',
  'notice-given',
  'on-break',
  'away',
  'tested-with-client',
  'tests-passed',
  'tests-stand',
  'started',
  'structure-preserved',
  'started-or-closing',
  'confirmation-said',
  'conformity',
  'case-number-named',
  'not-on-break',
  'not-awaiting-materials',
  'handed-over',
  'belongings-checked',
  'belongings-confirmed',
  'completion-reported',
  'ending-instructed',
  'activity-allowed',
] as const;

/**
 * The id of a rule. Public: an id never changes its meaning (docs/decisions/0003-rule-ids.md).
 * @since 0.1.0
 */
export type RuleId = (typeof rulesInOrder)[number];

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
] as const satisfies readonly WaivableRule[] & readonly RuleId[];

/** True if a rule can be waived. @since 0.1.0 */
export function isWaivable(rule: string): rule is WaivableRule {
  return waivableRules.some((id) => id === rule);
}
