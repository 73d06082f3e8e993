import type { CheckedUpdate, CheckpointPosition, PreparedRow, Promotion, WaitingStream } from '../checkpoint.ts';
import {
  assertUnmoved,
  checkPromotion,
  initialCheckpoint,
  runSyncEffect,
  toCheckpoint,
  toPromoted,
} from '../checkpoint.ts';
import type { ConsumerStorage, StorageFunctions, StoredRow } from '../create-event-store.ts';
import { isCursor, parsePosition, placeOf, storedCursor } from '../cursor.ts';
import { StoreError } from '../errors.ts';
import type { Checkpoint } from '../event-store.ts';
import type { Connection } from './connection.ts';
import { type Key, rangeBetween, rangeWithin, unwrapTransaction, type WrappedTransaction } from './driver.ts';
import { isAbort } from './errors.ts';
import { findPosition, readHistory, withEpoch } from './history.ts';

/** A stream that waits, as it is stored: a version may be beyond the numbers that are exact. */
type WaitingRecord = Omit<WaitingStream, 'from'> & Readonly<{ from: string }>;

/** The numbers of the generations of a projection's rows: those that are read, those that are built, and the last one. */
type Generations = Readonly<{ live: number; building: number | null; last: number }>;

const CHECKPOINT = ['checkpoints', 'waiting'] as const;
const ALL = [...CHECKPOINT, 'rows', 'generations'] as const;
const COMMIT = [...ALL, 'events', 'application'] as const;

function readCheckpoint(on: Connection, consumer: string): Promise<Checkpoint> {
  return on.read(withEpoch(on, [...CHECKPOINT, 'events']), async (transaction) => {
    const [at, waiting] = await Promise.all([readPosition(transaction, consumer), readWaiting(transaction, consumer)]);
    if (!isCursor(at.cursor)) return toCheckpoint(at, waiting);
    const cursor = storedCursor(await readHistory(on, transaction, at.cursor), at.cursor);
    return toCheckpoint({ ...at, cursor }, waiting);
  });
}

async function commitCheckpoint(on: Connection, consumer: string, { effect, ...update }: CheckedUpdate): Promise<void> {
  parsePosition(update.cursor);
  let thrown: { error: unknown } | undefined;
  const committing = on.write(withEpoch(on, COMMIT), async (transaction) => {
    await findPosition(on, transaction, update.cursor);
    const before = await readPosition(transaction, consumer);
    assertUnmoved(consumer, { ...update, effect }, before);
    await writeRows(transaction, update.rows);
    await writeWaiting(transaction, consumer, update);
    const handled = before.handled + update.handled;
    const cursor = update.cursor && placeOf(update.cursor);
    await setPosition(transaction, consumer, { cursor, revision: before.revision + 1, handled });
    try {
      // The last part, so that the rest is written even if the effect commits the transaction itself.
      runSyncEffect(effect, unwrapTransaction(transaction) as never);
    } catch (error) {
      thrown = { error };
      throw error;
    }
  });
  await committing.catch((error: unknown) => {
    if (thrown !== undefined) throw thrown.error;
    throw effect !== undefined && isAbort((error as Error).cause) ? effectEndedError(error) : error;
  });
}

function readRows({ read }: Connection, projection: string, after: string, maxCount: number): Promise<StoredRow[]> {
  return read(['rows', 'generations'], async (transaction) => {
    const { live } = await readGenerations(transaction, projection);
    const range = rangeBetween([projection, live, after], [projection, live, []], { lowerOpen: true });
    const store = transaction.objectStore('rows');
    const [keys, texts] = await Promise.all([store.getAllKeys(range, maxCount), store.getAll(range, maxCount)]);
    return keys.map((key, index) => ({ key: (key as readonly string[])[2] as string, text: texts[index] as string }));
  });
}

function readRow({ read }: Connection, projection: string, key: string): Promise<StoredRow | undefined> {
  return read(['rows', 'generations'], async (transaction) => {
    const { live } = await readGenerations(transaction, projection);
    const text = await transaction.objectStore('rows').get([projection, live, key]);
    return text === undefined ? undefined : { key, text: text as string };
  });
}

function reset({ write }: Connection, name: string): Promise<void> {
  return write(ALL, async (transaction) => {
    await transaction.objectStore('rows').delete(rangeWithin(name));
    await transaction.objectStore('generations').delete(name);
    await resetConsumer(transaction, name);
  });
}

function startGeneration({ write }: Connection, projection: string, builder: string): Promise<void> {
  return write(ALL, async (transaction) => {
    const { live, building, last } = await readGenerations(transaction, projection);
    if (building !== null) await transaction.objectStore('rows').delete(rangeWithin(projection, building));
    await setGenerations(transaction, projection, { live, building: last + 1, last: last + 1 });
    await resetConsumer(transaction, builder);
  });
}

