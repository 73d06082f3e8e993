import type { Id, VisitEvent } from '../messages/index.ts';
import type { incrementalFold } from '../visit/visit.ts';
import { trackAnnulled } from './annulled.ts';
import { commandIdsIn } from './repeats.ts';
import { type Report, takenBy } from './settled.ts';

/** A fold that goes on, event by event. */
export type Fold = ReturnType<typeof incrementalFold>;

/** A report, its index in the log, and that of its first settlement, or infinity. */
type IndexedReport = { readonly event: Report; readonly place: number; settledAt: number };

/** A log as far as it was read, its fold, and what reconciling looks up in it. All of it grows with the log. */
export type LogIndex = {
  readonly log: VisitEvent[];
  readonly fold: Fold;
  /** The ids of all commands: of the events, and of the acts of the reports. */
  readonly ids: Set<Id>;
  /** The first report of each discrepancy: a second one changes nothing. */
  readonly reports: Map<Id, IndexedReport>;
  /** The indexes of the events that settlements took, and of those that acts of reports are twins of. */
  readonly unpaired: Set<number>;
  /** Finds the indexes of the events that were annulled. */
  readonly annulled: ReturnType<typeof trackAnnulled>;
};

/** Indexes a log that was folded. */
export function indexLog(log: readonly VisitEvent[], fold: Fold): LogIndex {
  const annulled = trackAnnulled();
  const index: LogIndex = { log: [], fold, ids: new Set(), reports: new Map(), unpaired: new Set(), annulled };
  for (const event of log) indexEvent(index, event);
  return index;
}

/** Adds the next event to the index of a log that has folded it. */
export function indexEvent({ log, ids, reports, unpaired }: LogIndex, event: VisitEvent): void {
  const place = log.push(event) - 1;
  commandIdsIn([event], ids);
  if (event.type === 'DiscrepancyReported') {
    const { discrepancyId, acts } = event.data;
    if (!reports.has(discrepancyId)) reports.set(discrepancyId, { event, place, settledAt: Infinity });
    for (const { twinOf } of acts) if (twinOf !== undefined) unpaired.add(twinOf - 1);
  }
  const report = event.type === 'DiscrepancySettled' && reports.get(event.data.discrepancyId);
  if (report) {
    report.settledAt = Math.min(report.settledAt, place);
    for (const { index } of takenBy(log, event, place, report.event)) unpaired.add(index);
  }
}
