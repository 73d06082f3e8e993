export type {
  BatchError,
  BatchErrorCode,
  FirstOutcome,
  ReconcileOutcome,
  ReconcileRequest,
  Reconciliation,
} from './outcome.ts';
export { reconcile } from './reconcile.ts';
export { type SettlementRequest, settlement } from './settlement.ts';
