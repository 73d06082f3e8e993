import type { Actor, VisitCommand } from '../messages/index.ts';
import { recorders } from '../visit/act.ts';
import { wellFormed } from '../visit/gate-rules.ts';
import { defaultPolicy, initialState, type VisitState } from '../visit/index.ts';
import { isOrWasAssigned } from '../visit/state.ts';
import { actOfCommand } from '../visit/table.ts';
import type { BatchError, BatchErrorCode } from './outcome.ts';

type Batch = { readonly length: number; readonly basedOn: number; readonly commands: readonly VisitCommand[] };

/** Finds the error of a batch on the state after the log, which has so many events; null if it may be reconciled. */
export function batchError(visit: VisitState, { length, basedOn, commands }: Batch): BatchError | null {
  if (visit.visitId === null) return { code: 'visit-unassigned', facts: {} };
  if (!Number.isInteger(basedOn) || basedOn < 0 || basedOn > length) {
    return { code: 'based-on-invalid', facts: { basedOn: Number.isFinite(basedOn) ? basedOn : null, length } };
  }
  for (const [index, command] of commands.entries()) {
    if (!isReadable(command)) return { code: 'malformed', facts: { index } };
    const error = commandError(visit, index, command) ?? recorderError(visit, index, command, commands[0] ?? command);
    if (error !== null) return error;
  }
  return null;
}

/** True if a value is a command of which the rules can read the type, the visit, the time and the actor. */
function isReadable(command: VisitCommand): boolean {
  try {
    return wellFormed.holds(initialState(), command, defaultPolicy);
  } catch {
    return false;
  }
}

/** Finds the error of a command for itself: its id, its visit and its type. */
function commandError(visit: VisitState, index: number, { type, data, metadata }: VisitCommand): BatchError | null {
  const { commandId, actor } = metadata;
  if (typeof commandId !== 'string' || commandId === '') return { code: 'command-id-missing', facts: { index } };
  if (data.visitId !== visit.visitId) {
    return { code: 'other-visit', facts: { index, visitId: data.visitId, expected: visit.visitId } };
  }
  if (actor.role === 'contact-center' || isRecordable(type, actor)) return null;
  return { code: 'not-recordable', facts: { index, type, role: actor.role } };
}

/** True if a role may record an act; a report of a discrepancy comes from reconciling alone. */
function isRecordable(type: string, { role }: Actor): boolean {
  const act = actOfCommand(type);
  return act !== undefined && act.command !== 'ReportDiscrepancy' && recorders[act.by].includes(role);
}

/** Finds the error of a command's recorder: they recorded the first one too, and are a client or a provider of the visit. */
function recorderError(
  visit: VisitState,
  index: number,
  { metadata: { actor } }: VisitCommand,
  first: VisitCommand,
): BatchError | null {
  const code = recorderErrorCode(visit, actor, first.metadata.actor);
  return code === null ? null : { code, facts: { index, role: actor.role, id: actor.id } };
}

function recorderErrorCode(visit: VisitState, { role, id }: Actor, recorder: Actor): BatchErrorCode | null {
  if (role !== recorder.role || id !== recorder.id) return 'several-recorders';
  if (role === 'contact-center') return 'recorder-role';
  return role === 'client' || isOrWasAssigned(visit, id) ? null : 'recorder-unassigned';
}
