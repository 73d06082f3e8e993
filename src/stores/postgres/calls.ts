import type { StorageAdapter } from '../create-event-store.ts';
import { isStoreError } from '../errors.ts';
import type { PoolSource } from './pool.ts';

/** The kind of a call: it changes nothing, it may be repeated since it is written once, or neither. */
export type CallKind = 'read' | 'repeatable' | 'write';

/** The calls of the port. An append is written once under the ids of its events. */
export const CALLS: Readonly<Record<keyof StorageAdapter, CallKind>> = {
  head: 'read',
  select: 'read',
  append: 'repeatable',
  feed: 'read',
  lag: 'read',
  checkpoint: 'read',
  commit: 'write',
  rows: 'read',
  row: 'read',
  reset: 'write',
  startGeneration: 'write',
  promoteGeneration: 'write',
};

const PASSING: ReadonlySet<string> = new Set(['unavailable', 'io', 'read-only']);

/** Runs a call on one of several hosts. If it fails and another host is the primary by now, runs it there, unless it could be written twice. */
export async function callOnPrimary<T>(
  hosts: NonNullable<PoolSource['hosts']>,
  kind: CallKind,
  call: () => Promise<T>,
): Promise<T> {
  const before = hosts.moves();
  try {
    return await call();
  } catch (error) {
    if (!isStoreError(error) || !PASSING.has(error.kind)) throw error;
    await hosts.review();
    if (hosts.moves() === before || (kind === 'write' && error.kind === 'io')) throw error;
    return call();
  }
}
