import type { Actor, Id, ReportedAct, VisitCommand, VisitEvent } from '../messages/index.ts';
import { isRepeatOfCommand, reconstructCommand } from '../visit/reconstruct-command.ts';
import { actOfEvent } from '../visit/table.ts';
import type { FirstOutcome } from './outcome.ts';

/** The log as it stands, the acts of the batch that are not in it, and the ids of all commands of both. */
export type OnRecord = {
  readonly log: readonly VisitEvent[];
  readonly reported: readonly ReportedAct[];
  readonly ids: ReadonlySet<Id>;
};

/** Adds the ids of the commands of a log: of its events, and of the acts of its reports. */
export function commandIdsIn(log: readonly VisitEvent[], ids: Set<Id> = new Set()): Set<Id> {
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
      .map((act) => ({ index, event: quoted(act), outcome: outcomeOf(act) }));
  const found = log.flatMap((event, index): Recorded[] => {
    const acts = event.type === 'DiscrepancyReported' ? actsUnder(index, event.data.acts) : [];
    if (event.metadata?.commandId !== commandId) return acts;
    return [{ index, event, outcome: { outcome: 'accepted', position: index + 1 } }, ...acts];
  });
  return [...found, ...actsUnder(log.length, reported)];
}

/** The event that a reported act quotes. */
export const quoted = ({ type, data }: ReportedAct): VisitEvent => ({ type, data }) as VisitEvent;

/** The command that its recorder sent for a reported act; undefined for an act of an unknown type. */
export function commandOf(act: ReportedAct, actor: Actor): VisitCommand | undefined {
  const definition = actOfEvent(act.type);
  if (definition === undefined) return undefined;
  const { type, data } = reconstructCommand(definition, quoted(act));
  return { type, data, metadata: { actor, commandId: act.commandId } } as VisitCommand;
}

function outcomeOf({ twinOf, violations }: ReportedAct): FirstOutcome {
  return twinOf === undefined ? { outcome: 'refused', violations } : { outcome: 'twin', twinOf };
}

/** The outcome that the same command had the first time: recorder, type and data; null if it was not reconciled before. */
export function firstOutcome(onRecord: OnRecord, command: VisitCommand): FirstOutcome | null {
  const { commandId } = command.metadata;
  if (commandId === undefined || !onRecord.ids.has(commandId)) return null;
  const same = recordedUnder(commandId, onRecord).find(({ event }) => isRepeatOfCommand(command, event));
  return same?.outcome ?? null;
}
