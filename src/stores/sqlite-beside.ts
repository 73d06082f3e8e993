import { type CheckedMove, checkStanding, type RowText, runAtOnce } from './moves.ts';
import type { Checkpoint, FeedCursor } from './port.ts';
import { alone, atOnce, type SqliteDatabase } from './sqlite-database.ts';
import { escaped, unescaped } from './sqlite-names.ts';
import { SQL } from './sqlite-schema.ts';
import type { KeptRow } from './store.ts';

type Parked = { stream: string; version: number; reason: string };
type Kept = { key: string; body: string };

/** What consumers and projections keep beside the events. */
export function keptBeside(database: SqliteDatabase) {
  const cursorOf = database.prepare(SQL.cursor);
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

  function standing(consumer: string): FeedCursor | null {
    return (cursorOf.get(escaped(consumer)) as { cursor: FeedCursor | null } | undefined)?.cursor ?? null;
  }

  function checkpoint(consumer: string): Checkpoint {
    const read = () => ({ cursor: standing(consumer), parked: parkedOf.all(escaped(consumer)) as Parked[] });
    const { cursor, parked } = atOnce(database, read);
    return {
      cursor,
      parked: parked.map(({ stream, version, reason }) => ({
        streamName: unescaped(stream),
        from: BigInt(version),
        reason: unescaped(reason),
      })),
    };
  }

  function move(consumer: string, { expected, cursor, rows, park, unpark, effect }: CheckedMove): void {
    const name = escaped(consumer);
    alone(database, () => {
      checkStanding(consumer, expected, standing(consumer));
      write(rows);
      runAtOnce(effect, database as never);
      for (const stream of unpark) database.prepare(SQL.unpark).run(name, escaped(stream));
      for (const { streamName, from, reason } of park) {
        database.prepare(SQL.park).run(name, escaped(streamName), from, escaped(reason));
      }
      database.prepare(SQL.setCursor).run(name, cursor);
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
    });
  }

  return { write, checkpoint, move, rows, row, reset };
}

function keptRow({ key, body }: Kept): KeptRow {
  return { key: unescaped(key), text: body };
}
