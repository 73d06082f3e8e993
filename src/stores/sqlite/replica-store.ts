import { compareTexts } from '../../util/equality.ts';
import { decodeName, encodeName } from '../canonical.ts';
import { StoreError } from '../errors.ts';
import { readOrCorrupt } from '../event-record.ts';
import {
  checkBytes,
  checkGroup,
  checkGroupRevision,
  checkKeys,
  checkPrefix,
  type ReplicaBlob,
  type ReplicaChanges,
  type ReplicaGroup,
  type ReplicaGroupEntry,
  type ReplicaStore,
} from '../replica-store.ts';
import type { SqliteStatement } from './adapters.ts';
import type { SqliteConnection } from './connection.ts';
import { prepareDatabase, prepareStatements, runInSnapshot, runInTransaction } from './database.ts';
import { SQL, type Tables } from './schema.ts';

/*
 * STORAGE: stored data must stay readable forever. A change of the tables adds a step.
 *
 * Names and keys are stored as `encodeName` writes them, texts as they are; one that SQLite's text cannot hold, or that its tools cut
 * short, is stored as a blob, in UTF-16 with its lower bytes first.
 */
const CREATE_REPLICA = `
  CREATE TABLE auxilio_replica_groups (
    name TEXT PRIMARY KEY NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE auxilio_replica_records (
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    text ANY NOT NULL,
    PRIMARY KEY (name, key)
  ) STRICT;

  CREATE TABLE auxilio_replica_blobs (
    sha256 TEXT PRIMARY KEY NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT`;

const REPLICA_TABLES: Tables = {
  name: 'replica-schema-version',
  steps: [{ version: 1, sql: CREATE_REPLICA }],
};

/** The name of the meta datum that is the last revision of any group. */
const LAST_REVISION = 'replica-last-revision';

const REPLICA_SQL = {
  revision: `SELECT revision FROM auxilio_replica_groups WHERE name = ?`,
  setRevision: `INSERT INTO auxilio_replica_groups (name, revision) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET revision = excluded.revision`,
  dropGroup: `DELETE FROM auxilio_replica_groups WHERE name = ?`,
  records: `SELECT key, text FROM auxilio_replica_records WHERE name = ?`,
  setRecord: `INSERT INTO auxilio_replica_records (name, key, text) VALUES (?, ?, ?)
    ON CONFLICT (name, key) DO UPDATE SET text = excluded.text`,
  dropRecord: `DELETE FROM auxilio_replica_records WHERE name = ? AND key = ?`,
  dropRecords: `DELETE FROM auxilio_replica_records WHERE name = ?`,
  groups: `SELECT own.name, own.revision, record.text FROM auxilio_replica_groups AS own
    LEFT JOIN auxilio_replica_records AS record ON record.name = own.name AND record.key = 'head'
    WHERE substr(own.name, 1, length(?)) = ?`,
  blob: `SELECT bytes FROM auxilio_replica_blobs WHERE sha256 = ?`,
  addBlob: `INSERT INTO auxilio_replica_blobs (sha256, bytes) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING`,
  dropBlob: `DELETE FROM auxilio_replica_blobs WHERE sha256 = ?`,
  blobs: `SELECT sha256, length(bytes) AS size FROM auxilio_replica_blobs`,
} as const;

type Statements = Readonly<Record<keyof typeof REPLICA_SQL | 'meta' | 'setMeta', SqliteStatement>>;

const replicaStore = () => 'The store of a replica';

