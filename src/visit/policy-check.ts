import { mustBe, mustBeKnown, mustKnowKeys } from '../kernel/known.ts';
import { nearest } from '../util/nearest.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { waivableRules } from './rule-ids.ts';

/** Refuses a value at a path of a policy. */
type Check = (value: unknown, path: string) => void;

/** A check by what a value is said to be, and whether it is that. */
const is =
  (what: string, holds: (value: never) => unknown): Check =>
  (value, path) =>
    mustBe(holds(value as never), `${path} is ${what}`, value);

const text = is('a text', (value: unknown) => typeof value === 'string' && value.trim());
const amount = is('a number from 0', (value: unknown) => typeof value === 'number' && value >= 0);
const clock = is('a time such as 12:00', (value: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value));
const waivable: Check = (value, path) => mustBeKnown(`waivable rule in ${path}:`, value, waivableRules, nearest);

const listOf =
  (item: Check): Check =>
  (value, path) => {
    is('a list', Array.isArray)(value, path);
    for (const [index, one] of (value as readonly unknown[]).entries()) item(one, `${path}[${index}]`);
  };

const recordOf =
  (checks: Readonly<Record<string, Check>>, isWhole?: 'whole'): Check =>
  (value, path) => {
    mustKnowKeys(path, value as object, checks);
    is('an object', (record: object) => ({}).toString.call(record) === '[object Object]')(value, path);
    const fields = value as Readonly<Record<string, unknown>>;
    for (const name in isWhole ? checks : fields) checks[name]?.(fields[name], `${path}.${name}`);
  };

const checkPolicy = recordOf({
  id: text,
  allow: listOf(text),
  waive: listOf(recordOf({ rule: waivable, reason: text }, 'whole')),
  thresholds: recordOf(Object.fromEntries(Object.keys(defaultPolicy.thresholds).map((name) => [name, amount]))),
  twinMinutes: amount,
  // Which zones there are is the platform's to say, and no rule reads them.
  timeZone: text,
  greeting: recordOf({ afternoon: clock, evening: clock }, 'whole'),
} satisfies Readonly<Record<keyof Policy, Check>>);

/** The policies that were checked: each object once. */
const checked = /* @__PURE__ */ new WeakSet<Policy>([defaultPolicy]);

/**
 * Refuses what is no policy, as `parsePolicy` of `auxilio/wire` does but for the characters and lengths of texts, the greatest
 * numbers, and zones that the platform does not know: a `TypeError` that names the path. A policy that was checked is not checked again.
 */
export function mustBePolicy(policy: Policy): void {
  if (checked.has(policy)) return;
  checkPolicy(policy, 'policy');
  checked.add(policy);
}
