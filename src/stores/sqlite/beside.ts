import { StoreError } from '../errors.ts';
import {
  beginning,
  type CheckedMove,
  checkStanding,
  positionAt,
  type RowText,
  runAtOnce,
  type Standing,
} from '../moves.ts';
import { escaped, unescaped } from '../names.ts';
import type { Checkpoint } from '../port.ts';
import type { KeptRow } from '../store.ts';
import { alone, atOnce, type SqliteDatabase } from './database.ts';
import { SQL } from './schema.ts';

type Parked = { stream: string; version: number; reason: string };
type Kept = { key: string; body: string };

/** What consumers and projections keep beside the events. */
export function keptBeside(database: SqliteDatabase) {
  const standingOf = database.prepare(SQL.standing);
  const parkedOf = database.prepare(SQL.parked);
  const rowsAfter = database.prepare(SQL.rows);
  const rowAt = database.prepare(SQL.row);
  const setRow = database.prepare(SQL.setRow);
  const removeRow = database.prepare(SQL.removeRow);

  /** Within a transaction. */
  function write(rows: readonly RowText[]): void {
    for (const { projection, key, text } of rows) {
      if (text === null) removeRow.run(escaped(projection), escaped(key));
      else setRow.run(escaped(projection), escaped(key), text);
    }
  }

  function standing(consumer: string): Standing {
    const kept = standingOf.get(escaped(consumer)) as Standing | undefined;
    return kept === undefined ? beginning : { ...kept, revision: Number(kept.revision) }; // a bigint where the host says so
  }

  function checkpoint(consumer: string): Checkpoint {
    const read = () => ({ ...standing(consumer), parked: parkedOf.all(escaped(consumer)) as Parked[] });
    const { cursor, revision, parked } = atOnce(database, read);
    return {
      cursor,
      revision,
      parked: parked.map(({ stream, version, reason }) => ({
        streamName: unescaped(stream),
        from: BigInt(version),
        reason: unescaped(reason),
      })),
    };
  }

  function move(consumer: string, move: CheckedMove): void {
    positionAt(move.cursor);
    const name = escaped(consumer);
    alone(database, () => {
      checkStanding(consumer, move, standing(consumer));
      write(move.rows);
      runAtOnce(move.effect, database as never);
      if (!database.inTransaction) throw new StoreError('invalid', 'The effect ended the transaction');
      for (const stream of move.unpark) database.prepare(SQL.unpark).run(name, escaped(stream));
      for (const { streamName, from, reason } of move.park) {
        database.prepare(SQL.park).run(name, escaped(streamName), from, escaped(reason));
      }
      database.prepare(SQL.setStanding).run(name, move.cursor);
    });
  }

  function rows(projection: string, after: string, maxCount: number): KeptRow[] {
    return (rowsAfter.all(escaped(projection), escaped(after), maxCount) as Kept[]).map(keptRow);
  }

  function row(projection: string, key: string): KeptRow | undefined {
    const found = rowAt.get(escaped(projection), escaped(key)) as Kept | undefined;
    return found === undefined ? undefined : keptRow(found);
  }

  function reset(name: string): void {
    alone(database, () => {
      for (const sql of SQL.reset) database.prepare(sql).run(escaped(name));
      database.prepare(SQL.setStanding).run(escaped(name), null);
    });
  }

  return { write, checkpoint, move, rows, row, reset };
}

function keptRow({ key, body }: Kept): KeptRow {
  return { key: unescaped(key), text: body };
}
