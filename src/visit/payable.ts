import { owes } from './debts.ts';
import { mustBeState } from './known.ts';
import type { VisitState } from './state.ts';

/**
 * The conditions of payment (PROTOCOL §6): the visit is completed, a start of the work stands (1.1-43), the start call was
 * made (1.1-26) and documented (1.1-27), a completion call that names the case number stands (1.3-02, 1.3-04), and no discrepancy is open.
 * @since 0.5.0
 */
export type PaymentCondition =
  | 'completed'
  | 'started'
  | 'start-reported'
  | 'start-documented'
  | 'completion-reported'
  | 'discrepancy-open';

/**
 * Lists the conditions of payment that a visit does not meet (PROTOCOL §6), in their order; empty for a payable one. The state
 * is enough; `dossier` has the evidence of a log.
 *
 * @throws TypeError without a state
 * @since 0.5.0
 */
export function unmetForPayment(visit: VisitState): readonly PaymentCondition[] {
  mustBeState('unmetForPayment', visit);
  const { work, closing } = visit;
  const isStartReported = work.startReportedAt !== null;
  const unmet: PaymentCondition[] = [];
  if (closing.completedAt === null) unmet.push('completed');
  if (work.startedAt === null) unmet.push('started');
  if (!isStartReported) unmet.push('start-reported');
  if (!isStartReported || owes(visit, 'document-start')) unmet.push('start-documented');
  // A snapshot of version 1 lacks the field.
  if (typeof closing.caseNumberNamed !== 'string') unmet.push('completion-reported');
  if (visit.debts.some(({ kind }) => kind === 'settle-discrepancy')) unmet.push('discrepancy-open');
  return unmet;
}
