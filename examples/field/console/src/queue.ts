/** Visits that wait for the contact center, in the order in which they are taken up. */
import type { Id, Instant } from 'auxilio';
import { type BoardWait, waitingVisit } from 'auxilio/service';
import { policy } from '../../../http/policy.ts';
import type { Disagreement } from '../../server/disagreements.ts';
import type { FieldRow } from '../../server/read-models.ts';

/** A visit on the board of this host. */
export type Row = FieldRow;

/** The one who waits: a person at a door, a provider whose acts were not taken yet, or only the record. */
export type Group = 'door' | 'discrepancy' | 'receipt';

/** A wait of the board, or a provider's disagreement that has no answer. */
type Wait = Readonly<{ for: BoardWait['for'] | 'disagreement'; about?: Id; since: Instant; limitMs: number | null }>;

/** Something that waits for the center, since when. The discrepancies of a visit are one. */
export type Waiting = Readonly<{
  key: string;
  row: Row;
  wait: Wait;
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

/** The acts of the center that a visit waits for. */
function waitingOf(row: Row, now: Instant): readonly Waiting[] {
  if (row.debts.length === 0) return [];
  const at = Date.parse(now);
  const waiting: Waiting[] = [];
  for (const wait of waitingVisit(row, now, policy).waits) {
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

const present = (): Instant => new Date().toISOString();

export function queueOf(rows: readonly Row[]): readonly Waiting[] {
  const now = present();
  return rows.flatMap((row) => waitingOf(row, now)).sort(compare);
}

/** The queue after a visit changed. */
export const requeued = (queue: readonly Waiting[], visitId: string, row: Row | null): readonly Waiting[] =>
  replaced(queue, visitId, row === null ? [] : waitingOf(row, present()), compare);

/** The queue with the disagreements that have no answer. Their visits may be on the board no longer. */
export function withDisagreements(
  queue: readonly Waiting[],
  open: Iterable<Disagreement>,
  rows: ReadonlyMap<string, Row>,
): readonly Waiting[] {
  const waiting = [...open].map(({ disagreementId, visitId, receivedAt, visit }): Waiting => {
    const row = rows.get(visitId) ?? { ...visit, visitId, arriveBy: null, lastActAt: null, debts: [] };
    const wait = { for: 'disagreement', since: receivedAt, limitMs: null } as const;
    return { key: disagreementId, row, wait, group: 'discrepancy', count: 1, sinceMs: Date.parse(receivedAt) };
  });
  return waiting.length === 0 ? queue : inserted([...queue], waiting, compare);
}

/** A sorted list after a visit changed: one pass over it, whatever its length. */
const replaced = <T extends Readonly<{ row: Row }>>(
  list: readonly T[],
  visitId: string,
  added: readonly T[],
  order: (one: T, other: T) => number,
): readonly T[] =>
  inserted(
    list.filter((one) => one.row.visitId !== visitId),
    added,
    order,
  );

/** Puts items into a sorted list, which is changed, each at its place. */
function inserted<T>(kept: T[], added: readonly T[], order: (one: T, other: T) => number): readonly T[] {
  for (const one of added) {
    let [low, high] = [0, kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = kept[middle];
      if (there !== undefined && order(there, one) < 0) low = middle + 1;
      else high = middle;
    }
    kept.splice(low, 0, one);
  }
  return kept;
}

/** A visit of the board, and since when something is owed in it. */
export type Aged = Readonly<{ row: Row; oldest: Instant | null }>;

const agedOf = (row: Row): Aged => ({
  row,
  oldest: row.debts.reduce<Instant | null>(
    (oldest, { since }) => (oldest === null || since < oldest ? since : oldest),
    null,
  ),
});

/** Orders visits: those with the oldest debt first, then those that are expected first. */
function compareAges(one: Aged, other: Aged): number {
  const [since, otherSince] = [one.oldest ?? '9', other.oldest ?? '9'];
  if (since !== otherSince) return since < otherSince ? -1 : 1;
  const [expected, otherExpected] = [one.row.arriveBy ?? '', other.row.arriveBy ?? ''];
  if (expected !== otherExpected) return expected < otherExpected ? -1 : 1;
  return one.row.visitId < other.row.visitId ? -1 : 1;
}

export const byAge = (rows: readonly Row[]): readonly Aged[] => rows.map(agedOf).sort(compareAges);

/** The visits by age after one of them changed. */
export const reaged = (list: readonly Aged[], visitId: string, row: Row | null): readonly Aged[] =>
  replaced(list, visitId, row === null ? [] : [agedOf(row)], compareAges);

/** True if a provider has not arrived by the agreed time. */
export const isLate = ({ phase, arriveBy }: Row, now: Instant): boolean =>
  phase === 'in-transit' && arriveBy !== null && arriveBy < now;
