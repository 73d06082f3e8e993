/** Checks of cursors, rows and checkpoints: common to every store. */
import { mustKnowKeys } from '../kernel/known.ts';
import { isCursor, placeOf } from './cursor.ts';
import { CheckpointConflictError, StoreError } from './errors.ts';
import { checkedBound } from './event-record.ts';
import type {
  Checkpoint,
  CheckpointUpdate,
  FeedCursor,
  FeedRange,
  ParkedStream,
  RetryingStream,
  Row,
  RowChange,
  RowRange,
} from './event-store.ts';

/** A row to be stored: its body as text, `null` if it is to be removed. */
export type PreparedRow = Readonly<{ projection: string; key: string; text: string | null; building: boolean }>;

/** A waiting stream as it is stored: parked if `handledBefore` is `null`, else retried. */
export type WaitingStream = Readonly<{
  streamName: string;
  from: bigint;
  reason: string;
  since: string | null;
  handledBefore: number | null;
}>;

/** A checkpoint update whose parts were checked. */
export type CheckedUpdate = Readonly<{
  expected: number;
  cursor: FeedCursor | null;
  rows: readonly PreparedRow[];
  wait: readonly WaitingStream[];
  unpark: readonly string[];
  handled: number;
  effect: ((transaction: never) => unknown) | undefined;
}>;

/** The position of a consumer. */
export type CheckpointPosition = Pick<Checkpoint, 'cursor' | 'revision' | 'handled'>;

/** The generation to swap in: its builder, and the revisions of the two consumers. */
export type Promotion = Readonly<{ builder: string; expected: number; current: number }>;

export const initialCheckpoint: CheckpointPosition = { cursor: null, revision: 0, handled: 0 };

/** A checkpoint as the port returns it. */
export function toCheckpoint(
  { cursor, revision, handled }: CheckpointPosition,
  waiting: readonly WaitingStream[],
): Checkpoint {
  const parked: ParkedStream[] = [];
  const retrying: RetryingStream[] = [];
  for (const { streamName, from, reason, since, handledBefore } of waiting) {
    if (handledBefore !== null) retrying.push({ streamName, from, reason, since, handledBefore });
    else parked.push({ streamName, from, reason, ...(since !== null && { since }) });
  }
  return { cursor, revision, parked, retrying, handled };
}

/** Refuses an invalid name of a consumer or a projection, or an invalid key. */
export function checkName(what: string, name: unknown): void {
  if (typeof name !== 'string' || name === '') throw new StoreError('invalid', `A ${what} is a non-empty string`);
}

export function prepareRows(rows: readonly RowChange[] = []): PreparedRow[] {
  if (!Array.isArray(rows)) throw new StoreError('invalid', 'rows is a list');
  return rows.map(({ projection, key, body, generation }) => {
    checkName('projection', projection);
    checkName('key', key);
    if (generation !== undefined && generation !== 'building') {
      throw new StoreError('invalid', "The generation of a row is 'building' or left out");
    }
    const building = generation === 'building';
    return { projection, key, text: body === null ? null : stringifyBody(body), building };
  });
}

