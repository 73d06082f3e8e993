import type { Actor, EventOf, Id, ReportedAct, VisitCommand, VisitEvent } from '../messages/index.ts';
import { deepEqual } from '../util/equality.ts';
import { isRepeatOfCommand, reconstructCommand } from '../visit/reconstruct-command.ts';
import { actOfEvent } from '../visit/table.ts';
import type { FirstOutcome } from './batch.ts';

/** The log as it stands, the acts of the batch that are not in it, and the ids of all commands of both. */
type OnRecord = {
  readonly log: readonly VisitEvent[];
  readonly reported: readonly ReportedAct[];
  readonly ids: ReadonlySet<Id>;
};

/** Adds the ids of the commands of a log: of its events, and of the acts of its reports. */
export function collectCommandIds(log: readonly VisitEvent[], ids: Set<Id> = new Set()): Set<Id> {
  for (const { type, data, metadata } of log) {
    if (metadata?.commandId !== undefined) ids.add(metadata.commandId);
    if (type === 'DiscrepancyReported') for (const { commandId } of data.acts) ids.add(commandId);
  }
  return ids;
}

/** An event or a reported act under the id of a command: the index of the event that has it, and the outcome it stands for. */
type Recorded = { readonly index: number; readonly event: VisitEvent; readonly outcome: FirstOutcome };

/** Lists what is on record under the id of a command, in the order of the log. */
export function recordedUnder(
  commandId: Id,
  { log, reported }: Pick<OnRecord, 'log' | 'reported'>,
): readonly Recorded[] {
  const actsUnder = (index: number, acts: readonly ReportedAct[]): Recorded[] =>
    acts
      .filter((act) => act.commandId === commandId)
      .map((act) => ({ index, event: quoteAct(act), outcome: readOutcome(act) }));
  const found = log.flatMap((event, index): Recorded[] => {
    const acts = event.type === 'DiscrepancyReported' ? actsUnder(index, event.data.acts) : [];
    if (event.metadata?.commandId !== commandId) return acts;
    return [{ index, event, outcome: { outcome: 'accepted', position: index + 1 } }, ...acts];
  });
  return [...found, ...actsUnder(log.length, reported)];
}

/** The event that a reported act quotes. */
export const quoteAct = ({ type, data }: ReportedAct): VisitEvent => ({ type, data }) as VisitEvent;

/** The command that its recorder sent for a reported act; undefined for an act of an unknown type. */
export function rebuildCommand(act: ReportedAct, actor: Actor): VisitCommand | undefined {
  const definition = actOfEvent(act.type);
  if (definition === undefined) return undefined;
  const { type, data } = reconstructCommand(definition, quoteAct(act));
  return { type, data, metadata: { actor, commandId: act.commandId } } as VisitCommand;
}

function readOutcome({ twinOf, violations }: ReportedAct): FirstOutcome {
  return twinOf === undefined ? { outcome: 'refused', violations } : { outcome: 'twin', twinOf };
}

/** The outcome that the same command had the first time: recorder, type and data; null if it was not reconciled before. */
export function firstOutcome(onRecord: OnRecord, command: VisitCommand): FirstOutcome | null {
  const { commandId } = command.metadata;
  if (commandId === undefined || !onRecord.ids.has(commandId)) return null;
  const same = recordedUnder(commandId, onRecord).find(({ event }) => isRepeatOfCommand(command, event));
  return same?.outcome ?? null;
}

export type Report = EventOf<'ReportDiscrepancy'>;

/** Finds the report of a discrepancy in a log: the first of that id, as a second one changes nothing. */
function findReport(log: readonly VisitEvent[], discrepancyId: Id): Report | undefined {
  const isReport = (event: VisitEvent): event is Report =>
    event.type === 'DiscrepancyReported' && event.data.discrepancyId === discrepancyId;
  return log.find(isReport);
}

/** The event by which an operator takes a reported act on record: as it was reported, recorded by them. */
export function createFact({ type, data }: ReportedAct, operator: Actor): VisitEvent {
  return { type, data: { ...data, recordedBy: { role: operator.role, id: operator.id } } } as VisitEvent;
}

/** True if an event is that by which an operator takes a reported act on record. */
export const isFactOf = (act: ReportedAct, operator: Actor, { type, data }: VisitEvent): boolean =>
  // The times are compared first: nearly every other event has another time.
  act.type === type && act.data.at === data.at && deepEqual(createFact(act, operator).data, data);

/** An event by which a settlement took a reported act on record: its index, and the act as it was reported. */
type TakenAct = { readonly index: number; readonly act: ReportedAct };

/** Finds the events of a log that settlements took on record, which stand right before them. */
export function takenActs(log: readonly VisitEvent[]): readonly TakenAct[] {
  return log.flatMap((event, index) => {
    if (event.type !== 'DiscrepancySettled') return [];
    return takenBy(log, event, index, findReport(log, event.data.discrepancyId));
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
