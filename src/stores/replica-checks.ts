/** Checks that every store of a replica makes of its arguments. */
import { StoreError } from './errors.ts';
import { type ReplicaChanges, ReplicaConflictError } from './replica-store.ts';

/** Refuses the name of a group, or a hash, that is no text or empty. */
export function checkGroup(name: unknown): void {
  if (typeof name !== 'string' || name === '') throw new StoreError('invalid', 'A group is named by a text');
}

/** Refuses changes that are no texts; answers them by key. */
export function checkKeys(changes: ReplicaChanges): readonly (readonly [string, string | null])[] {
  if (typeof changes !== 'object' || changes === null)
    throw new StoreError('invalid', 'Records are given by their keys');
  const entries = Object.entries(changes);
  for (const [key, text] of entries) {
    if (key === '') throw new StoreError('invalid', 'A record has a key');
    if (text !== null && typeof text !== 'string') throw new StoreError('invalid', 'A record is a text, or null');
  }
  return entries;
}

/** Refuses a write at another revision than the group has. */
export function checkRevisionOf(group: string, expected: number, actual: number): void {
  if (!Number.isSafeInteger(expected)) throw new StoreError('invalid', 'A revision is a whole number');
  if (expected !== actual) throw new ReplicaConflictError(group, expected, actual);
}

/** Refuses the prefix of names that is no text; an empty one is that of all. */
export function checkPrefix(prefix: unknown): void {
  if (typeof prefix !== 'string') throw new StoreError('invalid', 'Groups are listed by a text');
}

/** Refuses the bytes of a photograph that are no bytes. */
export function checkBytes(bytes: unknown): void {
  if (!(bytes instanceof Uint8Array)) throw new StoreError('invalid', 'The bytes of a photograph are a Uint8Array');
}
