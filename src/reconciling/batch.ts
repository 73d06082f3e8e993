import type { Facts } from '../kernel/decision.ts';
import type { Actor, ReportedViolation, VisitCommand, VisitEvent } from '../messages/index.ts';
import { recorders } from '../visit/act.ts';
import { wellFormed } from '../visit/gate-rules.ts';
import { defaultPolicy, initialState, type Policy, type Rejection, type VisitState } from '../visit/index.ts';
import { isOrWasAssigned } from '../visit/state.ts';
import { actOfCommand } from '../visit/table.ts';

/** Commands that were recorded apart, to be reconciled with the log of their visit. @since 0.5.0 */
export type ReconcileRequest = {
  /** The log of the visit, from its assignment. */
  readonly log: readonly VisitEvent[];
  /** The number of events of the log that the recorder had seen. */
  readonly basedOn: number;
  /** The commands of one recorder, each with its id, in the order in which they were recorded. */
  readonly commands: readonly VisitCommand[];
  /** The policy that judges the visit; by default `defaultPolicy`. */
  readonly policy?: Policy;
};

/**
 * The result of reconciling a command. `position` and `twinOf` count the events of the log from 1: the event that it
 * became, and the one that tells the same fact.
 *
 * @since 0.5.0
 */
export type ReconcileOutcome =
  | { readonly outcome: 'repeated'; readonly first: FirstOutcome }
  | { readonly outcome: 'twin'; readonly twinOf: number }
  | { readonly outcome: 'accepted'; readonly position: number }
  | { readonly outcome: 'refused'; readonly violations: Rejection['violations'] };

/** The result that a repeated command had the first time, as the log has it. @since 0.5.0 */
export type FirstOutcome =
  | Extract<ReconcileOutcome, { readonly outcome: 'twin' | 'accepted' }>
  | { readonly outcome: 'refused'; readonly violations: readonly ReportedViolation[] };

/**
 * The reason why a batch is no batch (PROTOCOL §10), so that nothing of it is recorded:
 *
 * - `visit-unassigned`: the log assigns no visit;
 * - `based-on-invalid`: `basedOn` is no whole number from 0 to the number of events of the log;
 * - `malformed`: a command that the rules cannot read;
 * - `command-id-missing`: a command without an id;
 * - `other-visit`: a command of a visit that is not the log's;
 * - `several-recorders`: a command of another recorder than the first one's;
 * - `not-recordable`: a command of a type that the recorder may not record, or a report of a discrepancy;
 * - `recorder-role`: the recorder is neither a provider nor a client;
 * - `recorder-unassigned`: a provider who neither is nor was assigned to the visit;
 * - `discrepancy-exists`: the log has a report under the id that the next one would have.
 *
 * @since 0.5.0
 */
export type BatchErrorCode =
  | 'visit-unassigned'
  | 'based-on-invalid'
  | 'malformed'
  | 'command-id-missing'
  | 'other-visit'
  | 'several-recorders'
  | 'not-recordable'
  | 'recorder-role'
  | 'recorder-unassigned'
  | 'discrepancy-exists';

/** An error of a batch, with its facts: plain JSON. `index` is that of the command, from 0. @since 0.5.0 */
export type BatchError = { readonly code: BatchErrorCode; readonly facts: Facts };

/**
 * The answer to a batch: the events to append, all at once, and an outcome for each command; or the error because of
 * which nothing of it is recorded. Events have the metadata of their commands; a report of a discrepancy, the last one,
 * has none.
 *
 * @since 0.5.0
 */
export type Reconciliation =
  | { readonly ok: true; readonly events: readonly VisitEvent[]; readonly outcomes: readonly ReconcileOutcome[] }
  | { readonly ok: false; readonly error: BatchError };

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
