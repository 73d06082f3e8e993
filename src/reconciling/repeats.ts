import type { CommandMetadata, Id, ReportedAct, VisitCommand, VisitEvent } from '../messages/index.ts';
import { isRepeatOfCommand } from '../reading/judging/reconstruct-command.ts';
import type { Violation } from '../visit/index.ts';
import type { FirstOutcome } from './outcome.ts';

/** Something on record under the id of a command: an event or a reported act, and the outcome that it stands for. */
type OnRecord = { readonly event: VisitEvent; readonly outcome: FirstOutcome };

/** Everything on record, in the log and in the batch, by the id of its command. */
export type Recorded = Map<Id, OnRecord[]>;

/** Records under the ids of their commands what a log holds: its events, and the acts of its reports. */
export function recordedIn(log: readonly VisitEvent[]): Recorded {
  const recorded: Recorded = new Map();
  for (const [index, event] of log.entries()) {
    recordEvent(recorded, event, index + 1);
    if (event.type === 'DiscrepancyReported') for (const act of event.data.acts) recordAct(recorded, act);
  }
  return recorded;
}

/** Records an event of that position under the id of its command. */
export function recordEvent(recorded: Recorded, event: VisitEvent, position: number): void {
  const commandId = event.metadata?.commandId;
  if (commandId !== undefined) record(recorded, commandId, { event, outcome: { outcome: 'accepted', position } });
}

/** Records a reported act under the id of its command. */
export function recordAct(recorded: Recorded, act: ReportedAct): void {
  const { commandId, twinOf, violations } = act;
  const outcome: FirstOutcome = twinOf === undefined ? { outcome: 'refused', violations } : { outcome: 'twin', twinOf };
  record(recorded, commandId, { event: quoted(act), outcome });
}

/** The event that a reported act quotes. */
export const quoted = ({ type, data }: ReportedAct): VisitEvent => ({ type, data }) as VisitEvent;

function record(recorded: Recorded, commandId: Id, one: OnRecord): void {
  const others = recorded.get(commandId);
  if (others === undefined) recorded.set(commandId, [one]);
  else others.push(one);
}

type Identified = { readonly metadata: CommandMetadata };

/** The outcome that the same command had the first time: recorder, type and data; null if it was not reconciled before. */
export function firstOutcome(recorded: Recorded, command: VisitCommand): FirstOutcome | null {
  return underId(recorded, command).find(({ event }) => isRepeatOfCommand(command, event))?.outcome ?? null;
}

/** The violation of a command under whose id other content is on record; null if there is none. */
export function idReused(recorded: Recorded, command: Identified): Violation | null {
  const { commandId = '' } = command.metadata;
  if (underId(recorded, command).length === 0) return null;
  return { rule: 'id-reused', clause: '0-02', facts: { commandId } };
}

const none: readonly OnRecord[] = [];

const underId = (recorded: Recorded, { metadata: { commandId = '' } }: Identified): readonly OnRecord[] =>
  recorded.get(commandId) ?? none;
