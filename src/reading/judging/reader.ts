import { type Facts, none } from '../../kernel/index.ts';
import type { Id, Instant, VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { asRecord } from '../../util/json.ts';
import { type Act, isIgnored as changesNothing } from '../../visit/act.ts';
import { defaultPolicy, type Policy, type RuleId, schemaVersion, type VisitState } from '../../visit/index.ts';
import { assignedId, blankVisit } from '../../visit/state.ts';
import { actOfEvent } from '../../visit/table.ts';
import { incrementalFold, judgeCommand, replay } from '../../visit/visit.ts';
import { type DebtHistory, type DebtSpan, trackDebts } from './debt-history.ts';
import type { Finding } from './finding.ts';
import { checkIds, createSeenIds, type SeenIds } from './ids.ts';
import {
  createMeasureMemo,
  findAnomalies,
  findClockSkews,
  type Measure,
  type MeasureMemo,
  measureEvent,
  noticeMeasures,
  updateMemo,
} from './measures.ts';
import { mismatchedFields, reconstructCommand } from './reconstruct-command.ts';

/** A judged event of the visit. */
export type Entry = {
  readonly index: number;
  readonly event: VisitEvent;
  readonly act: Act;
  /** True if it changed nothing and proves nothing: a former provider's, or refused because the visit had ended. */
  readonly isIgnored: boolean;
  /** The clauses that it proves, on the state before it. */
  readonly proves: readonly ClauseId[];
  /** True if the purpose of its act, one of the plain path, was met right after it. */
  readonly stood: boolean;
};

/** The result of reading a log: all that the audit, the dossier and the report need. */
export type Reading = {
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
  readonly measures: readonly Measure[];
  readonly debtHistory: readonly DebtSpan[];
  readonly state: VisitState;
};

/** Stands in a log for an event that could not be read. */
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
 * The part of a log that its reader keeps: `all`, or the findings alone, so that each event can be collected. Then every
 * event must have passed the wire.
 */
export type KeepMode = 'all' | 'findings';

export function logReader(policy: Policy = defaultPolicy, keep: KeepMode = 'all'): LogReader {
  const log: Log = {
    policy,
    keep,
    entries: [],
    findings: [],
    measures: [],
    debts: { spans: [], open: [] },
    seen: createSeenIds(),
    fold: incrementalFold(),
    hasFailed: false,
    tenures: [],
    since: '',
    memo: createMeasureMemo(policy),
  };
  let index = 0;
  return {
    add: (entry) => {
      for (const found of judgeEntry(log, index, entry)) log.findings.push({ index, ...found });
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
  readonly keep: KeepMode;
  readonly entries: Entry[];
  readonly findings: Finding[];
  readonly measures: Measure[];
  readonly debts: DebtHistory;
  readonly seen: SeenIds;
  fold: ReturnType<typeof incrementalFold>;
  /** An effect has failed on an event: each further event is tried on a blank visit before it is folded. */
  hasFailed: boolean;
  /** The time for which each former provider was assigned. */
  readonly tenures: { readonly id: Id | null; readonly from: Instant; readonly until: Instant }[];
  /** The start of the assignment that stands. */
  since: Instant;
  readonly memo: MeasureMemo;
};

/** Reads the log of a visit to its end. */
export function readLog(entries: Iterable<unknown>, policy?: Policy): Reading {
  const reader = logReader(policy);
  for (const entry of entries) reader.add(entry);
  return reader.end();
}

/** A finding before it has its place. */
type Found = Omit<Finding, 'index'>;

function judgeEntry(log: Log, index: number, entry: unknown): readonly Found[] {
  if (entry instanceof Unreadable)
    return [{ kind: entry.isUnknown ? 'unknown-event' : 'unreadable', facts: entry.facts }];
  if (!isEvent(entry, log.keep)) return [{ kind: 'unreadable', facts: {} }];
  const fault = checkIds(log.seen, index, entry);
  if (fault === null) return judgeOnce(log, index, entry);
  return fault.kind === 'repeated' ? [fault] : [fault, ...judgeOnce(log, index, entry)];
}

/** Judges an event that repeats no earlier one. */
function judgeOnce(log: Log, index: number, event: VisitEvent): readonly Found[] {
  const { type, data, metadata } = event;
  const act = actOfEvent(type);
  const version = metadata?.schemaVersion ?? schemaVersion;
  if (act === undefined || version > schemaVersion)
    return [{ kind: 'unknown-event', facts: { type, schemaVersion: version } }];
  const { visitId } = log.fold.state;
  if (visitId !== null && data.visitId !== visitId) {
    const facts = { visitId: data.visitId, assigned: visitId };
    return [{ kind: 'other-visit', rule: 'same-visit', clause: '1.1-13', facts }];
  }
  try {
    return judgeAndFold(log, index, event, act);
  } catch (error) {
    if (log.keep === 'findings') throw error;
    // An event that no schema accepts.
    return [{ kind: 'unreadable', facts: { type } }];
  }
}

/**
 * True if a value has the fields of an event that judging relies on; deeper ones are checked by the wire. One that has
 * passed the wire is not checked again.
 */
function isEvent(entry: unknown, keep: KeepMode): entry is VisitEvent {
  if (keep === 'findings') return true;
  const { type, data } = asRecord(entry);
  const { visitId, at, by, recordedBy } = asRecord(data);
  return (
    typeof type === 'string' &&
    typeof visitId === 'string' &&
    typeof at === 'string' &&
    isActor(by) &&
    (recordedBy === undefined || isActor(recordedBy))
  );
}

const isActor = (value: unknown) => {
  const { role, id } = asRecord(value);
  return typeof role === 'string' && typeof id === 'string';
};

function judgeAndFold(log: Log, index: number, event: VisitEvent, act: Act): readonly Found[] {
  const { policy, memo, keep } = log;
  const { state } = log.fold;
  const isIgnored = changesNothing(act, event, state);
  const assigned = assignedId(state);
  const found: Found[] = [];
  const waived = judgeEvent(log, event, act, isIgnored, found);
  const before = isIgnored ? none : measureEvent(index, event, state, memo);
  const proves = isIgnored || keep !== 'all' ? none : provenClauses(act, event, state);
  const skews = findClockSkews(event, waived, memo);
  const anomalies = isIgnored ? none : findAnomalies(event, state, before, memo);
  foldEvent(log, event, act);
  if (assignedId(state) !== assigned) {
    log.tenures.push({ id: assigned, from: log.since, until: event.data.at });
    log.since = event.data.at;
  }
  const ended = trackDebts(log.debts, state.debts, index, event);
  const measures = ended.length === 0 ? before : [...before, ...noticeMeasures(index, ended, policy)];
  updateMemo(event, isIgnored, memo);
  if (keep === 'all')
    log.entries.push({ index, event, act, isIgnored, proves, stood: act.isFulfilled?.(state) === true });
  for (const measure of measures) {
    if (keep === 'all') log.measures.push(measure);
    if (measure.flagged) found.push(beyondThreshold(measure));
  }
  for (const anomaly of skews) found.push({ kind: 'measure', ...anomaly });
  for (const anomaly of anomalies) found.push({ kind: 'measure', ...anomaly });
  return found;
}

const beyondThreshold = ({ name, clause, value, threshold, facts }: Measure): Found => ({
  kind: 'measure',
  clause,
  facts: { measure: name, value, threshold, ...facts },
});

function provenClauses(
  { clauses, unprovenClauses }: Act,
  { data }: VisitEvent,
  state: VisitState,
): readonly ClauseId[] {
  const unproven = unprovenClauses(data, state);
  return unproven.length === 0 ? clauses : clauses.filter((clause) => !unproven.includes(clause));
}

/**
 * Folds an event; where its effect cannot read it, leaves the state as it was. The first time, the visit is folded again;
 * after that, each event is tried on a blank visit first, so that many invalid ones cost no more than valid ones.
 */
function foldEvent(log: Log, event: VisitEvent, act: Act): void {
  if (log.hasFailed) act.effect(blankVisit(), event);
  try {
    log.fold.step(event);
  } catch (error) {
    log.hasFailed = true;
    log.fold = incrementalFold(replay(log.entries.map((entry) => entry.event)));
    throw error;
  }
}

/** Judges an event on the state before it, and adds what it finds. Returns the findings of waivers. */
function judgeEvent(log: Log, event: VisitEvent, act: Act, isIgnored: boolean, found: Found[]): readonly Found[] {
  const { fold, policy } = log;
  // An event that changes nothing deviates from nothing.
  for (const deviation of isIgnored ? none : act.deviations(event.data, fold.state, policy))
    found.push({ kind: 'deviation', ...deviation });
  const command = reconstructCommand(act, event);
  const { violations, waived } = judgeCommand(command, fold.state, policy);
  for (const violation of violations) {
    const kind = violation.rule === 'assigned-provider' && isLate(log, event) ? 'late' : 'violation';
    found.push({ kind, ...violation });
  }
  const fields = violations.length > 0 ? none : mismatchedFields(act, event, command, fold.state);
  if (fields.length > 0) found.push({ kind: 'violation', rule: 'as-decided', clause: '0-02', facts: { fields } });
  if (waived.length === 0) return none;
  const deviations = waived.map(({ rule, clause, facts }): Found => {
    return { kind: 'deviation', rule, clause, facts: { ...waiverFacts(rule, log), ...facts } };
  });
  found.push(...deviations);
  return deviations;
}

/** True if an event is dated when its recorder, a former provider, was still assigned. */
function isLate({ tenures }: Log, { data }: VisitEvent): boolean {
  const { id } = data.recordedBy ?? data.by;
  return tenures.some((tenure) => tenure.id === id && tenure.from <= data.at && data.at < tenure.until);
}

/** The facts of a waiver: the instruction of that time, or the policy with its reason. */
function waiverFacts(rule: RuleId, { fold, policy }: Log): Facts {
  const instructed = fold.state.waivers.find((waiver) => waiver.rule === rule);
  if (instructed !== undefined) return { waivedBy: 'instruction', instructedAt: instructed.at };
  const reason = policy.waive?.find((waiver) => waiver.rule === rule)?.reason ?? null;
  return { waivedBy: 'policy', policyId: policy.id ?? defaultPolicy.id, reason };
}
