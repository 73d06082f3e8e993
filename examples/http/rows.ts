import { isCheckpointConflict, type RowChange } from 'auxilio/memory';
import type { BoardStore } from './board.ts';

/**
 * Writes rows of the application, all or none, beside those of the read models. If another process writes some first, `rowsOf` is
 * asked again; it answers none to write nothing. It gets the number of times that rows were written under this name.
 */
export async function writeRows(
  store: BoardStore,
  name: string,
  rowsOf: (revision: number) => Promise<readonly RowChange[]>,
): Promise<void> {
  for (;;) {
    const { revision: expected, cursor } = await store.readCheckpoint(name);
    const rows = await rowsOf(expected);
    if (rows.length === 0) return;
    try {
      await store.commitCheckpoint(name, { expected, cursor, rows });
      return;
    } catch (error) {
      if (!isCheckpointConflict(error)) throw error;
    }
  }
}

/** Reads the bodies of all rows. */
export async function readAll<Body>(store: BoardStore, name: string): Promise<Body[]> {
  const bodies: Body[] = [];
  for (let after = ''; ; ) {
    const rows = await store.readRows(name, { after, maxCount: 1000 });
    for (const { body } of rows) bodies.push(body as Body);
    const last = rows.at(-1);
    if (last === undefined || rows.length < 1000) return bodies;
    after = last.key;
  }
}
