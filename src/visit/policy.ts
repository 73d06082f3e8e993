import type { NonEmptyText, WaivableRule } from '../messages/index.ts';

/** Limits above which a measure is flagged (PROTOCOL §7). Minutes, except `visits`, a count. @since 0.1.0 */
export type Thresholds = {
  /** From a photograph being taken to its first submission (1.1-19); 15 by default. */
  readonly photoSentMinutes: number;
  /** From a delay being reported to the notice to the client (1.2-10, 1.2-15); 15 by default. */
  readonly clientToldMinutes: number;
  /** From an impact on the client being noticed to its escalation (2.2-08); 15 by default. */
  readonly escalationMinutes: number;
  /** From leaving for a second visit to the exit notice (1.1-48); 15 by default. */
  readonly exitNoticeMinutes: number;
  /** From coming back to the re-entry notice (1.1-49); 15 by default. */
  readonly reentryNoticeMinutes: number;
  /** Between the start call and the start of the work (1.1-26); 30 by default. */
  readonly startCallMinutes: number;
  /** From the client's conformity to the completion call (1.3-02); 30 by default. */
  readonly completionCallMinutes: number;
  /** From `arriveBy` to the arrival (2.2-09); 0 by default. */
  readonly lateArrivalMinutes: number;
  /** Visits to the place, second visits included; 2 by default. */
  readonly visits: number;
  /** From a discrepancy being reported to its settlement (PROTOCOL §10); 60 by default. @since 0.5.0 */
  readonly discrepancySettledMinutes: number;
};

/**
 * A rule that a policy waives for all its visits, and the reason. Any other than a waivable one is a `TypeError` wherever
 * the policy is used.
 * @since 0.1.0
 */
export type PolicyWaiver = {
  /** Id of the rule that is waived. */
  readonly rule: WaivableRule;
  /** Reason, which the dossier cites. */
  readonly reason: NonEmptyText;
};

/**
 * The insurer's settings for all visits. Every field is optional, with the default of `defaultPolicy`. An invalid policy is a
 * `TypeError` wherever it is used; `parsePolicy` of `auxilio/wire` reads one from a file.
 * @since 0.1.0
 */
export type Policy = {
  /** Name of the policy, compared with `VisitAssigned.policyId`; `default` by default. */
  readonly id?: NonEmptyText;
  /** Off-contract activities that the contract allows (1.1-30, 1.1-31), compared exactly. */
  readonly allow?: readonly NonEmptyText[];
  /** Rules that are waived for all visits, each with its reason. */
  readonly waive?: readonly PolicyWaiver[];
  /** Limits of the measures that differ from the default ones: numbers from 0, `Infinity` for no limit. */
  readonly thresholds?: Partial<Thresholds>;
  /** Minutes between two records of one fact, at most, for them to be twins (PROTOCOL §10); 10 by default. @since 0.5.0 */
  readonly twinMinutes?: number;
  /** IANA name of the zone of the visit's local time. One that the platform does not know is the default one. */
  readonly timeZone?: string;
  /** Local times, `HH:MM`, from which one wishes a good afternoon and a good evening. */
  readonly greeting?: { readonly afternoon: string; readonly evening: string };
};

/** The default zone, apart from the rest of the default policy, which words then do not bundle. */
export const defaultZone = 'America/Costa_Rica';

/** The default cut-offs of the greeting. */
export const defaultGreeting = { afternoon: '12:00', evening: '18:00' } as const;

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
    discrepancySettledMinutes: 60,
  },
  twinMinutes: 10,
  timeZone: defaultZone,
  greeting: defaultGreeting,
} as const satisfies Policy;

/** True if the policy's allow-list names an off-contract activity. */
export function allows(policy: Policy, activity: NonEmptyText): boolean {
  return policy.allow?.includes(activity) ?? false;
}

/** The clause that an off-contract activity comes under. */
export const offContractClause = (activity: NonEmptyText): '1.1-30' | '1.1-31' =>
  activity === 'material-purchase' ? '1.1-31' : '1.1-30';

/** The deviation of an off-contract activity that the policy's allow-list lets through. */
export function allowedBy(policy: Policy, activity: NonEmptyText) {
  if (!allows(policy, activity)) return [];
  const facts = { waivedBy: 'policy', policyId: policy.id ?? defaultPolicy.id, activity };
  return [{ clause: offContractClause(activity), facts }];
}
