import { mustKnow, mustKnowKeys } from '../kernel/known.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { ruleIds } from './rule-list.ts';

const checked = new WeakSet<Policy>([defaultPolicy]);

/** Refuses a policy with a field, a threshold or a rule that is not known. Looks at each policy once. */
export function mustKnowPolicy(policy: Policy): void {
  if (checked.has(policy)) return;
  mustKnowKeys('policy', policy, defaultPolicy);
  mustKnowKeys('thresholds', policy.thresholds ?? {}, defaultPolicy.thresholds);
  for (const { rule } of policy.waive ?? []) mustKnow('rule', rule, ruleIds);
  checked.add(policy);
}
