/** What waits for the contact center, in the order in which it is taken up. */
import type { Debt, Instant, Policy } from 'auxilio';
import { defaultPolicy } from 'auxilio/core';
import type { BoardRow } from 'auxilio/service';
import { policy } from '../../../http/policy.ts';

/** A visit of the board, and what this server adds to it. */
export type Row = BoardRow & Readonly<{ client?: string | null; place?: string | null }>;

/** Who waits: a person at a door, a provider whose acts were not taken yet, or only the record. */
export type Group = 'door' | 'discrepancy' | 'receipt';

/** Something that waits for the center. The discrepancies of a visit are one. */
export type Waiting = Readonly<{ key: string; row: Row; debt: Debt; group: Group; count: number; sinceMs: number }>;

const minute = 60_000;

const groups: Readonly<Record<Debt['kind'], Group | null>> = {
  'give-instruction': 'door',
  'take-up-escalation': 'door',
  'coordinate-materials': 'door',
  'reassign-provider': 'door',
  'notify-delay': 'door',
  'notify-provider-change': 'door',
  'settle-discrepancy': 'discrepancy',
  'document-photos': 'receipt',
  'document-start': 'receipt',
  'supply-materials': null,
};

const { clientToldMinutes, discrepancySettledMinutes } = {
  ...defaultPolicy.thresholds,
  ...(policy as Policy).thresholds,
};

/** The time after which a debt is overdue; null where the protocol measures none. */
export function limitOf({ kind }: Debt): number | null {
  if (kind === 'notify-delay') return clientToldMinutes * minute;
  return kind === 'settle-discrepancy' ? discrepancySettledMinutes * minute : null;
}

export const isOverdue = (debt: Debt, at: number): boolean => {
  const limit = limitOf(debt);
  return limit !== null && at - Date.parse(debt.since) > limit;
};

const known = new WeakMap<Row, readonly Waiting[]>();

/** What a visit waits for, of the center. */
export function waitingOf(row: Row): readonly Waiting[] {
  const found = known.get(row);
  if (found !== undefined) return found;
  const waiting: Waiting[] = [];
  for (const debt of row.debts) {
    const group = groups[debt.kind];
    if (group === null) continue;
    const other = group === 'discrepancy' ? waiting.findIndex((one) => one.group === group) : -1;
    const before = waiting[other];
    if (before !== undefined) {
      const oldest = before.debt.since <= debt.since ? before.debt : debt;
      waiting[other] = { ...before, debt: oldest, count: before.count + 1, sinceMs: Date.parse(oldest.since) };
      continue;
    }
    const key = `${row.visitId} ${debt.kind} ${group === 'discrepancy' ? '' : (debt.about ?? '')}`;
    waiting.push({ key, row, debt, group, count: 1, sinceMs: Date.parse(debt.since) });
  }
  known.set(row, waiting);
  return waiting;
}

const ranks: Readonly<Record<Group, number>> = { door: 0, discrepancy: 1, receipt: 2 };

/** People first, then discrepancies, then receipts; of each the oldest first. */
function compare(one: Waiting, other: Waiting): number {
  return ranks[one.group] - ranks[other.group] || one.sinceMs - other.sinceMs || (one.key < other.key ? -1 : 1);
}

export const queueOf = (rows: Iterable<Row>): readonly Waiting[] => [...rows].flatMap(waitingOf).sort(compare);

/** The queue after a visit changed: one pass over it, whatever its length. */
export function requeued(queue: readonly Waiting[], visitId: string, row: Row | null): readonly Waiting[] {
  const kept = queue.filter((one) => one.row.visitId !== visitId);
  for (const one of row === null ? [] : waitingOf(row)) {
    let [low, high] = [0, kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = kept[middle];
      if (there !== undefined && compare(there, one) < 0) low = middle + 1;
      else high = middle;
    }
    kept.splice(low, 0, one);
  }
  return kept;
}

/** True if a provider has not arrived by the agreed time. */
export const isLate = ({ phase, arriveBy }: Row, at: number): boolean =>
  phase === 'in-transit' && arriveBy !== null && Date.parse(arriveBy) < at;

/** The oldest thing that a visit waits for. */
export const oldestOf = (row: Row): Instant | null =>
  row.debts.reduce<Instant | null>((oldest, { since }) => (oldest === null || since < oldest ? since : oldest), null);
