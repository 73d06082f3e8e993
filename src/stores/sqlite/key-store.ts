import { decodeName, encodeName } from '../canonical.ts';
import { isStoreError, StoreError } from '../errors.ts';
import type { ActiveKey, KeyStore, StoredKey } from '../key-store.ts';
import type { SqliteDatabase, SqliteStatement } from './adapters.ts';
import { checkSource, checkTimeout, connect, type SqliteConnection, type SqliteSource } from './connection.ts';
import { prepareDatabase, prepareStatements, runInTransaction } from './database.ts';
import { SQL, type Tables } from './schema.ts';

/*
 * STORAGE: stored data must stay readable forever. A change of the tables adds a step.
 *
 * Wrapped keys have a table of their own, in the order in which they were written, and are overwritten in place, at equal length; a row
 * of it is never deleted. `secure_delete` overwrites what SQLite removes, but not the copies that stay in a page when it is split or
 * merged and its rows move to another page: rows of this table never move.
 */
const CREATE_KEYS = `
  CREATE TABLE auxilio_keys (
    id TEXT PRIMARY KEY NOT NULL,
    life INTEGER NOT NULL,
    epoch TEXT,
    material INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE auxilio_key_material (
    number INTEGER PRIMARY KEY NOT NULL,
    wrapped BLOB NOT NULL
  ) STRICT`;

const KEY_TABLES: Tables = { name: 'key-schema-version', steps: [{ version: 1, sql: CREATE_KEYS }] };

/** The name of the meta datum that is the newest epoch. */
const EPOCH = 'key-epoch';

const KEY_SQL = {
  meta: SQL.meta,
  setMeta: SQL.setMeta,
  key: `SELECT k.id, k.life, k.epoch, k.material, m.wrapped FROM auxilio_keys AS k
    LEFT JOIN auxilio_key_material AS m ON m.number = k.material WHERE k.id = ?`,
  keys: `SELECT k.id, k.life, k.epoch, k.material, m.wrapped FROM json_each(?) AS asked
    JOIN auxilio_keys AS k ON k.id = asked.value
    LEFT JOIN auxilio_key_material AS m ON m.number = k.material`,
  older: `SELECT k.id, k.life, k.epoch, k.material, m.wrapped FROM auxilio_keys AS k
    LEFT JOIN auxilio_key_material AS m ON m.number = k.material
    WHERE k.epoch <> ? AND k.id > ? ORDER BY k.id LIMIT ?`,
  setKey: `INSERT INTO auxilio_keys (id, life, epoch, material) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET life = excluded.life, epoch = excluded.epoch, material = excluded.material`,
  addMaterial: `INSERT INTO auxilio_key_material (wrapped) VALUES (?)`,
  setMaterial: `UPDATE auxilio_key_material SET wrapped = ? WHERE number = ?`,
  blankMaterial: `UPDATE auxilio_key_material SET wrapped = zeroblob(length(wrapped)) WHERE number = ?`,
} as const;

type Statements = Readonly<Record<keyof typeof KEY_SQL, SqliteStatement>>;

type KeyRow = Readonly<{ id: string; life: unknown; epoch: string | null; material: unknown; wrapped: unknown }>;

/** Options of {@link sqliteKeyStore}: the file or the database, as those of {@link sqliteStore}. @since 0.11.0 */
export type SqliteKeyStoreOptions = SqliteSource & {
  /** The longest wait for a lock that another connection holds, in milliseconds; 5000 by default. */
  busyTimeoutMs?: number;
};

/**
 * Opens the key store in a file of its own, and creates its tables, whose names begin with `auxilio_`, if they are missing. A file with
 * the tables of an event store is refused: a backup of it would have texts and their keys, and bring both back.
 *
 * Writes are as durable as those of {@link sqliteStore}, and refused as those are. Once `erase` or `rewrap` has answered, the replaced
 * keys are in no byte of the file, `FILE-wal` and `FILE-shm`. While another connection reads the file, they wait for it; after
 * `busyTimeoutMs` they throw `io`, and are to be repeated. Old blocks of the disk, its snapshots and backups may have such keys for
 * longer: an erasure is final there once the wrapping key of their epoch is destroyed.
 *
 * @throws StoreError `invalid`, `unavailable`, `corrupt`, `read-only`, `newer-schema`
 * @since 0.11.0
 */
