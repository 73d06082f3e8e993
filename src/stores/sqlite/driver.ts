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
