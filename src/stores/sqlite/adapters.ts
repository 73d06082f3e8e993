/** The drivers of the runtimes, in the shape of better-sqlite3, whose databases are used as they are. */

/** The part of a prepared statement that this store needs. */
export type SqliteStatement = {
  get(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
  run(...parameters: unknown[]): { lastInsertRowid: number | bigint };
};

/**
 * The part of a database of better-sqlite3 that this store needs, without the types of that package. A database of `node:sqlite` or
 * `bun:sqlite` is used by it.
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

/** A database that a host has opened: by better-sqlite3, `node:sqlite` or `bun:sqlite`. @since 0.8.0 */
export type SqliteHostDatabase = {
  prepare(sql: string): unknown;
  exec(sql: string): unknown;
  close(): unknown;
};

/** A `DatabaseSync` of `node:sqlite`. */
export type NodeDatabase = Omit<SqliteHostDatabase, 'prepare'> & {
  readonly isOpen: boolean;
  readonly isTransaction: boolean;
  prepare(sql: string): SqliteStatement;
  location(): string | null;
};

type BunStatement = SqliteStatement & { finalize(): void };

/** A `Database` of `bun:sqlite`. */
export type BunDatabase = Omit<SqliteHostDatabase, 'prepare'> & {
  readonly filename: string;
  readonly inTransaction: boolean;
  prepare(sql: string): BunStatement;
};

/** A database with the path of its file, as better-sqlite3 has it. */
type NamedDatabase = SqliteDatabase & { readonly name: string; readonly memory: boolean };

/** Adapts a database that a host has opened; returns undefined for what is a database of no driver. */
export function adaptDatabase(database: Partial<SqliteHostDatabase>): SqliteDatabase | undefined {
  for (const method of ['prepare', 'exec', 'close'] as const)
    if (typeof database[method] !== 'function') return undefined;
  if ('pragma' in database) return database as SqliteDatabase;
  if ('isTransaction' in database) return adaptNode(database as NodeDatabase);
  return 'inTransaction' in database ? adaptBun(database as BunDatabase) : undefined;
}

/**
 * Adapts a database of `node:sqlite`. A statement alone is prepared and run, and so kept: in Deno an error of `exec` has no code of
 * SQLite.
 */
export function adaptNode(database: NodeDatabase): NamedDatabase {
  const { prepare } = keepStatements((sql) => database.prepare(sql));
  return {
    get name() {
      return database.location() ?? ':memory:';
    },
    get memory() {
      return database.location() === null;
    },
    get open() {
      return database.isOpen;
    },
    get inTransaction() {
      return database.isTransaction;
    },
    prepare,
    exec: (sql) => (sql.includes(';') ? database.exec(sql) : prepare(sql).run()),
    pragma: (source) => database.prepare(`PRAGMA ${source}`).all(),
    close: () => database.close(),
  };
}

/** Adapts a database of `bun:sqlite`, which keeps its file open as long as a statement is not finalized, and finds null for no row. */
export function adaptBun(database: BunDatabase): NamedDatabase {
  const { filename } = database;
  const { prepare, all } = keepStatements((sql) => {
    const statement = database.prepare(sql);
    return {
      get: (...parameters) => statement.get(...parameters) ?? undefined,
      all: (...parameters) => statement.all(...parameters),
      run: (...parameters) => statement.run(...parameters),
      finalize: () => statement.finalize(),
    } satisfies BunStatement;
  });
  return {
    name: filename,
    memory: filename === ':memory:' || filename === '',
    get open() {
      try {
        return typeof database.inTransaction === 'boolean'; // throws once it is closed
      } catch {
        return false;
      }
    },
    get inTransaction() {
      return database.inTransaction;
    },
    prepare,
    exec: (sql) => database.exec(sql),
    pragma(source) {
      const statement = database.prepare(`PRAGMA ${source}`);
      try {
        return statement.all();
      } finally {
        statement.finalize();
      }
    },
    close() {
      for (const statement of all()) statement.finalize();
      database.close();
    },
  };
}

/** Prepares each text once. */
function keepStatements<Statement extends SqliteStatement>(prepareNew: (sql: string) => Statement) {
  const kept = new Map<string, Statement>();
  const prepare = (sql: string): Statement => {
    const statement = kept.get(sql) ?? prepareNew(sql);
    kept.set(sql, statement);
    return statement;
  };
  return { prepare, all: () => kept.values() };
}

/** The primary result codes of SQLite that this store tells apart, by number. */
const CODES: Readonly<Record<number, string>> = {
  ...{ 1: 'ERROR', 3: 'PERM', 5: 'BUSY', 6: 'LOCKED', 8: 'READONLY', 10: 'IOERR', 11: 'CORRUPT', 13: 'FULL' },
  ...{ 14: 'CANTOPEN', 15: 'PROTOCOL', 17: 'SCHEMA', 18: 'TOOBIG', 19: 'CONSTRAINT', 20: 'MISMATCH', 23: 'AUTH' },
  ...{ 26: 'NOTADB', 1811: 'CONSTRAINT_TRIGGER' },
};

/** Reads the code of an error as better-sqlite3 and `bun:sqlite` name it, also of one of `node:sqlite`, which has its number. */
export function readCode(error: unknown): string | undefined {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  if (code === 'ERR_OUT_OF_RANGE') return 'SQLITE_MISMATCH'; // node:sqlite reads no integer beyond those of JavaScript
  if (code !== 'ERR_SQLITE_ERROR') return typeof code === 'string' ? code : undefined;
  const name = CODES[Number(errcode)] ?? CODES[Number(errcode) & 0xff];
  return name && `SQLITE_${name}`;
}
