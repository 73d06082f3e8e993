import type { Actor, EventOf, Id, ReportedAct, VisitEvent } from '../messages/index.ts';
import { deepEqual } from '../util/equality.ts';

export type Report = EventOf<'ReportDiscrepancy'>;

/** Finds the report of a discrepancy in a log: the first of that id, as a second one changes nothing. */
function reportOf(log: readonly VisitEvent[], discrepancyId: Id): Report | undefined {
  const isReport = (event: VisitEvent): event is Report =>
    event.type === 'DiscrepancyReported' && event.data.discrepancyId === discrepancyId;
  return log.find(isReport);
}

/** The event by which an operator takes a reported act on record: as it was reported, recorded by them. */
export function factOf({ type, data }: ReportedAct, operator: Actor): VisitEvent {
  return { type, data: { ...data, recordedBy: { role: operator.role, id: operator.id } } } as VisitEvent;
}

/** True if an event is that by which an operator takes a reported act on record. */
export const isFactOf = (act: ReportedAct, operator: Actor, { type, data }: VisitEvent): boolean =>
  // The times are compared first: nearly every other event has another time.
  act.type === type && act.data.at === data.at && deepEqual(factOf(act, operator).data, data);

/** An event by which a settlement took a reported act on record: its index, and the act as it was reported. */
export type TakenAct = { readonly index: number; readonly act: ReportedAct };

/** Finds the events of a log that settlements took on record, which stand right before them. */
export function takenActs(log: readonly VisitEvent[]): readonly TakenAct[] {
  return log.flatMap((event, index) => {
    if (event.type !== 'DiscrepancySettled') return [];
    return takenBy(log, event, index, reportOf(log, event.data.discrepancyId));
  });
}

/** Finds the events that a settlement at that index took of a report. */
export function takenBy(
  log: readonly VisitEvent[],
  { data: { taken, by } }: EventOf<'SettleDiscrepancy'>,
  settled: number,
  report: Report | undefined,
): TakenAct[] {
  if (report === undefined) return [];
  return taken.flatMap((position, nth) => {
    const index = settled - taken.length + nth;
    const [act, event] = [report.data.acts[position], log[index]];
    return act !== undefined && event !== undefined && isFactOf(act, by, event) ? [{ index, act }] : [];
  });
}
