import type { Facts } from '../kernel/index.ts';
import { type ClauseId, clause as clauseOf } from '../protocol/index.ts';
import type { Act } from '../visit/act.ts';
import type { VisitState } from '../visit/index.ts';
import { hasEnded } from '../visit/state.ts';
import { plainPath } from '../visit/table.ts';
import type { Finding } from './log/finding.ts';
import type { Entry, Reading } from './log/reader.ts';
import type { DebtSpan } from './log/spans.ts';

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

/** What the log proves of one clause, and the indexes of the events that the verdict stands on. @since 0.3.0 */
export type Verdict = {
  readonly clause: ClauseId;
  readonly status: VerdictStatus;
  readonly evidence: readonly number[];
  readonly facts: Facts;
};

/** The verdict on a clause. Of several that apply, the gravest: contradicted, waived, late, missing, satisfied. */
export function verdictOn(clause: ClauseId, reading: Reading): Verdict {
  const proof = proofOf(clause, reading);
  const told = (status: VerdictStatus, more: readonly Indexed[], facts: Facts = {}): Verdict => {
    const evidence = new Set([...proof.evidence, ...more.map(indexOf)]);
    return { clause, status, evidence: [...evidence].sort((one, other) => one - other), facts };
  };
  const cited = reading.findings.filter((finding) => finding.clause === clause);
  const against = cited.filter(contradicts);
  if (against.length > 0) return told('contradicted', against, factsOf(against));
  const waived = cited.filter(({ kind }) => kind === 'deviation');
  if (waived.length > 0) return told('waived', waived, waived[0]?.facts);
  const late = reading.measures.filter((measure) => measure.clause === clause && measure.flagged);
  const [first] = late;
  if (proof.status !== 'satisfied' || first === undefined) return told(proof.status, []);
  const { name, threshold } = first;
  return told('late', late, { measure: name, value: Math.max(...late.map(({ value }) => value)), threshold });
}

type Indexed = { readonly index: number };

const indexOf = ({ index }: Indexed) => index;

const factsOf = (findings: readonly Finding[]): Facts => ({
  rules: [...new Set(findings.flatMap(({ rule }) => rule ?? []))],
  against: [...new Set(findings.map(indexOf))],
});

/** A waiver lets a rule through by its name; a deviation without one is a fact against the clause. */
const contradicts = ({ kind, rule }: Finding) => kind !== 'measure' && !(kind === 'deviation' && rule !== undefined);

type Proof = { readonly status: 'satisfied' | 'missing' | 'not-applicable'; readonly evidence: readonly number[] };

function proofOf(clause: ClauseId, reading: Reading): Proof {
  // The role is asked of every act: where no finding cites it, all of them prove it.
  if (clause === '0-02') return { status: reading.entries.length > 0 ? 'satisfied' : 'missing', evidence: [] };
  return clauseOf(clause).level === 'D' ? proofOfDebts(clause, reading) : proofOfActs(clause, reading);
}

/** Of a clause of level D: what was owed by it was discharged. */
function proofOfDebts(clause: ClauseId, { spans }: Reading): Proof {
  const owed = spans.filter((span) => span.clause === clause);
  if (owed.length === 0) return { status: 'not-applicable', evidence: [] };
  const evidence = owed.flatMap(({ openedBy, endedBy }) => (endedBy === null ? [openedBy] : [openedBy, endedBy]));
  return { status: owed.every(isDischarged) ? 'satisfied' : 'missing', evidence };
}

const isDischarged = ({ endedBy, lapsed }: DebtSpan) => endedBy !== null && !lapsed;

/** Of a clause that acts carry out: one of them was done, and what it is for still stands, or need not. */
function proofOfActs(clause: ClauseId, { entries, state }: Reading): Proof {
  const evidence = entries.filter((entry) => proves(entry, clause)).map(indexOf);
  const wanted = plainPath.filter((act) => act.stands?.(state) === false && couldProve(act, clause, state));
  const isOver = hasEnded(state) && state.closing.completedAt === null;
  // Away, the visit waits for the notice of re-entry (1.1-49), whatever was proved before.
  const isAwaited = wanted.length > 0 || (clause === '1.1-49' && state.work.away);
  if (isAwaited && !isOver) return { status: 'missing', evidence };
  return { status: evidence.length > 0 ? 'satisfied' : 'not-applicable', evidence };
}

/** Whether an act, done as it should be, would prove the clause. */
function couldProve(act: Act, clause: ClauseId, state: VisitState): boolean {
  const witnesses = act.witnesses(state, { at: '1970-01-01T00:00:00.000Z', policy: {} });
  const events = witnesses.map((data) => ({ ...data, ...act.adds(data as never, state) }));
  return act.clauses.includes(clause) && events.some((data) => !act.unproven(data as never).includes(clause));
}

const proves = ({ act, event }: Entry, clause: ClauseId) =>
  act.clauses.includes(clause) && !act.unproven(event.data as never).includes(clause);
