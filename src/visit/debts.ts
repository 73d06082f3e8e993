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

/**
 * The event after which an open debt serves its purpose no longer: the notice of a delay, once the provider has arrived.
 *
 * @since 0.6.0
 */
export type PassedReason = 'provider-arrived' | 'visit-completed' | 'visit-closed';

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

/** The kinds of debt that lapse when the visit ends. */
export const lapsing: readonly DebtKind[] = [
  'give-instruction',
  'coordinate-materials',
  'supply-materials',
  'reassign-provider',
];

/** True if a debt of that kind and topic is open. */
export function owes(visit: { readonly debts: readonly Debt[] }, kind: DebtKind, about?: Debt['about']): boolean {
  return visit.debts.some((debt) => debt.kind === kind && debt.about === about);
}

/** Opens a debt, unless one of that kind and topic is already open. */
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

/** Lapses the debts that need no act after the end. They are kept, in case the end is annulled. */
export function lapse(visit: Owing): void {
  const lapses = ({ kind }: Debt) => lapsing.includes(kind);
  visit.closing.lapsed = visit.debts.filter(lapses);
  visit.debts = visit.debts.filter((debt) => !lapses(debt));
}

/** Opens the lapsed debts again. */
export function reopenLapsed(visit: Owing): void {
  visit.debts = [...visit.debts, ...visit.closing.lapsed];
  visit.closing.lapsed = [];
}
