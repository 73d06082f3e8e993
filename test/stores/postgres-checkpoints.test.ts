import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { PostgresStore, PostgresStoreOptions, PostgresTransaction } from '../../src/postgres.ts';
import { events } from './cases.ts';
import { storeError } from './files.ts';
import { beside, freshSchema } from './postgres-host.ts';
import { proxyTo } from './postgres-proxy.ts';
import { hostPool, openedPostgres, serverOfFile } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });

const nowhere = { cursor: null, revision: 0, parked: [] };
const rows = [{ projection: 'c', key: 'k', body: { n: 1 } }];

type Effect = (transaction: PostgresTransaction) => unknown;

/** A store and a table of the host beside it; `moved` moves a consumer with a row and an effect. */
async function withNotes(options: Partial<PostgresStoreOptions> = {}) {
  const schema = freshSchema();
  const store = openedPostgres({ connectionString: server().connectionString, schema, ...options });
  await store.appendToStream('a', events(1));
  await beside(server(), (client) => client.query(`CREATE TABLE ${schema}.notes (note text UNIQUE)`));
  return {
    schema,
    store,
    insert: `INSERT INTO ${schema}.notes VALUES ($1)`,
    moved: (effect: Effect, expected = 0) => store.commitCheckpoint('c', { expected, cursor: null, rows, effect }),
    notes: () =>
      beside(server(), async (client) => {
        const { rows: found } = await client.query(`SELECT note FROM ${schema}.notes ORDER BY note`);
        return found.map(({ note }) => note);
      }),
  };
}

async function nothingWritten(store: PostgresStore): Promise<void> {
  expect(await store.readCheckpoint('c')).toMatchObject(nowhere);
  expect(await store.readRows('c')).toEqual([]);
}

describe('an effect', () => {
  it('writes and reads with the transaction, which is waited for', async () => {
    const { moved, insert, notes, schema, store } = await withNotes();
    let seen: unknown;
    await moved(async (transaction) => {
      await pause(20);
      expect(await transaction.query(insert, ['one'])).toEqual({ rows: [], rowCount: 1 });
      seen = await transaction.query<{ note: string }>(`SELECT note FROM ${schema}.notes`);
      expect(await notes()).toEqual([]);
    });
    expect(seen).toEqual({ rows: [{ note: 'one' }], rowCount: 1 });
    expect(await notes()).toEqual(['one']);
    expect(await store.readRow('c', 'k')).toEqual({ key: 'k', body: { n: 1 } });
  });

  it('gets what pg throws, may throw it on, and then nothing is written', async () => {
    const { moved, insert, notes, store } = await withNotes();
    const effect: Effect = async ({ query }) => {
      await query(insert, ['one']);
      await query(insert, ['one']);
    };
    await expect(moved(effect)).rejects.toMatchObject({ code: '23505', constraint: 'notes_note_key' });
    expect(await notes()).toEqual([]);
    await nothingWritten(store);
  });

  it('that hides a failed query is refused, and nothing is written', async () => {
    const { moved, insert, notes, store } = await withNotes();
    const effect: Effect = async ({ query }) => {
      await query(insert, ['one']);
      await query('SELECT 1 / 0').catch(() => undefined);
    };
    await expect(moved(effect)).rejects.toEqual(storeError('invalid'));
    expect(await notes()).toEqual([]);
    await nothingWritten(store);
  });

  it('may go back to a savepoint', async () => {
    const { moved, insert, notes } = await withNotes();
    await moved(async ({ query }) => {
      await query(insert, ['one']);
      await query('SAVEPOINT here');
      await query(insert, ['one']).catch(() => query('ROLLBACK TO SAVEPOINT here'));
      await query(insert, ['two']);
    });
    expect(await notes()).toEqual(['one', 'two']);
  });

  it('that commits the transaction itself is refused, though it is written', async () => {
    const { moved } = await withNotes();
    await expect(moved(({ query }) => query('COMMIT'))).rejects.toEqual(storeError('io'));
    await expect(moved(({ query }) => query('SELECT 1'), 1)).resolves.toBe(undefined);
  });

  it.each(['ROLLBACK; BEGIN', 'ROLLBACK AND CHAIN', 'ROLLBACK; BEGIN; SELECT pg_current_xact_id()', 'ROLLBACK'])(
    'that ends the transaction by %s is refused, and nothing is written',
    async (text) => {
      const { moved, insert, notes, store } = await withNotes();
      const move = moved(async ({ query }) => {
        await query(text);
        await query(insert, ['one']);
      });
      await expect(move).rejects.toEqual(storeError('invalid'));
      await expect(move).rejects.toThrow('The effect ended the transaction');
      await nothingWritten(store);
      expect(await notes()).toEqual(text === 'ROLLBACK' ? ['one'] : []);
    },
  );

  it.each(['COMMIT; BEGIN', 'COMMIT AND CHAIN'])(
    'that ends it by %s is refused, though it is written',
    async (text) => {
      const { moved, store } = await withNotes();
      await expect(moved(({ query }) => query(text))).rejects.toEqual(storeError('io'));
      expect(await store.readRow('c', 'k')).toEqual({ key: 'k', body: { n: 1 } });
    },
  );

  it('has no transaction any more after its end', async () => {
    const { moved, insert, notes } = await withNotes();
    let kept: PostgresTransaction | undefined;
    await moved((transaction) => {
      kept = transaction;
    });
    await expect(kept!.query(insert, ['late'])).rejects.toEqual(storeError('invalid'));
    expect(await notes()).toEqual([]);
  });

  it('runs once, though what it wrote is refused at the end', async () => {
    const { moved, schema, notes, insert, store } = await withNotes();
    await beside(server(), (client) =>
      client.query(`ALTER TABLE ${schema}.notes ADD UNIQUE (note) DEFERRABLE INITIALLY DEFERRED;
        ALTER TABLE ${schema}.notes DROP CONSTRAINT notes_note_key`),
    );
    let ran = 0;
    const effect: Effect = async ({ query }) => {
      ran += 1;
      await query(insert, ['one']);
      await query(insert, ['one']);
    };
    await expect(moved(effect)).rejects.toMatchObject({ code: '23505' });
    expect(ran).toBe(1);
    expect(await notes()).toEqual([]);
    await nothingWritten(store);
  });

  it('of a move that comes second is not run', async () => {
    const { moved } = await withNotes();
    let ran = 0;
    const effect: Effect = async () => {
      ran += 1;
      await pause(20);
    };
    const moves = await Promise.allSettled([moved(effect), moved(effect), moved(effect)]);
    expect(moves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const move of moves) {
      if (move.status === 'rejected') {
        expect(move.reason).toMatchObject({ code: 'checkpoint-conflict', consumer: 'c', expected: 0, actual: 1 });
      }
    }
    expect(ran).toBe(1);
  });

  it('runs in a transaction that sees what is committed meanwhile, whatever the default of the host', async () => {
    const pool = hostPool(server(), { options: '-c default_transaction_isolation=serializable' });
    const { moved } = await withNotes({ pool } as object);
    await moved(async ({ query }) => {
      const { rows: found } = await query('SHOW transaction_isolation');
      expect(found).toEqual([{ transaction_isolation: 'read committed' }]);
    });
  });

  it('waits for locks as long as the store does', async () => {
    const { moved, schema } = await withNotes({ lockTimeoutMs: 50 });
    await beside(server(), async (client) => {
      await client.query(`BEGIN; LOCK TABLE ${schema}.notes`);
      await expect(moved(({ query }) => query(`SELECT * FROM ${schema}.notes`))).rejects.toMatchObject({
        code: '55P03',
      });
    });
  });
});

