import { StoreError } from '../errors.ts';
import { listPendingSteps } from '../schema-steps.ts';
import type { PostgresDatabase, Query } from './database.ts';
import { type PostgresMigration, quoteSchema } from './schema.ts';
import type { PostgresSql } from './sql.ts';

const OLDEST_RELEASE = 130_000;

/** The tables of a store: the schema that they are in, the steps that create and upgrade them, and the export that lists these. */
export type Tables = Readonly<{ schema: string; steps: readonly PostgresMigration[]; list?: string }>;

type Server = { release: number; encoding: string; made: boolean };

/** Checks that the tables can be used; creates or upgrades them when `migrating`. */
export async function prepareTables(
  database: PostgresDatabase,
  sql: PostgresSql,
  tables: Tables,
  migrating: boolean,
): Promise<void> {
  const query: Query = async (text, values) => {
    const rows = await database.read(text, values);
    return { command: 'SELECT', rowCount: rows.length, rows };
  };
  const stored = await readVersion(query, sql, tables);
  const isPending = listPendingSteps(tables.steps, stored).length > 0;
  if (isPending && !migrating) throw new StoreError('unavailable', pendingMessage(stored, tables));
  if (isPending) await database.transaction((within) => upgrade(within, sql, tables));
  const [found] = await database.read<{ is_ahead: boolean }>(sql.isAhead);
  if (found?.is_ahead === true) throw new StoreError('corrupt', aheadMessage(tables.schema));
}

/** Reads the version of the tables; undefined if there are none. Refuses a server that this store cannot use. */
async function readVersion(query: Query, sql: PostgresSql, { schema }: Tables): Promise<string | undefined> {
  const [server] = (await query(sql.server, [schema])).rows as Server[];
  if (server === undefined || server.release < OLDEST_RELEASE) {
    throw new StoreError('unavailable', 'This store needs PostgreSQL 13 or later');
  }
  if (server.encoding !== 'UTF8') {
    throw new StoreError('unavailable', `The encoding of the database is ${server.encoding}; this store needs UTF8`);
  }
  if (!server.made) return undefined;
  const [row] = (await query(sql.schemaVersion)).rows as { value: string }[];
  return row?.value;
}

/** Takes the pending steps within a transaction, under a lock: a second caller waits, and finds none left. */
async function upgrade(query: Query, sql: PostgresSql, tables: Tables): Promise<void> {
  const lock = `auxilio: the tables of ${tables.schema}`;
  await query('SET LOCAL search_path = pg_catalog, pg_temp');
  await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0::bigint))', [lock]);
  for (const step of listPendingSteps(tables.steps, await readVersion(query, sql, tables))) await query(step.sql);
}

const pendingMessage = (stored: string | undefined, { schema, steps, list = 'postgresMigrations' }: Tables) =>
  `${stored === undefined ? 'There are no tables' : `The tables have version ${stored}`} in the schema ${schema}; this release ` +
  `needs version ${steps.at(-1)?.version}: run ${list}({ schema }), or let the store do it`;

export const aheadMessage = (schema: string) =>
  `The events of the schema ${schema} carry transactions that this server has yet to reach, as after a restore from a ` +
  `dump: the feed would stand still. Run SELECT ${quoteSchema(schema)}.auxilio_realign() once, as the owner of the tables`;
