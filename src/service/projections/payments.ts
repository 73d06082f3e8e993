import { mustBe } from '../../kernel/known.ts';
import type { EventType, Id, Instant, NonEmptyText, Provider, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { compileDossier, dossier } from '../../reading/dossier.ts';
import type { Integrity } from '../../reading/integrity.ts';
import { readLog } from '../../reading/judging/reader.ts';
import type { VerdictStatus } from '../../reading/verdict.ts';
import { compareTexts } from '../../util/equality.ts';
import { evolve, type Policy, replay } from '../../visit/index.ts';
import { type PaymentCondition, unmetForPayment } from '../../visit/payable.ts';
import { mustBePolicy } from '../../visit/policy-check.ts';
import type { VisitProjection } from './projection.ts';

/**
 * The event that reopened a visit which had been payable: it took a condition of payment away, or changed the time worked. Whether the
 * visit is payable again is said by `payable`.
 *
 * @since 0.5.0
 */
export type Reopening = {
  /** The place of the event in the log, from 0. */
  readonly index: number;
  readonly type: EventType;
  /** The time of the act; of a discrepancy, which may tell of earlier acts, the one at which it was recorded, where it is known. */
  readonly at: Instant;
  /** The time worked as it stood before, in milliseconds. */
  readonly workedMs: number;
};

/**
 * A completed visit in the payment queue, or one that is open again after it was payable, with the evidence of its log for the
 * payment, clause by clause.
 *
 * @since 0.4.0
 */
export type PaymentRow = {
  readonly visitId: Id;
  readonly caseNumber: NonEmptyText | null;
  readonly provider: Provider | null;
  /** The time of its completion, as it stands; of one that was annulled, the last one as it was recorded. */
  readonly completedAt: Instant;
  /** The time worked, in milliseconds. */
  readonly workedMs: number;
  /** The payment evidence (PROTOCOL §6). */
  readonly evidence: readonly { readonly clause: ClauseId; readonly status: VerdictStatus }[];
  /** The number of findings that make its log unclean. */
  readonly violations: number;
  readonly deviations: number;
  /** The integrity of its log when the row was written; one that is broken is not payable. @since 0.5.0 */
  readonly integrity?: Integrity;
  /**
   * The visit meets every condition of payment, and its integrity is not broken, as its dossier says. Absent, as `unmetForPayment` is, from a row that 0.4 wrote:
   * then it is not known until the projection is rebuilt. @since 0.5.0
   */
  readonly payable?: boolean;
  /** The conditions of payment that it does not meet. @since 0.5.0 */
  readonly unmetForPayment?: readonly PaymentCondition[];
  /** The last event that reopened it after it had been payable; null if none did. @since 0.5.0 */
  readonly reopened?: Reopening | null;
};

/** The rows of paid visits, and of those that wait for it. */
export const PAID = 'auxilio-paid-1';
export const PAYMENTS = 'auxilio-payments-1';

/**
 * The completed visits that are not paid yet, and those that were payable and are open again, each with its payment evidence.
 * The payment is not an act of the
 * protocol: the application marks it by {@link markPaid}, and then the visit leaves the queue for good.
 *
 * @throws TypeError for a policy with a field, a threshold or a rule that is not known, or with an invalid list or
 * threshold
 * @since 0.4.0
 */
export function paymentProjection(policy?: Policy): VisitProjection<PaymentRow> {
  if (policy !== undefined) mustBePolicy(policy);
  return {
    name: PAYMENTS,
    settledBy: PAID,
    row: ({ state, events, integrity }) => {
      const { visitId, caseNumber, provider } = state;
      const recordedAt = events.findLast(({ type }) => type === 'Completed')?.data.at;
      const completedAt = state.closing.completedAt ?? recordedAt;
      if (visitId === null || completedAt === undefined) return null;
      const reopened = findReopening(events, policy);
      if (state.phase !== 'completed' && reopened === null) return null;
      const { payment, workedMs, violations, deviations, ...judged } = compileDossier(
        readLog(events, policy),
        policy === undefined ? {} : { policy },
        integrity,
      );
      return {
        visitId,
        caseNumber,
        provider,
        completedAt,
        workedMs,
        evidence: payment.map(({ clause, status }) => ({ clause, status })),
        violations: violations.length,
        deviations: deviations.length,
        integrity: judged.integrity,
        payable: judged.payable,
        unmetForPayment: judged.unmetForPayment,
        reopened,
      };
    },
  };
}

/** Finds the last event that reopened a visit after it had been payable; null if none did. */
function findReopening(events: readonly VisitEvent[], policy: Policy | undefined): Reopening | null {
  const options = policy === undefined ? {} : { policy };
  const workedAfter = (count: number) => dossier(events.slice(0, count), options).workedMs;
  const end = events.findIndex(({ type }) => type === 'Completed');
  if (end < 0) return null;
  let state = replay(events.slice(0, end));
  let wasPayable = false;
  let found: Reopening | null = null;
  for (const [offset, event] of events.slice(end).entries()) {
    const index = end + offset;
    state = evolve(state, event);
    const isPayable = unmetForPayment(state).length === 0;
    const isCorrected = wasPayable && isPayable && event.type === 'TimeCorrected';
    if ((wasPayable && !isPayable) || (isCorrected && workedAfter(index) !== workedAfter(index + 1))) {
      const recordedAt = event.type === 'DiscrepancyReported' ? event.metadata?.recordedAt : undefined;
      found = { index, type: event.type, at: recordedAt ?? event.data.at, workedMs: workedAfter(index) };
    }
    wasPayable = isPayable;
  }
  return found;
}

/** The payment queue: those that are payable, and those that are not yet; the first completed first. @since 0.4.0 */
export type PaymentQueue = { readonly ready: readonly PaymentRow[]; readonly incomplete: readonly PaymentRow[] };

/**
 * Sorts completed visits for the payer: `ready` where the dossier says that a visit is payable. Late, waived or contradicted
 * evidence, violations and deviations are for the payer to judge.
 *
 * @since 0.4.0
 */
export function paymentQueueOf(rows: readonly PaymentRow[]): PaymentQueue {
  mustBe(Array.isArray(rows), 'paymentQueueOf takes a list of rows', rows);
  const sorted = [...rows].sort(
    (one, other) => compareTexts(one.completedAt, other.completedAt) || compareTexts(one.visitId, other.visitId),
  );
  const isReady = ({ payable }: PaymentRow) => payable === true;
  return { ready: sorted.filter(isReady), incomplete: sorted.filter((row) => !isReady(row)) };
}
