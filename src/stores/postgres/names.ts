/*
 * Names are stored as `encodeName` encodes them. An index entry cannot hold a long name, so a long name is stored once,
 * in its own table. Everywhere else its key stands for it: its hash after `\#`, with which no other encoded name begins.
 */
import { createHash } from 'node:crypto';
import { decodeName, encodeName } from '../canonical.ts';
import { StoreError } from '../errors.ts';
import type { PostgresDatabase } from './database.ts';
import type { PostgresSql } from './sql.ts';

/** The tables of a store: their database, their schema, their statements, and the longest wait of a write for a lock. */
export type PostgresTables = Readonly<{
  database: PostgresDatabase;
  schema: string;
  sql: PostgresSql;
  lockTimeoutMs: number;
}>;

/** The length in UTF-16 units, of up to three bytes each: two such names and a number fit an index entry of 2,700 bytes. */
const LONGEST = 300;
const HASHED = '\\#';

/** Returns the key of a name in the tables. */
export function toKey(name: string): string {
  const kept = encodeName(name);
  return kept.length <= LONGEST ? kept : `${HASHED}${createHash('sha256').update(kept).digest('hex')}`;
}

/** Stores the long names among these, before their keys are written. */
export async function storeLongNames({ database, sql }: PostgresTables, names: readonly string[]): Promise<void> {
  const long = names.filter((name) => toKey(name).startsWith(HASHED));
  if (long.length > 0) await database.write(sql.keepNames, [long.map(toKey), long.map(encodeName)]);
}

/** Reads the names behind keys; the function that is returned gives the name of each. */
export async function resolveNames(
  { database, sql }: PostgresTables,
  keys: readonly string[],
): Promise<(key: string) => string> {
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
