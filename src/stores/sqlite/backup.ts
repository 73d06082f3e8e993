import { existsSync } from 'node:fs';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StoreError } from '../errors.ts';
import { listPendingSteps } from '../schema-steps.ts';
import { readCode, type SqliteDatabase } from './adapters.ts';
import { findErrorKind, readVersion } from './database.ts';
import { loadDriver } from './driver.ts';
import { EVENT_TABLES } from './schema.ts';

/** The copy that {@link backupSqliteStore} made. @since 0.5.0 */
export type SqliteBackup = Readonly<{
  file: string;
  /** The number of its events and of its streams. */
  events: number;
  streams: number;
  /** The global position of its last event; 0 of an empty store. */
  position: number;
  bytes: number;
}>;

const BUSY_TIMEOUT_MS = 10_000;

/**
 * Copies the store in the file `source` to the new file `target`, while it is in use: every append that was acknowledged before
 * is in the copy, and so is a prefix of the appends during the copy. The copy is one file without a WAL; it is verified, and written to the
 * disk, before it gets its name. A store restored from it knows that its history may have been cut after the copy's last event, and
 * refuses cursors from beyond (`other-history`). It blocks the thread: run it in a process of its own, as `auxilio store backup` does.
 *
 * @throws StoreError `invalid` when the target exists or the source is no store of SQLite; `unavailable`, `busy`, `full`;
 *   `corrupt` when the source, or the copy, is damaged: then no file is left
 * @since 0.5.0
 */
export async function backupSqliteStore(source: string, target: string): Promise<SqliteBackup> {
  const openDatabase = loadDriver();
  if (existsSync(target)) throw new StoreError('invalid', `${target} is there already`);
  const partial = `${target}.${process.pid}.part`;
  await rm(partial, { force: true });
  try {
    const from = openDatabase(source, true);
    try {
      from.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
      copy(from, source, partial);
      const copied = openDatabase(partial);
      try {
        beginEpoch(copied);
      } finally {
        copied.close();
      }
      const to = openDatabase(partial, true);
      try {
        const found = verifyCopy(from, to);
        await syncToDisk(partial);
        await publish(partial, target);
        await syncToDisk(dirname(target));
        return { file: target, ...found, bytes: (await stat(target)).size };
      } finally {
        to.close();
      }
    } finally {
      from.close();
    }
  } catch (error) {
    throw mapBackupError(error);
  } finally {
    await rm(partial, { force: true });
  }
}

function copy(from: SqliteDatabase, source: string, partial: string): void {
  const version = readVersion(from, EVENT_TABLES);
  if (version === undefined) throw new StoreError('invalid', `${source} is no store of auxilio`);
  listPendingSteps(EVENT_TABLES.steps, version); // refuses a schema of another release
  from.prepare('VACUUM INTO ?').run(partial);
}

/**
 * Begins an epoch in the copy after its last event: a store that is restored from it refuses the cursors of what came after. A file of
 * an earlier release has no epochs yet.
 */
function beginEpoch(to: SqliteDatabase): void {
  if (to.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'auxilio_epochs'`).get() === undefined) return;
  to.exec(`INSERT INTO auxilio_epochs (number, id, cut) SELECT
    (SELECT max(number) + 1 FROM auxilio_epochs), lower(hex(randomblob(6))), (SELECT coalesce(max(position), 0) FROM auxilio_events)`);
}

/** Refuses a copy that is damaged, has a gap in a stream, or whose last event differs from that of its source. */
function verifyCopy(from: SqliteDatabase, to: SqliteDatabase): Pick<SqliteBackup, 'events' | 'streams' | 'position'> {
  const { integrity_check: health } = to.prepare('PRAGMA integrity_check(1)').get() as { integrity_check: string };
  if (health !== 'ok') throw new StoreError('corrupt', `The copy is damaged: ${health}`);
  const broken = to
    .prepare('SELECT stream FROM auxilio_events GROUP BY stream HAVING min(version) <> 1 OR max(version) <> count(*)')
    .get() as { stream: string } | undefined;
  if (broken !== undefined) throw new StoreError('corrupt', `The stream ${JSON.stringify(broken.stream)} has a gap`);
  const last = 'SELECT * FROM auxilio_events WHERE position = ?';
  const totals = to
    .prepare(
      `SELECT count(*) AS events, count(DISTINCT stream) AS streams, coalesce(max(position), 0) AS position
        FROM auxilio_events`,
    )
    .get() as Pick<SqliteBackup, 'events' | 'streams' | 'position'>;
  const [ours, theirs] = [to, from].map((one) => JSON.stringify(one.prepare(last).get(totals.position)));
  if (ours !== theirs) throw new StoreError('corrupt', 'The last event of the copy is not that of its source');
  return totals;
}

/** Syncs a file or a folder to the disk. */
async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives the copy its name, unless another file has taken it; also on file systems without hard links. */
async function publish(partial: string, target: string): Promise<void> {
  try {
    await link(partial, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || existsSync(target)) throw new StoreError('invalid', `${target} is there already`);
    await rename(partial, target);
  }
}

function mapBackupError(error: unknown): unknown {
  if (error instanceof StoreError) return error;
  const { message } = error as { message?: unknown };
  const code = readCode(error);
  const kind = code === 'ENOSPC' ? 'full' : (findErrorKind(code) ?? 'unavailable');
  return new StoreError(kind, `The backup was not made: ${message}`, { cause: error });
}
