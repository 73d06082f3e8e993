/** The part of IndexedDB, as `idb` wraps it, that this store needs, without the types of a browser. */
import { deleteDB, openDB, unwrap, wrap } from 'idb';

/**
 * The object stores of a database, of events as well as of a replica.
 *
 * STORAGE: stored data must stay readable forever. A change of the object stores adds a step to `STEPS`.
 *
 * - `events`: `StoredRecord` by position, the key generator's; indexes `byStream` (stream, version) and `byId`
 * - `checkpoints`: `CheckpointPosition` by consumer
 * - `waiting`: `WaitingRecord` by consumer and stream
 * - `rows`: the text of a row by projection, generation and key
 * - `generations`: `Generations` by projection
 * - `application`: what effects of the application write
 * - `groups`: `GroupRecord` by group; `records`: texts by group and key; `lastRevision`: a number under `groups`, and the id of the epoch of the events under `epoch`
 * - `blobs`: bytes by hash; `blobSizes`: their number by hash
 */
export const STORES = [
  'events',
  'checkpoints',
  'waiting',
  'rows',
  'generations',
  'application',
  'groups',
  'records',
  'lastRevision',
  'blobs',
  'blobSizes',
] as const;

/** The name of an object store. */
export type StoreName = (typeof STORES)[number];

/** An event as it is stored. */
export type StoredRecord = Readonly<{ position: number; stream: string; version: number; id: string; text: string }>;

/** A key: numbers are before texts, texts before lists, and each is in the order of its kind. */
export type Key = number | string | readonly Key[];
export type KeyRange = object;

type WrappedCursor = { readonly value: unknown; readonly primaryKey: Key };

export type WrappedIndex = {
  get(key: Key | KeyRange): Promise<unknown>;
  getAll(range?: Key | KeyRange | null, count?: number): Promise<unknown[]>;
  openCursor(range?: Key | KeyRange | null, direction?: 'next' | 'prev'): Promise<WrappedCursor | null>;
};

type WrappedObjectStore = WrappedIndex & {
  getAllKeys(range?: Key | KeyRange | null, count?: number): Promise<Key[]>;
  count(range?: Key | KeyRange): Promise<number>;
  add(value: unknown, key?: Key): Promise<Key>;
  put(value: unknown, key?: Key): Promise<Key>;
  delete(range: Key | KeyRange): Promise<void>;
  index(name: string): WrappedIndex;
  createIndex(name: string, path: string | readonly string[], options: { unique: boolean }): unknown;
};

export type WrappedTransaction = {
  readonly done: Promise<void>;
  readonly error: unknown;
  objectStore(name: StoreName): WrappedObjectStore;
  abort(): void;
};

export type WrappedDatabase = {
  readonly objectStoreNames: Iterable<string>;
  createObjectStore(name: StoreName, options?: { keyPath?: string; autoIncrement?: boolean }): WrappedObjectStore;
  transaction(
    stores: readonly StoreName[],
    mode: 'readonly' | 'readwrite',
    options?: { durability: 'strict' },
  ): WrappedTransaction;
  close(): void;
};

type OpenCallbacks = {
  upgrade(
    database: WrappedDatabase,
    oldVersion: number,
    newVersion: number | null,
    transaction: WrappedTransaction,
    /** In it, Chromium reports that it has removed a database that it could not read. */
    event: { readonly dataLoss?: string; readonly dataLossMessage?: string } | undefined,
  ): void;
  blocked(): void;
  /** Another connection upgrades the database to a version, or deletes it (`null`). */
  blocking(oldVersion: number, newVersion: number | null): void;
  /** The browser closed the connection. */
  terminated(): void;
};

export const openDatabase = openDB as unknown as (
  name: string,
  version: number,
  callbacks: OpenCallbacks,
) => Promise<WrappedDatabase>;

export const deleteDatabase: (name: string) => Promise<void> = deleteDB;

type KeyRanges = {
  bound(lower: Key, upper: Key, lowerOpen?: boolean, upperOpen?: boolean): KeyRange;
  lowerBound(lower: Key, open?: boolean): KeyRange;
};

/** The global `IDBKeyRange`. */
const keyRanges = () => (globalThis as unknown as { IDBKeyRange: KeyRanges }).IDBKeyRange;

type OpeningRequest = { readonly result: WrappedDatabase; onupgradeneeded: (() => void) | null };

/** The part of an `IDBFactory` that opens a database. */
export type DatabaseFactory = { open(name: string, version: number): OpeningRequest };

type Buckets = { open(name: string, options: object): Promise<{ readonly indexedDB: DatabaseFactory }> };

/** The databases of the page. */
export const pageFactory = () => (globalThis as unknown as { indexedDB: DatabaseFactory }).indexedDB;

/** The databases of a bucket that only keys are in; undefined where the browser has no buckets. */
export async function bucketFactory(): Promise<DatabaseFactory | undefined> {
  const { navigator } = globalThis as { readonly navigator?: { readonly storageBuckets?: Buckets } };
  return (await navigator?.storageBuckets?.open('auxilio-keys', { durability: 'strict' }))?.indexedDB;
}

/** Opens a database of keys. */
export function openKeysIn(factory: DatabaseFactory, name: string): Promise<WrappedDatabase> {
  const request = factory.open(name, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore('application');
  return wrap(request as never) as unknown as Promise<WrappedDatabase>;
}

export const hasIndexedDb = () => Boolean((globalThis as { indexedDB?: unknown }).indexedDB);

/** The keys from one to another, both included unless they are open. */
export function rangeBetween(lower: Key, upper: Key, { lowerOpen = false, upperOpen = false } = {}): KeyRange {
  return keyRanges().bound(lower, upper, lowerOpen, upperOpen);
}

/** The keys after one. */
export const rangeAfter = (lower: Key) => keyRanges().lowerBound(lower, true);

/** The lists that begin with those parts and go on: a list is after every number and every text. */
export const rangeWithin = (...parts: readonly Key[]) => rangeBetween(parts, [...parts, []]);

/** The texts that begin with one. */
export function rangeOfPrefix(prefix: string): KeyRange {
  let length = prefix.length;
  while (length > 0 && prefix.charCodeAt(length - 1) === 0xffff) length -= 1;
  if (length === 0) return rangeBetween(prefix, [], { upperOpen: true });
  const next = String.fromCharCode(prefix.charCodeAt(length - 1) + 1);
  return rangeBetween(prefix, `${prefix.slice(0, length - 1)}${next}`, { upperOpen: true });
}

/** The transaction of the browser, whose requests are not promises. */
export const unwrapTransaction = unwrap as unknown as (transaction: WrappedTransaction) => unknown;

/**
 * The transaction that an effect writes with: an `IDBTransaction`, of which this is a part. The object store `application` is
 * the application's own, and has no key path; without a key it gives a number. A request that fails, and is not handled, undoes
 * the whole transaction.
 *
 * @since 0.5.0
 */
export type IndexedDbTransaction = {
  objectStore(name: 'application'): {
    /** Each returns an `IDBRequest`. */
    add(value: unknown, key?: string | number): unknown;
    put(value: unknown, key?: string | number): unknown;
    get(key: string | number): unknown;
    delete(key: string | number): unknown;
  };
};
