/** Identity of the history of a database: the id of its only epoch, which its first append begins, and the ids of its events. */
import { runtime } from '../../util/runtime.ts';
import { encodeName } from '../canonical.ts';
import { type History, newEpochId, parsePosition, positionIn } from '../cursor.ts';
import type { FeedCursor } from '../event-store.ts';
import type { Connection } from './connection.ts';
import type { StoredRecord, StoreName, WrappedTransaction } from './driver.ts';

/** The epochs that connections have read. It is the same while a connection is open, which the deletion of its database closes. */
const epochs = new WeakMap<Connection, string>();

/** The object stores of a transaction that asks for the epoch, besides those that it needs itself. */
export const withEpoch = (on: Connection, stores: readonly StoreName[]): readonly StoreName[] =>
  epochs.has(on) ? stores : [...stores, 'lastRevision'];

/** Reads the id of the epoch; empty before the first append. */
async function readEpoch(on: Connection, transaction: WrappedTransaction): Promise<string> {
  const known = epochs.get(on);
  if (known !== undefined) return known;
  const found = await transaction.objectStore('lastRevision').get('epoch');
  if (typeof found !== 'string') return '';
  epochs.set(on, found);
  return found;
}

/** Begins the epoch with the first append. It is known once a later transaction reads it, since this one may fail. */
export async function beginEpoch(on: Connection, transaction: WrappedTransaction): Promise<void> {
  if ((await readEpoch(on, transaction)) !== '') return;
  await transaction.objectStore('lastRevision').put(newEpochId(runtime.randomId()), 'epoch');
}

/** The history of the database up to a cursor, and its epoch. */
export type HistoryTo = History & Readonly<{ epoch: string }>;

export async function readHistory(
  on: Connection,
  transaction: WrappedTransaction,
  cursor: FeedCursor | null,
): Promise<HistoryTo> {
  const position = parsePosition(cursor);
  const [epoch, found] = await Promise.all([
    readEpoch(on, transaction),
    position > 0n && position <= Number.MAX_SAFE_INTEGER
      ? transaction.objectStore('events').get(Number(position))
      : undefined,
  ]);
  const lastId = found === undefined ? undefined : encodeName((found as StoredRecord).id);
  const idAt: History['idAt'] = (wanted) => (wanted === position ? lastId : undefined);
  return { epoch, epochs: epoch === '' ? [] : [{ id: epoch, cut: 0n }], idAt };
}

/** The position of a cursor, and the epoch. Refuses a cursor of another history. */
export async function findPosition(
  on: Connection,
  transaction: WrappedTransaction,
  cursor: FeedCursor | null,
): Promise<{ position: bigint; epoch: string }> {
  const history = await readHistory(on, transaction, cursor);
  return { position: positionIn(history, cursor), epoch: history.epoch };
}
