import type { Facts } from '../../kernel/decision.ts';
import type { Id, Instant } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { isInstant } from '../../util/instant.ts';
import { type DebtKind, defaultPolicy, type Policy, type Thresholds } from '../../visit/index.ts';
import type { DebtSpan } from './debt-history.ts';
import type { Finding } from './finding.ts';

/** The measures of a visit (PROTOCOL §7). @since 0.3.0 */
export type MeasureName =
  | 'photo-sent'
  | 'client-told'
  | 'escalation'
  | 'exit-notice'
  | 'reentry-notice'
  | 'start-call'
  | 'completion-call'
  | 'arrival'
  | 'visits'
  | 'discrepancy-settled';

/**
 * One measure, taken at the event of that index: a lag in milliseconds, never below 0, or for `visits` their count.
 * `flagged`: it is above its threshold, which has the same unit. `facts` hold the two instants of a lag, and the
 * `photoId` of a photograph's or the `discrepancyId` of a discrepancy's.
 * @since 0.3.0
 */
export type Measure = {
  readonly name: MeasureName;
  readonly clause: ClauseId;
  readonly index: number;
  readonly value: number;
  readonly threshold: number;
  readonly flagged: boolean;
  readonly facts: Facts;
};

/** The findings of the measures that are above their thresholds. */
export const listFlagged = (measures: readonly Measure[]): readonly Finding[] =>
  measures
    .filter(({ flagged }) => flagged)
    .map(({ index, name, clause, value, threshold, facts }) => {
      return { index, kind: 'measure', clause, facts: { measure: name, value, threshold, ...facts } };
    });

const thresholdNames = {
  'photo-sent': 'photoSentMinutes',
  'client-told': 'clientToldMinutes',
  escalation: 'escalationMinutes',
  'exit-notice': 'exitNoticeMinutes',
  'reentry-notice': 'reentryNoticeMinutes',
  'start-call': 'startCallMinutes',
  'completion-call': 'completionCallMinutes',
  arrival: 'lateArrivalMinutes',
  visits: 'visits',
  'discrepancy-settled': 'discrepancySettledMinutes',
} as const satisfies Record<MeasureName, keyof Thresholds>;

/** The thresholds of no measure: where there are some, `readThreshold` does not compile. */
type Missing = Exclude<keyof Thresholds, (typeof thresholdNames)[MeasureName]>;

/** The event at which a measure is taken, and the policy that has its threshold. */
type Taking = { readonly index: number; readonly policy: Policy };

/** The threshold of a measure: in milliseconds, but for `visits`. */
export function readThreshold(name: MeasureName, { thresholds = {} }: Policy): number {
  const key = (thresholdNames satisfies [Missing] extends [never] ? unknown : Missing)[name];
  const limit = thresholds[key] ?? defaultPolicy.thresholds[key];
  return key === 'visits' ? limit : limit * 60_000;
}

/** Compares a value to its threshold. */
export function createMeasure(
  { index, policy }: Taking,
  name: MeasureName,
  clause: ClauseId,
  value: number,
  facts: Facts = {},
): Measure {
  const threshold = readThreshold(name, policy);
  return { name, clause, value, facts, index, threshold, flagged: value > threshold };
}

/** Measures a lag: NaN if one of its times is no instant. Such a measure is left out in the end. */
export function measureLag(
  taking: Taking,
  name: MeasureName,
  clause: ClauseId,
  from: Instant,
  to: Instant,
  of: Facts = {},
): Measure {
  const lag = isInstant(from) && isInstant(to) ? Math.max(0, Date.parse(to) - Date.parse(from)) : Number.NaN;
  return createMeasure(taking, name, clause, lag, { ...of, from, to });
}

/** The measure that is taken when a debt of a kind ends. */
export const measureOfDebt: Readonly<Partial<Record<DebtKind, MeasureName>>> = {
  'notify-delay': 'client-told',
  'settle-discrepancy': 'discrepancy-settled',
};

/**
 * Measures how long a debt waited until an event ended it: a notice of a delay, from the opening of the debt; the settlement
 * of a discrepancy, from the time when its report was recorded.
 */
export function debtMeasures(
  taking: Taking,
  { kind, clause, since, until, lapsed, about }: DebtSpan,
  reports: ReadonlyMap<Id, { readonly recordedAt: Instant | undefined }>,
): readonly Measure[] {
  const name = measureOfDebt[kind];
  if (lapsed || name === undefined) return [];
  // The only debts with an `about` that are measured are those of reports.
  const from = (about && reports.get(about)?.recordedAt) || since;
  return [measureLag(taking, name, clause, from, until ?? since, about ? { discrepancyId: about } : {})];
}
