/** The state that the fold by hand changes in place, and its debts. */
import type { Debt, DebtKind, VisitEvent, VisitState } from 'auxilio';

/** The same record, and all of it may be changed. */
export type Mutable<T> = T extends string | number | boolean | null | undefined
  ? T
  : { -readonly [Key in keyof T]: Mutable<T[Key]> };

/** A state that is changed in place. */
export type Visit = Mutable<VisitState>;

export type DataOf<Type extends VisitEvent['type']> = Extract<VisitEvent, { type: Type }>['data'];

/** The place of an open debt; -1 if it is not open. */
export function indexOf({ debts }: Visit, kind: DebtKind, about?: Debt['about']): number {
  for (let index = 0; index < debts.length; index++) {
    const debt = debts[index] as Debt;
    if (debt.kind === kind && debt.about === about) return index;
  }
  return -1;
}

/** Opens a debt, if it is not open. */
export function owe(visit: Visit, kind: DebtKind, clause: Debt['clause'], since: string, about?: Debt['about']): void {
  if (indexOf(visit, kind, about) >= 0) return;
  const debtor = kind === 'supply-materials' ? 'client' : 'contact-center';
  visit.debts.push(about === undefined ? { kind, debtor, clause, since } : { kind, debtor, clause, since, about });
}

/** Discharges a debt, if it is open. */
export function settle(visit: Visit, kind: DebtKind, about?: Debt['about']): void {
  const index = indexOf(visit, kind, about);
  if (index >= 0) visit.debts.splice(index, 1);
}

/** Ends an absence, and the debt that it opened. */
export function endAbsence(visit: Visit): void {
  visit.arrival.absentSince = null;
  settle(visit, 'give-instruction', 'client-absence');
}
