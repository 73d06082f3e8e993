/** Cursors of the Postgres store: a transaction and a position, with the epoch, the number of events before it, and the last event's id. */
import { isCursor, joinCursor, otherHistoryError, placeOf, sortableNumber, splitCursor } from '../cursor.ts';
import { StoreError } from '../errors.ts';
import type { FeedCursor } from '../event-store.ts';
import type { PostgresTables } from './names.ts';

/** The parts of a cursor as the statements take them. */
export type Place = Readonly<{ xid: string; position: string; epoch: string; count: string; lastId: string }>;

/** Answer of a statement on the history that it read: its epoch, and whether the event at the place is there. */
export type Seen = Readonly<{ epoch: string; is_here: boolean }>;

type Judgement = Readonly<{
  epoch: string;
  is_standby: boolean;
  /** The epoch of the cursor is known, and another has followed it. */
  is_older: boolean;
  is_shared: boolean;
  xid: string | null;
  position: string | null;
  last_id: string | null;
  count: string;
}>;

function parsePlace(cursor: FeedCursor | null): Place {
  if (cursor === null) return { xid: '0', position: '0', epoch: '', count: '0', lastId: '' };
  const { place, ...read } = splitCursor(cursor);
  const [xid = '', position] = place.split('-');
  if (position === undefined) throw new StoreError('invalid', "That is a place in another store's feed");
  return { xid, position, ...read };
}

export const formatPlace = (xid: string, position: string): string =>
  `${sortableNumber(BigInt(xid))}-${sortableNumber(BigInt(position))}`;

/** Counts on from a number of events; empty where that is unknown. */
export const addToCount = (count: string, more: number): string =>
  count === '' ? '' : String(BigInt(count) + BigInt(more));

/** The cursor of a stored checkpoint. What it rests on was written before it, so that it is of the epoch that is read now. */
export function storedCursor(place: string | null, whole: string | null, epoch: string): FeedCursor | null {
  if (place === null || !isCursor(place)) return place;
  if (whole === null || placeOf(whole) !== place) return joinCursor({ place, epoch, count: '', lastId: '' });
  return joinCursor({ ...splitCursor(whole), epoch });
}

/** Cursors of older epochs that were found to be of this history, with the cursor that each became: a reader at the end asks again. */
const found = new WeakMap<PostgresTables['sql'], Map<FeedCursor, FeedCursor>>();
const MOST_FOUND = 100;

/**
 * Reads after a place, in a statement that says which history it read. A cursor of another epoch is read again as one of the present
 * epoch if the store has all that it rests on: the place before the cut, the same last event, the same number of events. Else it is refused.
 * Transactions do not commit in the order of their numbers, so a place before the cut proves nothing by itself.
 * A standby that is behind answers `undefined`.
 */
export async function readAfter<Row extends Seen>(
  on: PostgresTables,
  after: FeedCursor | null,
  read: (place: Place) => Promise<readonly Row[]>,
): Promise<Readonly<{ rows: readonly Row[]; place: Place; epoch: string }> | undefined> {
  for (let cursor = after; ; ) {
    const place = parsePlace((cursor !== null && found.get(on.sql)?.get(cursor)) || cursor);
    const rows = await read(place);
    const [seen] = rows;
    if (seen === undefined) throw new StoreError('io', 'Postgres: a read has no answer');
    if (place.epoch === '' || cursor === null || (place.epoch === seen.epoch && seen.is_here))
      return { rows, place, epoch: seen.epoch };
    found.get(on.sql)?.delete(cursor);
    const moved = await judge(on, place);
    if (moved === undefined) return undefined;
    remember(on, cursor, moved);
    cursor = moved;
  }
}

/** Finds a cursor in the present history. Refuses one that is in none of its epochs; undefined if a standby cannot know. */
async function judge({ database, sql }: PostgresTables, place: Place): Promise<FeedCursor | undefined> {
  const { xid, position, epoch, count, lastId } = place;
  const [answer] = await database.read<Judgement>(sql.judge, [xid, position, lastId, epoch]);
  if (answer === undefined) throw new StoreError('io', 'Postgres: a read has no answer');
  const shared = sharedCursor(answer);
  const isWhole = answer.is_shared && (count === '' || count === answer.count);
  if (isWhole && answer.is_older && shared !== null) return shared;
  if (answer.is_standby && !answer.is_older) return undefined;
  throw otherHistoryError(shared);
}

/** The cursor of the last event up to the place of a cursor that its epoch shares with the present one. */
function sharedCursor({ epoch, xid, position, last_id: lastId, count }: Judgement): FeedCursor | null {
  if (xid === null || position === null || lastId === null) return null;
  return joinCursor({ place: formatPlace(xid, position), epoch, count, lastId });
}

function remember({ sql }: PostgresTables, cursor: FeedCursor, moved: FeedCursor): void {
  const known = found.get(sql) ?? new Map<FeedCursor, FeedCursor>();
  found.set(sql, known);
  if (known.size >= MOST_FOUND) known.clear();
  known.set(cursor, moved);
}
