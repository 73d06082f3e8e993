import { StoreError } from '../errors.ts';
import type { PostgresDatabase, Query } from './database.ts';
import { postgresMigrations, quoteSchema, SCHEMA_VERSION } from './schema.ts';
import type { PostgresSql } from './sql.ts';

const OLDEST_RELEASE = 130_000;

/** Checks that the tables of a schema can be used; creates or upgrades them when `migrating`. */
export async function prepareTables(
  database: PostgresDatabase,
  sql: PostgresSql,
  schema: string,
  migrating: boolean,
): Promise<void> {
  const query: Query = async (text, values) => {
    const rows = await database.read(text, values);
    return { command: 'SELECT', rowCount: rows.length, rows };
  };
  const version = await versionOf(query, sql, schema);
  if (version < SCHEMA_VERSION && !migrating) throw new StoreError('unavailable', unmadeMessage(version, schema));
  if (version < SCHEMA_VERSION) await database.transaction((within) => upgrade(within, sql, schema));
  const [tables] = await database.read<{ is_ahead: boolean }>(sql.isAhead);
  if (tables?.is_ahead === true) throw new StoreError('corrupt', aheadMessage(schema));
}

/** The version of the tables; 0 when there are none. */
async function versionOf(query: Query, sql: PostgresSql, schema: string): Promise<number> {
  const [server] = (await query(sql.server, [schema])).rows as Server[];
  if (server === undefined || server.release < OLDEST_RELEASE) {
    throw new StoreError('unavailable', 'This store needs PostgreSQL 13 or later');
  }
  if (server.encoding !== 'UTF8') {
    throw new StoreError('unavailable', `The encoding of the database is ${server.encoding}; this store needs UTF8`);
  }
  if (!server.made) return 0;
  const [row] = (await query(sql.schemaVersion)).rows as { value: string }[];
  if (row === undefined) return 0;
  const version = Number(row.value);
  if (!Number.isInteger(version) || version < 1) throw new StoreError('corrupt', 'The schema version is unreadable');
  if (version > SCHEMA_VERSION) {
    throw new StoreError('newer-schema', `The tables have version ${version}; this release knows ${SCHEMA_VERSION}`);
  }
  return version;
}

type Server = { release: number; encoding: string; made: boolean };

/** Upgrades the tables within a transaction; a second caller waits, and finds it done. */
async function upgrade(query: Query, sql: PostgresSql, schema: string): Promise<void> {
  await query('SET LOCAL search_path = pg_catalog, pg_temp');
  await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0::bigint))', [`auxilio: the tables of ${schema}`]);
  const version = await versionOf(query, sql, schema);
  const [later] = version > 0 ? (await query(sql.hasGenerations, [schema])).rows : [];
  // A store that was put back to the version of an earlier release keeps its tables.
  if (later !== undefined) await query(sql.setSchemaVersion, [String(SCHEMA_VERSION)]);
  else for (const step of postgresMigrations({ schema })) if (step.version > version) await query(step.sql);
}

const unmadeMessage = (version: number, schema: string) =>
  `${version === 0 ? 'There are no tables' : `The tables have version ${version}`} in the schema ${schema}; this release ` +
  `needs version ${SCHEMA_VERSION}: run postgresMigrations({ schema }), or let the store do it`;

export const aheadMessage = (schema: string) =>
  `The events of the schema ${schema} carry transactions that this server has yet to reach, as after a restore from a ` +
  `dump: the feed would stand still. Run SELECT ${quoteSchema(schema)}.auxilio_realign() once, as the owner of the tables`;
