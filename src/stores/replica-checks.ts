/** Checks that every store of a replica makes of its arguments. */
import { StoreError } from './errors.ts';
import { type ReplicaChanges, ReplicaConflictError } from './replica-store.ts';

/** Refuses the name of a group, or a hash, that is no text or empty. */
export function checkGroup(name: unknown): void {
  if (typeof name !== 'string' || name === '') throw new StoreError('invalid', 'A group is named by a text');
}

/** Refuses changes that are no texts; answers them by key. */
export function checkKeys(changes: ReplicaChanges): readonly (readonly [string, string | null])[] {
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
