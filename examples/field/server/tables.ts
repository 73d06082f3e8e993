import type { RowChange } from 'auxilio/memory';
import type { BoardStore } from '../../http/board.ts';
import { readAll, writeRows } from '../../http/rows.ts';
import type { Announcement, Announcements } from './announcements.ts';

/** A table of the host: rows of plain JSON by key, in the store of the events, on SQLite, Postgres or in memory. */
export interface Table<Row extends object> {
  read(key: string): Promise<Row | null>;
  /** Reads all rows, in the order of their keys. */
  all(): Promise<Row[]>;
  /** Reads the rows whose keys begin with a text, in the order of their keys. */
  startingWith(prefix: string): Promise<Row[]>;
  /**
   * Changes a row: `next` gets the row that stands, or null, and answers the new one, null to remove it, or undefined to leave it.
   * It is called again if another process was first. Answers the row that stands then.
   */
  change(key: string, next: (row: Row | null) => Row | null | undefined): Promise<Row | null>;
}

/** The announcements of a table, and what is said of a row that has changed. */
type Announcing<Row> = Readonly<{
  announcements: Announcements;
  of: (key: string, row: Row | null) => Announcement;
}>;

/** A table of rows in a store. With `announcing`, each change is announced to all processes in one commit with the row. */
export function tableIn<Row extends object>(store: BoardStore, name: string, announcing?: Announcing<Row>): Table<Row> {
  const read = async (key: string) => ((await store.readRow(name, key))?.body ?? null) as Row | null;
  return {
    read,
    all: () => readAll<Row>(store, name),
    async startingWith(prefix) {
      const found: Row[] = [];
      for (let after = prefix; ; ) {
        const rows = await store.readRows(name, { after, maxCount: 1000 });
        const own = rows.filter(({ key }) => key.startsWith(prefix));
        for (const { body } of own) found.push(body as Row);
        const last = own.at(-1);
        if (last === undefined || own.length < 1000) return found;
        after = last.key;
      }
    },
    async change(key, next) {
      let standing: Row | null = null;
      const changes = async (): Promise<RowChange[]> => {
        const row = await read(key);
        const changed = next(row);
        standing = changed === undefined ? row : changed;
        return changed === undefined ? [] : [{ projection: name, key, body: changed }];
      };
      if (announcing === undefined) await writeRows(store, name, changes);
      else {
        await announcing.announcements.write(async () => {
          const rows = await changes();
          return rows.length === 0 ? null : { rows, announcements: [announcing.of(key, standing)] };
        });
      }
      return standing;
    },
  };
}
