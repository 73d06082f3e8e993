import { decodeName, encodeName } from '../canonical.ts';
import {
  assertUnmoved,
  type CheckedUpdate,
  type CheckpointPosition,
  checkPromotion,
  initialCheckpoint,
  type PreparedRow,
  type Promotion,
  runSyncEffect,
  toCheckpoint,
  type WaitingStream,
} from '../checkpoint.ts';
import type { ConsumerStorage, StorageFunctions, StoredRow } from '../create-event-store.ts';
import { parsePosition, placeOf, positionIn, storedCursor } from '../cursor.ts';
import { StoreError } from '../errors.ts';
import type { Checkpoint } from '../event-store.ts';
import type { SqliteDatabase } from './adapters.ts';
import { runInSnapshot, runInTransaction, type SqliteTables } from './database.ts';

type Waiting = {
  stream: string;
  version: number;
  reason: string;
  since: string | null;
  handled_before: number | null;
};
type RowRecord = { key: string; body: string };
/** The names under which the rows of a projection are stored. */
type Generations = { number: number; live: string; building: string | null };

/** Reads the generations of a projection; the first one is stored under its own name. */
function readGenerations({ statements }: SqliteTables, projection: string): Generations {
  const found = statements.generations.get(projection) as Generations | undefined;
  if (found === undefined) return { number: 0, live: projection, building: null };
  const { number, live, building } = found;
  if (wholeNumber(number) >= 0 && typeof live === 'string' && isTextOrNull(building)) return found;
  throw new StoreError('corrupt', `The generations of ${JSON.stringify(projection)} cannot be read`);
}

/** Writes rows, within a transaction. */
export function writeRows(on: SqliteTables, rows: readonly PreparedRow[]): void {
  for (const { projection, key, text, building: only } of rows) {
    const { live, building } = readGenerations(on, encodeName(projection));
    for (const kept of only ? [building] : [live, building]) {
      if (kept === null) continue;
      if (text === null) on.statements.removeRow.run(kept, encodeName(key));
      else on.statements.setRow.run(kept, encodeName(key), text);
    }
  }
}

function readPosition({ statements }: SqliteTables, consumer: string): CheckpointPosition {
  const kept = statements.checkpoint.get(encodeName(consumer)) as CheckpointPosition | undefined;
  if (kept === undefined) return initialCheckpoint;
  return { ...kept, revision: wholeNumber(kept.revision), handled: wholeNumber(kept.handled) };
}

function readCheckpoint(on: SqliteTables, consumer: string): Checkpoint {
  return runInSnapshot(on.database, () => {
    const waiting = on.statements.parked.all(encodeName(consumer)) as Waiting[];
    const position = readPosition(on, consumer);
    const cursor = storedCursor(on.history, position.cursor);
    return toCheckpoint({ ...position, cursor }, waiting.map(toWaitingStream));
  });
}

function commitCheckpoint(on: SqliteTables, consumer: string, update: CheckedUpdate): void {
  const { database, statements, history } = on;
  const name = encodeName(consumer);
  parsePosition(update.cursor);
  runInTransaction(database, () => {
    positionIn(history, update.cursor);
    assertUnmoved(consumer, update, readPosition(on, consumer));
    writeRows(on, update.rows);
    runEffect(database, update.effect);
    for (const stream of update.unpark) statements.unpark.run(name, encodeName(stream));
    for (const { streamName, from, reason, since, handledBefore } of update.wait) {
      statements.park.run(name, encodeName(streamName), from, encodeName(reason), since, handledBefore);
    }
    statements.setCheckpoint.run(name, update.cursor && placeOf(update.cursor), update.handled);
  });
}

/** Runs an effect within a savepoint. Without it afterwards, the effect has ended the transaction, and is refused. */
function runEffect(database: SqliteDatabase, effect: CheckedUpdate['effect']): void {
  if (effect === undefined) return;
  database.exec('SAVEPOINT auxilio_effect');
  runSyncEffect(effect, database as never);
  try {
    database.exec('RELEASE auxilio_effect');
  } catch (cause) {
    throw new StoreError('invalid', 'The effect ended the transaction that it was given', { cause });
  }
}

function readRows({ statements }: SqliteTables, projection: string, after: string, maxCount: number): StoredRow[] {
  const name = encodeName(projection);
  return (statements.rows.all(name, name, encodeName(after), maxCount) as RowRecord[]).map(toStoredRow);
}

function readRow({ statements }: SqliteTables, projection: string, key: string): StoredRow | undefined {
  const name = encodeName(projection);
  const found = statements.row.get(name, name, encodeName(key)) as RowRecord | undefined;
  return found === undefined ? undefined : toStoredRow(found);
}

function reset(on: SqliteTables, name: string): void {
  const { database, statements } = on;
  const kept = encodeName(name);
  runInTransaction(database, () => {
    const { live, building } = readGenerations(on, kept);
    statements.forgetGenerations.run(kept);
    for (const one of new Set([kept, live, building ?? kept])) statements.removeRows.run(one);
    resetConsumer(on, kept);
  });
}

/** Resets a consumer to the beginning. */
function resetConsumer({ statements }: SqliteTables, consumer: string): void {
  statements.unparkAll.run(consumer);
  statements.resetCheckpoint.run(consumer);
}

function startGeneration(on: SqliteTables, projection: string, builder: string): void {
  const { database, statements } = on;
  const name = encodeName(projection);
  runInTransaction(database, () => {
    const { number, live, building } = readGenerations(on, name);
    if (building !== null) statements.removeRows.run(building);
    const next = Number(number) + 1;
    statements.setGenerations.run(name, next, live, `\\g${next}:${name}`);
    resetConsumer(on, encodeName(builder));
  });
}

function promoteGeneration(on: SqliteTables, projection: string, promotion: Promotion): void {
  const { database, statements } = on;
  const [name, built] = [encodeName(projection), encodeName(promotion.builder)];
  runInTransaction(database, () => {
    const [from, to] = [readPosition(on, promotion.builder), readPosition(on, projection)];
    const { number, live, building } = readGenerations(on, name);
    const next = checkPromotion(projection, promotion, building, from, to);
    statements.removeRows.run(live);
    statements.setGenerations.run(name, number, next, null);
    statements.unparkAll.run(name);
    statements.takeParked.run(name, built);
    statements.takeCheckpoint.run(name, built);
    resetConsumer(on, built);
  });
}

/** The storage of consumers and projections. */
export const consumerStorage: StorageFunctions<SqliteTables, ConsumerStorage> = {
  checkpoint: readCheckpoint,
  commit: commitCheckpoint,
  rows: readRows,
  row: readRow,
  reset,
  startGeneration,
  promoteGeneration,
};

/** A number of the tables, as a bigint if the database is so configured; NaN if it is not a number. */
function wholeNumber(value: unknown): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
}

const isTextOrNull = (value: unknown) => value === null || typeof value === 'string';

function toStoredRow({ key, body }: RowRecord): StoredRow {
  return { key: decodeName(key), text: body };
}

function toWaitingStream({ stream, version, reason, since, handled_before: before }: Waiting): WaitingStream {
  return {
    streamName: decodeName(stream),
    from: BigInt(version),
    reason: decodeName(reason),
    since,
    handledBefore: before === null ? null : Number(before),
  };
}
