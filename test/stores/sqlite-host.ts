/** The host of a SQLite store for the store suite. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { StoreHost } from 'auxilio/testing';
import Database from 'better-sqlite3';
import { backupSqliteStore, type SqliteDatabase, type SqliteStore, sqliteStore } from '../../src/sqlite.ts';
import { limits } from '../support/limits.ts';
import { startProcess, temporaryFile } from './files.ts';
import { allBut } from './suite.ts';

type Handle = {
  readonly file: string;
  readonly store: SqliteStore;
  readonly close: () => Promise<void>;
  /** The connection of the first handle, to be cut. */
  readonly database?: Database.Database;
};

const newFile = () => join(mkdtempSync(join(tmpdir(), 'auxilio-')), 'events.sqlite');

/** A handle on a new file, over a connection of the host's. */
function inNewFile(): Handle {
  const file = newFile();
  const database = new Database(file);
  const store = sqliteStore({ database, busyTimeoutMs: limits.waitMs });
  const close = async () => {
    await store.close();
    database.close();
  };
  return { file, store, close, database };
}

/** A handle on a file that may be open elsewhere. */
function inFile(file: string): Handle {
  const store = sqliteStore({ file, busyTimeoutMs: limits.waitMs });
  return { file, store, close: store.close };
}

const again = ({ file }: Handle) => inFile(file);

/** A file that is restored from a backup of another. */
async function backupOf(file: string): Promise<string> {
  const copy = newFile();
  await backupSqliteStore(file, copy);
  return copy;
}

/** The file as a power cut leaves it: the synced data, and a write-ahead log without a checkpoint. */
function cutOff({ file, database }: Handle): Handle {
  const left = join(dirname(file), 'left.sqlite');
  for (const part of ['', '-wal']) copyFileSync(`${file}${part}`, `${left}${part}`);
  database?.close();
  return inFile(left);
}

function inDatabase<T>(file: string, work: (database: SqliteDatabase) => T): T {
  const database = new Database(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Ways to change or to remove an event from another connection. */
const changes = [
  `UPDATE auxilio_events SET body = '{}'`,
  `UPDATE auxilio_events SET version = 9 WHERE stream = 'a' AND version = 3`,
  `DELETE FROM auxilio_events`,
  `DELETE FROM auxilio_events WHERE stream = 'a' AND version = 3`,
  `REPLACE INTO auxilio_events (position, stream, version, event_id, body) VALUES (1, 'a', 1, 'new', '{}')`,
  `INSERT OR REPLACE INTO auxilio_events (stream, version, event_id, body) VALUES ('a', 4, 'event-1', '{}')`,
];

/** All that the store claims. Its one writer at a time leaves no append for `hold` to hold. */
export const sqliteHost = {
  capabilities: allBut('held'),
  open: inNewFile,
  discard: ({ file }) => rmSync(dirname(file), { recursive: true, force: true }),
  second: again,
  reopen: again,
  copy: async ({ file }) => inFile(await backupOf(file)),
  crash: cutOff,
  notes: {
    write(database: SqliteDatabase, note: string) {
      database.exec('CREATE TABLE IF NOT EXISTS notes (note TEXT)');
      database.prepare('INSERT INTO notes VALUES (?)').run(note);
    },
    read: ({ file }) =>
      inDatabase(file, (database) => {
        const made = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'notes'`).get() !== undefined;
        const kept = made ? database.prepare('SELECT note FROM notes ORDER BY rowid').all() : [];
        return (kept as { note: string }[]).map(({ note }) => note);
      }),
  },
  process: ({ file }, task) => startProcess(new URL('task.ts', import.meta.url), file, task),
  tamper: ({ file }) =>
    Object.fromEntries(changes.map((sql) => [sql, () => inDatabase(file, (database) => database.exec(sql))])),
} satisfies StoreHost<Handle>;

/** The host of a store in a database that the host has opened, which reads integers as numbers, or all as bigints. */
export function databaseHost({ safeIntegers }: { safeIntegers: boolean }) {
  const open = (file = temporaryFile()) => {
    const database = new Database(file);
    database.defaultSafeIntegers(safeIntegers);
    database.exec('CREATE TABLE IF NOT EXISTS meta (other TEXT); CREATE TABLE IF NOT EXISTS events (other TEXT)');
    return { file, store: sqliteStore({ database }), close: () => database.close() };
  };
  return {
    capabilities: allBut('held', 'transactions', 'crash', 'processes', 'immutability'),
    open: () => open(),
    second: ({ file }) => open(file),
    reopen: ({ file }) => open(file),
    copy: async ({ file }) => open(await backupOf(file)),
  } satisfies StoreHost<ReturnType<typeof open>>;
}
