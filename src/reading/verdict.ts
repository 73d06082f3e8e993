import type { Facts } from '../kernel/decision.ts';
import type { ClauseId } from '../protocol/index.ts';
import { type Act, candidateCommands, isMet } from '../visit/act.ts';
import type { VisitState } from '../visit/index.ts';
import { notWaivedWith } from '../visit/rule-ids.ts';
import { hasEnded } from '../visit/state.ts';
import { acts, plainPath } from '../visit/table.ts';
import { createEvent } from '../visit/visit.ts';
import type { DebtSpan } from './judging/debt-history.ts';
import { isOverDenial } from './judging/denials.ts';
import type { Finding } from './judging/finding.ts';
import type { Entry, Reading } from './judging/log.ts';
import type { Measure } from './judging/measures.ts';

/**
 * - `satisfied`: the log proves it.
 * - `missing`: the visit called for it, and it is not there or was undone since.
 * - `late`: it is there, beyond its threshold.
 * - `contradicted`: a violation or a deviation cites it.
 * - `waived`: an act went on without it, by an instruction or by the policy.
 * - `not-applicable`: nothing in this visit called for it.
 * @since 0.3.0
 */
export type VerdictStatus = 'satisfied' | 'missing' | 'late' | 'contradicted' | 'waived' | 'not-applicable';

/** The verdict on one clause, and the indexes of the events that it stands on. @since 0.3.0 */
export type Verdict = {
  readonly clause: ClauseId;
  readonly status: VerdictStatus;
  readonly evidence: readonly number[];
  readonly facts: Facts;
};

type Indexed = { readonly index: number };

/** Gives the verdict on a clause; of several that apply, the gravest: contradicted, waived, late, missing, satisfied. */
export function clauseVerdict(clause: ClauseId, reading: Reading): Verdict {
  const proof = proveClause(clause, reading);
  const verdict = (status: VerdictStatus, more: readonly Indexed[], facts: Facts = {}): Verdict => {
    const evidence = new Set([...proof.evidence, ...more.map(indexOf)]);
    return { clause, status, evidence: [...evidence].sort((one, other) => one - other), facts };
  };
  const cited = citingFindings(clause, reading);
  const against = cited.filter((finding) => contradicts(finding) && !isOverDenial(reading.denials, finding));
  if (against.length > 0) return verdict('contradicted', against, contradictionFacts(against));
  const waived = [...cited.filter(isLetThrough), ...proof.waived];
  const [letThrough] = waived;
  if (letThrough !== undefined) return verdict('waived', waived, letThrough.facts);
  const late = reading.measures.filter((measure) => measure.clause === clause && isLate(measure, reading));
  const [lag] = late;
  if (proof.status === 'satisfied' && lag !== undefined) {
    const value = Math.max(...late.map((measure) => measure.value));
    return verdict('late', late, { measure: lag.name, value, threshold: lag.threshold });
  }
  return verdict(proof.status, [], measureRemarks(cited));
}

const indexOf = ({ index }: Indexed) => index;

/** True if an instruction, or the policy by a waiver or its allow-list, let the act through. */
const isLetThrough = ({ facts }: Finding) => facts.waivedBy !== undefined;

const contradicts = (finding: Finding) =>
  finding.kind !== 'measure' && finding.kind !== 'correction' && !isLetThrough(finding);

/**
 * The findings that cite a clause, for its verdict. An event that is refused because the visit has ended contradicts 1.3-02
 * only where it is a completion call (PROTOCOL §6).
 */
export function citingFindings(clause: ClauseId, { findings, entries }: Reading): readonly Finding[] {
  const isStray = ({ index, rule }: Finding) =>
    rule === 'not-ended' && entries.some((entry) => entry.index === index && entry.event.type !== 'CompletionReported');
  return findings.filter((finding) => finding.clause === clause && !(clause === '1.3-02' && isStray(finding)));
}

function contradictionFacts(findings: readonly Finding[]): Facts {
  return {
    ...findings.find(({ kind }) => kind === 'deviation')?.facts,
    rules: [...new Set(findings.flatMap(({ rule }) => rule ?? []))],
    against: [...new Set(findings.map(indexOf))],
  };
}

/** True if a lag makes its clause late; of several completion calls, only the one that stands counts. */
function isLate({ name, flagged, index }: Measure, { standingCall }: Reading): boolean {
  return flagged && name !== 'visits' && (name !== 'completion-call' || index === standingCall);
}

/** The measures that cite a clause without changing its verdict, such as an early start call. */
function measureRemarks(cited: readonly Finding[]): Facts {
  const remarks = new Set(cited.flatMap(({ kind, facts: { measure = null } }) => (kind === 'measure' ? measure : [])));
  return remarks.size === 0 ? {} : { remarks: [...remarks] };
}

type Proof = {
  readonly status: 'satisfied' | 'missing' | 'not-applicable';
  readonly evidence: readonly number[];
  /** The deviations by which the act that would prove it was let go. */
  readonly waived: readonly Finding[];
};

