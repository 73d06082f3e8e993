/** `auxilio/sqlite` by one driver: the suites of both stores, over a file, with crashes and other processes, and over a database of the host. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  backupSqliteStore,
  type SqliteDriver,
  type SqliteStore,
  sqliteReplicaStore,
  sqliteStore,
} from 'auxilio/sqlite';
import {
  replicaStoreConformance,
  type StoreHost,
  type StoreProcess,
  storeCapabilities,
  storeConformance,
} from 'auxilio/testing';
import { ensureEqual, runCases } from './support.ts';

type Statement = { all(...parameters: unknown[]): unknown[]; run(...parameters: unknown[]): unknown };
type RawDatabase = { prepare(sql: string): Statement; exec(sql: string): unknown; close(): void };
type RawClass = new (file: string) => RawDatabase;

const require = createRequire(import.meta.url);

/** The class with which a host opens a database itself. */
function loadClass(driver: SqliteDriver): RawClass {
  if (driver === 'better-sqlite3') return require('better-sqlite3') as RawClass;
  const module = process.getBuiltinModule(driver as 'node:fs') as unknown as Record<string, RawClass>;
  return module[driver === 'node:sqlite' ? 'DatabaseSync' : 'Database'] as RawClass;
}

const newFile = () => join(mkdtempSync(join(tmpdir(), 'auxilio-')), 'events.sqlite');

/** Starts the process of the suite, under this runtime. */
function startTask(driver: SqliteDriver, file: string, task: string): StoreProcess {
  const script = fileURLToPath(new URL('sqlite-task.mjs', import.meta.url));
  const options = process.versions.deno === undefined ? [] : ['run', '-A'];
  const child = spawn(process.execPath, [...options, script, driver, file, task]);
  const failed: string[] = [];
  child.stdout.setEncoding('utf8');
  child.stderr.on('data', (chunk) => failed.push(String(chunk)));
  const closed = once(child, 'close');
  async function* output() {
    yield* child.stdout as AsyncIterable<string>;
    await closed;
    if (!child.killed && child.exitCode !== 0) throw new Error(`A process ended: ${failed.join('')}`);
  }
  return { output: output(), kill: () => child.kill('SIGKILL') };
}

const busyTimeoutMs = 60_000;

type Handle = Readonly<{ file: string; store: SqliteStore; close: () => Promise<void>; database?: RawDatabase }>;

/** A connection that may be closed twice, which the suite does. */
function openRaw(driver: SqliteDriver, file: string): RawDatabase {
  const database = new (loadClass(driver))(file);
  let isOpen = true;
  return Object.assign(database, {
    close() {
      if (isOpen) Object.getPrototypeOf(database).close.call(database);
      isOpen = false;
    },
  });
}

