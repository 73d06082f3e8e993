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
    const error = commandError(visit, command, (commands[0] ?? command).metadata.actor);
    if (error !== null) return { ...error, facts: { index, ...error.facts } };
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

/** Finds the error of a command: of its id, its visit, its type, or its recorder, who recorded the first one too. */
function commandError(
  visit: VisitState,
  { type, data: { visitId }, metadata: { commandId, actor } }: VisitCommand,
  first: Actor,
): BatchError | null {
  const { role, id } = actor;
  const failed = (code: BatchErrorCode, facts: BatchError['facts'] = { role, id }) => ({ code, facts });
  if (typeof commandId !== 'string' || commandId === '') return failed('command-id-missing', {});
  if (visitId !== visit.visitId) return failed('other-visit', { visitId, expected: visit.visitId });
  if (role !== 'contact-center' && !isRecordable(type, actor)) return failed('not-recordable', { type, role });
  if (role !== first.role || id !== first.id) return failed('several-recorders');
  if (role === 'contact-center') return failed('recorder-role');
  return role === 'client' || isOrWasAssigned(visit, id) ? null : failed('recorder-unassigned');
}

/** True if a role may record an act; a report of a discrepancy comes from reconciling alone. */
export function isRecordable(type: string, { role }: Actor): boolean {
  const act = actOfCommand(type);
  return act !== undefined && act.command !== 'ReportDiscrepancy' && recorders[act.by].includes(role);
}
