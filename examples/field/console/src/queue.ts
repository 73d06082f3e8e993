/** Visits that wait for the contact center, in the order in which they are taken up. */
import type { Instant } from 'auxilio';
import { type BoardWait, waitingVisit } from 'auxilio/service';
import { policy } from '../../../http/policy.ts';
import type { FieldRow } from '../../server/read-models.ts';

/** A visit on the board of this host. */
export type Row = FieldRow;

/** The one who waits: a person at a door, a provider whose acts were not taken yet, or only the record. */
export type Group = 'door' | 'discrepancy' | 'receipt';

/** Something that waits for the center, since when. The discrepancies of a visit are one. */
export type Waiting = Readonly<{
  key: string;
  row: Row;
  wait: BoardWait;
  group: Group;
  count: number;
  sinceMs: number;
}>;

const groups: Readonly<Record<BoardWait['for'], Group | null>> = {
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
  arrival: null,
  photos: null,
};

export const isOverdue = ({ wait: { limitMs }, sinceMs }: Waiting, at: number): boolean =>
  limitMs !== null && at - sinceMs > limitMs;

/** The act of the center that a visit waits for. */
function waitingOf(row: Row): readonly Waiting[] {
  if (row.debts.length === 0) return [];
  const at = Date.now();
  const waiting: Waiting[] = [];
  for (const wait of waitingVisit(row, new Date(at).toISOString(), policy).waits) {
    const group = groups[wait.for];
    if (group === null) continue;
    // The longest wait comes first.
    const place = group === 'discrepancy' ? waiting.findIndex((one) => one.group === group) : -1;
    const before = waiting[place];
    if (before !== undefined) waiting[place] = { ...before, count: before.count + 1 };
    else {
      const key = `${row.visitId} ${wait.for} ${group === 'discrepancy' ? '' : (wait.about ?? '')}`;
      waiting.push({ key, row, wait, group, count: 1, sinceMs: at - wait.ageMs });
    }
  }
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

/** Since when something is owed in a visit. */
export const oldestOf = (row: Row): Instant | null =>
  row.debts.reduce<Instant | null>((oldest, { since }) => (oldest === null || since < oldest ? since : oldest), null);
