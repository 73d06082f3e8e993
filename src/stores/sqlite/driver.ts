/** A prepared statement, as far as this store needs it. */
export type SqliteStatement = {
  get(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
  run(...parameters: unknown[]): { lastInsertRowid: number | bigint };
};

/**
 * A database of better-sqlite3, as far as this store needs it: its types are no part of these.
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
