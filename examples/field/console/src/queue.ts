/** Entries of the queue: all that waits for the contact center, in the order in which it is taken up. */
import type { Instant } from 'auxilio';
import { type BoardWait, compareQueuePlaces, orderQueue, type QueueEntry } from 'auxilio/service';
import { policy } from '../../../http/policy.ts';
import type { Disagreement } from '../../server/disagreements.ts';
import type { FieldRow } from '../../server/read-models.ts';

/** A visit on the board of this host. */
export type Row = FieldRow;

/** A wait of the board, or a provider's disagreement that has no answer. */
type Wait = Pick<BoardWait, 'about' | 'limitMs' | 'passed'> & Readonly<{ for: BoardWait['for'] | 'disagreement' }>;

/** An entry of the queue of the library, or a disagreement. */
export type Waiting = Omit<QueueEntry<Row>, 'wait'> & Readonly<{ wait: Wait }>;

export const isOverdue = ({ wait: { limitMs }, from }: Waiting, at: number): boolean =>
  limitMs !== null && at - Date.parse(from) > limitMs;

const present = (): Instant => new Date().toISOString();

export const queueOf = (rows: readonly Row[]): readonly Waiting[] => orderQueue(rows, present(), policy);

/** The queue after a visit changed. */
export const requeued = (queue: readonly Waiting[], visitId: string, row: Row | null): readonly Waiting[] =>
  replaced(queue, visitId, row === null ? [] : queueOf([row]), compareQueuePlaces);

/** The queue with the disagreements that have no answer. Their visits may be on the board no longer. */
export function withDisagreements(
  queue: readonly Waiting[],
  open: Iterable<Disagreement>,
  rows: ReadonlyMap<string, Row>,
): readonly Waiting[] {
  const waiting = [...open].map(({ disagreementId, visitId, receivedAt, visit }): Waiting => {
    const row = rows.get(visitId) ?? { ...visit, visitId, arriveBy: null, lastActAt: null, debts: [] };
    const wait = { for: 'disagreement', limitMs: null } as const;
    return { key: disagreementId, row, wait, group: 'owed', count: 1, from: receivedAt };
  });
  return waiting.length === 0 ? queue : inserted([...queue], waiting, compareQueuePlaces);
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
