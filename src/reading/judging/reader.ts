import { type Facts, none } from '../../kernel/decision.ts';
import type { VisitEvent } from '../../messages/index.ts';
import type { ClauseId } from '../../protocol/index.ts';
import { recordedFold } from '../../reconciling/recorded-fold.ts';
import { isInstant } from '../../util/instant.ts';
import type { Act } from '../../visit/act.ts';
import { isLike } from '../../visit/act.ts';
import { isReadable } from '../../visit/gate-rules.ts';
import { defaultPolicy, type Policy, schemaVersion, type VisitState } from '../../visit/index.ts';
import { findRecorder, reconstructCommand } from '../../visit/reconstruct-command.ts';
import { assignedId, blankVisit } from '../../visit/state.ts';
import { actOfEvent } from '../../visit/table.ts';
import { effectiveAct } from '../../visit/visit.ts';
import { observeCorrected, reviseEntries } from './corrected.ts';
import { type FoundCorrection, findCorrection } from './corrections.ts';
import { trackDebts } from './debt-history.ts';
import { standingTimes, trackDenials } from './denials.ts';
import type { Finding } from './finding.ts';
import { checkIds, type IdFault } from './ids.ts';
import { judgeEvent } from './judge-event.ts';
import {
  createLog,
  isEventLike,
  type KeepMode,
  type Log,
  type NextEvent,
  placeholder,
  type Reading,
  Unreadable,
} from './log.ts';
import { debtMeasures, listFlagged } from './measures.ts';
import { observe, updateMemo } from './observations.ts';
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
      const { findings, debtMeasures, debts, fold } = log;
      const { remarks, ...observed } = log.revised.size === 0 ? log.observed : observeCorrected(log);
      // No lag is measured from or to a time that is no instant.
      const measures = [...observed.measures, ...debtMeasures].filter(({ value }) => !Number.isNaN(value));
      const state = fold.freeze();
      const [call] = fold.records['completion-call'];
      return {
        entries: reviseEntries(log),
        findings: sortByIndex([
          ...findings,
          ...listFlagged(observed.measures),
          ...remarks,
          ...listFlagged(debtMeasures),
        ]),
        measures: sortByIndex(measures),
        debtHistory: debts.spans,
        state,
        standingCall: state.closing.completionReportedAt === null ? null : (call?.index ?? null),
        denials: log.denials,
      };
    },
  };
}

/** Sorts what was found by its places in the log. */
export const sortByIndex = <Indexed extends { readonly index: number }>(found: Indexed[]): readonly Indexed[] =>
  found.sort((one, other) => one.index - other.index);

/** Reads the log of a visit to its end. */
export function readLog(entries: Iterable<unknown>, policy?: Policy): Reading {
  const reader = logReader(policy);
  for (const entry of entries) reader.add(entry);
  return reader.end();
}

function readEntry(log: Log, index: number, given: unknown): void {
  const entry = given instanceof Unreadable ? (given.event ?? given) : given;
  if (entry instanceof Unreadable || !isEvent(log, entry)) {
    const { isUnknown, facts } = entry instanceof Unreadable ? entry : new Unreadable({});
    passOver(log, placeholder, null, { index, kind: isUnknown ? 'unknown-event' : 'unreadable', facts });
    return;
  }
  const fault = checkIds(log.seen, index, entry);
  if (fault?.kind === 'repeated') {
    // The events that wait for a settlement go on waiting.
    log.findings.push({ index, ...fault });
    return;
  }
  const { type, data, metadata } = entry;
  const { visitId } = log.fold.state;
  const version = metadata?.schemaVersion ?? 1;
  const act = version > schemaVersion ? undefined : actOfEvent(type);
  if (act === undefined) {
    passOver(log, entry, fault, { index, kind: 'unknown-event', facts: { type, schemaVersion: version } });
  } else if (!isInstant(data.at)) {
    const facts = given instanceof Unreadable ? given.facts : { type };
    foldUntimed(log, { index, event: entry, act, fault }, facts);
  } else if (visitId !== null && data.visitId !== visitId) {
    const facts = { visitId: data.visitId, assigned: visitId };
    passOver(log, entry, fault, { index, kind: 'other-visit', rule: 'same-visit', clause: '1.1-13', facts });
  } else readInTurn(log, { index, event: entry, act, fault });
}

