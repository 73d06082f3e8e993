import { none } from '../../kernel/index.ts';
import type { VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { type Act, isIgnored } from '../../visit/act.ts';
import { defaultPolicy, type Policy, schemaVersion, type VisitState } from '../../visit/index.ts';
import { assignedId, blankVisit } from '../../visit/state.ts';
import { actOfEvent } from '../../visit/table.ts';
import { incrementalFold, replay } from '../../visit/visit.ts';
import { corrects, findCorrection } from './corrections.ts';
import { trackDebts } from './debt-history.ts';
import type { Finding } from './finding.ts';
import { checkIds } from './ids.ts';
import { judgeEvent } from './judge-event.ts';
import { createLog, isEventLike, type KeepMode, type Log, placeholder, type Reading, Unreadable } from './log.ts';
import { measureCorrected, reviseEntries, takeMeasures } from './measured.ts';
import { debtMeasures, findingOfLag, type Measure, updateMemo } from './measures.ts';
import type { NextEvent } from './next-event.ts';
import { recorderOf } from './reconstruct-command.ts';
import { trackTimes } from './recorded-times.ts';

import {
  goesOn,
  isOfBatch,
  judgeSettlement,
  keepReport,
  type Manner,
  mayBeTaken,
  ordinary,
  type Settled,
} from './settling.ts';

/** Reads the log of one visit, entry by entry: judges each on the state before it, and folds it, lawful or not. */
export type LogReader = { readonly add: (entry: unknown) => void; readonly end: () => Reading };

export function logReader(policy: Policy = defaultPolicy, keep: KeepMode = 'all'): LogReader {
  const log = createLog(policy, keep);
  let index = 0;
  return {
    add: (entry) => {
      readEntry(log, index, entry);
      index += 1;
    },
    end: () => {
      releasePending(log);
      const { findings, debtMeasures, debts, fold, times } = log;
      const measured = log.revised.size === 0 ? log.measured : measureCorrected(log);
      const state = fold.freeze();
      const standingCall = state.closing.completionReportedAt === null ? null : (times.completionCall?.index ?? null);
      return {
        entries: reviseEntries(log),
        findings: inOrder([...findings, ...measured.remarks, ...debtMeasures.filter(isFlagged).map(findingOfLag)]),
        measures: inOrder([...measured.measures, ...debtMeasures]),
        debtHistory: debts.spans,
        state,
        standingCall,
      };
    },
  };
}

const inOrder = <Indexed extends { readonly index: number }>(found: Indexed[]): readonly Indexed[] =>
  found.sort((one, other) => one.index - other.index);

const isFlagged = ({ flagged }: Measure): boolean => flagged;

/** Reads the log of a visit to its end. */
export function readLog(entries: Iterable<unknown>, policy?: Policy): Reading {
  const reader = logReader(policy);
  for (const entry of entries) reader.add(entry);
  return reader.end();
}

function readEntry(log: Log, index: number, entry: unknown): void {
  if (entry instanceof Unreadable || !isEvent(log, entry)) {
    const { isUnknown, facts } = entry instanceof Unreadable ? entry : new Unreadable({});
    find(log, { index, kind: isUnknown ? 'unknown-event' : 'unreadable', facts });
    log.events.push(placeholder);
    return;
  }
  const fault = checkIds(log.seen, index, entry);
  if (fault?.kind === 'repeated') {
    // An act that waits for its settlement still does.
    log.findings.push({ index, ...fault });
    return;
  }
  const act = actOfEvent(entry.type);
  const stranger = findStranger(log, index, entry, act);
  if (act !== undefined && stranger === null) {
    if (log.reports.size > 0) readBesideReports(log, { index, event: entry, act, fault });
    else readEvent(log, { index, event: entry, act, fault }, ordinary);
    return;
  }
  if (fault !== null) find(log, { index, ...fault });
  if (stranger !== null) find(log, stranger);
  log.events.push(entry);
}

/** Records a finding of an entry that no settlement took. */
function find(log: Log, finding: Finding): void {
  releasePending(log);
  log.findings.push(finding);
}

/** Finds an event that this release does not know, or that is of another visit. */
function findStranger({ fold }: Log, index: number, event: VisitEvent, act: Act | undefined): Finding | null {
  const { type, data, metadata } = event;
  const version = metadata?.schemaVersion ?? 1;
  if (act === undefined || version > schemaVersion) {
    return { index, kind: 'unknown-event', facts: { type, schemaVersion: version } };
  }
  const { visitId } = fold.state;
  if (visitId === null || data.visitId === visitId) return null;
  const facts = { visitId: data.visitId, assigned: visitId };
  return { index, kind: 'other-visit', rule: 'same-visit', clause: '1.1-13', facts };
}

/** True if an entry may be judged; one that has passed the wire is not checked again. */
const isEvent = ({ keep }: Log, entry: unknown): entry is VisitEvent => keep === 'findings' || isEventLike(entry);

/** Reads an event of a log with reports. One that a settlement may have taken waits for the next. */
function readBesideReports(log: Log, next: NextEvent): void {
  if (mayBeTaken(log, next.event)) {
    if (!goesOn(log, next.event)) releasePending(log);
    log.pending.push(next);
  } else if (next.event.type === 'DiscrepancySettled') readSettlement(log, next, next.event);
  else {
    releasePending(log);
    readEvent(log, next, ordinary);
  }
}

/** Reads the events that waited for a settlement which did not come, each as recorded by the person who typed it in. */
function releasePending(log: Log): void {
  const { pending } = log;
  if (pending.length === 0) return;
  log.pending = [];
  for (const one of pending) readEvent(log, one, ordinary);
}

/** Reads a settlement, judged on the state before the acts that it took, and these before it. */
function readSettlement(log: Log, next: NextEvent, settled: Settled): void {
  const { pending } = log;
  log.pending = [];
  let read: ReturnType<typeof judgeSettlement> | null = null;
  try {
    read = judgeSettlement(log, next, settled, pending);
  } catch (error) {
    if (log.keep === 'findings') throw error;
  }
  for (const [place, one] of pending.entries()) readEvent(log, one, read?.acts[place] ?? ordinary);
  readEvent(log, next, read?.settlement ?? ordinary);
}

/** Judges, folds and measures an event. */
function readEvent(log: Log, next: NextEvent, how: Manner): void {
  const { index, event, fault } = next;
  if (fault !== null && !isOfBatch(fault, how)) log.findings.push({ index, ...fault });
  try {
    judgeAndFold(log, next, how);
  } catch (error) {
    if (log.keep === 'findings') throw error;
    // An event that no schema accepts.
    log.findings.push({ index, kind: 'unreadable', facts: { type: event.type } });
    log.events.push(placeholder);
  }
}

function judgeAndFold(log: Log, next: NextEvent, how: Manner): void {
  const { index, event, act } = next;
  const { state } = log.fold;
  const assigned = assignedId(state);
  const before = lookBefore(log, next, how);
  foldEvent(log, event, act);
  if (assignedId(state) !== assigned) {
    log.tenures.push({ id: assigned, from: log.since, until: event.data.at });
    log.since = event.data.at;
  }
  if (event.type === 'DiscrepancyReported') keepReport(log, index, event);
  const ended = trackDebts(log.debts, state.debts, index, event);
  log.events.push(event);
  keepBefore(log, next, before);
  if (ended.length > 0) log.debtMeasures.push(...debtMeasures(index, ended, log));
}

/** Judges and measures an event on the state before it. */
function lookBefore(log: Log, { index, event, act }: NextEvent, { settlement, judged, onRecord }: Manner) {
  const { keep, memo } = log;
  const { state } = log.fold;
  const ignored = isIgnored(act, event, state);
  const recorder = settlement === null ? recorderOf(event.data) : event.data.by;
  const { findings, waived } = judged ?? judgeEvent(log, { index, event, act, recorder, ignored, settlement });
  return {
    ignored,
    recorder,
    findings,
    waived,
    taken: takeMeasures({ index, event, recorder, waived, isIgnored: ignored }, state, memo),
    callStood: state.closing.completionReportedAt !== null,
    proves: ignored || keep !== 'all' ? none : provenClauses(act, event, state),
    correction: corrects(act) && !ignored ? findCorrection(event, log, onRecord) : null,
  };
}

/** Keeps what was found before an event, once it is folded. */
function keepBefore(log: Log, { index, event, act }: NextEvent, before: ReturnType<typeof lookBefore>): void {
  const { ignored, recorder, findings, waived, taken, callStood, proves, correction } = before;
  const { fold, times, memo, measured } = log;
  for (const finding of findings) log.findings.push(finding);
  correction?.apply();
  if (correction !== null) log.findings.push({ index, kind: 'correction', clause: '1.1-10', facts: correction.facts });
  if (!ignored) trackTimes(times, index, act, event.data.at, fold.state, callStood);
  updateMemo(event, recorder, ignored, memo);
  const stood = act.isFulfilled?.(fold.state) === true;
  log.entries.push({ index, event, act, recorder, waived, at: event.data.at, isIgnored: ignored, proves, stood });
  for (const measure of taken.measures) measured.measures.push(measure);
  for (const remark of taken.remarks) measured.remarks.push(remark);
}

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
