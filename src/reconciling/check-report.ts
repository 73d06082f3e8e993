import type { ReportedAct, VisitEvent } from '../messages/index.ts';
import { deepEqual } from '../util/equality.ts';
import { isReadable } from '../visit/gate-rules.ts';
import type { Policy } from '../visit/index.ts';
import {
  answerCommand,
  appendEvent,
  keepReported,
  type Reconciling,
  reportAct,
  startReconciling,
} from './answer-command.ts';
import { indexEvent, indexLog } from './log-index.ts';
import type { Report } from './repeats.ts';
import { rebuildCommand } from './repeats.ts';
import { isRecordedBy, tellsOfReports } from './trial.ts';

/** Lists the fields of the next report of a log that are not as reconciling makes them of the log before it. */
export type ReportChecker = (log: readonly VisitEvent[], report: Report) => readonly string[];

/**
 * Starts to check the reports of a log, one after the other (PROTOCOL §4). Of each it lists the fields that are not as
 * reconciling makes them of the log before it: `discrepancyId`, `at`, `basedOn`, and of its acts `acts.0.twinOf` and the like.
 * Of violations the clauses are compared, in their order. The log is folded once, from report to report.
 */
export function reportChecker(policy: Policy): ReportChecker {
  let checked = indexLog();
  return (log, { data }) => {
    const { discrepancyId, basedOn, at, acts, by } = data;
    const fields: string[] = [];
    if (discrepancyId !== `d-${log.length + 1}`) fields.push('discrepancyId');
    if (at !== acts.at(-1)?.data.at) fields.push('at');
    const length = acts[0]?.on ?? log.length;
    const isOther = (event: VisitEvent) => tellsOfReports(event) || !isRecordedBy(by, event);
    if (log.slice(length).some(isOther)) return [...fields, 'acts.0.on'];
    if (basedOn > length) return [...fields, 'basedOn'];
    // A report is made of at least as many events as the report before it, so that the index only grows.
    const index = checked;
    // If the check throws, the next report is checked on a new index.
    checked = indexLog();
    for (const event of log.slice(index.log.length, length)) indexEvent(index, event);
    const batch = startReconciling(index, { basedOn, policy }, by);
    for (const [position, act] of acts.entries()) {
      for (const event of log.slice(batch.log.length, act.on)) appendEvent(batch, event);
      fields.push(...misreported(batch, act).map((field) => `acts.${position}.${field}`));
    }
    checked = index;
    return fields;
  };
}

const compared = ['data', 'on', 'lawfulThen', 'twinOf'] as const;

/** Lists the fields of a reported act that reconciling would make otherwise; `['violations']` if it would not report the act. */
function misreported(batch: Reconciling, act: ReportedAct): readonly string[] {
  const command = rebuildCommand(act, batch.recorder);
  const answer = isReadable(command) ? answerCommand(batch, command) : null;
  if (command === undefined || (answer?.outcome !== 'twin' && answer?.outcome !== 'refused')) {
    keepReported(batch, act);
    return ['violations'];
  }
  const made = reportAct(batch, command, answer);
  const others = compared.filter((field) => !deepEqual(made[field], act[field]));
  return deepEqual(listClauses(made), listClauses(act)) ? others : [...others, 'violations'];
}

const listClauses = ({ violations }: ReportedAct) => violations.map(({ clause }) => clause);
