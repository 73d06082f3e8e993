import type { Instant, ReportedAct, VisitEvent } from '../../messages/index.ts';
import type { Act } from '../../visit/act.ts';
import type { IdFault } from './ids.ts';

/** A report of a discrepancy: its place in the log, its acts, and the time when it was stored. */
export type Report = {
  readonly index: number;
  readonly acts: readonly ReportedAct[];
  readonly recordedAt: Instant | undefined;
};

/** An event that is judged next, with the fault of its ids. */
export type NextEvent = {
  readonly index: number;
  readonly event: VisitEvent;
  readonly act: Act;
  readonly fault: IdFault | null;
};
