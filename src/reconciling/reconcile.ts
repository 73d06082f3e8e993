import { mustBe, mustKnowKeys } from '../kernel/known.ts';
import type { VisitCommand } from '../messages/index.ts';
import { isReadable } from '../visit/gate-rules.ts';
import { decide, defaultPolicy } from '../visit/index.ts';
import { mustBePolicy } from '../visit/policy-check.ts';
import { answerCommand, appendEvent, type Reconciling, reportAct, startReconciling } from './answer-command.ts';
import type { BatchError, ReconcileOutcome, ReconcileRequest, Reconciliation } from './batch.ts';
import { batchError } from './batch.ts';
import { indexLog, type LogIndex } from './log-index.ts';

/**
 * Reconciles commands that were recorded apart with the log of their visit, as it stands by now (PROTOCOL §10): answers
 * with the events to append, all at once, and the outcome of each command. Pure: it changes nothing and reads no clock.
 *
 * A command is *repeated* (its id is on record with the same content, so that it is not recorded again), the *twin* of
 * an event that the contact center recorded for the same provider, *accepted* by `decide` on the log as it stands, or
 * *refused*. What was refused or is a twin is reported in one `DiscrepancyReported`, the last event. Commands that are
 * no batch, such as those of two recorders, get an error, and nothing of them is recorded.
 *
 * Commands are taken as the parser normalised them: `parseCommand` of `auxilio/wire`.
 *
 * @throws TypeError for a log or commands that are no array, a log that cannot be read, an unknown option or an invalid
 * policy
 * @since 0.5.0
 */
export function reconcile(request: ReconcileRequest): Reconciliation {
  mustKnowKeys('reconcile', request, { log: 0, basedOn: 0, commands: 0, policy: 0 });
  const { log, basedOn, commands, policy = defaultPolicy } = request;
  mustBe(Array.isArray(commands), 'reconcile takes commands, an array', commands);
  mustBePolicy(policy);
  return reconcileOn(indexLog(log), { basedOn, commands, policy });
}

/** Reconciles commands on the index of their log, and adds the events of the answer to that index. */
export function reconcileOn(
  index: LogIndex,
  { basedOn, commands, policy }: Required<Omit<ReconcileRequest, 'log'>>,
): Reconciliation {
  const error = batchError(index.fold.state, { length: index.log.length, basedOn, commands });
  if (error !== null) return { ok: false, error };
  const [first] = commands;
  if (first === undefined) return { ok: true, events: [], outcomes: [] };
  return reconcileAll(startReconciling(index, { basedOn, policy }, first.metadata.actor), commands);
}

/** Reconciles each command in turn, and reports what is not appended. */
function reconcileAll(batch: Reconciling, commands: readonly VisitCommand[]): Reconciliation {
  const length = batch.log.length;
  const outcomes: ReconcileOutcome[] = [];
  for (const [index, command] of commands.entries()) {
    try {
      outcomes.push(reconcileCommand(batch, command));
    } catch (error) {
      // No schema accepts a command that its act cannot read.
      if (isReadable(command)) throw error;
      return failed('malformed', { index });
    }
  }
  return appendReport(batch) ?? { ok: true, events: batch.log.slice(length), outcomes };
}

const failed = (code: BatchError['code'], facts: BatchError['facts']): Reconciliation => ({
  ok: false,
  error: { code, facts },
});

function reconcileCommand(batch: Reconciling, command: VisitCommand): ReconcileOutcome {
  const answer = answerCommand(batch, command);
  if (answer.outcome === 'repeated') return answer;
  if (answer.outcome === 'accepted') {
    appendEvent(batch, answer.event);
    return { outcome: 'accepted', position: batch.log.length };
  }
  reportAct(batch, command, answer);
  return answer;
}

/** Appends the report of the acts that are not in the log, if any; fails where the log has one under its id. */
function appendReport(batch: Reconciling): Reconciliation | null {
  const { log, basedOn, recorder, reported: acts, fold, policy } = batch;
  const last = acts.at(-1);
  if (last === undefined) return null;
  const { visitId, at } = last.data;
  const discrepancyId = `d-${log.length + 1}`;
  const command: VisitCommand = {
    type: 'ReportDiscrepancy',
    data: { visitId, at, discrepancyId, basedOn, acts },
    metadata: { actor: recorder },
  };
  const decision = decide(command, fold.state, policy);
  if (!decision.ok) return failed('discrepancy-exists', { discrepancyId });
  for (const event of decision.events) appendEvent(batch, event);
  return null;
}
