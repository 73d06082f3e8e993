import { decodeName, encodeName } from '../canonical.ts';
import {
  assertUnmoved,
  type CheckedUpdate,
  type CheckpointPosition,
  generationBehindError,
  noGenerationError,
  type PreparedRow,
  type Promotion,
  toCheckpoint,
} from '../checkpoint.ts';
import type { ConsumerStorage, StorageFunctions, StoredRow } from '../create-event-store.ts';
import { otherHistoryError, placeOf, splitCursor } from '../cursor.ts';
import { CheckpointConflictError, StoreError } from '../errors.ts';
import type { Checkpoint, FeedCursor } from '../event-store.ts';
import { BUILDING } from './consumer-functions.ts';
import { EffectError, type Query } from './database.ts';
import { storedCursor } from './history.ts';
import { type PostgresTables, resolveNames, storeLongNames, toKey } from './names.ts';
import type { PostgresSql } from './sql.ts';

/**
 * The transaction of a checkpoint's commit, for the effect to write with until it ends. A query that fails throws the error of
 * pg, and then the transaction is lost, unless it was rolled back to a savepoint. An effect that ends the transaction, by
 * COMMIT or ROLLBACK, is refused: `invalid`, or `io` if the checkpoint was committed.
 *
 * @since 0.4.0
 */
export type PostgresTransaction = {
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ rows: Row[]; rowCount: number | null }>;
};

type CheckpointRow = PositionRow & (Waiting | { [Key in keyof Waiting]: null });
type PositionRow = {
  cursor: FeedCursor | null;
  whole_cursor: FeedCursor | null;
  epoch: string;
  revision: string;
  handled: string;
};
type Waiting = { stream: string; version: string; reason: string; since: string | null; handled_before: string | null };
type Promoted = {
  outcome: 'promoted' | 'none' | 'behind' | 'conflict';
  of_builder: boolean;
  at_revision: string;
};
type CommitRecord = { refusal: string | null; transaction: string };
/** The text of a refusal: the cursor is of another history, or the consumer is elsewhere than expected. */
type Refusal = {
  is_other: boolean;
  at_cursor: FeedCursor | null;
  at_whole: FeedCursor | null;
  at_revision: string | null;
  at_epoch: string;
};
type TransactionStatus = { is_open: boolean; status: string | null };
type RowRecord = { key: string; body: string };

async function readCheckpoint(on: PostgresTables, consumer: string): Promise<Checkpoint> {
  const { database, sql } = on;
  const found = await database.read<CheckpointRow>(sql.checkpoint, [toKey(consumer)]);
  const waiting = found.filter((row) => row.stream !== null);
  const toName = await resolveNames(
    on,
    waiting.map(({ stream }) => stream),
  );
  const streams = waiting.map(({ stream, version, reason, since, handled_before: before }) => ({
    streamName: toName(stream),
    from: BigInt(version),
    reason: decodeName(reason),
    since,
    handledBefore: before === null ? null : Number(before),
  }));
  const [at] = found;
  const cursor = at === undefined ? null : storedCursor(at.cursor, at.whole_cursor, at.epoch);
  return toCheckpoint({ ...toPosition(cursor, at?.revision), handled: Number(at?.handled ?? 0) }, streams);
}

async function commitCheckpoint(on: PostgresTables, consumer: string, update: CheckedUpdate): Promise<void> {
  const { database, sql, lockTimeoutMs } = on;
  const { effect, rows, wait } = update;
  const values = listCommitParameters(consumer, update, lockTimeoutMs);
  await storeLongNames(on, [consumer, ...wait.map(({ streamName }) => streamName), ...listRowNames(rows)]);
  if (effect === undefined) {
    const [answer] = await database.write<CommitRecord>(sql.commit, values);
    return checkCommitted(consumer, update, answer);
  }
  // A refused statement is committed, too: it may have begun the epoch for which it refuses the cursor.
  const answer = await database.transaction(async (query, raw) => {
    const [committed] = (await query(sql.commit, values)).rows as CommitRecord[];
    if (committed?.refusal === null) {
      await runEffect(effect, raw);
      await checkTransaction(query, sql, committed);
    }
    return committed;
  });
  checkCommitted(consumer, update, answer);
}

/** Refuses an update whose checkpoint was not committed, since it is not as the update expects it. */
function checkCommitted(consumer: string, update: CheckedUpdate, answer: CommitRecord | undefined): void {
  if (answer?.refusal === null) return;
  const at: Partial<Refusal> = JSON.parse(answer?.refusal ?? '{}');
  const position = toPosition(at.at_cursor, at.at_revision);
  if (at.is_other === true)
    throw otherHistoryError(storedCursor(position.cursor, at.at_whole ?? null, at.at_epoch ?? ''));
  assertUnmoved(consumer, update, position);
  throw new CheckpointConflictError(consumer, update.expected, position.revision);
}

/** Refuses to commit if the effect ended the transaction of the update, even if it began another. */
async function checkTransaction(query: Query, sql: PostgresSql, answer: CommitRecord | undefined): Promise<void> {
  const { rows } = await query(sql.transactionStatus, [answer?.transaction]).catch(noRowsIfFailed);
  const [found] = rows as TransactionStatus[];
  if (found === undefined || found.is_open) return;
  const isWritten = found.status === 'committed';
  const outcome = isWritten ? 'and so wrote it' : 'and so undid it';
  throw new StoreError(isWritten ? 'io' : 'invalid', `The effect ended the transaction that it was given, ${outcome}`);
}

