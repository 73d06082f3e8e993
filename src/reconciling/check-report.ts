import type { EventOf, ReportedAct, VisitCommand, VisitEvent } from '../messages/index.ts';
import { reconstructCommand } from '../reading/judging/reconstruct-command.ts';
import { deepEqual } from '../util/equality.ts';
import type { Policy } from '../visit/index.ts';
import { actOfEvent } from '../visit/table.ts';
import { replayIncrementally } from '../visit/visit.ts';
import {
  appendEvent,
  judgeCommand,
  keepReported,
  type Reconciling,
  reportAct,
  startReconciling,
} from './judge-command.ts';
import { isRecordedBy } from './own-view.ts';

type Report = EventOf<'ReportDiscrepancy'>;

/**
 * Lists the fields of a report that are not as reconciling makes them of the log before it (PROTOCOL §4): `discrepancyId`,
 * `at`, `basedOn`, and of its acts `acts.0.twinOf` and the like. Of violations the clauses are compared, in their order.
 */
export function misreportedFields(log: readonly VisitEvent[], { data }: Report, policy: Policy): readonly string[] {
  const { discrepancyId, basedOn, at, acts, by } = data;
  const fields: string[] = [];
  if (discrepancyId !== `d-${log.length + 1}`) fields.push('discrepancyId');
  if (at !== acts.at(-1)?.data.at) fields.push('at');
  const length = acts[0]?.on ?? log.length;
  if (length > log.length || !log.slice(length).every((event) => isRecordedBy(by, event)))
    return [...fields, 'acts.0.on'];
  if (basedOn > length) return [...fields, 'basedOn'];
  const before = log.slice(0, length);
  const batch = startReconciling({ log: before, basedOn, policy }, by, replayIncrementally('audit', before));
  for (const [position, act] of acts.entries()) {
    while (batch.log.length < act.on && batch.log.length < log.length) appendNext(batch, log);
    fields.push(...misreported(batch, act).map((field) => `acts.${position}.${field}`));
  }
  return fields;
}

function appendNext(batch: Reconciling, log: readonly VisitEvent[]): void {
  const next = log[batch.log.length];
  if (next !== undefined) appendEvent(batch, next);
}

const compared = ['data', 'on', 'lawfulThen', 'twinOf'] as const;

/** Lists the fields of a reported act that are not as reconciling makes it on the log as it stands. */
function misreported(batch: Reconciling, act: ReportedAct): readonly string[] {
  const made = reconciledAct(batch, act);
  if (made === null) {
    keepReported(batch, act);
    return ['violations'];
  }
  const others = compared.filter((field) => !deepEqual(made[field], act[field]));
  return deepEqual(clausesOf(made), clausesOf(act)) ? others : [...others, 'violations'];
}

const clausesOf = ({ violations }: ReportedAct) => violations.map(({ clause }) => clause);

/** Reconciles the command of a reported act again; null if it would not be reported. */
function reconciledAct(batch: Reconciling, act: ReportedAct): ReportedAct | null {
  const command = commandOf(batch, act);
  if (command === null) return null;
  const answer = judgeCommand(batch, command);
  return answer.outcome === 'twin' || answer.outcome === 'refused' ? reportAct(batch, command, answer) : null;
}

function commandOf({ recorder }: Reconciling, act: ReportedAct): VisitCommand | null {
  const definition = actOfEvent(act.type);
  if (definition === undefined) return null;
  const { type, data } = reconstructCommand(definition, act as VisitEvent);
  return { type, data, metadata: { actor: recorder, commandId: act.commandId } } as VisitCommand;
}
