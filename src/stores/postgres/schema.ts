/**
 * The tables of the Postgres store.
 *
 * STORAGE: stored data must stay readable forever. A change of the tables or of a function adds a step. A function that an older
 * release calls stays unchanged next to its successor.
 *
 * Tables and columns are those of the SQLite store; names.ts defines the stored form of names. `xid` is the transaction that wrote the
 * event, plus `auxilio_xid_offset`, which is 0 until a restored database needs more (see `auxilio_realign`).
 */
import { mustKnowKeys } from '../../kernel/known.ts';
import { StoreError } from '../errors.ts';
import { commitFunction, generationFunctions, resetFunctions, rowsFunction } from './consumer-functions.ts';
import { appendFunction, eventGuards, keepNamesFunction, offsetFunctions } from './event-functions.ts';
import { historyStep } from './history-functions.ts';

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
 * Lists the migrations that `migrate` of a {@link PostgresStore} runs on an empty database, oldest first: for hosts that create their
 * tables themselves. Each step raises the version in `auxilio_meta`.
 *
 * @since 0.4.0
 */
export function postgresMigrations(options: { schema?: string } = {}): PostgresMigration[] {
  mustKnowKeys('postgresMigrations', options, { schema: 0 });
  const { schema = DEFAULT_SCHEMA } = options;
  const s = quoteSchema(schema);
  const parts = [
    ...[createTables(s, schema), offsetFunctions(s), eventGuards(s), keepNamesFunction(s), rowsFunction(s)],
    ...[appendFunction(s), commitFunction(s), resetFunctions(s), generationFunctions(s)],
  ];
  // Versions 1 to 3 were never published.
  return [
    { version: 4, sql: `${parts.join('').trim()}\n` },
    { version: 5, sql: `${historyStep(s).trim()}\n` },
  ];
}

/** Creates the schema, without the right to do so if it is there. */
export const createSchema = (s: string, schema: string) => `
DO $auxilio$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = '${schema}') THEN
    CREATE SCHEMA ${s};
  END IF;
END
$auxilio$;
`;

const createTables = (s: string, schema: string) => `${createSchema(s, schema)}
CREATE TABLE ${s}.auxilio_meta (
  name text COLLATE "C" PRIMARY KEY,
  value text NOT NULL
);

INSERT INTO ${s}.auxilio_meta (name, value) VALUES ('schema-version', '4');

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

CREATE TABLE ${s}.auxilio_names (
  key text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL
);

CREATE TABLE ${s}.auxilio_checkpoints (
  consumer text COLLATE "C" PRIMARY KEY,
  cursor text COLLATE "C",
  revision bigint NOT NULL,
  handled bigint NOT NULL
);

CREATE TABLE ${s}.auxilio_parked (
  consumer text COLLATE "C" NOT NULL,
  stream text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  reason text COLLATE "C" NOT NULL,
  since text COLLATE "C",
  handled_before bigint,
  PRIMARY KEY (consumer, stream)
);

CREATE TABLE ${s}.auxilio_rows (
  projection text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  PRIMARY KEY (projection, key)
);

CREATE TABLE ${s}.auxilio_generations (
  projection text COLLATE "C" PRIMARY KEY,
  number bigint NOT NULL,
  live text COLLATE "C" NOT NULL,
  building text COLLATE "C"
);
`;
