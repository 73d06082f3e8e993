/** Folds the acts of corrections by hand, as the baseline of a replay. */
import { type DataOf, endAbsence, owe, settle, type Visit } from './baseline-visit.ts';

/** Takes back what an annulled act made so; one that does not stand changes nothing. */
export function annul(visit: Visit, { act, recorded }: DataOf<'ActAnnulled'>): void {
  const { arrival, work, closing } = visit;
  if (act === 'ProviderArrived' && arrival.arrivedAt === recorded) {
    arrival.arrivedAt = null;
    arrival.absenceReportedAt = null;
    visit.identity.representativeAllowed = false;
    endAbsence(visit);
  } else if (act === 'WorkStarted' && work.startedAt === recorded) {
    const index = work.intervals.findLastIndex(({ from }) => from === recorded);
    if (index >= 0) work.intervals.splice(index, 1);
    work.startedAt = null;
  } else if (act === 'Completed' && closing.completedAt === recorded) {
    closing.completedAt = null;
    closing.completionReportedAt = null;
    closing.caseNumberNamed = null;
    reopen(visit);
  } else if (act === 'VisitClosed' && closing.closedAt === recorded) {
    closing.closedAt = null;
    closing.outcome = null;
    visit.instruction = null;
    reopen(visit);
  }
}

function reopen(visit: Visit): void {
  visit.debts.push(...visit.closing.lapsed);
  visit.closing.lapsed = [];
}

/** Puts a corrected time in the place of the recorded one; one that does not stand changes nothing. */
export function correct(visit: Visit, { what, recorded, corrected }: DataOf<'TimeCorrected'>): void {
  const { arrival, work, closing } = visit;
  const end = closing.completedAt ?? closing.closedAt;
  if (what === 'arrival' && arrival.arrivedAt === recorded) arrival.arrivedAt = corrected;
  if (what === 'completion-call' && closing.completionReportedAt === recorded) closing.completionReportedAt = corrected;
  if (what === 'start' && work.startedAt === recorded) {
    moveBeginning(visit, recorded, corrected);
    work.startedAt = corrected;
  }
  if (what === 'resumption' && work.startedAt !== recorded) moveBeginning(visit, recorded, corrected);
  if (what === 'interruption' && end !== recorded) moveEnd(visit, recorded, corrected);
  if (what !== 'end' || end !== recorded) return;
  moveEnd(visit, recorded, corrected);
  if (closing.completedAt === null) closing.closedAt = corrected;
  else closing.completedAt = corrected;
}

function moveBeginning({ work }: Visit, recorded: string, corrected: string): void {
  const moved = work.intervals.findLast(({ from }) => from === recorded);
  if (moved !== undefined) moved.from = corrected;
}

function moveEnd({ work }: Visit, recorded: string, corrected: string): void {
  const moved = work.intervals.findLast(({ to }) => to === recorded);
  if (moved !== undefined) moved.to = corrected;
}

/** Keeps a discrepancy; a second report of an id changes nothing. */
export function report(visit: Visit, { discrepancyId, acts, at }: DataOf<'DiscrepancyReported'>): void {
  if (visit.discrepancies.some((one) => one.discrepancyId === discrepancyId)) return;
  visit.discrepancies.push({ discrepancyId, acts: acts.map(({ type }) => ({ type, taken: false })) });
  const isOwed = acts.some(({ twinOf }) => twinOf === undefined);
  if (isOwed) owe(visit, 'settle-discrepancy', '1.1-10', at, discrepancyId);
}

/** Marks the acts that a settlement takes. */
export function settleDiscrepancy(visit: Visit, { discrepancyId, taken }: DataOf<'DiscrepancySettled'>): void {
  const index = visit.discrepancies.findIndex((one) => one.discrepancyId === discrepancyId);
  const settled = visit.discrepancies[index];
  if (settled === undefined) return;
  const acts = settled.acts.map((act, position) => (taken.includes(position) ? { ...act, taken: true } : act));
  visit.discrepancies[index] = { discrepancyId, acts };
  settle(visit, 'settle-discrepancy', discrepancyId);
}

/** Keeps the client's last word on each fact and time; a denial is owed an answer. */
export function attest(visit: Visit, { facts, by, recordedBy, at }: DataOf<'FactsAttested'>): void {
  if (by.role !== 'client' || recordedBy?.role === 'provider') return;
  for (const said of facts) {
    const known = visit.attestations.findIndex(
      ({ fact, recorded }) => fact === said.fact && recorded === said.recorded,
    );
    if (known < 0) visit.attestations.push({ ...said, at });
    else visit.attestations[known] = { ...said, at };
    if (!said.agrees) owe(visit, 'take-up-escalation', '2.2-08', at);
  }
}