describe('a connection that is lost', () => {
  const endIt: Effect = ({ query }) => query('SELECT pg_terminate_backend(pg_backend_pid())');

  it('in an effect leaves nothing; the effect gets what pg throws', async () => {
    const { moved, store } = await withNotes();
    await expect(moved(endIt)).rejects.toMatchObject({ code: 'store-unavailable', cause: { code: '57P01' } });
    await nothingWritten(store);
  });

  it('in an effect that hides it leaves nothing, for certain', async () => {
    const { moved, store } = await withNotes();
    const hidden: Effect = async (transaction) => {
      await Promise.resolve(endIt(transaction)).catch(() => undefined);
      await expect(transaction.query('SELECT 1')).rejects.toThrow('the connection was lost before');
    };
    await expect(moved(hidden)).rejects.toEqual(storeError('unavailable'));
    await nothingWritten(store);
  });

  it.each([null, Object.create(null)])(
    'in an effect that throws what cannot be shown is unavailable',
    async (thrown) => {
      const { moved, store } = await withNotes();
      const hidden: Effect = async (transaction) => {
        await Promise.resolve(endIt(transaction)).catch(() => undefined);
        throw thrown;
      };
      await expect(moved(hidden)).rejects.toEqual(storeError('unavailable'));
      await nothingWritten(store);
    },
  );

  it('before the answer to the end leaves it in doubt: here it was written', async () => {
    const proxy = await proxyTo(server());
    const { moved, insert, notes, store } = await withNotes({ connectionString: proxy.connectionString } as object);
    const effect: Effect = async ({ query }) => {
      await query(insert, ['one']);
      proxy.loseNextAnswer(1); // after the answer that the transaction still stands
    };
    await expect(moved(effect)).rejects.toEqual(storeError('io'));
    expect(await notes()).toEqual(['one']);
    expect((await store.readCheckpoint('c')).revision).toBe(1);
    await expect(moved(effect)).rejects.toMatchObject({ code: 'checkpoint-conflict' });
  });

  it('as one in whose transaction nothing was asked for too long leaves nothing', async () => {
    const { schema, store } = await withNotes();
    const connection = { connectionString: server().connectionString, idle_in_transaction_session_timeout: 150 };
    const hasty = openedPostgres({ connection, schema });
    const move = hasty.commitCheckpoint('c', { expected: 0, cursor: null, rows, effect: () => pause(1000) });
    await expect(move).rejects.toEqual(storeError('unavailable'));
    await nothingWritten(store);
  });
});

describe('a reset', () => {
  it('waits for the move that is under way, and then sends back', async () => {
    const { moved, store } = await withNotes();
    let reset: Promise<void> | undefined;
    await moved(async () => {
      reset = store.reset('c');
      await pause(50);
    });
    await reset;
    expect(await store.readCheckpoint('c')).toMatchObject({ cursor: null, revision: 2, parked: [] });
    expect(await store.readRows('c')).toEqual([]);
  });
});
