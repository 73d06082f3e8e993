import { mustBe, mustBeKeys, mustBeKnown } from '../kernel/known.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { ruleIds } from './rules.ts';

/** The last policy that was checked, since most applications have one. */
let lastKnown: Policy = defaultPolicy;

/** Refuses a policy with an unknown field, threshold or rule. The same policy is checked once. */
export function mustKnowPolicy(policy: Policy): void {
  if (policy === lastKnown) return;
  mustBeKeys('policy', policy, defaultPolicy);
  mustBeKeys('thresholds', policy.thresholds ?? {}, defaultPolicy.thresholds);
  for (const { rule } of policy.waive ?? []) mustBeKnown('rule of waive:', rule, ruleIds);
  lastKnown = policy;
}

/** Refuses also a policy with invalid lists or thresholds. */
export function mustBePolicy(policy: Policy): void {
  const { allow = [], waive = [], thresholds, twinMinutes = 0 } = policy ?? {};
  for (const list of [allow, waive]) mustBe(Array.isArray(list), 'policy takes { allow, waive }, each a list', list);
  mustKnowPolicy(policy);
  for (const [name, value] of Object.entries(thresholds ?? {})) {
    mustBe(typeof value === 'number' && value >= 0, `The threshold ${name} is a number from 0`, value);
  }
  mustBe(typeof twinMinutes === 'number' && twinMinutes >= 0, 'twinMinutes is a number from 0', twinMinutes);
}
