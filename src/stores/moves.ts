/** What every store checks of what is kept beside the events: places in the feed, rows, and the moves of a consumer. */
import { CheckpointConflictError, StoreError } from './errors.ts';
import type {
  Checkpoint,
  CheckpointMove,
  FeedCursor,
  FeedRange,
  ParkedStream,
  Row,
  RowChange,
  RowRange,
} from './port.ts';
import { LARGEST } from './rows.ts';

/** A row as it is kept: its body as text, `null` when it is to be removed. */
export type RowText = Readonly<{ projection: string; key: string; text: string | null }>;

/** A move whose parts were checked. */
export type CheckedMove = Readonly<{
  expected: number;
  cursor: FeedCursor | null;
  rows: readonly RowText[];
  park: readonly ParkedStream[];
  unpark: readonly string[];
  effect: ((transaction: never) => unknown) | undefined;
}>;

/** Where a consumer stands. */
export type Standing = Pick<Checkpoint, 'cursor' | 'revision'>;

export const beginning: Standing = { cursor: null, revision: 0 };

/** Refuses what is no consumer, projection or key. */
export function checkName(what: string, name: unknown): void {
  if (typeof name !== 'string' || name === '') throw new StoreError('invalid', `A ${what} is a non-empty string`);
}

export function checkedRows(rows: readonly RowChange[] = []): RowText[] {
  return rows.map(({ projection, key, body }) => {
    checkName('projection', projection);
    checkName('key', key);
    if (typeof body !== 'object' || Array.isArray(body)) throw new StoreError('invalid', "A row's body is an object");
    return { projection, key, text: body === null ? null : textOf(body) };
  });
}

function textOf(body: object): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(body);
  } catch (cause) {
    throw new StoreError('invalid', "A row's body must be JSON", { cause });
  }
  if (!text?.startsWith('{')) throw new StoreError('invalid', "A row's body is an object");
  return text;
}

/** A row as the port hands it out. */
export function rowOf({ key, text }: { readonly key: string; readonly text: string }): Row {
  return { key, body: JSON.parse(text) as object };
}

export function checkedMove(move: CheckpointMove): CheckedMove {
  const { expected, cursor = null, rows, park = [], unpark = [], effect } = move;
  if (!Number.isSafeInteger(expected)) throw new StoreError('invalid', 'The expected revision is a whole number');
  checkCursor(cursor);
  for (const { streamName, from, reason } of park) {
    const isParked = typeof streamName === 'string' && typeof from === 'bigint' && typeof reason === 'string';
    if (!isParked) throw new StoreError('invalid', 'A parked stream is { streamName, from, reason }');
  }
  return { expected, cursor, rows: checkedRows(rows), park, unpark, effect };
}

/** Refuses a move from elsewhere, and one that goes back. */
export function checkStanding(
  consumer: string,
  { expected, cursor }: CheckedMove,
  { revision, ...at }: Standing,
): void {
  if (expected !== revision) throw new CheckpointConflictError(consumer, expected, revision);
  if ((cursor ?? '') < (at.cursor ?? '')) throw new StoreError('invalid', 'A checkpoint does not go back');
}

/** Runs the effect of a move where a transaction cannot wait. */
export function runAtOnce<T>(effect: ((transaction: T) => unknown) | undefined, transaction: T): void {
  const answer = effect?.(transaction) as { then?: unknown } | null | undefined;
  if (typeof answer?.then !== 'function') return;
  Promise.resolve(answer).catch(() => undefined); // it is refused here; its own failure must not end the process
  throw new StoreError('invalid', 'The effect of this store is synchronous');
}

const USUAL_COUNT = 500;
const MOST = 10_000;

export function feedBounds({ after = null, maxCount }: FeedRange = {}) {
  checkCursor(after);
  return { after, maxCount: countOf(maxCount) };
}

export function rowBounds({ after = '', maxCount }: RowRange = {}) {
  if (typeof after !== 'string') throw new StoreError('invalid', 'after is a key');
  return { after, maxCount: countOf(maxCount) };
}

function countOf(maxCount = USUAL_COUNT): number {
  if (Number.isSafeInteger(maxCount) && maxCount >= 1 && maxCount <= MOST) return maxCount;
  throw new StoreError('invalid', `maxCount is a whole number from 1 to ${MOST}`);
}

function checkCursor(cursor: FeedCursor | null): void {
  if (cursor !== null && (typeof cursor !== 'string' || !/^\d{19}(-\d{19})?$/.test(cursor))) {
    throw new StoreError('invalid', 'A place in the feed is the cursor of an event');
  }
}

/** The position that a place is, in a store whose places are positions. */
export function positionAt(cursor: FeedCursor | null): bigint {
  const position = cursor === null ? 0n : /^\d+$/.test(cursor) ? BigInt(cursor) : LARGEST + 1n;
  if (position > LARGEST) throw new StoreError('invalid', "That is a place in another store's feed");
  return position;
}

/** A number of up to 63 bits as text that sorts as it does. */
export const padded = (position: bigint): string => String(position).padStart(19, '0');