function fileHost(driver: SqliteDriver) {
  const Database = loadClass(driver);
  /** A handle on a new file, over a connection of the host, to be cut. */
  const openNew = (): Handle => {
    const file = newFile();
    const database = openRaw(driver, file);
    const store = sqliteStore({ database, busyTimeoutMs });
    const close = async () => {
      await store.close();
      database.close();
    };
    return { file, store, close, database };
  };
  const open = (file: string): Handle => {
    const store = sqliteStore({ file, driver, busyTimeoutMs });
    return { file, store, close: store.close };
  };
  const inDatabase = <T>(file: string, work: (database: RawDatabase) => T): T => {
    const database = new Database(file);
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  return {
    capabilities: storeCapabilities.filter((one) => one !== 'held'),
    open: openNew,
    discard: ({ file }) => rmSync(dirname(file), { recursive: true, force: true }),
    second: ({ file }) => open(file),
    reopen: ({ file }) => open(file),
    async copy({ file }) {
      const copy = newFile();
      await backupSqliteStore(file, copy);
      return open(copy);
    },
    // The file as a power cut leaves it: the synced data, and a write-ahead log without a checkpoint.
    crash({ file, database }) {
      const left = join(dirname(file), 'left.sqlite');
      for (const part of ['', '-wal']) copyFileSync(`${file}${part}`, `${left}${part}`);
      database?.close();
      return open(left);
    },
    notes: {
      write(
        database: { exec(sql: string): unknown; prepare(sql: string): { run(note: string): unknown } },
        note: string,
      ) {
        database.exec('CREATE TABLE IF NOT EXISTS notes (note TEXT)');
        database.prepare('INSERT INTO notes VALUES (?)').run(note);
      },
      read: ({ file }) =>
        inDatabase(file, (database) => {
          const made = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'notes'`).all().length > 0;
          const kept = made ? database.prepare('SELECT note FROM notes ORDER BY rowid').all() : [];
          return (kept as { note: string }[]).map(({ note }) => note);
        }),
    },
    process: ({ file }, task) => startTask(driver, file, task),
    tamper: ({ file }) =>
      Object.fromEntries(
        [`UPDATE auxilio_events SET body = '{}'`, `DELETE FROM auxilio_events WHERE stream = 'a' AND version = 3`].map(
          (sql) => [sql, () => inDatabase(file, (database) => database.exec(sql))],
        ),
      ),
  } satisfies StoreHost<Handle>;
}

function databaseHost(driver: SqliteDriver) {
  const open = (file = newFile()) => {
    const database = openRaw(driver, file);
    return { file, store: sqliteStore({ database, busyTimeoutMs }), close: () => database.close() };
  };
  return {
    capabilities: ['append', 'expectations', 'idempotency', 'feed', 'rows', 'consumers', 'effects', 'reopen'],
    open: () => open(),
    discard: ({ file }) => rmSync(dirname(file), { recursive: true, force: true }),
    reopen: ({ file }) => open(file),
  } satisfies StoreHost<ReturnType<typeof open>>;
}

/** A backup of a store in use, and its damage: what is damaged is refused as such. */
async function checkFiles(driver: SqliteDriver): Promise<void> {
  const file = newFile();
  const store = sqliteStore({ file, driver });
  const append = (eventId: string) => store.appendToStream('a', [{ type: 'T', data: {}, metadata: { eventId } }]);
  await append('1');
  const { events } = await backupSqliteStore(file, `${file}.copy`);
  ensureEqual(events, 1, 'the events of the copy');
  const other = new (loadClass(driver))(file);
  other.exec('BEGIN IMMEDIATE');
  const busy = sqliteStore({ file, driver, busyTimeoutMs: 20 });
  const refusal = await busy.appendToStream('b', [{ type: 'T', data: {} }]).catch((error) => error.code);
  ensureEqual(refusal, 'store-busy', 'an append during a lock');
  other.exec('ROLLBACK');
  other.exec('DROP TRIGGER auxilio_events_no_update; UPDATE auxilio_events SET version = 9223372036854775807');
  other.close();
  const damaged = await store.readStored('a').catch((error) => error.code);
  ensureEqual(damaged, 'store-corrupt', 'a version beyond the numbers of JavaScript');
  await busy.close();
  await store.close();
  ensureEqual(existsSync(`${file}-wal`), false, 'a write-ahead log after the last handle has closed');
  rmSync(dirname(file), { recursive: true, force: true });
}

export async function check({ driver }: { driver: SqliteDriver }): Promise<string> {
  const replicaFile = (file = newFile()) => ({ file, store: sqliteReplicaStore({ file, driver, busyTimeoutMs }) });
  await checkFiles(driver);
  const counts = [
    await runCases(storeConformance(fileHost(driver)).cases),
    await runCases(storeConformance(databaseHost(driver)).cases),
    await runCases(
      replicaStoreConformance({ open: () => replicaFile(), again: ({ file }) => replicaFile(file).store }).cases,
    ),
  ];
  return `${counts[0]} cases in a file, ${counts[1]} in a database of the host, ${counts[2]} of a replica`;
}
