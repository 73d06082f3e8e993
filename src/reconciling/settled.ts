import type { Actor, EventOf, Id, ReportedAct, VisitEvent } from '../messages/index.ts';
import { deepEqual } from '../util/equality.ts';

type Report = EventOf<'ReportDiscrepancy'>;

/** Finds the report of a discrepancy in a log: the first of that id, as a second one changes nothing. */
export function reportOf(log: readonly VisitEvent[], discrepancyId: Id): Report | undefined {
  const isReport = (event: VisitEvent): event is Report =>
    event.type === 'DiscrepancyReported' && event.data.discrepancyId === discrepancyId;
  return log.find(isReport);
}

/** The event by which an operator takes a reported act on record: as it was reported, recorded by them. */
export function factOf({ type, data }: ReportedAct, operator: Actor): VisitEvent {
  return { type, data: { ...data, recordedBy: { role: operator.role, id: operator.id } } } as VisitEvent;
}

/** An event by which a settlement took a reported act on record: its index, and the act as it was reported. */
export type TakenAct = { readonly index: number; readonly act: ReportedAct };

/** Finds the events of a log that settlements took on record, which stand right before them. */
export function takenActs(log: readonly VisitEvent[]): readonly TakenAct[] {
  return log.flatMap((event, index) => (event.type === 'DiscrepancySettled' ? takenBy(log, event.data, index) : []));
}

function takenBy(
  log: readonly VisitEvent[],
  { discrepancyId, taken, by }: EventOf<'SettleDiscrepancy'>['data'],
  settled: number,
): TakenAct[] {
  const acts = reportOf(log, discrepancyId)?.data.acts ?? [];
  const places = taken.map((position, nth) => ({ act: acts[position], index: settled - taken.length + nth }));
  return places.flatMap(({ act, index }) => {
    const event = log[index];
    if (act === undefined || event === undefined) return [];
    const { type, data } = factOf(act, by);
    return event.type === type && deepEqual(event.data, data) ? [{ index, act }] : [];
  });
}
