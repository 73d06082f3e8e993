import type { Instant } from '../../messages/index.ts';
import { type Anomaly, lateCall, unreportedLateness } from './anomalies.ts';
import type { Finding } from './finding.ts';
import type { Entry, Log } from './log.ts';
import { findingOfLag, type Measure, retakeLag, type TimedLag } from './measures.ts';

/** Revises what was read of an act that is annulled: it proves nothing and measures nothing. */
export function annulAct(log: Log, index: number): void {
  reviseEntry(log, index, { isIgnored: true, proves: [], stood: false });
  replaceLag(log, index, null);
}

/** Revises what was read of the completion call that stood, and of those that repeated it. */
export function annulCalls(log: Log, first: number): void {
  // A reader that keeps no entries has the lags alone.
  const called = log.entries.filter(({ event }) => event.type === 'CompletionReported').map(({ index }) => index);
  const lags = [...log.memo.timed.values()].filter(({ measure }) => measure.name === 'completion-call');
  const indexes = new Set([...called, ...lags.map(({ measure }) => measure.index)]);
  for (const index of indexes) if (index >= first) annulAct(log, index);
}

/** Revises what was read of the absence that was reported last, after an arrival that is annulled. */
export function annulAbsence(log: Log, arrival: number): void {
  const isAbsence = ({ index, event }: Entry) => index > arrival && event.type === 'ClientAbsenceReported';
  const absence = log.entries.findLast((entry) => isAbsence(entry) && !entry.isIgnored);
  if (absence !== undefined) annulAct(log, absence.index);
}

/** Revises what was read of an act whose time is corrected: it happened at that time, and is measured by it. */
export function correctTime(log: Log, index: number, corrected: Instant): void {
  reviseEntry(log, index, { at: corrected });
  const lag = log.memo.timed.get(index);
  if (lag !== undefined) replaceLag(log, index, retakeLag(lag.measure, corrected, log.policy));
}

/** Compares the start calls again with a start that was corrected, or with none if it was annulled. */
export function reviseStart({ findings, memo }: Log, start: number, startedAt: Instant | null): void {
  const before = memo.startCalls.findLast(({ index }) => index < start);
  const later = memo.startCalls.filter(({ index }) => index > start);
  const odd = (index: number, calledAt: Instant | undefined) => remarks(index, lateCall(startedAt, calledAt ?? null));
  const fresh = [...odd(start, before?.at), ...later.flatMap(({ index, at }) => odd(index, at))];
  replaceFindings(findings, ({ index, facts }) => index >= start && facts.what === 'start-call', fresh);
}

const remarks = (index: number, anomalies: readonly Anomaly[]): readonly Finding[] =>
  anomalies.map((odd) => ({ index, kind: 'measure', ...odd }));

function reviseEntry({ entries }: Log, index: number, revised: Partial<Entry>): void {
  const place = entries.findLastIndex((entry) => entry.index === index);
  const entry = entries[place];
  if (entry !== undefined) entries[place] = { ...entry, ...revised };
}

/** Puts another lag in the place of the one that an act was measured by, or none. */
function replaceLag({ measures, findings, memo }: Log, index: number, lag: Measure | null): void {
  const known = memo.timed.get(index);
  if (known === undefined) return;
  const { name } = known.measure;
  const place = measures.findLastIndex((measure) => measure.index === index && measure.name === name);
  if (place >= 0) measures.splice(place, 1, ...(lag === null ? [] : [lag]));
  if (lag === null) memo.timed.delete(index);
  else memo.timed.set(index, { ...known, measure: lag });
  const isOld = ({ facts: { measure }, ...finding }: Finding) =>
    finding.index === index && (measure === name || (name === 'arrival' && measure === 'unreported-lateness'));
  replaceFindings(findings, isOld, lag?.flagged ? flagged(lag, known) : []);
}

function flagged(lag: Measure, { issueReported }: TimedLag): readonly Finding[] {
  const isUnreported = lag.name === 'arrival' && !issueReported;
  return [findingOfLag(lag), ...(isUnreported ? remarks(lag.index, [unreportedLateness(lag)]) : [])];
}

/** Replaces findings by others, in the order of the log. */
function replaceFindings(findings: Finding[], isOld: (finding: Finding) => boolean, fresh: readonly Finding[]): void {
  for (let place = findings.length - 1; place >= 0; place--) {
    const finding = findings[place];
    if (finding !== undefined && isOld(finding)) findings.splice(place, 1);
  }
  for (const finding of fresh) {
    findings.splice(findings.findLastIndex(({ index }) => index <= finding.index) + 1, 0, finding);
  }
}
