/**
 * The tables and functions of the Postgres store.
 *
 * STORAGE: stored data must stay readable forever. A change raises the version with one more migration; a function that
 * an older release calls stays unchanged next to its successor, or is replaced by one that does the same for that
 * release.
 *
 * Tables and columns are those of the SQLite store; names.ts defines the stored form of names. `xid` is the transaction
 * that wrote the event, moved on by `auxilio_xid_offset`, which is 0 until a restored database needs more (see
 * `auxilio_realign`).
 */
import { mustKnowKeys } from '../../kernel/known.ts';
import { StoreError } from '../errors.ts';
import { consumerTables } from './consumer-functions.ts';
import { closedSearchPaths, definerRights, insertGuard, keepNamesFunction, realignFunction } from './guards.ts';
import { appendAfterFunction, appendFunction, moveFunction, resetFunction, rowsFunction } from './stored-functions.ts';

export const SCHEMA_VERSION = 3;

/**
 * One step of the tables: plain SQL of several statements, to be run in one transaction.
 *
 * @since 0.4.0
 */
export type PostgresMigration = Readonly<{ version: number; sql: string }>;

export const DEFAULT_SCHEMA = 'auxilio';

/** The name of an SQL schema as it stands in a statement. */
export function quoteSchema(schema: string): string {
  if (typeof schema !== 'string' || !/^(?!pg_)[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(schema)) {
    throw new StoreError('invalid', 'schema is a name of up to 63 letters, digits and _ that does not begin with pg_');
  }
  return `"${schema}"`;
}

/**
 * Lists the migrations that {@link PostgresStore.migrate} runs on an empty database, oldest first: for hosts that create their
 * tables themselves. Each step raises the version in `auxilio_meta`.
 *
 * @since 0.4.0
 */
export function postgresMigrations(options: { schema?: string } = {}): PostgresMigration[] {
  mustKnowKeys('postgresMigrations', options, { schema: 0 });
  const { schema = DEFAULT_SCHEMA } = options;
  const s = quoteSchema(schema);
  return [
    { version: 1, sql: `${first(s, schema).trim()}\n` },
    { version: 2, sql: `${second(s, schema).trim()}\n` },
    { version: 3, sql: `${third(s).trim()}\n` },
  ];
}

/**
 * Returns SQL that lets a role write to the store through its functions alone, which then run as their owner: the role may read
 * the tables, but not insert, change or remove a row directly. It fails if the role still could, by a right of a group that it
 * is in, or granted by another role than the owner. The owner of the tables runs it once they are created, and after each
 * upgrade; the application then connects as that role, with `migrate: false`.
 *
 * @throws StoreError `invalid`
 * @since 0.5.0
 */
export function postgresHardening(options: { schema?: string; role: string }): string {
  mustKnowKeys('postgresHardening', options, { schema: 0, role: 0 });
  const { schema = DEFAULT_SCHEMA, role } = options;
  const s = quoteSchema(schema);
  if (typeof role !== 'string' || role === '' || role.includes('\0') || role.includes('$auxilio$')) {
    throw new StoreError('invalid', 'role is the name of a role');
  }
  const literal = `E'${role.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  return `${definerRights(schema, s, literal).trim()}\n`;
}

const first = (s: string, schema: string) => `
DO $auxilio$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = '${schema}') THEN
    CREATE SCHEMA ${s};
  END IF;
END
$auxilio$;

CREATE TABLE ${s}.auxilio_meta (
  name text COLLATE "C" PRIMARY KEY,
  value text NOT NULL
);

CREATE TABLE ${s}.auxilio_events (
  xid bigint NOT NULL,
  position bigint GENERATED ALWAYS AS IDENTITY,
  stream text COLLATE "C" NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  event_id text COLLATE "C" NOT NULL UNIQUE,
  body text COLLATE "C" NOT NULL,
  PRIMARY KEY (stream, version)
);

CREATE UNIQUE INDEX auxilio_events_feed ON ${s}.auxilio_events (xid, position);

CREATE FUNCTION ${s}.auxilio_events_refuse() RETURNS trigger LANGUAGE plpgsql AS $auxilio$
BEGIN
  RAISE EXCEPTION 'auxilio: events are never changed and never deleted' USING ERRCODE = 'integrity_constraint_violation';
END
$auxilio$;

CREATE TRIGGER auxilio_events_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ${s}.auxilio_events
  FOR EACH STATEMENT EXECUTE FUNCTION ${s}.auxilio_events_refuse();

ALTER TABLE ${s}.auxilio_events ENABLE ALWAYS TRIGGER auxilio_events_kept;

CREATE TABLE ${s}.auxilio_names (
  key text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL
);

CREATE TABLE ${s}.auxilio_checkpoints (
  consumer text COLLATE "C" PRIMARY KEY,
  cursor text COLLATE "C",
  revision bigint NOT NULL
);

CREATE TABLE ${s}.auxilio_parked (
  consumer text COLLATE "C" NOT NULL,
  stream text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  reason text COLLATE "C" NOT NULL,
  PRIMARY KEY (consumer, stream)
);

CREATE TABLE ${s}.auxilio_rows (
  projection text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  PRIMARY KEY (projection, key)
);

CREATE FUNCTION ${s}.auxilio_xid_offset() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $auxilio$
  SELECT 0::bigint
$auxilio$;

-- In a database restored from a dump the events may carry transactions that this server has yet to reach. Counts on from
-- the last of them; answers with the offset. To be run once, by the owner, while no store is in use.
CREATE FUNCTION ${s}.auxilio_realign() RETURNS bigint LANGUAGE plpgsql AS $auxilio$
DECLARE
  ahead bigint;
BEGIN
  LOCK TABLE ${s}.auxilio_events IN ACCESS EXCLUSIVE MODE;
  SELECT greatest(max(e.xid) - pg_current_xact_id()::text::bigint + 1, ${s}.auxilio_xid_offset())
    INTO ahead FROM ${s}.auxilio_events e;
  EXECUTE format(
    'CREATE OR REPLACE FUNCTION ${s}.auxilio_xid_offset() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %L',
    format(' SELECT %s::bigint ', ahead));
  RETURN ahead;
END
$auxilio$;
${rowsFunction(s)}${appendFunction(s)}${moveFunction(s)}${resetFunction(s)}
INSERT INTO ${s}.auxilio_meta (name, value) VALUES ('schema-version', '1');
`;

const second = (
  s: string,
  schema: string,
) => `${appendAfterFunction(s)}${keepNamesFunction(s)}${insertGuard(s)}${realignFunction(s)}${closedSearchPaths(schema)}
UPDATE ${s}.auxilio_meta SET value = '2' WHERE name = 'schema-version';
`;

const third = (s: string) => `${consumerTables(s)}
UPDATE ${s}.auxilio_meta SET value = '3' WHERE name = 'schema-version';
`;