/** Passes over an entry that cannot be judged. It keeps its position in the log, and no later settlement takes the events before it. */
function passOver(log: Log, event: VisitEvent, fault: IdFault | null, finding: Finding): void {
  releasePending(log);
  if (fault !== null) log.findings.push({ index: finding.index, ...fault });
  log.findings.push(finding);
  log.events.push(event);
}

/** True if an entry may be judged; one that has passed the wire is not checked again. */
const isEvent = ({ keep }: Log, entry: unknown): entry is VisitEvent => keep === 'findings' || isEventLike(entry);

/** Folds an event whose time is no instant, without judging or measuring it. No later settlement takes the events before it. */
function foldUntimed(log: Log, next: NextEvent, facts: Facts): void {
  const { index, event, act, fault } = next;
  const recorder = findRecorder(event.data);
  releasePending(log);
  if (fault !== null) log.findings.push({ index, ...fault });
  log.findings.push({ index, kind: 'unreadable', facts });
  const { at } = event.data;
  try {
    const correction = findCorrection(event, log, none);
    foldEvent(log, next);
    revise(log, correction);
    const unjudged = { recorder, waived: none, proves: none, isIgnored: true, inTurn: false, isUntimed: true };
    const vouchedBy = recorder.role;
    log.entries.push({ index, event, act, at, ...unjudged, vouchedBy });
  } catch {
    log.events.push(placeholder);
  }
}

/** Reads an event. If a settlement may have taken it, it waits until the next event shows whether one did. */
function readInTurn(log: Log, next: NextEvent): void {
  const { event } = next;
  if (event.type === 'DiscrepancySettled') {
    readSettlement(log, next, event);
    return;
  }
  const waits = mayBeTaken(log, event);
  if (!waits || !goesOn(log, event)) releasePending(log);
  if (waits) log.pending.push(next);
  else readEvent(log, next, ordinary);
}

/** Reads the events that waited in vain for a settlement. Each is judged as the act of the operator who entered it. */
function releasePending(log: Log): void {
  for (const one of log.pending.splice(0)) readEvent(log, one, ordinary);
}

/** Reads the acts that a settlement took, and then the settlement, which is judged on the state before those acts. */
function readSettlement(log: Log, next: NextEvent, settled: Settled): void {
  const pending = log.pending.splice(0);
  let manners: readonly Manner[] = [];
  try {
    manners = judgeSettlement(log, next, settled, pending);
  } catch (error) {
    // `readEvent` fails on the same event, and reports it.
    throwOwn(log, next, error);
  }
  for (const [place, one] of [...pending, next].entries()) readEvent(log, one, manners[place] ?? ordinary);
}

/** Judges, folds and measures an event. */
function readEvent(log: Log, next: NextEvent, how: Manner): void {
  const { index, event, fault } = next;
  const { findings, observed } = log;
  if (fault !== null && !isOfBatch(fault, how)) findings.push({ index, ...fault });
  const found = findings.length;
  const measured = observed.measures.length;
  const remarked = observed.remarks.length;
  try {
    judgeAndFold(log, next, how);
  } catch (error) {
    throwOwn(log, next, error);
    // No schema accepts this event: what was found in it so far is dropped.
    findings.length = found;
    observed.measures.length = measured;
    observed.remarks.length = remarked;
    findings.push({ index, kind: 'unreadable', facts: { type: event.type } });
    log.events.push(placeholder);
  }
}

/** Throws an error if all events so far can be read: then the fault is the library's, and not the log's. */
function throwOwn(log: Log, next: NextEvent, error: unknown): void {
  log.isOdd ||= !canBeRead(next) || !log.entries.every(canBeRead);
  if (log.isOdd) return;
  const { index, event } = next;
  const reason = error instanceof Error ? error.message : String(error);
  throw new Error(`The audit fails on entry ${index}, ${event.type}, which can be read: ${reason}`, { cause: error });
}

