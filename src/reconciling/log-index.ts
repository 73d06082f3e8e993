import { mustBe } from '../kernel/known.ts';
import type { Id, VisitEvent } from '../messages/index.ts';
import { explainErrors, type incrementalFold } from '../visit/visit.ts';
import { recordedFold } from './recorded-fold.ts';
import { collectCommandIds, type Report, takenBy } from './repeats.ts';

/** A fold that goes on, event by event. */
export type Fold = ReturnType<typeof incrementalFold>;

/** A report, its index in the log, and that of its first settlement, or infinity. */
type IndexedReport = { readonly event: Report; readonly place: number; settledAt: number };

/** A log as far as it was read, its fold, and what reconciling looks up in it. All of it grows with the log. */
export type LogIndex = {
  readonly log: VisitEvent[];
  readonly fold: ReturnType<typeof recordedFold>;
  /** The ids of all commands: of the events, and of the acts of the reports. */
  readonly ids: Set<Id>;
  /** The first report of each discrepancy: a second one changes nothing. */
  readonly reports: Map<Id, IndexedReport>;
  /** The indexes of the events that settlements took, that acts of reports are twins of, and that were annulled. */
  readonly unpaired: Set<number>;
};

/** Folds and indexes a log. An error names the public function that was called. */
export function indexLog(log: readonly VisitEvent[] = [], caller = 'reconcile'): LogIndex {
  mustBe(Array.isArray(log), `${caller} takes the log, an array of events`, log);
  const index = { log: [], fold: recordedFold(), ids: new Set<Id>(), reports: new Map(), unpaired: new Set<number>() };
  explainErrors(caller, () => {
    for (const event of log) indexEvent(index, event);
  });
  return index;
}

/** Folds the next event of a log, and adds it to the index. */
export function indexEvent({ log, fold, ids, reports, unpaired }: LogIndex, event: VisitEvent): void {
  const place = log.length;
  for (const annulled of fold.step(event, place)) unpaired.add(annulled);
  log.push(event);
  collectCommandIds([event], ids);
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
