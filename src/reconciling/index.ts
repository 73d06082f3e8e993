export type {
  BatchError,
  BatchErrorCode,
  FirstOutcome,
  ReconcileOutcome,
  ReconcileRequest,
  Reconciliation,
} from './batch.ts';
export {
  type Conflict,
  type DiscrepanciesOptions,
  type DiscrepancyCase,
  discrepancies,
  type SettledVisit,
  type UnsettledAct,
} from './discrepancies.ts';
export { reconcile } from './reconcile.ts';
export { type SettlementRequest, settlement } from './settlement.ts';