export function sqliteKeyStore(options: SqliteKeyStoreOptions): KeyStore {
  checkSource('sqliteKeyStore', options, { file: 0, driver: 0, database: 0, busyTimeoutMs: 0 });
  const { busyTimeoutMs = 5000 } = options;
  checkTimeout(busyTimeoutMs);
  const connection = connect(options, busyTimeoutMs);
  const { locks, guard, enter, prepare, database } = connection;
  let prepared: Statements | undefined;
  const statements = () => {
    prepared ??= prepareKeys(database, busyTimeoutMs);
    return prepared;
  };
  prepare(statements);

  /** Runs a read of one statement. */
  async function read<T>(work: (own: Statements) => T): Promise<T> {
    enter();
    return locks.reading.run(() => guard(() => work(statements())));
  }

  async function write<T>(work: (own: Statements) => T): Promise<T> {
    enter();
    const writing = () => {
      const own = statements();
      return runInTransaction(database, () => work(own));
    };
    return locks.writing.run(() => guard(writing));
  }

  /** Stores the keys of the newest epoch, each if it fits the one under its id. */
  const put = (keys: readonly ActiveKey[], fits: (known: StoredKey | undefined, key: ActiveKey) => boolean) =>
    write((own) => {
      const epoch = readEpoch(own);
      for (const key of keys) {
        const row = findRow(own, key.id);
        if (key.epoch === epoch && fits(row && toKey(row), key)) putKey(own, key, row);
      }
    });

  return {
    read: (ids) => read((own) => (own.keys.all(JSON.stringify(ids.map(encodeName))) as KeyRow[]).map(toKey)),
    create: (keys) => put(keys, (known) => known === undefined),
    erase: async (keys) => {
      await write((own) => {
        for (const key of keys) eraseKey(own, key);
      });
      await truncateLog(connection);
    },
    revive: (keys) => put(keys, (known, { life }) => known?.state === 'erased' && known.life < life),
    rewrap: async (keys) => {
      await put(keys, (known, { life }) => known?.state === 'active' && known.life === life);
      await truncateLog(connection);
    },
    listOlder: (epoch, { after, limit }) =>
      read((own) => {
        const rows = own.older.all(encodeName(epoch), after === null ? '' : encodeName(after), limit) as KeyRow[];
        return rows.map(toKey) as ActiveKey[]; // an erased key has no epoch
      }),
    readEpoch: () => read(readEpoch),
    startEpoch: (expected, next) =>
      write((own) => {
        if (readEpoch(own) !== expected) return false;
        own.setMeta.run(EPOCH, encodeName(next));
        return true;
      }),
    close: () => connection.close(),
  };
}

function prepareKeys(database: SqliteDatabase, busyTimeoutMs: number): Statements {
  const events = `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'auxilio_events'`;
  if (database.open && database.prepare(events).get() !== undefined) {
    throw new StoreError('invalid', 'The file has an event store: a key store takes a file of its own');
  }
  prepareDatabase(database, busyTimeoutMs, KEY_TABLES);
  return prepareStatements(database, KEY_SQL);
}

function putKey(own: Statements, { id, life, epoch, wrapped }: ActiveKey, row: KeyRow | undefined): void {
  const bytes = Buffer.from(encodeName(wrapped));
  const known = row?.wrapped as Uint8Array | null | undefined;
  const fits = known?.length === bytes.length;
  if (fits) own.setMaterial.run(bytes, row?.material);
  else if (known) own.blankMaterial.run(row?.material);
  const material = fits ? row?.material : own.addMaterial.run(bytes).lastInsertRowid;
  own.setKey.run(encodeName(id), life, encodeName(epoch), material);
}

function eraseKey(own: Statements, { id, life }: Readonly<{ id: string; life: number }>): void {
  const row = findRow(own, id);
  if (row !== undefined && toKey(row).life > life) return;
  if (row?.epoch != null) own.blankMaterial.run(row.material);
  own.setKey.run(encodeName(id), life, null, row?.material ?? null); // its place is used by a next life
}

/** Empties the log of the file, whose pages have what was replaced. */
async function truncateLog({ database, locks, guard }: SqliteConnection): Promise<void> {
  const truncate = () => {
    const [answer] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number | bigint }[];
    if (Number(answer?.busy) !== 0) throw new StoreError('busy', 'Another connection holds the log of the file');
  };
  try {
    await locks.writing.run(() => guard(truncate));
  } catch (cause) {
    if (!isStoreError(cause) || cause.kind !== 'busy') throw cause;
    const message =
      'SQLite: the keys are replaced, but another connection holds the log, which has the old ones: repeat';
    throw new StoreError('io', message, { cause });
  }
}

const findRow = (own: Statements, id: string) => own.key.get(encodeName(id)) as KeyRow | undefined;

function readEpoch(own: Statements): string | null {
  const found = own.meta.get(EPOCH) as { value: string } | undefined;
  return found === undefined ? null : decodeName(found.value);
}

function toKey({ id, life, epoch, wrapped }: KeyRow): StoredKey {
  const base = { id: decodeName(id), life: Number(life) };
  if (!Number.isSafeInteger(base.life)) throw new StoreError('corrupt', 'The life of a key cannot be read');
  if (epoch === null) return { ...base, state: 'erased' };
  if (!(wrapped instanceof Uint8Array)) throw new StoreError('corrupt', 'A wrapped key cannot be read');
  return { ...base, state: 'active', epoch: decodeName(epoch), wrapped: decodeName(Buffer.from(wrapped).toString()) };
}
