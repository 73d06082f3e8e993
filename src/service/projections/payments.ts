import type { Id, Instant, Provider, Text } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { dossier } from '../../reading/dossier.ts';
import type { VerdictStatus } from '../../reading/verdict.ts';
import type { Policy } from '../../visit/index.ts';
import type { VisitProjection } from '../projection.ts';
import { order } from './order.ts';

/** A completed visit in the payment queue: what its log says of the payment, clause by clause. @since 0.4.0 */
export type PaymentRow = {
  readonly visitId: Id;
  readonly caseNumber: Text | null;
  readonly provider: Provider | null;
  readonly completedAt: Instant;
  /** The time worked, in milliseconds. */
  readonly workedMs: number;
  /** The payment evidence (PROTOCOL §6). */
  readonly evidence: readonly { readonly clause: ClauseId; readonly status: VerdictStatus }[];
  /** How many findings make its log unclean. */
  readonly violations: number;
  readonly deviations: number;
};

/**
 * The completed visits, each with its payment evidence. Who was paid is no act of the protocol: the host keeps it.
 *
 * @since 0.4.0
 */
export function paymentProjection(policy?: Policy): VisitProjection<PaymentRow> {
  return {
    name: 'auxilio-payments-1',
    row: ({ state, events }) => {
      const { visitId, caseNumber, provider } = state;
      const completedAt = events.findLast(({ type }) => type === 'Completed')?.data.at;
      if (visitId === null || state.phase !== 'completed' || completedAt === undefined) return null;
      const { payment, workedMs, violations, deviations } = dossier(events, policy === undefined ? {} : { policy });
      return {
        visitId,
        caseNumber,
        provider,
        completedAt,
        workedMs,
        evidence: payment.map(({ clause, status }) => ({ clause, status })),
        violations: violations.length,
        deviations: deviations.length,
      };
    },
  };
}

/** The payment queue: those that wait for nothing, and those that lack evidence; the first completed first. @since 0.4.0 */
export type PaymentQueue = { readonly ready: readonly PaymentRow[]; readonly wanting: readonly PaymentRow[] };

const wanting: readonly VerdictStatus[] = ['missing', 'contradicted'];

/**
 * Sorts completed visits for whoever pays: `wanting` where a clause that speaks of payment is missing or contradicted. Late
 * or waived evidence, violations and deviations are for him to judge.
 *
 * @since 0.4.0
 */
export function paymentQueueOf(rows: readonly PaymentRow[]): PaymentQueue {
  const sorted = [...rows].sort(
    (one, other) => order(one.completedAt, other.completedAt) || order(one.visitId, other.visitId),
  );
  const lacks = ({ evidence }: PaymentRow) => evidence.some(({ status }) => wanting.includes(status));
  return { ready: sorted.filter((row) => !lacks(row)), wanting: sorted.filter(lacks) };
}
