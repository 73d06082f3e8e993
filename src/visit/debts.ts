import type { CommandType, Id, Instant } from '../messages/index.ts';
import type { ClauseId } from '../protocol/clause.ts';

/** The kind of a debt (PROTOCOL §5). @since 0.1.0 */
export type DebtKind =
  | 'give-instruction'
  | 'take-up-escalation'
  | 'coordinate-materials'
  | 'document-photos'
  | 'document-start'
  | 'notify-delay'
  | 'reassign-provider'
  | 'notify-provider-change'
  | 'settle-discrepancy'
  | 'supply-materials';

/** The topic of an instruction that is owed. @since 0.1.0 */
export type DebtTopic = 'client-absence' | 'identity';

/** An open obligation of a named debtor; `since` is the `at` of the event that opened it. @since 0.1.0 */
export type Debt = {
  readonly kind: DebtKind;
  readonly debtor: 'contact-center' | 'client';
  readonly clause: ClauseId;
  readonly since: Instant;
  /** The topic of an instruction, or the id of a discrepancy. */
  readonly about?: DebtTopic | Id;
};

/** The act that discharges each kind of debt (PROTOCOL §5). */
export const dischargedBy: Readonly<Record<DebtKind, CommandType>> = {
  'give-instruction': 'GiveInstruction',
  'take-up-escalation': 'GiveInstruction',
  'coordinate-materials': 'CoordinateMaterials',
  'document-photos': 'DocumentPhotos',
  'document-start': 'DocumentStart',
  'notify-delay': 'NotifyClient',
  'reassign-provider': 'ReassignProvider',
  'notify-provider-change': 'NotifyClient',
  'settle-discrepancy': 'SettleDiscrepancy',
  'supply-materials': 'SupplyMaterials',
};

/** The debts that wait for nothing once the visit has ended. */
export const lapsing: readonly DebtKind[] = [
  'give-instruction',
  'coordinate-materials',
  'supply-materials',
  'reassign-provider',
];

/** True if such a debt is open. */
export function owes(visit: { readonly debts: readonly Debt[] }, kind: DebtKind, about?: Debt['about']): boolean {
  return visit.debts.some((debt) => debt.kind === kind && debt.about === about);
}

/** Opens a debt; one of that kind and topic that is open already stays as it is. */
export function openDebt(
  visit: { debts: Debt[] },
  kind: DebtKind,
  clause: ClauseId,
  since: Instant,
  about?: Debt['about'],
): void {
  if (owes(visit, kind, about)) return;
  const debtor = kind === 'supply-materials' ? 'client' : 'contact-center';
  visit.debts.push({ kind, debtor, clause, since, ...(about && { about }) });
}

/** Discharges a debt, if it is open. */
export function discharge(visit: { debts: Debt[] }, kind: DebtKind, about?: Debt['about']): void {
  if (!owes(visit, kind, about)) return;
  visit.debts = visit.debts.filter((debt) => debt.kind !== kind || debt.about !== about);
}

type Owing = { debts: Debt[]; closing: { lapsed: Debt[] } };

/** Lets go the debts that nothing waits for any more, and keeps them for an end that is annulled. */
export function lapse(visit: Owing): void {
  const lapses = ({ kind }: Debt) => lapsing.includes(kind);
  visit.closing.lapsed = visit.debts.filter(lapses);
  visit.debts = visit.debts.filter((debt) => !lapses(debt));
}

/** Opens the debts again that the end of the visit let go. */
export function reopenLapsed(visit: Owing): void {
  visit.debts = [...visit.debts, ...visit.closing.lapsed];
  visit.closing.lapsed = [];
}
