import { createRequire } from 'node:module';
import { missingPeer } from '../errors.ts';

/** The part of a prepared statement that this store needs. */
export type SqliteStatement = {
  get(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
  run(...parameters: unknown[]): { lastInsertRowid: number | bigint };
};

/**
 * The part of a database of better-sqlite3 that this store needs, without the types of that package.
 *
 * @since 0.1.0
 */
export type SqliteDatabase = {
  readonly open: boolean;
  readonly inTransaction: boolean;
  prepare(sql: string): SqliteStatement;
  exec(sql: string): unknown;
  pragma(source: string): unknown;
  close(): unknown;
};

type Driver = typeof import('better-sqlite3');

let loaded: Driver | undefined;

/**
 * Loads better-sqlite3 when a file is first opened: a missing driver is an error that says what to install, and a host with a
 * database of its own needs none. In a bundle in CommonJS, which has no URL, the driver is looked for from the working directory.
 */
export function loadDriver(): Driver {
  try {
    loaded ??= createRequire(import.meta.url ?? `${process.cwd()}/`)('better-sqlite3') as Driver;
    return loaded;
  } catch (cause) {
    throw missingPeer('auxilio/sqlite', 'better-sqlite3', cause);
  }
}