async function readRows(on: PostgresTables, projection: string, after: string, maxCount: number): Promise<StoredRow[]> {
  const { database, sql } = on;
  const found = await database.read<RowRecord>(sql.rows, [toKey(projection), toKey(after), maxCount]);
  const toName = await resolveNames(
    on,
    found.map(({ key }) => key),
  );
  return found.map(({ key, body }) => ({ key: toName(key), text: body }));
}

async function readRow(
  { database, sql }: PostgresTables,
  projection: string,
  key: string,
): Promise<StoredRow | undefined> {
  const [found] = await database.read<RowRecord>(sql.row, [toKey(projection), toKey(key)]);
  return found && { key, text: found.body };
}

async function reset(on: PostgresTables, name: string): Promise<void> {
  const { database, sql, lockTimeoutMs } = on;
  await storeLongNames(on, [name]);
  await database.write(sql.reset, [toKey(name), lockTimeoutMs]);
}

async function startGeneration(on: PostgresTables, projection: string, builder: string): Promise<void> {
  const { database, sql, lockTimeoutMs } = on;
  await storeLongNames(on, [projection, builder]);
  await database.write(sql.startGeneration, [toKey(projection), toKey(builder), lockTimeoutMs]);
}

async function promoteGeneration(on: PostgresTables, projection: string, promotion: Promotion): Promise<void> {
  const { database, sql, lockTimeoutMs } = on;
  const { builder, expected, current } = promotion;
  await storeLongNames(on, [projection, builder]);
  const values = [toKey(projection), toKey(builder), expected, current, lockTimeoutMs];
  const [answer] = await database.write<Promoted>(sql.promoteGeneration, values);
  if (answer?.outcome === 'promoted') return;
  if (answer?.outcome === 'conflict') {
    const [name, revision] = answer.of_builder ? [builder, expected] : [projection, current];
    throw new CheckpointConflictError(name, revision, Number(answer.at_revision));
  }
  throw answer?.outcome === 'none' ? noGenerationError() : generationBehindError();
}

/** The storage of consumers and projections. */
export const consumerStorage: StorageFunctions<PostgresTables, ConsumerStorage> = {
  checkpoint: readCheckpoint,
  commit: commitCheckpoint,
  rows: readRows,
  row: readRow,
  reset,
  startGeneration,
  promoteGeneration,
};

function toPosition(
  cursor: FeedCursor | null | undefined,
  revision: string | null | undefined,
): Pick<CheckpointPosition, 'cursor' | 'revision'> {
  return { cursor: cursor ?? null, revision: Number(revision ?? 0) };
}

/** Lists the parameters of `auxilio_commit`. */
function listCommitParameters(consumer: string, update: CheckedUpdate, lockTimeoutMs: number) {
  const { expected, cursor, rows, wait, unpark, handled } = update;
  const { epoch = '', lastId = '' } = cursor === null ? {} : splitCursor(cursor);
  return [
    toKey(consumer),
    expected,
    ...[cursor && placeOf(cursor), cursor, epoch === '' ? null : epoch, lastId],
    ...toColumns(rows),
    unpark.map(toKey),
    wait.map(({ streamName }) => toKey(streamName)),
    wait.map(({ from }) => from),
    wait.map(({ reason }) => encodeName(reason)),
    wait.map(({ since }) => since),
    wait.map(({ handledBefore }) => handledBefore),
    handled,
    lockTimeoutMs,
  ];
}

/** Returns no rows if a query of the transaction has failed: its commit will be refused. Throws any other error. */
function noRowsIfFailed(error: unknown): { readonly rows: unknown[] } {
  if ((error as { code?: unknown }).code === '25P02') return { rows: [] };
  throw error;
}

/** Runs an effect in the transaction, which the effect can no longer use after its end. */
async function runEffect(effect: (transaction: never) => unknown, query: Query): Promise<void> {
  let over = false;
  const transaction: PostgresTransaction = {
    async query<Row>(text: string, values?: readonly unknown[]) {
      if (over) throw new StoreError('invalid', 'The transaction is over');
      const { rows, rowCount } = await query(text, values);
      return { rows: rows as Row[], rowCount };
    },
  };
  try {
    await effect(transaction as never);
  } catch (thrown) {
    throw new EffectError(thrown);
  } finally {
    over = true;
  }
}

/** Lists the names in rows. */
export function listRowNames(rows: readonly PreparedRow[]): string[] {
  return rows.flatMap(({ projection, key }) => [projection, key]);
}

/** Returns the columns of the last change of each row, sorted so that concurrent writers lock the rows in one order. */
export function toColumns(rows: readonly PreparedRow[]): [string[], string[], (string | null)[]] {
  const last = new Map(rows.map((row) => [JSON.stringify([row.projection, row.key, row.building]), row]));
  const inOrder = [...last].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  return [
    inOrder.map(({ projection, building }) => `${building ? BUILDING : ''}${toKey(projection)}`),
    inOrder.map(({ key }) => toKey(key)),
    inOrder.map(({ text }) => text),
  ];
}
