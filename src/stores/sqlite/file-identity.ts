import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { StoreError } from '../errors.ts';
import type { SqliteDatabase } from './driver.ts';

/**
 * The time between two looks at the files. A kernel that was asked for a file's times writes new ones with the next write, for
 * which that write waits.
 */
const CHECK_EVERY_MS = 20;

type OpenedFiles = { readonly files: { readonly path: string; identity: string | undefined }[]; checkedAt: number };

/** The files of open databases and their logs, with their identity when they were opened. */
const openedFiles = new WeakMap<SqliteDatabase, OpenedFiles>();

/** Remembers the files of a database, if it has any. */
export function rememberFiles(database: SqliteDatabase & { readonly name?: unknown; readonly memory?: unknown }): void {
  const { name, memory } = database;
  if (memory !== false || typeof name !== 'string' || openedFiles.has(database)) return;
  const file = resolve(name);
  const files = [file, `${file}-wal`].map((path) => ({ path, identity: identityOf(path) }));
  if (files[0]?.identity !== undefined) openedFiles.set(database, { files, checkedAt: Number.NEGATIVE_INFINITY });
}

/**
 * Refuses to write if the open file, or its log, was replaced or removed more than {@link CHECK_EVERY_MS} ago: SQLite would go on
 * writing to the old one, which is never opened again.
 */
export function assertNotReplaced(database: SqliteDatabase): void {
  const opened = openedFiles.get(database);
  const now = performance.now();
  if (opened === undefined || now - opened.checkedAt < CHECK_EVERY_MS) return;
  for (const file of opened.files) {
    const identity = identityOf(file.path);
    file.identity ??= identity;
    if (identity === file.identity) continue;
    const what = `${file.path} was ${identity === undefined ? 'removed' : 'replaced'} while it was open`;
    throw new StoreError('unavailable', `SQLite: ${what}: nothing is written, open the store again`);
  }
  opened.checkedAt = now;
}

/** The identity of a file, which differs from that of another one at its path. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}
