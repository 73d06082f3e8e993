import type { CommandType, Instant } from '../messages/index.ts';
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
  | 'supply-materials';

/** The topic of an instruction that is owed. @since 0.1.0 */
export type DebtTopic = 'client-absence' | 'identity';

/** An open obligation of a named debtor; `since` is the `at` of the event that opened it. @since 0.1.0 */
export type Debt = {
  readonly kind: DebtKind;
  readonly debtor: 'contact-center' | 'client';
  readonly clause: ClauseId;
  readonly since: Instant;
  readonly about?: DebtTopic;
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
export function owes(visit: { readonly debts: readonly Debt[] }, kind: DebtKind, about?: DebtTopic): boolean {
  return visit.debts.some((debt) => debt.kind === kind && debt.about === about);
}

/** Opens a debt; one of that kind and topic that is open already stays as it is. */
export function openDebt(
  visit: { debts: Debt[] },
  kind: DebtKind,
  clause: ClauseId,
  since: Instant,
  about?: DebtTopic,
): void {
  if (owes(visit, kind, about)) return;
  const debtor = kind === 'supply-materials' ? 'client' : 'contact-center';
  visit.debts.push({ kind, debtor, clause, since, ...(about && { about }) });
}

/** Discharges a debt, if it is open. */
export function discharge(visit: { debts: Debt[] }, kind: DebtKind, about?: DebtTopic): void {
  if (!owes(visit, kind, about)) return;
  visit.debts = visit.debts.filter((debt) => debt.kind !== kind || debt.about !== about);
}

/** Lets go the debts that nothing waits for any more. */
export function lapse(visit: { debts: Debt[] }): void {
  visit.debts = visit.debts.filter(({ kind }) => !lapsing.includes(kind));
}
