import { mustBe } from '../../kernel/known.ts';
import type { Instant } from '../../messages/index.ts';
import type { WaitGroup } from '../../reading/debt-groups.ts';
import { compareTexts } from '../../util/equality.ts';
import { defaultPolicy, type Policy } from '../../visit/index.ts';
import { mustBePolicy } from '../../visit/policy-check.ts';
import { type BoardRow, parseNow } from './board.ts';
import { type BoardWait, waitingAt } from './board-page.ts';

/** The place of an entry in the queue. @since 0.6.0 */
export type QueuePlace = Readonly<{
  group: WaitGroup;
  /** The time from which its wait counts, never later than when the queue was ordered. */
  from: Instant;
  /** Unique in a queue; of equal waits the first key is first. */
  key: string;
}>;

/** Something for which a visit waits for the contact center. The open discrepancies of a visit are decided together: they are one. @since 0.6.0 */
export type QueueEntry<Row extends BoardRow = BoardRow> = QueuePlace &
  Readonly<{
    row: Row;
    /** The wait; of several discrepancies the longest. */
    wait: BoardWait;
    /** The number of discrepancies; 1 for anything else. */
    count: number;
  }>;

/**
 * Orders what waits for the contact center, as it is to be taken up: a person at a door first, then one at work who cannot go on, then
 * what is owed, then papers; a debt whose purpose has passed comes last ({@link WaitGroup}). In a group the longest wait comes first. A
 * threshold that is exceeded moves nothing.
 *
 * @throws RangeError for an invalid `now`
 * @throws TypeError for rows that are no list, or an invalid policy
 * @since 0.6.0
 */
export function orderQueue<Row extends BoardRow>(
  rows: readonly Row[],
  now: Instant,
  policy: Policy = defaultPolicy,
): readonly QueueEntry<Row>[] {
  mustBe(Array.isArray(rows), 'orderQueue takes a list of rows', rows);
  mustBePolicy(policy);
  const at = parseNow(now);
  return rows.flatMap((row) => listEntries(row, at, policy)).sort(compareQueuePlaces);
}

function listEntries<Row extends BoardRow>(row: Row, at: number, policy: Policy): QueueEntry<Row>[] {
  if (row.debts.length === 0) return [];
  const entries: QueueEntry<Row>[] = [];
  // The longest wait comes first.
  for (const wait of waitingAt(row, at, policy).waits) {
    const { group, ageMs } = wait;
    if (group === null) continue;
    const isDiscrepancy = wait.for === 'settle-discrepancy';
    const place = isDiscrepancy ? entries.findIndex((entry) => entry.wait.for === wait.for) : -1;
    const before = entries[place];
    if (before !== undefined) entries[place] = { ...before, count: before.count + 1 };
    else {
      const key = `${row.visitId} ${wait.for} ${isDiscrepancy ? '' : (wait.about ?? '')}`;
      entries.push({ key, group, from: new Date(at - ageMs).toISOString(), row, wait, count: 1 });
    }
  }
  return entries;
}

const ranks: Readonly<Record<WaitGroup, number>> = { door: 0, stopped: 1, owed: 2, papers: 3, passed: 4 };

/** Compares two places of a queue, for a list that is kept sorted as its visits change. @since 0.6.0 */
export function compareQueuePlaces(one: QueuePlace, other: QueuePlace): number {
  return (
    ranks[one.group] - ranks[other.group] || compareTexts(one.from, other.from) || compareTexts(one.key, other.key)
  );
}
