import type { PGlite } from '@electric-sql/pglite';
import type { PostgresPool } from 'auxilio/postgres';

/** Makes a pool over PGlite, which has one connection: each who asks for it waits until it was given back. */
export function pglitePool(database: PGlite): PostgresPool {
  let released: Promise<unknown> = Promise.resolve();
  let hasFailed = false; // in the transaction that is open

  async function query({ text, values }: { text: string; values: unknown[] }) {
    const command = /^\s*(\w*)/.exec(text)?.[1]?.toUpperCase() ?? '';
    const aborted = hasFailed && command === 'COMMIT';
    hasFailed &&= !['BEGIN', 'COMMIT', 'ROLLBACK'].includes(command);
    try {
      // Several statements in one text take no values.
      const answer = values.length > 0 ? await database.query(text, values) : (await database.exec(text)).at(-1);
      const { rows = [], affectedRows = null } = answer ?? {};
      return { command: aborted ? 'ROLLBACK' : command, rowCount: affectedRows, rows: [...rows] };
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  }

  const listeners = { on: () => undefined, off: () => undefined };
  return {
    ...listeners,
    ending: false,
    connect(callback) {
      const turn = released;
      released = new Promise<void>((release) => {
        turn.then(() => callback(undefined, { ...listeners, query, release: () => release() }));
      });
    },
  };
}
