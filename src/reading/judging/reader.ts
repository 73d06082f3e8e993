import type { Facts } from '../../kernel/index.ts';
import type { Id, Instant, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { type Act, isIdle } from '../../visit/act.ts';
import { defaultPolicy, type Policy, type RuleId, schemaVersion, type VisitState } from '../../visit/index.ts';
import { assignedId, blankVisit } from '../../visit/state.ts';
import { actOfEvent } from '../../visit/table.ts';
import { incrementalFold, judgeCommand, replay } from '../../visit/visit.ts';
import { type DebtSpan, type Debts, trackDebts } from './debt-history.ts';
import type { Finding } from './finding.ts';
import { checkIds, type SeenIds, seenIds } from './ids.ts';
import {
  type Measure,
  type Measuring,
  measuresAt,
  measuring,
  noticeMeasures,
  odditiesAt,
  skewsAt,
  updateMemo,
} from './measures.ts';
import { commandOf, mismatchedFields } from './reconstruct-command.ts';

/** An event of the visit, as it was judged. */
export type Entry = {
  readonly index: number;
  readonly event: VisitEvent;
  readonly act: Act;
  /** It changed nothing and proves nothing: a former provider's, or refused because the visit had ended. */
  readonly isIdle: boolean;
  /** The clauses that it proves, as the visit stood before it. */
  readonly proves: readonly ClauseId[];
  /** Of an act of the plain path: what it is for stood right after it. */
  readonly stood: boolean;
};

/** All that the readers of a log ask of it. */
export type Reading = {
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
  readonly measures: readonly Measure[];
  readonly debtHistory: readonly DebtSpan[];
  readonly state: VisitState;
};

/** What stands in a log in place of an event that could not be read. */
export class Unreadable {
  readonly facts: Facts;
  readonly isUnknown: boolean;
  constructor(facts: Facts, isUnknown = false) {
    this.facts = facts;
    this.isUnknown = isUnknown;
  }
}

/** Reads the log of one visit, entry by entry: judges each on the state before it, and folds it, lawful or not. */
export type LogReader = { readonly add: (entry: unknown) => void; readonly end: () => Reading };

/**
 * What is kept of a log as it is read: `all`, or the findings alone, so that its events are let go one by one. Then every
 * event must be one that the wire let in.
 */
export type KeepMode = 'all' | 'findings';

export function logReader(policy: Policy = defaultPolicy, kept: KeepMode = 'all'): LogReader {
  const log: Log = {
    policy,
    kept,
    entries: [],
    findings: [],
    measures: [],
    debts: { spans: [], open: [] },
    seen: seenIds(),
    fold: incrementalFold(),
    isWary: false,
    tenures: [],
    since: '',
    measuring: measuring(policy),
  };
  let index = 0;
  return {
    add: (entry) => {
      read(log, index, entry);
      index += 1;
    },
    end: () => {
      const { entries, findings, measures, debts, fold } = log;
      return { entries, findings, measures, debtHistory: debts.spans, state: fold.freeze() };
    },
  };
}

type Log = {
  readonly policy: Policy;
  readonly kept: KeepMode;
  readonly entries: Entry[];
  readonly findings: Finding[];
  readonly measures: Measure[];
  readonly debts: Debts;
  readonly seen: SeenIds;
  fold: ReturnType<typeof incrementalFold>;
  /** An event that no effect can read was met: each further one is tried on a blank visit before it is folded. */
  isWary: boolean;
  /** From when until when each former provider was assigned. */
  readonly tenures: { readonly id: Id | null; readonly from: Instant; readonly until: Instant }[];
  /** The start of the assignment that stands. */
  since: Instant;
  readonly measuring: Measuring;
};

/** The log of a visit, read to its end. */
export function readLog(entries: Iterable<unknown>, policy?: Policy): Reading {
  const reader = logReader(policy);
  for (const entry of entries) reader.add(entry);
  return reader.end();
}

function read(log: Log, index: number, entry: unknown): void {
  const found = (kind: Finding['kind'], facts: Facts, more?: Pick<Finding, 'rule' | 'clause'>) =>
    log.findings.push({ index, kind, ...more, facts });
  if (entry instanceof Unreadable) {
    found(entry.isUnknown ? 'unknown-event' : 'unreadable', entry.facts);
    return;
  }
  if (!isEvent(log, entry)) {
    found('unreadable', {});
    return;
  }
  const fault = checkIds(log.seen, index, entry);
  if (fault !== null) found(fault.kind, fault.facts, fault.kind === 'id-reused' ? { clause: '0-02' } : {});
  if (fault?.kind === 'repeated') return;
  const act = actOfEvent(entry.type);
  const version = entry.metadata?.schemaVersion ?? schemaVersion;
  if (act === undefined || version > schemaVersion) {
    found('unknown-event', { type: entry.type, schemaVersion: version });
    return;
  }
  const { visitId } = log.fold.state;
  if (visitId !== null && entry.data.visitId !== visitId) {
    const facts = { visitId: entry.data.visitId, assigned: visitId };
    found('other-visit', facts, { rule: 'same-visit', clause: '1.1-13' });
    return;
  }
  const before = log.findings.length;
  try {
    readEvent(log, index, entry, act);
  } catch (error) {
    if (log.kept === 'findings') throw error;
    // An event that no schema lets in. Nothing of it stays.
    log.findings.length = before;
    found('unreadable', { type: entry.type });
  }
}

/** What the wire let in is not looked at twice. */
const isEvent = ({ kept }: Log, entry: unknown): entry is VisitEvent => kept === 'findings' || isEventLike(entry);

/** Enough of an event for it to be judged; what is deeper, the wire checks. */
function isEventLike(entry: unknown): entry is VisitEvent {
  const { type, data } = fieldsOf(entry);
  const { visitId, at, by, recordedBy } = fieldsOf(data);
  return (
    typeof type === 'string' &&
    typeof visitId === 'string' &&
    typeof at === 'string' &&
    isActor(by) &&
    (recordedBy === undefined || isActor(recordedBy))
  );
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const isActor = (value: unknown) => {
  const { role, id } = fieldsOf(value);
  return typeof role === 'string' && typeof id === 'string';
};

function readEvent(log: Log, index: number, event: VisitEvent, act: Act): void {
  const { policy, measuring } = log;
  const { state } = log.fold;
  const idle = isIdle(act, event, state);
  const assigned = assignedId(state);
  const waived = judgeAt(log, index, event, act, idle);
  const before = idle ? none : measuresAt(index, event, state, measuring);
  const proves = idle || log.kept !== 'all' ? none : proofs(act, event, state);
  const skews = skewsAt(event, waived, measuring);
  const anomalies = idle ? none : odditiesAt(event, state, before, measuring);
  step(log, event, act);
  if (assignedId(state) !== assigned) {
    log.tenures.push({ id: assigned, from: log.since, until: event.data.at });
    log.since = event.data.at;
  }
  const ended = trackDebts(log.debts, state.debts, index, event);
  const measures = ended.length === 0 ? before : [...before, ...noticeMeasures(index, ended, policy)];
  updateMemo(event, idle, measuring);
  if (log.kept === 'all')
    log.entries.push({ index, event, act, isIdle: idle, proves, stood: act.isFulfilled?.(state) === true });
  for (const measure of measures) noteMeasure(log, measure);
  for (const odd of skews) log.findings.push({ index, kind: 'measure', ...odd });
  for (const odd of anomalies) log.findings.push({ index, kind: 'measure', ...odd });
}

function proofs({ clauses, unprovenClauses }: Act, { data }: VisitEvent, state: VisitState): readonly ClauseId[] {
  const not = unprovenClauses(data, state);
  return not.length === 0 ? clauses : clauses.filter((clause) => !not.includes(clause));
}

/**
 * Folds an event. Where its effect cannot read it, nothing of it stays: the first time the visit is folded again up to there;
 * after that, each is tried on a blank visit first, so that many of them cost no more than as many others.
 */
function step(log: Log, event: VisitEvent, act: Act): void {
  if (log.isWary) act.effect(blankVisit(), event);
  try {
    log.fold.step(event);
  } catch (error) {
    log.isWary = true;
    log.fold = incrementalFold(replay(log.entries.map((entry) => entry.event)));
    throw error;
  }
}

function noteMeasure({ kept, measures, findings }: Log, measure: Measure): void {
  if (kept === 'all') measures.push(measure);
  if (!measure.flagged) return;
  const { index, name, clause, value, threshold, facts } = measure;
  findings.push({ index, kind: 'measure', clause, facts: { measure: name, value, threshold, ...facts } });
}

/** Judges an event on the state before it, and puts what it finds on record. Answers with what a waiver let through. */
function judgeAt(log: Log, index: number, event: VisitEvent, act: Act, idle: boolean): readonly Finding[] {
  const { findings, fold, policy } = log;
  // What changes nothing deviates from nothing.
  for (const deviation of idle ? none : act.deviations(event.data, fold.state, policy)) {
    findings.push({ index, kind: 'deviation', ...deviation });
  }
  const command = commandOf(act, event);
  const { violations, waived } = judgeCommand(command, fold.state, policy);
  for (const violation of violations) {
    const late = violation.rule === 'assigned-provider' && isLate(log, event);
    findings.push({ index, kind: late ? 'late' : 'violation', ...violation });
  }
  const fields = violations.length > 0 ? none : mismatchedFields(act, event, command, fold.state);
  if (fields.length > 0) {
    findings.push({ index, kind: 'violation', rule: 'as-decided', clause: '0-02', facts: { fields } });
  }
  if (waived.length === 0) return none;
  const deviations = waived.map(
    ({ rule, clause, facts }): Finding => ({
      index,
      kind: 'deviation',
      rule,
      clause,
      facts: { ...waiverOf(rule, log), ...facts },
    }),
  );
  findings.push(...deviations);
  return deviations;
}

const none: readonly never[] = [];

/** Dated when its recorder, a former provider, was still assigned. */
function isLate({ tenures }: Log, { data }: VisitEvent): boolean {
  const { id } = data.recordedBy ?? data.by;
  return tenures.some((tenure) => tenure.id === id && tenure.from <= data.at && data.at < tenure.until);
}

/** Who let a rule through: the instruction of that time, or the policy with its reason. */
function waiverOf(rule: RuleId, { fold, policy }: Log): Facts {
  const instructed = fold.state.waivers.find((waiver) => waiver.rule === rule);
  if (instructed !== undefined) return { waivedBy: 'instruction', instructedAt: instructed.at };
  const reason = policy.waive?.find((waiver) => waiver.rule === rule)?.reason ?? null;
  return { waivedBy: 'policy', policyId: policy.id ?? defaultPolicy.id, reason };
}