/** True if the rules, the effect and the readers of an act can read its event, and the acts that it reports. */
function canBeRead({ event, act }: Pick<NextEvent, 'event' | 'act'>): boolean {
  const { by, recordedBy = by } = event.data;
  const isBy = isLike(by, { role: '', id: '' }) && isReadable(reconstructCommand(act, event, recordedBy));
  if (!isBy || event.type !== 'DiscrepancyReported') return isBy;
  return event.data.acts.every(({ type, data }) => isReadable({ type, data, metadata: { actor: recordedBy } }));
}

/** Judges and observes an event on the state before it, then folds it. */
function judgeAndFold(log: Log, next: NextEvent, { settlement, judged, onRecord, reporter }: Manner): void {
  const { index, event, act } = next;
  const { fold, memo } = log;
  const isIgnored = effectiveAct(fold.state, event) === undefined;
  const recorder = settlement === null ? findRecorder(event.data) : event.data.by;
  const { findings, waived } = judged ?? judgeEvent(log, { index, event, act, recorder, isIgnored, settlement });
  for (const finding of findings) log.findings.push(finding);
  const proves = isIgnored || log.keep !== 'all' ? none : provenClauses(act, event, fold.state);
  const entry = {
    index,
    event,
    act,
    recorder,
    waived,
    at: event.data.at,
    isIgnored,
    inTurn: settlement === null && event.type !== 'DiscrepancyReported',
    proves,
    isUntimed: false,
    vouchedBy: (reporter ?? recorder).role,
  };
  observe(entry, fold.state, memo, log.observed);
  const correction = isIgnored ? null : findCorrection(event, log, onRecord);
  foldEvent(log, next);
  if (correction !== null) {
    revise(log, correction);
    log.findings.push({ index, kind: 'correction', clause: '1.1-10', facts: correction.facts });
  }
  updateMemo(entry, memo);
  log.entries.push(entry);
}

/** Revises the times of the events that a correction is about. */
function revise({ revised }: Log, correction: FoundCorrection | null): void {
  // An interval of work keeps its end if the act that ended it is annulled. Correcting that time does not restore the act.
  for (const [index, at] of correction?.revised ?? none) if (revised.get(index) !== null) revised.set(index, at);
}

function provenClauses(
  { clauses, unprovenClauses }: Act,
  { data }: VisitEvent,
  state: VisitState,
): readonly ClauseId[] {
  const unproven = unprovenClauses(data, state);
  return clauses.filter((clause) => !unproven.includes(clause));
}

/** Folds an event, and keeps what follows from it for the events to come. */
function foldEvent(log: Log, { index, event, act }: NextEvent): void {
  const { at } = event.data;
  const assigned = assignedId(log.fold.state);
  const standing = standingTimes(log.denials, log.fold.state);
  stepOrRefold(log, index, event, act);
  const { state } = log.fold;
  if (assignedId(state) !== assigned) log.tenures.push({ id: assignedId(state), from: isInstant(at) ? at : '' });
  if (standing.size > 0 || event.type === 'FactsAttested') trackDenials(log.denials, standing, state, index, event);
  if (event.type === 'DiscrepancyReported') keepReport(log, index, event);
  for (const span of trackDebts(log.debts, state.debts, index, event)) {
    log.debtMeasures.push(...debtMeasures({ index, policy: log.policy }, span, log.reports));
  }
  log.events.push(event);
}

/**
 * Folds an event; where its effect cannot read it, leaves the state as it was. The first time, the visit is folded again;
 * after that, each event is tried on a blank visit first, so that many invalid ones cost no more than valid ones.
 */
function stepOrRefold(log: Log, index: number, event: VisitEvent, act: Act): void {
  if (log.hasFailed) act.effect(blankVisit(), event);
  try {
    log.fold.step(event, index);
  } catch (error) {
    log.hasFailed = true;
    log.fold = recordedFold();
    for (const entry of log.entries) log.fold.step(entry.event, entry.index);
    throw error;
  }
}
