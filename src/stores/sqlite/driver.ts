import { createRequire } from 'node:module';
import { missingPeer, StoreError } from '../errors.ts';
import { adaptBun, adaptNode, type BunDatabase, type NodeDatabase, type SqliteDatabase } from './adapters.ts';

/**
 * The driver of a file: better-sqlite3, which is installed; or that of a runtime, `node:sqlite` (Node from 24.18.1 and from 26.5.1 on,
 * and Deno) or `bun:sqlite`.
 *
 * @since 0.8.0
 */
export type SqliteDriver = 'better-sqlite3' | 'node:sqlite' | 'bun:sqlite';

/** Opens a file; one that is missing is created, unless it is opened to be read. */
type OpenDatabase = (file: string, readonly?: boolean) => SqliteDatabase;

type BetterSqlite = new (file: string, options?: { readonly: boolean }) => SqliteDatabase;
type NodeSqlite = { DatabaseSync: new (file: string, options: { readOnly: boolean }) => NodeDatabase };
type BunSqlite = { Database: new (file: string, options: object) => BunDatabase };

/** The first releases of Node whose `node:sqlite` has the fix of CVE-2026-58041, by major version; all later ones have it. */
const FIXED_NODE = { 24: [18, 1], 26: [5, 1] } as const;
const FIXED_NODE_NAMES = 'Node 24.18.1, 26.5.1 or later';

/** Each driver, by its name; each function throws if the runtime does not have it. */
const DRIVERS: Readonly<Record<SqliteDriver, () => OpenDatabase>> = {
  'better-sqlite3': loadBetterSqlite,
  'node:sqlite': loadNodeSqlite,
  'bun:sqlite': loadBunSqlite,
};

const loaded = new Map<SqliteDriver | undefined, OpenDatabase>();

/**
 * Loads a driver when a file is first opened: a missing one is an error that says what to install, and a host with a database of
 * its own needs none. Without a name it is that of the runtime in Bun and Deno, and in Node better-sqlite3 if that can be
 * loaded, else `node:sqlite`.
 */
export function loadDriver(name?: SqliteDriver): OpenDatabase {
  const open = loaded.get(name) ?? (name === undefined ? loadAnyDriver() : DRIVERS[name]());
  loaded.set(name, open);
  return open;
}

/** True for the name of a driver. */
export const isDriver = (name: unknown): name is SqliteDriver => Object.hasOwn(DRIVERS, String(name));

function loadAnyDriver(): OpenDatabase {
  if (process.versions.bun !== undefined) return loadBunSqlite();
  if (process.versions.deno !== undefined) return loadNodeSqlite();
  try {
    return loadBetterSqlite();
  } catch (error) {
    if (!hasNodeSqlite()) throw error;
    return loadNodeSqlite();
  }
}

/** In a bundle in CommonJS, which has no URL, better-sqlite3 is looked for from the working directory. */
function loadBetterSqlite(): OpenDatabase {
  try {
    const require = createRequire(import.meta.url ?? `${process.cwd()}/`);
    refuseUnfitBinary(require('better-sqlite3/package.json').version, process.versions.node);
    const Database = require('better-sqlite3') as BetterSqlite;
    new Database(':memory:').close(); // loads its binary, which may be one for another version of Node
    return (file, readonly = false) => new Database(file, { readonly });
  } catch (cause) {
    throw missingPeer('auxilio/sqlite', 'better-sqlite3', cause, `; or run it on ${FIXED_NODE_NAMES}, Bun or Deno`);
  }
}

/** Refuses better-sqlite3 13 on Node 20, which its binary would end without an error. */
export function refuseUnfitBinary(version: string, node: string): void {
  const isUnfit = Number.parseInt(version, 10) >= 13 && Number.parseInt(node, 10) < 22;
  if (isUnfit) throw new Error(`better-sqlite3 ${version} needs Node 22 or later: npm install better-sqlite3@12`);
}

function loadNodeSqlite(): OpenDatabase {
  if (!hasNodeSqlite()) throw missingDriver('node:sqlite', `${FIXED_NODE_NAMES}, or Deno 2.2 or later`);
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite' as 'node:fs') as unknown as NodeSqlite;
  return (file, readonly = false) => adaptNode(new DatabaseSync(file, { readOnly: readonly }));
}

function loadBunSqlite(): OpenDatabase {
  if (process.versions.bun === undefined) throw missingDriver('bun:sqlite', 'Bun');
  const { Database } = process.getBuiltinModule('bun:sqlite' as 'node:fs') as unknown as BunSqlite;
  return (file, readonly = false) => adaptBun(new Database(file, readonly ? { readonly } : { create: true }));
}

/** True where `node:sqlite` is that of a Node which has its fix, or of Deno; that of Bun is younger than `bun:sqlite`. */
function hasNodeSqlite(): boolean {
  if (process.versions.bun !== undefined) return false;
  const isFixed = process.versions.deno !== undefined || isFixedNode(process.versions.node);
  return isFixed && process.getBuiltinModule?.('node:sqlite' as 'node:fs') !== undefined;
}

/** True for a version of Node whose `node:sqlite` has the fix of CVE-2026-58041. */
export function isFixedNode(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (major > 26) return true;
  const first = FIXED_NODE[major as keyof typeof FIXED_NODE];
  return first !== undefined && (minor > first[0] || (minor === first[0] && patch >= first[1]));
}

function missingDriver(driver: SqliteDriver, where: string): StoreError {
  const { node, bun, deno } = process.versions;
  const runtime = bun ? `Bun ${bun}` : deno ? `Deno ${deno}` : `Node ${node}`;
  return new StoreError('invalid', `auxilio/sqlite finds ${driver} in ${where}; this is ${runtime}`);
}
