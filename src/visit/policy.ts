import type { Facts } from '../kernel/index.ts';
import type { Text, WaivableRule } from '../messages/index.ts';

/** Above which lag a measure is flagged (PROTOCOL §7). Minutes, except `visits`, a count. @since 0.1.0 */
export type Thresholds = {
  readonly photoSentMinutes: number;
  readonly clientToldMinutes: number;
  readonly escalationMinutes: number;
  readonly exitNoticeMinutes: number;
  readonly reentryNoticeMinutes: number;
  readonly startCallMinutes: number;
  readonly completionCallMinutes: number;
  readonly lateArrivalMinutes: number;
  readonly visits: number;
};

/**
 * A rule that a host waives for all its visits, and why. Only a waivable rule is let through; one that does not exist is a
 * `TypeError` wherever the policy is used.
 * @since 0.1.0
 */
export type PolicyWaiver = { readonly rule: WaivableRule | (string & {}); readonly reason: Text };

/**
 * What a host decides for all its visits. Every field may be absent: then `defaultPolicy` holds.
 * @since 0.1.0
 */
export type Policy = {
  readonly id?: Text;
  /** Off-contract activities that the contract allows (1.1-30, 1.1-31), compared exactly. */
  readonly allow?: readonly Text[];
  readonly waive?: readonly PolicyWaiver[];
  readonly thresholds?: Partial<Thresholds>;
  /** IANA name of the zone in which the visit's local time is told. */
  readonly timeZone?: string;
  /** Local times, `HH:MM`, from which one wishes a good afternoon and a good evening. */
  readonly greeting?: { readonly afternoon: string; readonly evening: string };
};

/** The choices of PROTOCOL.md: nothing off contract, nothing waived. @since 0.1.0 */
export const defaultPolicy = {
  id: 'default',
  allow: [],
  waive: [],
  thresholds: {
    photoSentMinutes: 15,
    clientToldMinutes: 15,
    escalationMinutes: 15,
    exitNoticeMinutes: 15,
    reentryNoticeMinutes: 15,
    startCallMinutes: 30,
    completionCallMinutes: 30,
    lateArrivalMinutes: 0,
    visits: 2,
  },
  timeZone: 'America/Costa_Rica',
  greeting: { afternoon: '12:00', evening: '18:00' },
} as const satisfies Policy;

/** Whether the policy's allow-list names an off-contract activity. */
export function allows(policy: Policy, activity: Text): boolean {
  return policy.allow?.includes(activity) ?? false;
}

/** What lets an off-contract activity through: the policy, by its allow-list. */
export function allowedBy(policy: Policy, activity: Text): Facts {
  return { waivedBy: 'policy', policyId: policy.id ?? defaultPolicy.id, activity };
}