function promoteGeneration({ write }: Connection, projection: string, promotion: Promotion): Promise<void> {
  return write(ALL, async (transaction) => {
    const built = await readPosition(transaction, promotion.builder);
    const replaced = await readPosition(transaction, projection);
    const { live, building, last } = await readGenerations(transaction, projection);
    const next = checkPromotion(projection, promotion, building, built, replaced);
    await transaction.objectStore('rows').delete(rangeWithin(projection, live));
    await setGenerations(transaction, projection, { live: next, building: null, last });
    const waiting = await readWaiting(transaction, promotion.builder);
    await resetConsumer(transaction, projection);
    for (const stream of waiting) await wait(transaction, projection, stream);
    await setPosition(transaction, projection, toPromoted(built, replaced));
    await resetConsumer(transaction, promotion.builder);
  });
}

/** The storage of consumers and projections. */
export const consumerStorage: StorageFunctions<Connection, ConsumerStorage> = {
  checkpoint: readCheckpoint,
  commit: commitCheckpoint,
  rows: readRows,
  row: readRow,
  reset,
  startGeneration,
  promoteGeneration,
};

/** Writes rows, within a transaction. */
export async function writeRows(transaction: WrappedTransaction, rows: readonly PreparedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const store = transaction.objectStore('rows');
  const known = new Map<string, Generations>();
  for (const projection of new Set(rows.map((row) => row.projection))) {
    known.set(projection, await readGenerations(transaction, projection));
  }
  const requests: Promise<unknown>[] = [];
  for (const { projection, key, text, building: only } of rows) {
    const { live, building } = known.get(projection) as Generations;
    for (const generation of only ? [building] : [live, building]) {
      if (generation === null) continue;
      const place: Key = [projection, generation, key];
      requests.push(text === null ? store.delete(place) : store.put(text, place));
    }
  }
  await Promise.all(requests);
}

/** Removes streams that no longer wait, then adds others; one that waits already keeps its place. */
async function writeWaiting(
  transaction: WrappedTransaction,
  consumer: string,
  { unpark, wait: streams }: Pick<CheckedUpdate, 'unpark' | 'wait'>,
): Promise<void> {
  const store = transaction.objectStore('waiting');
  for (const stream of unpark) await store.delete([consumer, stream]);
  for (const stream of streams) {
    if ((await store.count([consumer, stream.streamName])) === 0) await wait(transaction, consumer, stream);
  }
}

async function wait(transaction: WrappedTransaction, consumer: string, stream: WaitingStream): Promise<void> {
  const record: WaitingRecord = { ...stream, from: String(stream.from) };
  await transaction.objectStore('waiting').put(record, [consumer, stream.streamName]);
}

async function readWaiting(transaction: WrappedTransaction, consumer: string): Promise<WaitingStream[]> {
  const records = await transaction.objectStore('waiting').getAll(rangeWithin(consumer));
  return (records as WaitingRecord[]).map(({ from, ...stream }) => ({ ...stream, from: BigInt(from) }));
}

async function readPosition(transaction: WrappedTransaction, consumer: string): Promise<CheckpointPosition> {
  const found = await transaction.objectStore('checkpoints').get(consumer);
  if (found === undefined) return initialCheckpoint;
  const { cursor, revision, handled } = found as CheckpointPosition;
  return { cursor, revision, handled };
}

async function setPosition(transaction: WrappedTransaction, consumer: string, position: CheckpointPosition) {
  await transaction.objectStore('checkpoints').put(position, consumer);
}

/** Resets a consumer to the beginning. */
async function resetConsumer(transaction: WrappedTransaction, consumer: string): Promise<void> {
  const { revision } = await readPosition(transaction, consumer);
  await transaction.objectStore('waiting').delete(rangeWithin(consumer));
  await setPosition(transaction, consumer, { ...initialCheckpoint, revision: revision + 1 });
}

async function readGenerations(transaction: WrappedTransaction, projection: string): Promise<Generations> {
  const found = await transaction.objectStore('generations').get(projection);
  if (found === undefined) return { live: 0, building: null, last: 0 };
  const { live, building, last } = found as Generations;
  const numbers = [live, building ?? live, last];
  if (numbers.every((number) => Number.isSafeInteger(number))) return { live, building, last };
  throw new StoreError('corrupt', `The generations of ${JSON.stringify(projection)} cannot be read`);
}

async function setGenerations(transaction: WrappedTransaction, projection: string, generations: Generations) {
  await transaction.objectStore('generations').put(generations, projection);
}

const effectEndedError = (cause: unknown) =>
  new StoreError('invalid', 'The effect ended the transaction that it was given', { cause });
