import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { storeConformance } from 'auxilio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresPool, type PostgresTransaction, postgresStore } from '../../src/postgres.ts';
import { pglitePool } from '../support/pglite-pool.ts';
import { events } from './cases.ts';
import { changes } from './postgres-host.ts';
import { allBut } from './suite.ts';

let database: PGlite;
let pool: PostgresPool; // one for all stores, which have one connection
beforeAll(async () => {
  database = await PGlite.create();
  pool = pglitePool(database);
});
afterAll(() => database.close());

let schemas = 0;
let current = ''; // of the case that runs: an effect gets a transaction and nothing else

function open(schema = `pglite_${++schemas}`) {
  current = schema;
  const store = postgresStore({ pool, schema });
  return { schema, store, close: store.close };
}
const again = ({ schema }: { schema: string }) => open(schema);

/** The database as it is now in another instance, which takes itself for the same server unless its epoch is of another. */
async function copied({ schema }: { schema: string }) {
  const loadDataDir = await database.dumpDataDir('none');
  const other = await PGlite.create({ loadDataDir });
  await other.exec(`UPDATE ${schema}.auxilio_epochs SET timeline = 'of another server'`);
  const store = postgresStore({ pool: pglitePool(other), schema });
  return { schema, store, close: () => store.close().then(() => other.close()) };
}

const LOSES_MARKS = 'rows: projections are apart, and so are keys';

/* One connection holds no append beside another, and ends with its process. */
describe('the Postgres store over PGlite', () => {
  const { cases } = storeConformance({
    capabilities: allBut('held', 'crash', 'processes'),
    open: () => open(),
    second: again,
    reopen: again,
    copy: copied,
    notes: {
      async write(transaction: PostgresTransaction, note: string) {
        await transaction.query(`CREATE TABLE IF NOT EXISTS ${current}.notes (n serial, note text)`);
        await transaction.query(`INSERT INTO ${current}.notes (note) VALUES ($1)`, [note]);
      },
      async read({ schema }) {
        const made = await database.query<{ made: unknown }>('SELECT to_regclass($1) AS made', [`${schema}.notes`]);
        if (made.rows[0]?.made === null) return [];
        const { rows } = await database.query<{ note: string }>(`SELECT note FROM ${schema}.notes ORDER BY n`);
        return rows.map(({ note }) => note);
      },
    },
    tamper: ({ schema }) =>
      Object.fromEntries(
        changes(schema)
          .filter((sql) => !sql.startsWith('SET session_replication_role')) // it would hold for the one connection ever after
          .map((sql) => [sql, () => database.exec(sql)]),
      ),
  });
  for (const { name, skip, run } of cases) it.skipIf(skip || name === LOSES_MARKS)(name, run);

  it('has the one case that PGlite fails, whose texts begin with U+FEFF: it drops that', async () => {
    expect(cases.map(({ name }) => name)).toContain(LOSES_MARKS);
    const { rows } = await database.query<{ text: string }>(`SELECT U&'\\FEFFa' AS text`);
    expect(rows).toEqual([{ text: 'a' }]);
  });
});

describe('a pool over PGlite', () => {
  it('says that a transaction in which a statement failed was rolled back', async () => {
    const commands = await new Promise<unknown[]>((resolve, reject) => {
      pool.connect((_, client) => {
        const run = (text: string) => client?.query({ text, values: [] }).then(({ command }) => command);
        const all = async (): Promise<unknown[]> => [
          await run('BEGIN'),
          await run('SELECT nothing')?.catch(() => 'failed'),
          await run('COMMIT'),
          await run('SELECT 1'),
        ];
        all()
          .then(resolve, reject)
          .finally(() => client?.release());
      });
    });
    expect(commands).toEqual(['BEGIN', 'failed', 'ROLLBACK', 'SELECT']);
  });

  it('is the one of the page', () => {
    const [, own = ''] =
      /export (function pglitePool.*)/s.exec(readFileSync('test/support/pglite-pool.ts', 'utf8')) ?? [];
    expect(own).not.toBe('');
    expect(readFileSync('docs/how-to/test-with-pglite.md', 'utf8')).toContain(own);
  });

  it('serves stores one after the other', async () => {
    const stores = ['one', 'two'].map((schema) => postgresStore({ pool, schema: `${schema}_of_pool` }));
    await Promise.all(stores.map((store) => store.appendToStream('a', events(1, 2))));
    for (const store of stores) expect((await store.readStored('a')).length).toBe(2);
  });
});
