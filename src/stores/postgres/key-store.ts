import { mustKnowKeys } from '../../kernel/known.ts';
import { decodeName, encodeName } from '../canonical.ts';
import { StoreError } from '../errors.ts';
import type { ActiveKey, KeyStore, StoredKey } from '../key-store.ts';
import { createKeySql } from './key-sql.ts';
import { prepareTables } from './migrate.ts';
import { checkOptions, type PostgresStoreOptions } from './options.ts';
import { createSchema, type PostgresMigration, quoteSchema } from './schema.ts';
import { openSession, openSource } from './session.ts';
import { createSql } from './sql.ts';

const DEFAULT_SCHEMA = 'auxilio_keys';
const META = 'auxilio_key_meta';

/** A {@link KeyStore} in PostgreSQL. @since 0.11.0 */
export type PostgresKeyStore = KeyStore & {
  /** Creates or upgrades the tables now rather than at the first use, even with `migrate: false`. */
  migrate(): Promise<void>;
};

/**
 * Lists the migrations that a {@link PostgresKeyStore} runs on an empty database, oldest first: for hosts that create its tables
 * themselves.
 *
 * @since 0.11.0
 */
export function postgresKeyMigrations(options: { schema?: string } = {}): PostgresMigration[] {
  mustKnowKeys('postgresKeyMigrations', options, { schema: 0 });
  const { schema = DEFAULT_SCHEMA } = options;
  return [{ version: 1, sql: createTables(quoteSchema(schema), schema) }];
}

/** STORAGE: stored data must stay readable forever. A change of the tables adds a step. An erased key has no epoch. */
const createTables = (s: string, schema: string) => `${createSchema(s, schema).trim()}

CREATE TABLE ${s}.${META} (
  name text COLLATE "C" PRIMARY KEY,
  value text COLLATE "C" NOT NULL
);

INSERT INTO ${s}.${META} (name, value) VALUES ('schema-version', '1');

CREATE TABLE ${s}.auxilio_keys (
  id text COLLATE "C" PRIMARY KEY,
  life bigint NOT NULL CHECK (life > 0),
  epoch text COLLATE "C",
  wrapped text COLLATE "C",
  CHECK ((epoch IS NULL) = (wrapped IS NULL))
);
`;

/**
 * Creates a key store in a PostgreSQL database, 13 or later, of encoding UTF8; `schema` is `auxilio_keys` by default, the other options
 * are those of {@link postgresStore}. Use a database of its own: a backup that has both the texts and their keys brings both back. The
 * first call connects, and creates or upgrades the tables. With `durability: 'replicated'` for the events, use it here too: a key that a
 * promoted standby lacks is lost, and so are the texts under it.
 *
 * An erased or replaced key is gone for all statements at once, but its bytes are not: an old row version stays in its page until VACUUM,
 * in the WAL until it is recycled, and in archives, standbys and backups as long as these. Such an erasure is final once the wrapping key
 * of its epoch is destroyed.
 *
 * @throws StoreError `invalid`
 * @since 0.11.0
 */
export function postgresKeyStore(options: PostgresStoreOptions): PostgresKeyStore {
  checkOptions('postgresKeyStore', options);
  const { schema = DEFAULT_SCHEMA, migrate = true } = options;
  const quoted = quoteSchema(schema);
  const own = createKeySql(quoted);
  const sql = { ...createSql(quoted, options.durability === 'replicated', META), isAhead: own.isAhead };
  const tables = { schema, steps: postgresKeyMigrations({ schema }), list: 'postgresKeyMigrations' };
  const session = openSession(options, (timeouts) => openSource(options, timeouts), sql);
  const { lifecycle, timeouts } = session;

  const prepare = (migrating: boolean) =>
    session.call('read', (database) => prepareTables(database, sql, tables, migrating));
  const ensureReady = lifecycle.once(() => prepare(migrate));

  const read = <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    lifecycle.track(async () => {
      await ensureReady();
      return session.call('read', (database) => database.read<Row>(text, values));
    });

  const write = (text: string, values: readonly unknown[], kind: 'write' | 'repeatable' = 'repeatable') =>
    lifecycle.track(async () => {
      await ensureReady();
      return session.call(kind, (database) => database.write(text, [String(timeouts.lock), ...values]));
    });

  const put = async (text: string, keys: readonly ActiveKey[]) => {
    const given = listOnce(keys);
    await write(text, [...toColumns(given), given.map(({ epoch }) => encodeName(epoch)), given.map(toWrapped)]);
  };

  return {
    read: async (ids) => (await read<KeyRow>(own.read, [ids.map(encodeName)])).map(toKey),
    create: (keys) => put(own.create, keys),
    erase: async (keys) => void (await write(own.erase, toColumns(listOnce(keys)))),
    revive: (keys) => put(own.revive, keys),
    rewrap: (keys) => put(own.rewrap, keys),
    listOlder: async (epoch, { after, limit }) => {
      const rows = await read<KeyRow>(own.older, [encodeName(epoch), after === null ? '' : encodeName(after), limit]);
      return rows.map(toKey) as ActiveKey[]; // an erased key has no epoch
    },
    readEpoch: async () => {
      const [found] = await read<{ value: string }>(own.epoch);
      return found === undefined ? null : decodeName(found.value);
    },
    startEpoch: async (expected, next) => {
      const begun =
        expected === null ? ([own.firstEpoch, []] as const) : ([own.nextEpoch, [encodeName(expected)]] as const);
      return (await write(begun[0], [encodeName(next), ...begun[1]], 'write')).length > 0;
    },
    migrate: () => lifecycle.track(() => prepare(true)),
    close: () => session.close(),
  };
}

type KeyRow = Readonly<{ id: string; life: string; epoch: string | null; wrapped: string | null }>;

/** A statement writes a row once: of several keys under an id it takes the one of the latest life. */
function listOnce<Key extends Readonly<{ id: string; life: number }>>(keys: readonly Key[]): Key[] {
  return [...new Map([...keys].sort((one, other) => one.life - other.life).map((key) => [key.id, key])).values()];
}

const toColumns = (keys: readonly Readonly<{ id: string; life: number }>[]) => [
  keys.map(({ id }) => encodeName(id)),
  keys.map(({ life }) => life),
];

const toWrapped = ({ wrapped }: ActiveKey) => encodeName(wrapped);

function toKey({ id, life, epoch, wrapped }: KeyRow): StoredKey {
  const base = { id: decodeName(id), life: Number(life) };
  if (!Number.isSafeInteger(base.life)) throw new StoreError('corrupt', 'The life of a key cannot be read');
  if (epoch === null || wrapped === null) return { ...base, state: 'erased' };
  return { ...base, state: 'active', epoch: decodeName(epoch), wrapped: decodeName(wrapped) };
}
