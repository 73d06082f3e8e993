import {
  assertUnmoved,
  type CheckedUpdate,
  type CheckpointPosition,
  generationBehindError,
  noGenerationError,
  type PreparedRow,
  toCheckpoint,
} from '../checkpoint.ts';
import type { ConsumerStorage, Promotion, StoredRow } from '../create-event-store.ts';
import { CheckpointConflictError, StoreError } from '../errors.ts';
import type { Checkpoint, FeedCursor } from '../event-store.ts';
import { decodeName, encodeName } from '../name-encoding.ts';
import { BUILDING } from './consumer-functions.ts';
import { EffectError, type PostgresDatabase, type Query } from './database.ts';
import { keyOf, type PostgresNames } from './names.ts';
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
type PositionRow = { cursor: FeedCursor | null; revision: string; handled: string };
type Waiting = { stream: string; version: string; reason: string; since: string | null; handled_before: string | null };
type Promoted = {
  outcome: 'promoted' | 'none' | 'behind' | 'conflict';
  of_builder: boolean;
  at_revision: string;
};
type CommitRecord = { moved: boolean; at_cursor: FeedCursor | null; at_revision: string | null; transaction: string };
type TransactionStatus = { is_open: boolean; status: string | null };
type RowRecord = { key: string; body: string };

/** Creates the storage of consumers and projections. */
export function createConsumerStorage(
  database: PostgresDatabase,
  sql: PostgresSql,
  names: PostgresNames,
  lockTimeoutMs: number,
): ConsumerStorage {
  async function checkpoint(consumer: string): Promise<Checkpoint> {
    const found = await database.read<CheckpointRow>(sql.checkpoint, [keyOf(consumer)]);
    const waiting = found.filter((row) => row.stream !== null);
    const nameOf = await names.resolve(waiting.map(({ stream }) => stream));
    const streams = waiting.map(({ stream, version, reason, since, handled_before: before }) => ({
      streamName: nameOf(stream),
      from: BigInt(version),
      reason: decodeName(reason),
      since,
      handledBefore: before === null ? null : Number(before),
    }));
    const [at] = found;
    return toCheckpoint({ ...positionOf(at?.cursor, at?.revision), handled: Number(at?.handled ?? 0) }, streams);
  }

  async function commit(consumer: string, update: CheckedUpdate): Promise<void> {
    const { effect } = update;
    const values = commitParameters(consumer, update, lockTimeoutMs);
    const check = ([answer]: readonly CommitRecord[]) => {
      if (answer?.moved === true) return;
      const position = positionOf(answer?.at_cursor, answer?.at_revision);
      assertUnmoved(consumer, update, position);
      throw new CheckpointConflictError(consumer, update.expected, position.revision);
    };
    await names.ensure([consumer, ...update.wait.map(({ streamName }) => streamName), ...rowNames(update.rows)]);
    if (effect === undefined) return check(await database.write<CommitRecord>(sql.commit, values));
    await database.transaction(async (query, raw) => {
      const moved = (await query(sql.commit, values)).rows as CommitRecord[];
      check(moved);
      await runEffect(effect, raw);
      await checkTransaction(query, moved);
    });
  }

  /** Refuses to commit if the effect ended the transaction of the update, even if it began another. */
  async function checkTransaction(query: Query, [moved]: readonly CommitRecord[]): Promise<void> {
    const [found] = (await query(sql.transactionStatus, [moved?.transaction]).catch(noRowsIfFailed))
      .rows as TransactionStatus[];
    if (found === undefined || found.is_open) return;
    const isWritten = found.status === 'committed';
    const came = isWritten ? 'and so wrote it' : 'and so undid it';
    throw new StoreError(isWritten ? 'io' : 'invalid', `The effect ended the transaction that it was given, ${came}`);
  }

  async function rows(projection: string, after: string, maxCount: number): Promise<StoredRow[]> {
    const found = await database.read<RowRecord>(sql.rows, [keyOf(projection), keyOf(after), maxCount]);
    const nameOf = await names.resolve(found.map(({ key }) => key));
    return found.map(({ key, body }) => ({ key: nameOf(key), text: body }));
  }

  async function row(projection: string, key: string): Promise<StoredRow | undefined> {
    const [found] = await database.read<RowRecord>(sql.row, [keyOf(projection), keyOf(key)]);
    return found && { key, text: found.body };
  }

  async function reset(name: string): Promise<void> {
    await names.ensure([name]);
    await database.write(sql.reset, [keyOf(name), lockTimeoutMs]);
  }

  async function startGeneration(projection: string, builder: string): Promise<void> {
    await names.ensure([projection, builder]);
    await database.write(sql.startGeneration, [keyOf(projection), keyOf(builder), lockTimeoutMs]);
  }

  async function promoteGeneration(projection: string, { builder, expected, current }: Promotion): Promise<void> {
    await names.ensure([projection, builder]);
    const values = [keyOf(projection), keyOf(builder), expected, current, lockTimeoutMs];
    const [answer] = await database.write<Promoted>(sql.promoteGeneration, values);
    if (answer?.outcome === 'promoted') return;
    if (answer?.outcome === 'conflict') {
      const [name, revision] = answer.of_builder ? [builder, expected] : [projection, current];
      throw new CheckpointConflictError(name, revision, Number(answer.at_revision));
    }
    throw answer?.outcome === 'none' ? noGenerationError() : generationBehindError();
  }

  return { checkpoint, commit, rows, row, reset, startGeneration, promoteGeneration };
}

function positionOf(
  cursor: FeedCursor | null | undefined,
  revision: string | null | undefined,
): Pick<CheckpointPosition, 'cursor' | 'revision'> {
  return { cursor: cursor ?? null, revision: Number(revision ?? 0) };
}

/** The parameters of `auxilio_move`. */
function commitParameters(consumer: string, update: CheckedUpdate, lockTimeoutMs: number) {
  const { expected, cursor, rows, wait, unpark, handled } = update;
  return [
    keyOf(consumer),
    expected,
    cursor,
    ...rowColumns(rows),
    unpark.map(keyOf),
    wait.map(({ streamName }) => keyOf(streamName)),
    wait.map(({ from }) => from),
    wait.map(({ reason }) => encodeName(reason)),
    wait.map(({ since }) => since),
    wait.map(({ handledBefore }) => handledBefore),
    handled,
    lockTimeoutMs,
  ];
}

/** Returns no rows for a transaction in which a query failed, whose commit is refused later; throws any other error. */
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

export function rowNames(rows: readonly PreparedRow[]): string[] {
  return rows.flatMap(({ projection, key }) => [projection, key]);
}

/** Columns of the last change of each row, sorted so that concurrent writers lock the rows in one order. */
export function rowColumns(rows: readonly PreparedRow[]): [string[], string[], (string | null)[]] {
  const last = new Map(rows.map((row) => [JSON.stringify([row.projection, row.key, row.building]), row]));
  const inOrder = [...last].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  return [
    inOrder.map(({ projection, building }) => `${building ? BUILDING : ''}${keyOf(projection)}`),
    inOrder.map(({ key }) => keyOf(key)),
    inOrder.map(({ text }) => text),
  ];
}
