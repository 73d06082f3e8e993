import type { VisitEvent } from '../../messages/index.ts';
import { deepEqual } from '../../util/equality.ts';
import type { Debt, DebtKind } from '../debts.ts';
import { type DebtRow, debtRows, lapsesBy, readAbout, reopens } from './debt-model.ts';
import { always, foldHistory } from './history.ts';
import { type Invariant, invariant } from './invariant.ts';

const lapsing: readonly DebtKind[] = [
  'give-instruction',
  'coordinate-materials',
  'supply-materials',
  'reassign-provider',
];

/** True if some act opened such a debt, and no act since settled one; what lapsed at an end that was annulled is open. */
function isUnsettled(row: DebtRow, { about, since }: Debt, history: readonly VisitEvent[]): boolean {
  let unsettled = false;
  let lapsed = false;
  always(history, (event, before) => {
    if (lapsesBy(row, event)) [lapsed, unsettled] = [unsettled, false];
    else if (row.lapses && reopens(event, before)) unsettled = lapsed;
    else if (readAbout(row, event) !== about) return true;
    else if (row.ends(event, before)) unsettled = false;
    else if (row.opens(event, before) !== false && event.data.at === since) unsettled = true;
    return true;
  });
  return unsettled;
}

/**
 * The debts of the visit are those that its history opened and neither discharged nor let lapse, each with its debtor,
 * clause and instant. Clause 1.1-10.
 * @since 0.1.0
 */
export const debtsAsOwed = invariant(
  'debts-as-owed',
  '1.1-10',
  'The debts of the visit are those that its history opened and neither discharged nor let lapse, each with its debtor, clause and instant.',
  ({ debts }, history) => {
    const due = foldHistory(history).debts;
    return debts.length === due.length && due.every((debt) => debts.some((open) => deepEqual(open, debt)));
  },
);

/** No debt is open twice: one a kind and topic. Clause 1.1-10. @since 0.1.0 */
export const noDebtTwice = invariant(
  'no-debt-twice',
  '1.1-10',
  'No debt is open twice: one a kind and topic.',
  ({ debts }) => new Set(debts.map(({ kind, about }) => `${kind} ${about ?? ''}`)).size === debts.length,
);

/**
 * A debt that is open was opened at its instant by an act after which none discharged it, or lapsed at an end that was
 * annulled. Clause 1.1-10.
 * @since 0.1.0
 */
export const openDebtsNotSettled = invariant(
  'open-debts-not-settled',
  '1.1-10',
  'A debt that is open was opened at its instant by an act after which none discharged it, or lapsed at an end that was annulled.',
  ({ debts }, history) =>
    debts.every((debt) => {
      const row = debtRows.find(({ kind, about, readAbout: aboutOf }) => {
        return kind === debt.kind && (aboutOf !== undefined || about === debt.about);
      });
      return row !== undefined && isUnsettled(row, debt, history);
    }),
);

/**
 * After the end no instruction, materials, their coordination or another provider are owed. Clause 1.1-10.
 * @since 0.1.0
 */
export const lapsedAtTheEnd = invariant(
  'lapsed-at-the-end',
  '1.1-10',
  'After the end no instruction, materials, their coordination or another provider are owed.',
  ({ debts, closing: { completedAt, closedAt } }) =>
    (completedAt === null && closedAt === null) || debts.every(({ kind }) => !lapsing.includes(kind)),
);

/** The invariants of this chapter. */
export const invariants: readonly Invariant[] = [debtsAsOwed, noDebtTwice, openDebtsNotSettled, lapsedAtTheEnd];