function stringifyBody(body: unknown): string {
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
export function toRow({ key, text }: { readonly key: string; readonly text: string }): Row {
  let body: unknown;
  try {
    body = typeof text === 'string' && JSON.parse(text);
  } catch (cause) {
    throw new StoreError('corrupt', `The row ${JSON.stringify(key)} is not JSON`, { cause });
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { key, body };
  throw new StoreError('corrupt', `The row ${JSON.stringify(key)} is not an object`);
}

const updateOptions: Readonly<Record<keyof CheckpointUpdate, 0>> = {
  expected: 0,
  cursor: 0,
  rows: 0,
  park: 0,
  retry: 0,
  unpark: 0,
  handled: 0,
  effect: 0,
};

export function validateCheckpointUpdate(update: CheckpointUpdate): CheckedUpdate {
  mustKnowKeys('commitCheckpoint', update, updateOptions);
  const { expected, cursor = null, rows, park = [], retry = [], unpark = [], handled = 0, effect } = update;
  checkRevision(expected);
  checkCursor(cursor);
  if (!isCount(handled)) throw new StoreError('invalid', 'handled is a whole number of 0 or more');
  const wait = [...park.map(checkedParked), ...retry.map(checkedRetrying)];
  return { expected, cursor, rows: prepareRows(rows), wait, unpark, handled, effect };
}

export function checkRevision(expected: number): void {
  if (!Number.isSafeInteger(expected)) throw new StoreError('invalid', 'The expected revision is a whole number');
}

const LONGEST_REASON = 4096;
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

function checkedParked({ streamName, from, reason, since: at }: ParkedStream): WaitingStream {
  const since = at ?? null;
  if (!isWaiting(streamName, from, reason, since)) {
    throw new StoreError('invalid', 'A parked stream is { streamName, from, reason, since? }');
  }
  return { streamName, from, reason, since, handledBefore: null };
}

function checkedRetrying({ streamName, from, reason, since, handledBefore }: RetryingStream): WaitingStream {
  if (!isWaiting(streamName, from, reason, since) || !isCount(handledBefore)) {
    throw new StoreError('invalid', 'A stream to retry is { streamName, from, reason, since, handledBefore }');
  }
  return { streamName, from, reason, since, handledBefore };
}

function isWaiting(streamName: unknown, from: unknown, reason: unknown, since: unknown): boolean {
  if (typeof streamName !== 'string' || typeof from !== 'bigint' || typeof reason !== 'string') return false;
  if (reason.length > LONGEST_REASON)
    throw new StoreError('invalid', `A reason has up to ${LONGEST_REASON} characters`);
  return since === null || isInstant(since);
}

const isInstant = (value: unknown) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z$/.test(value);

/** Refuses an update that expects another revision, or whose cursor goes back. */
export function assertUnmoved(
  consumer: string,
  { expected, cursor }: CheckedUpdate,
  { revision, ...at }: Pick<CheckpointPosition, 'cursor' | 'revision'>,
): void {
  if (expected !== revision) throw new CheckpointConflictError(consumer, expected, revision);
  if (placeOf(cursor) < placeOf(at.cursor)) throw new StoreError('invalid', 'A checkpoint does not go back');
}

/**
 * Returns the generation to swap in. Refuses if either consumer is not at the expected revision, if no generation is being built,
 * or if it is behind the rows that it would replace.
 */
export function checkPromotion<T>(
  projection: string,
  { builder, expected, current }: Promotion,
  building: T | null | undefined,
  built: Pick<CheckpointPosition, 'cursor' | 'revision'>,
  replaced: Pick<CheckpointPosition, 'cursor' | 'revision'>,
): T {
  if (built.revision !== expected) throw new CheckpointConflictError(builder, expected, built.revision);
  if (replaced.revision !== current) throw new CheckpointConflictError(projection, current, replaced.revision);
  if (building === null || building === undefined) throw noGenerationError();
  if (placeOf(built.cursor) < placeOf(replaced.cursor)) throw generationBehindError();
  return building;
}

/** Returns the position of a consumer that takes over the rows of a builder. */
export function toPromoted(built: CheckpointPosition, replaced: CheckpointPosition): CheckpointPosition {
  return {
    cursor: replaced.cursor ?? built.cursor,
    revision: replaced.revision + 1,
    handled: Math.max(built.handled, replaced.handled),
  };
}

export const noGenerationError = () => new StoreError('invalid', 'No generation is being built');

export const generationBehindError = () =>
  new StoreError('invalid', 'The generation is behind the consumer whose rows it would replace');

/** Runs an effect in a store whose transactions cannot wait. Refuses one that returns a promise. */
export function runSyncEffect<T>(effect: ((transaction: T) => unknown) | undefined, transaction: T): void {
  const answer = effect?.(transaction) as { then?: unknown } | null | undefined;
  if (typeof answer?.then !== 'function') return;
  Promise.resolve(answer).catch(() => undefined); // refused here; its own rejection must not end the process
  throw new StoreError('invalid', 'The effect of this store is synchronous');
}

const DEFAULT_COUNT = 500;
const MAX_COUNT = 10_000;

/** The range of the global stream to read, with its defaults. */
export type FeedBounds = Readonly<{ after: FeedCursor | null; maxCount: number; stream: StreamPart | undefined }>;

/** A stream from a version on. */
type StreamPart = Readonly<{ name: string; from: bigint }>;

export function feedBounds(range: FeedRange = {}): FeedBounds {
  mustKnowKeys('readFeed', range, { after: 0, maxCount: 0, streamName: 0, fromVersion: 0 });
  const { after = null, maxCount, streamName, fromVersion } = range;
  checkCursor(after);
  if (streamName !== undefined && typeof streamName !== 'string') {
    throw new StoreError('invalid', 'A stream name is a string');
  }
  const from = checkedBound('fromVersion', fromVersion, 1n);
  return {
    after,
    maxCount: checkedCount(maxCount),
    stream: streamName === undefined ? undefined : { name: streamName, from },
  };
}

export function rowBounds(range: RowRange = {}) {
  mustKnowKeys('readRows', range, { after: 0, maxCount: 0 });
  const { after = '', maxCount } = range;
  if (typeof after !== 'string') throw new StoreError('invalid', 'after is a key');
  return { after, maxCount: checkedCount(maxCount) };
}

function checkedCount(maxCount = DEFAULT_COUNT): number {
  if (Number.isSafeInteger(maxCount) && maxCount >= 1 && maxCount <= MAX_COUNT) return maxCount;
  throw new StoreError('invalid', `maxCount is a whole number from 1 to ${MAX_COUNT}`);
}

export function checkCursor(cursor: FeedCursor | null): void {
  if (cursor !== null && !isCursor(cursor)) {
    throw new StoreError('invalid', 'A place in the feed is the cursor of an event');
  }
}

/** Refuses a stored checkpoint that no commit can have written. */
export function checkStoredCheckpoint(consumer: string, { cursor, revision, handled, parked }: Checkpoint): void {
  const isPlace = cursor === null || isCursor(cursor);
  const isWhole = isPlace && isCount(revision) && isCount(handled) && parked.every(({ from }) => from >= 0n);
  if (!isWhole) throw new StoreError('corrupt', `The checkpoint of ${JSON.stringify(consumer)} cannot be read`);
}
