import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { StoreError } from '../errors.ts';
import type { SqliteDatabase } from './driver.ts';

/** The files that databases were opened in, and their logs, as they were then. */
const openedFiles = new WeakMap<SqliteDatabase, { path: string; identity: string | undefined }[]>();

/** Remembers which files a database has open, if it has any. */
export function rememberFiles(database: SqliteDatabase & { readonly name?: unknown; readonly memory?: unknown }): void {
  const { name, memory } = database;
  if (openedFiles.has(database) || typeof name !== 'string' || name === '' || memory !== false) return;
  const file = resolve(name);
  const files = [file, `${file}-wal`].map((path) => ({ path, identity: identityOf(path) }));
  if (files[0]?.identity !== undefined) openedFiles.set(database, files);
}

/**
 * Refuses to write where another file has taken the place of the one that is open, or of its log, or none has: SQLite would go on
 * in the old one, which nobody opens again.
 */
export function assertNotReplaced(database: SqliteDatabase): void {
  for (const file of openedFiles.get(database) ?? []) {
    const identity = identityOf(file.path);
    file.identity ??= identity;
    if (identity === file.identity) continue;
    const what = `${file.path} was ${identity === undefined ? 'removed' : 'replaced'} while it was open`;
    throw new StoreError('unavailable', `SQLite: ${what}: nothing is written, open the store again`);
  }
}

/** Tells a file from another in its place. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}
