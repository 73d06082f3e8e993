/** The keys of a device: made at their first use, and kept in a database of their own, from which no script can read them. */
import { StoreError } from '../errors.ts';
import {
  bucketFactory,
  type DatabaseFactory,
  hasIndexedDb,
  openKeysIn,
  pageFactory,
  type WrappedDatabase,
} from './driver.ts';
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

/** Finds the keys. New ones are in the second place before the first, so that a page that dies between leaves none without its copy. */
async function findOrMake<T>(name: string, entry: string, make: () => Promise<T>): Promise<T> {
  if (!hasIndexedDb()) throw new StoreError('unavailable', 'There is no IndexedDB here');
  return withKeys(pageFactory(), name, async (database) => {
    const known = await database.transaction(['application'], 'readonly').objectStore('application').get(entry);
    if (known !== undefined) return known as T;
    return addFirst(database, entry, await addToSecondPlace(name, entry, await make()));
  });
}

/**
 * Adds keys to a bucket of storage, where the browser has those; returns the keys that were there before. Chromium keeps the databases of a
 * bucket in one place: if it cannot read that, it removes them all. Other browsers have a file for each database.
 */
async function addToSecondPlace<T>(name: string, entry: string, made: T): Promise<T> {
  try {
    const factory = await bucketFactory();
    return factory === undefined ? made : await withKeys(factory, name, (database) => addFirst(database, entry, made));
  } catch {
    return made;
  }
}

async function withKeys<T>(
  factory: DatabaseFactory,
  name: string,
  work: (database: WrappedDatabase) => Promise<T>,
): Promise<T> {
  const database = await openKeysIn(factory, name);
  try {
    return await work(database);
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
