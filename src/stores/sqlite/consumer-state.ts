import { decodeName, encodeName } from '../canonical.ts';
import {
  assertUnmoved,
  type CheckedUpdate,
  type CheckpointPosition,
  checkBuilder,
  initialCheckpoint,
  type PreparedRow,
  parseCursor,
  runSyncEffect,
  toCheckpoint,
  type WaitingStream,
} from '../checkpoint.ts';
import type { ConsumerStorage, Promotion, StoredRow } from '../create-event-store.ts';
import { CheckpointConflictError, StoreError } from '../errors.ts';
import type { Checkpoint } from '../event-store.ts';
import { inReadSnapshot, inWriteTransaction } from './database.ts';
import type { SqliteDatabase } from './driver.ts';
import { SQL } from './schema.ts';

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

/** Creates the storage of consumers and projections. */
export function createConsumerStorage(
  database: SqliteDatabase,
): ConsumerStorage & { writeRows: (rows: readonly PreparedRow[]) => void } {
  const checkpointOf = database.prepare(SQL.checkpoint);
  const parkedOf = database.prepare(SQL.parked);
  const rowsAfter = database.prepare(SQL.rows);
  const rowAt = database.prepare(SQL.row);
  const setRow = database.prepare(SQL.setRow);
  const removeRow = database.prepare(SQL.removeRow);
  const generationsOf = database.prepare(SQL.generations);

  function generations(projection: string): Generations {
    const found = generationsOf.get(projection) as Generations | undefined;
    if (found === undefined) return { number: 0, live: projection, building: null };
    const { number, live, building } = found;
    if (wholeNumber(number) >= 0 && typeof live === 'string' && isTextOrNull(building)) return found;
    throw new StoreError('corrupt', `The generations of ${JSON.stringify(projection)} cannot be read`);
  }

  /** Writes rows, within a transaction. */
  function writeRows(rows: readonly PreparedRow[]): void {
    for (const { projection, key, text, building: only } of rows) {
      const { live, building } = generations(encodeName(projection));
      for (const kept of only ? [building] : [live, building]) {
        if (kept === null) continue;
        if (text === null) removeRow.run(kept, encodeName(key));
        else setRow.run(kept, encodeName(key), text);
      }
    }
  }

  function position(consumer: string): CheckpointPosition {
    const kept = checkpointOf.get(encodeName(consumer)) as CheckpointPosition | undefined;
    if (kept === undefined) return initialCheckpoint;
    return { ...kept, revision: wholeNumber(kept.revision), handled: wholeNumber(kept.handled) };
  }

  function checkpoint(consumer: string): Checkpoint {
    const read = () => ({ at: position(consumer), waiting: parkedOf.all(encodeName(consumer)) as Waiting[] });
    const { at, waiting } = inReadSnapshot(database, read);
    return toCheckpoint(at, waiting.map(waitingStream));
  }

  function commit(consumer: string, update: CheckedUpdate): void {
    parseCursor(update.cursor);
    const name = encodeName(consumer);
    inWriteTransaction(database, () => {
      assertUnmoved(consumer, update, position(consumer));
      writeRows(update.rows);
      runEffect(update.effect);
      for (const stream of update.unpark) database.prepare(SQL.unpark).run(name, encodeName(stream));
      for (const { streamName, from, reason, since, handledBefore } of update.wait) {
        database.prepare(SQL.park).run(name, encodeName(streamName), from, encodeName(reason), since, handledBefore);
      }
      database.prepare(SQL.setCheckpoint).run(name, update.cursor, update.handled);
    });
  }

  /**
   * Runs an effect, and refuses one that ended the transaction, though it may have begun another: its savepoint is gone
   * then.
   */
  function runEffect(effect: CheckedUpdate['effect']): void {
    if (effect === undefined) return;
    database.exec('SAVEPOINT auxilio_effect');
    runSyncEffect(effect, database as never);
    try {
      database.exec('RELEASE auxilio_effect');
    } catch (cause) {
      throw new StoreError('invalid', 'The effect ended the transaction that it was given', { cause });
    }
  }

  function rows(projection: string, after: string, maxCount: number): StoredRow[] {
    const range = { projection: encodeName(projection), after: encodeName(after), maxCount };
    return (rowsAfter.all(range) as RowRecord[]).map(storedRow);
  }

  function row(projection: string, key: string): StoredRow | undefined {
    const found = rowAt.get({ projection: encodeName(projection), key: encodeName(key) }) as RowRecord | undefined;
    return found === undefined ? undefined : storedRow(found);
  }

  function reset(name: string): void {
    const kept = encodeName(name);
    inWriteTransaction(database, () => {
      const { live, building } = generations(kept);
      database.prepare(SQL.forgetGenerations).run(kept);
      for (const one of new Set([kept, live, building ?? kept])) database.prepare(SQL.removeRows).run(one);
      resetConsumer(kept);
    });
  }

  /** Resets a consumer to the beginning. */
  function resetConsumer(consumer: string): void {
    database.prepare(SQL.unparkAll).run(consumer);
    database.prepare(SQL.resetCheckpoint).run(consumer);
  }

  function startGeneration(projection: string, builder: string): void {
    const name = encodeName(projection);
    inWriteTransaction(database, () => {
      const { number, live, building } = generations(name);
      if (building !== null) database.prepare(SQL.removeRows).run(building);
      const next = Number(number) + 1;
      database.prepare(SQL.setGenerations).run(name, next, live, `\\g${next}:${name}`);
      resetConsumer(encodeName(builder));
    });
  }

  function promoteGeneration(projection: string, { builder, expected, current }: Promotion): void {
    const [name, built] = [encodeName(projection), encodeName(builder)];
    inWriteTransaction(database, () => {
      const [from, to] = [position(builder), position(projection)];
      if (from.revision !== expected) throw new CheckpointConflictError(builder, expected, from.revision);
      if (to.revision !== current) throw new CheckpointConflictError(projection, current, to.revision);
      const { number, live, building } = generations(name);
      const next = checkBuilder(building, from, to);
      database.prepare(SQL.removeRows).run(live);
      database.prepare(SQL.setGenerations).run(name, number, next, null);
      database.prepare(SQL.unparkAll).run(name);
      database.prepare(SQL.takeParked).run(name, built);
      database.prepare(SQL.takeCheckpoint).run(name, built);
      resetConsumer(built);
    });
  }

  return { writeRows, checkpoint, commit, rows, row, reset, startGeneration, promoteGeneration };
}

/** A number of the tables, as a bigint if the database is so configured; NaN if it is not a number. */
function wholeNumber(value: unknown): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
}

const isTextOrNull = (value: unknown) => value === null || typeof value === 'string';

function storedRow({ key, body }: RowRecord): StoredRow {
  return { key: decodeName(key), text: body };
}

function waitingStream({ stream, version, reason, since, handled_before: before }: Waiting): WaitingStream {
  return {
    streamName: decodeName(stream),
    from: BigInt(version),
    reason: decodeName(reason),
    since,
    handledBefore: before === null ? null : Number(before),
  };
}
