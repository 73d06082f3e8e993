import { none } from '../kernel/decision.ts';
import type { Actor, VisitCommand, VisitEvent } from '../messages/index.ts';
import { deepEqual } from '../util/equality.ts';
import { type Act, authorship } from './act.ts';
import type { RuleInput } from './rule.ts';
import { initialState, type VisitState } from './state.ts';
import { actOfCommand } from './table.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A command as it is reconstructed: its data are the event's, author included, since no rule reads an author. */
export type ReconstructedCommand = RuleInput<VisitEvent['data']>;

/** Reconstructs the command of an event: recorded by the person who typed it in, else by the author of the act. */
export function reconstructCommand(
  { command }: Act,
  { data }: VisitEvent,
  actor: Actor = findRecorder(data),
): ReconstructedCommand {
  return { type: command, data, metadata: { actor } };
}

/** The person who recorded an event. */
export const findRecorder = ({ by, recordedBy = by }: VisitEvent['data']): Actor => recordedBy;

/**
 * Compares a command with the one that an event came from: its type, its data and who recorded it. What `decide`
 * derives from them and the state is left out; an edition counts where the command names one.
 */
export function isCommandOfEvent({ type, data, metadata }: VisitCommand, event: VisitEvent): boolean {
  const act = actOfCommand(type);
  if (act.event !== event.type) return false;
  if (!deepEqual(findRecorder(event.data), { role: metadata.actor.role, id: metadata.actor.id })) return false;
  const asked: Fields = data;
  const derived = ['by', 'recordedBy', ...Object.keys(act.derivedData(data, initialState()))];
  const own = Object.entries(event.data).filter(([field]) => Object.hasOwn(asked, field) || !derived.includes(field));
  return deepEqual(asked, Object.fromEntries(own));
}

/** Compares a command with an event that carries its id: recorder, type, and parsed data. */
export function isRepeatOfCommand(command: VisitCommand, event: VisitEvent): boolean {
  const { recorder } = event.metadata ?? {};
  const { role, id } = command.metadata.actor;
  return isCommandOfEvent(command, event) && (recorder === undefined || deepEqual(recorder, { role, id }));
}

/** The fields of an event that are not as `decide` would have written them on that state. */
export function mismatchedFields(
  act: Act,
  event: VisitEvent,
  { data: asked, metadata }: ReconstructedCommand,
  state: VisitState,
): readonly string[] {
  const data: Fields = event.data;
  const { by, recordedBy } = authorship(act, metadata.actor, state);
  const added: Fields = act.derivedData(asked, state);
  let other: readonly string[] = none;
  if (!deepEqual(recordedBy, data.recordedBy)) other = [...other, 'recordedBy'];
  if (!deepEqual(by, data.by)) other = [...other, 'by'];
  for (const field in added) if (!deepEqual(added[field], data[field])) other = [...other, field];
  return other;
}