function proveClause(clause: ClauseId, reading: Reading): Proof {
  // Every act is checked for its role: without a finding, all of them prove it.
  if (clause === '0-02')
    return { status: reading.entries.length > 0 ? 'satisfied' : 'missing', evidence: [], waived: [] };
  const done = isCalledFor(clause, reading) ? reading.entries.filter(({ proves }) => proves.includes(clause)) : [];
  const owed = clauseDebts(clause, reading);
  return owed.length > 0 ? proveByDebts(owed, done) : proveByActs(clause, done, reading);
}

/** The clauses that apply only where an act calls for them: a notice of a delay where there was one. */
const calledFor: ReadonlySet<string> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ acts.flatMap(({ calls }) => Object.keys(calls)),
);

/** True if an act calls for such a clause. */
const callsFor = (clause: ClauseId, { act, event, isIgnored }: Entry): boolean =>
  !isIgnored && act.calls[clause]?.(event.data) === true;

const isCalledFor = (clause: ClauseId, { entries }: Reading): boolean =>
  !calledFor.has(clause) || entries.some((entry) => callsFor(clause, entry));

/**
 * The debts of a clause: those that it opened, and one that another clause of the same act had opened before: one notice
 * ends both (PROTOCOL §5).
 */
function clauseDebts(clause: ClauseId, { debtHistory, entries }: Reading): readonly DebtSpan[] {
  return debtHistory.flatMap((span) => {
    if (isTakenBack(span, entries)) return [];
    if (span.clause === clause) return span;
    if (!calledFor.has(clause)) return [];
    const caller = entries.find(
      (entry) => callsFor(clause, entry) && entry.act.calls[span.clause] !== undefined && isWithin(entry.index, span),
    );
    return caller === undefined ? [] : { ...span, openedBy: caller.index };
  });
}

/** True if a debt ended by an annulment of the arrival on which it rested: it was not carried out. */
const isTakenBack = ({ endedBy }: DebtSpan, entries: readonly Entry[]): boolean =>
  entries.find(({ index }) => index === endedBy)?.event.type === 'ActAnnulled';

const isWithin = (index: number, { openedBy, endedBy }: DebtSpan) =>
  openedBy < index && (endedBy === null || index < endedBy);

/** Proves a clause by its debts: each was discharged. */
function proveByDebts(owed: readonly DebtSpan[], done: readonly Entry[]): Proof {
  const ends = owed.flatMap(({ openedBy, endedBy }) => [openedBy, endedBy ?? openedBy]);
  const isDischarged = owed.every(({ endedBy, lapsed }) => endedBy !== null && !lapsed);
  return { status: isDischarged ? 'satisfied' : 'missing', evidence: [...ends, ...done.map(indexOf)], waived: [] };
}

/** Proves a clause by the acts that carry it out: one was done, and the purpose of those of the plain path is met. */
function proveByActs(clause: ClauseId, done: readonly Entry[], reading: Reading): Proof {
  const { findings, state } = reading;
  const evidence = done.map(indexOf);
  const lacking = plainPath.filter(
    (act) => act.clauses.includes(clause) && !isMet(act, clause, state) && couldProve(act, clause, state),
  );
  const waived = findings.filter(
    (finding) => isLetThrough(finding) && lacking.some((act) => isRemediedBy(finding, act)),
  );
  // While away, the visit waits for the notice of re-entry (1.1-49), regardless of earlier proof.
  const isAwaited = lacking.length > 0 || (clause === '1.1-49' && state.work.away);
  const isOver = hasEnded(state) && state.closing.completedAt === null;
  // An act at a time that is no instant stands in the state, and proves nothing.
  const isUnproven =
    done.length === 0 && reading.entries.some((one) => one.isUntimed && one.act.clauses.includes(clause));
  if ((isAwaited && !isOver) || isUnproven) return { status: 'missing', evidence, waived };
  // A visit that was closed calls for no completion call; one that was undone before does not count.
  const isNoCall = isOver && lacking.some(({ command }) => command === 'ReportCompletion');
  return {
    status: done.length > 0 && !isNoCall ? 'satisfied' : 'not-applicable',
    evidence,
    waived: isOver ? waived : [],
  };
}

/** True if a waived rule asks for an act. */
const isRemediedBy = ({ rule = '' }: { readonly rule?: string }, { command }: Act) =>
  notWaivedWith[rule] !== command &&
  acts.some(({ needs }) => needs.some(({ id, remedy }) => id === rule && remedy.includes(command)));

/** True if an act that carries out the clause, done as it should be, would prove it. */
function couldProve(act: Act, clause: ClauseId, state: VisitState): boolean {
  return candidateCommands(act, state, {}).some((command) => {
    const { data } = createEvent(command, state);
    return !act.unprovenClauses(data, state).includes(clause);
  });
}
