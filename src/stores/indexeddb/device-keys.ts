/** The keys of a device: made at their first use, and kept in a database of their own, from which no script can read them. */
import { StoreError } from '../errors.ts';
import { hasIndexedDb, openDatabase, type WrappedDatabase } from './driver.ts';
import { mapIndexedDbError } from './errors.ts';
import { rejectWhenLate } from './time-limit.ts';

/** The longest wait for a key, in milliseconds. */
const LIMIT_MS = 10_000;

/** Returns the keys under an entry of the database `NAME-key`, or makes them. What failed is tried again by the next call. */
export function deviceKeys<T>(name: string, entry: string, make: () => Promise<T>): () => Promise<T> {
  let opening: Promise<T> | undefined;
  return () => {
    opening ??= rejectWhenLate(
      LIMIT_MS,
      findOrMake(`${name}-key`, entry, make),
      () => new StoreError('busy', 'The key of the device did not open'),
    ).catch((error: unknown) => {
      opening = undefined;
      throw mapIndexedDbError(error);
    });
    return opening;
  };
}

async function findOrMake<T>(name: string, entry: string, make: () => Promise<T>): Promise<T> {
  if (!hasIndexedDb()) throw new StoreError('unavailable', 'There is no IndexedDB here');
  const database = await openDatabase(name, 1, {
    upgrade: (one) => void one.createObjectStore('application'),
    blocked: () => undefined,
    blocking: () => database.close(),
    terminated: () => undefined,
  });
  try {
    const known = await database.transaction(['application'], 'readonly').objectStore('application').get(entry);
    return (known as T | undefined) ?? (await addFirst(database, entry, await make()));
  } finally {
    database.close();
  }
}

/** Adds keys that were made; returns those that another tab may have added first. */
async function addFirst<T>(database: WrappedDatabase, entry: string, made: T): Promise<T> {
  const transaction = database.transaction(['application'], 'readwrite', { durability: 'strict' });
  const keys = transaction.objectStore('application');
  const first = (await keys.get(entry)) as T | undefined;
  if (first === undefined) await keys.put(made, entry);
  await transaction.done;
  return first ?? made;
}