/** Creates the store of a replica over a connection, which it prepares. */
export function createReplicaStore(connection: SqliteConnection, busyTimeoutMs: number): ReplicaStore {
  const { database, locks, guard, enter, prepare, close } = connection;
  let prepared: Statements | undefined;
  const statements = () => {
    if (prepared === undefined) {
      prepareDatabase(database, busyTimeoutMs, REPLICA_TABLES);
      prepared = prepareStatements(database, { ...REPLICA_SQL, meta: SQL.meta, setMeta: SQL.setMeta });
    }
    return prepared;
  };
  prepare(statements);

  async function read<T>(work: (statements: Statements) => T): Promise<T> {
    enter();
    const reading = () => {
      const own = statements(); // before the transaction begins, in which nothing is prepared
      return runInSnapshot(database, () => work(own));
    };
    return readOrCorrupt(replicaStore, () => locks.reading.run(() => guard(reading)));
  }

  async function write<T>(work: (statements: Statements) => T): Promise<T> {
    enter();
    const writing = () => {
      const own = statements();
      return runInTransaction(database, () => work(own));
    };
    return locks.writing.run(() => guard(writing));
  }

  return {
    readGroup: async (group) => {
      checkGroup(group);
      return read((own) => readGroup(own, group));
    },
    listGroups: async (prefix) => {
      checkPrefix(prefix);
      return read((own) => listGroups(own, prefix));
    },
    writeGroup: async (group, expectedRevision, changes) => {
      checkGroup(group);
      const entries = checkKeys(changes);
      return write((own) => writeGroup(own, group, expectedRevision, entries));
    },
    dropGroup: async (group, expectedRevision) => {
      checkGroup(group);
      await write((own) => {
        checkGroupRevision(group, expectedRevision, readRevision(own, group));
        own.dropGroup.run(encodeName(group));
        own.dropRecords.run(encodeName(group));
      });
    },
    putBlob: async (sha256, bytes) => {
      checkGroup(sha256);
      checkBytes(bytes);
      const copy = Buffer.from(bytes);
      await write((own) => own.addBlob.run(encodeName(sha256), copy));
    },
    readBlob: async (sha256) => {
      checkGroup(sha256);
      return read((own) => readBlob(own, sha256));
    },
    dropBlob: async (sha256) => {
      checkGroup(sha256);
      await write((own) => own.dropBlob.run(encodeName(sha256)));
    },
    listBlobs: () => read(listBlobs),
    close: () => close(),
  };
}

function readGroup(own: Statements, group: string): ReplicaGroup {
  const revision = readRevision(own, group);
  const rows = own.records.all(encodeName(group)) as { key: string; text: unknown }[];
  const records = rows.map(({ key, text }) => [decodeName(key), toText(text)] as const);
  return { revision, records: new Map(records.sort(([one], [other]) => compareTexts(one, other))) };
}

/** The texts of SQLite are in another order than ours, and a prefix may end within a character. */
function listGroups(own: Statements, prefix: string): ReplicaGroupEntry[] {
  const whole = encodeName(prefix.replace(/[\ud800-\udbff]$/, ''));
  const rows = own.groups.all(whole, whole) as { name: string; revision: unknown; text: unknown }[];
  return rows
    .map(({ name, revision, text }) => ({
      group: decodeName(name),
      revision: wholeNumber(revision),
      head: text === null ? null : toText(text),
    }))
    .filter(({ group }) => group.startsWith(prefix))
    .sort((one, other) => compareTexts(one.group, other.group));
}

function writeGroup(
  own: Statements,
  group: string,
  expectedRevision: number,
  changes: readonly (readonly [key: string, text: ReplicaChanges[string]])[],
): number {
  checkGroupRevision(group, expectedRevision, readRevision(own, group));
  const last = own.meta.get(LAST_REVISION) as { value: unknown } | undefined;
  const revision = wholeNumber(last?.value ?? 0) + 1;
  const name = encodeName(group);
  own.setMeta.run(LAST_REVISION, String(revision));
  own.setRevision.run(name, revision);
  for (const [key, text] of changes) {
    if (text === null) own.dropRecord.run(name, encodeName(key));
    else own.setRecord.run(name, encodeName(key), fromText(text));
  }
  return revision;
}

function readBlob(own: Statements, sha256: string): Uint8Array | null {
  const found = own.blob.get(encodeName(sha256)) as { bytes: unknown } | undefined;
  if (found === undefined) return null;
  if (found.bytes instanceof Uint8Array) return new Uint8Array(found.bytes);
  throw new StoreError('corrupt', `The bytes of ${sha256} cannot be read`);
}

function listBlobs(own: Statements): ReplicaBlob[] {
  const rows = own.blobs.all() as { sha256: string; size: unknown }[];
  return rows
    .map(({ sha256, size }) => ({ sha256: decodeName(sha256), size: wholeNumber(size) }))
    .sort((one, other) => compareTexts(one.sha256, other.sha256));
}

function readRevision(own: Statements, group: string): number {
  const found = own.revision.get(encodeName(group)) as { revision: unknown } | undefined;
  return found === undefined ? 0 : wholeNumber(found.revision);
}

/** A number of the tables, as a bigint if the database is so configured. */
function wholeNumber(value: unknown): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new StoreError('corrupt', `The number ${value} of a replica cannot be read`);
}

function fromText(text: string): string | Buffer {
  return /\0|\p{Surrogate}/u.test(text) ? Buffer.from(text, 'utf16le') : text;
}

function toText(stored: unknown): string {
  if (typeof stored === 'string') return stored;
  if (stored instanceof Uint8Array) return Buffer.from(stored).toString('utf16le');
  throw new StoreError('corrupt', 'A record of a replica is no text');
}
