/*
 * A name is kept as names.ts says, which Postgres can hold as well, but no index takes a long one. Such a name is kept
 * once, in a table of its own, and stands for itself elsewhere by its hash, after a backslash that no other name has there.
 */
import { createHash } from 'node:crypto';
import { StoreError } from '../errors.ts';
import { decodeName, encodeName } from '../name-encoding.ts';
import type { PostgresDatabase } from './database.ts';
import type { PostgresSql } from './sql.ts';

/** In UTF-16 units, of up to three bytes each: two such names and a number fit an index entry of 2,700 bytes. */
const LONGEST = 300;
const HASHED = '\\#';

/** The key of a name in the tables. */
export function keyOf(name: string): string {
  const kept = encodeName(name);
  return kept.length <= LONGEST ? kept : `${HASHED}${createHash('sha256').update(kept).digest('hex')}`;
}

export type PostgresNames = Readonly<{
  /** Stores the long ones of these names, before their keys are written. */
  ensure(names: readonly string[]): Promise<void>;
  /** Resolves keys to their names. */
  resolve(keys: readonly string[]): Promise<(key: string) => string>;
}>;

export function createNames(database: PostgresDatabase, sql: PostgresSql): PostgresNames {
  async function ensure(names: readonly string[]): Promise<void> {
    const long = names.filter((name) => keyOf(name).startsWith(HASHED));
    if (long.length > 0) await database.write(sql.keepNames, [long.map(keyOf), long.map(encodeName)]);
  }

  async function resolve(keys: readonly string[]): Promise<(key: string) => string> {
    const hashed = keys.filter((key) => key.startsWith(HASHED));
    if (hashed.length === 0) return decodeName;
    const found = await database.read<{ key: string; name: string }>(sql.names, [hashed]);
    const names = new Map(found.map(({ key, name }) => [key, name]));
    return (key) => {
      const name = key.startsWith(HASHED) ? names.get(key) : key;
      if (name === undefined) throw new StoreError('corrupt', 'A long name of this store is missing');
      return decodeName(name);
    };
  }

  return { ensure, resolve };
}
