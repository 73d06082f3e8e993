import { mustKnow, mustKnowKeys } from '../kernel/known.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { ruleIds } from './rule-list.ts';

/** The last policy that was looked at, for most hosts have one. */
let checked: Policy = defaultPolicy;

/** Refuses a policy with a field, a threshold or a rule that is not known. Looks at the same one once. */
export function mustKnowPolicy(policy: Policy): void {
  if (policy === checked) return;
  mustKnowKeys('policy', policy, defaultPolicy);
  mustKnowKeys('thresholds', policy.thresholds ?? {}, defaultPolicy.thresholds);
  for (const { rule } of policy.waive ?? []) mustKnow('rule', rule, ruleIds);
  checked = policy;
}
