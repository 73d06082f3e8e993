/** Cursors: a place in the global stream, and what identifies the history that it was read in. */
import { encodeName } from './canonical.ts';
import { StoreError } from './errors.ts';
import { LARGEST } from './event-record.ts';
import type { FeedCursor, FeedEvent, StoredEvent } from './event-store.ts';

/**
 * The parts of a cursor, joined by `~`. The place alone, as releases before 0.9 wrote it, has no epoch, and is not checked.
 */
export type CursorParts = Readonly<{
  /** A position, or the number of a transaction and a position; each of 19 digits. */
  place: string;
  /** The id of the epoch in which it was read. */
  epoch: string;
  /** The number of events up to the place, where a store counts them and the reader began at the beginning. */
  count: string;
  /** The id of the event before the place, as the store encodes names. */
  lastId: string;
}>;

const CURSOR = /^(\d{19}(?:-\d{19})?)(?:~([0-9a-f]+)~(\d*)~(.*))?$/s;

export const isCursor = (cursor: unknown): cursor is FeedCursor => typeof cursor === 'string' && CURSOR.test(cursor);

export function splitCursor(cursor: FeedCursor): CursorParts {
  const [, place = cursor, epoch = '', count = '', lastId = ''] = CURSOR.exec(cursor) ?? [];
  return { place, epoch, count, lastId };
}

export function joinCursor({ place, epoch, count, lastId }: CursorParts): FeedCursor {
  return epoch === '' ? place : `${place}~${epoch}~${count}~${lastId}`;
}

/** The place of a cursor, by which cursors compare; empty, before all others, at the beginning. */
export const placeOf = (cursor: FeedCursor | null): string => cursor?.split('~', 1)[0] ?? '';

/** The epoch of a cursor; undefined at the beginning, and of a cursor without one. */
export const epochOf = (cursor: FeedCursor | null): string | undefined =>
  (cursor === null ? '' : splitCursor(cursor).epoch) || undefined;

/** Returns the error for a cursor of another history. */
export function otherHistoryError(repeatFrom: FeedCursor | null): StoreError {
  const from = repeatFrom === null ? 'from the beginning' : `after ${placeOf(repeatFrom)}`;
  const message = `That place is in another history than that of this store, which has no such events: repeat ${from}`;
  return new StoreError('other-history', message, { repeatFrom });
}

/** A number of up to 63 bits as text with the same order. */
export const sortableNumber = (position: bigint): string => String(position).padStart(19, '0');

/* The stores whose places are positions, so that a place has one event, and all before it are known by it. */

/** An epoch of the history of a store: its id, and the last position that it shares with the epoch before it. */
export type Epoch = Readonly<{ id: string; cut: bigint }>;

/** The history of a store: its epochs, oldest first, and the id of the event at a position, encoded. */
export type History = Readonly<{
  epochs: readonly Epoch[];
  idAt: (position: bigint) => string | undefined;
}>;

export const newEpochId = (uuid: string): string => uuid.replaceAll('-', '').slice(0, 12);

/** The position of a cursor. Refuses one of another history, and one of another kind of store. */
export function positionIn({ epochs, idAt }: History, cursor: FeedCursor | null): bigint {
  const position = parsePosition(cursor);
  if (cursor === null) return position;
  const { epoch, lastId } = splitCursor(cursor);
  if (epoch === '') return position;
  const index = epochs.findIndex(({ id }) => id === epoch);
  if (index === -1) throw otherHistoryError(null);
  const cut = epochs[index + 1]?.cut;
  if (cut !== undefined && position > cut) throw otherHistoryError(cursorAt({ epochs, idAt }, cut));
  if (idAt(position) !== lastId) throw otherHistoryError(null);
  return position;
}

/** The cursor of a position in the newest epoch; null at the beginning. A position without an event gives the place alone. */
function cursorAt({ epochs, idAt }: History, position: bigint): FeedCursor | null {
  if (position <= 0n) return null;
  const lastId = idAt(position);
  const epoch = lastId === undefined ? '' : (epochs.at(-1)?.id ?? '');
  return joinCursor({ place: sortableNumber(position), epoch, count: '', lastId: lastId ?? '' });
}

/** The cursor of a stored checkpoint, which is of the history of its store. Other texts stay as they are. */
export function storedCursor(history: History, place: FeedCursor | null): FeedCursor | null {
  return isCursor(place) ? cursorAt(history, parsePosition(place)) : place;
}

/** An event of the global stream, with its cursor. */
export function toFeedEvent(epoch: string, stored: StoredEvent): FeedEvent {
  const place = sortableNumber(stored.globalPosition);
  return { ...stored, cursor: joinCursor({ place, epoch, count: '', lastId: encodeName(stored.messageId) }) };
}

/** The position of a cursor, whose history is not looked at. */
export function parsePosition(cursor: FeedCursor | null): bigint {
  const place = placeOf(cursor);
  const position = place === '' ? 0n : /^\d+$/.test(place) ? BigInt(place) : LARGEST + 1n;
  if (position > LARGEST) throw new StoreError('invalid', "That is a place in another store's feed");
  return position;
}
