import { type Facts, none } from '../../kernel/decision.ts';
import type { Actor, VisitEvent } from '../../messages/index.ts';
import { reportChecker } from '../../reconciling/check-report.ts';
import type { Act } from '../../visit/act.ts';
import { defaultPolicy, type RuleId, type Violation } from '../../visit/index.ts';
import {
  findRecorder,
  mismatchedFields,
  type ReconstructedCommand,
  reconstructCommand,
} from '../../visit/reconstruct-command.ts';
import { judgeCommand } from '../../visit/visit.ts';
import type { Finding } from './finding.ts';
import type { Log } from './log.ts';

/** The findings of an event, and those of them that a waiver let through. */
export type Judged = { readonly findings: readonly Finding[]; readonly waived: readonly Finding[] };

// Most events are lawful. They share this, and allocate nothing.
const lawful: Judged = { findings: none, waived: none };

/** An event to judge on the state of the log: the person who recorded it, and the settlement that took it. */
type Occasion = {
  readonly index: number;
  readonly event: VisitEvent;
  readonly act: Act;
  readonly recorder: Actor;
  readonly isIgnored: boolean;
  readonly settlement: Facts | null;
};

/** Judges an event on the state before it (PROTOCOL §4). The rules that a taken act breaks are deviations. */
export function judgeEvent(log: Log, { index, event, act, recorder, isIgnored, settlement }: Occasion): Judged {
  const { policy } = log;
  const { state } = log.fold;
  // An event that changes nothing deviates from nothing.
  const deviations = isIgnored ? none : act.deviations(event.data, state, policy);
  const command = reconstructCommand(act, event, recorder);
  const { violations, waived } = judgeCommand(command, state, policy);
  const isCompared = violations.length === 0 && settlement === null;
  const fields = isCompared ? fieldsAmiss(log, act, event, command) : none;
  if (deviations.length + violations.length + waived.length + fields.length === 0) return lawful;
  const letThrough = waived.map((one): Finding => {
    return { index, kind: 'deviation', ...one, facts: { ...waiverFacts(one.rule, log), ...one.facts } };
  });
  const findings = [
    ...deviations.map((one): Finding => ({ index, kind: 'deviation', ...one })),
    ...violations.map(
      (one): Finding => ({ index, ...(settlement ? taken(one, settlement) : refused(log, event, one)) }),
    ),
    ...(fields.length > 0 ? [notAsDecided(index, fields)] : none),
    ...letThrough,
  ];
  return { findings, waived: letThrough };
}

/** Lists the fields that `decide` would have written otherwise; of a report, also those that reconciling would have. */
function fieldsAmiss(log: Log, act: Act, event: VisitEvent, command: ReconstructedCommand) {
  const fields = mismatchedFields(act, event, command, log.fold.state);
  if (event.type !== 'DiscrepancyReported') return fields;
  log.checkReport ??= reportChecker(log.policy);
  return [...fields, ...log.checkReport(log.events, event)];
}

const taken = (violation: Violation, settlement: Facts) =>
  ({ kind: 'deviation', ...violation, facts: { ...violation.facts, ...settlement } }) as const;

function refused(log: Log, event: VisitEvent, violation: Violation) {
  const late = violation.rule === 'assigned-provider' && isLate(log, event);
  return { kind: late ? 'late' : 'violation', ...violation } as const;
}

/** The finding of an event that is not the one that would have been written. */
export const notAsDecided = (index: number, fields: readonly string[]): Finding => ({
  index,
  kind: 'violation',
  rule: 'as-decided',
  clause: '0-02',
  facts: { fields },
});

/** True if an event is dated when its recorder, a former provider, was still assigned. */
function isLate({ tenures }: Log, { data }: VisitEvent): boolean {
  const { id } = findRecorder(data);
  return tenures.some((tenure, nth) => {
    const until = tenures[nth + 1]?.from ?? '';
    return tenure.id === id && tenure.from <= data.at && data.at < until;
  });
}

/** The facts of a waiver: the instruction of that time, or the policy with its reason. */
function waiverFacts(rule: RuleId, { fold, policy }: Log): Facts {
  const instructed = fold.state.waivers.find((waiver) => waiver.rule === rule);
  if (instructed !== undefined) return { waivedBy: 'instruction', instructedAt: instructed.at };
  const reason = policy.waive?.find((waiver) => waiver.rule === rule)?.reason ?? null;
  return { waivedBy: 'policy', policyId: policy.id ?? defaultPolicy.id, reason };
}
