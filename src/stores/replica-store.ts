/**
 * The store of a replica, which stands beside the port: texts by group and key, each group with a revision, and the bytes of
 * photographs. It knows no visit. Unlike the port, it can drop a group, and the records in it change.
 */
import { StoreError } from './errors.ts';

/** The records of a group, in the order of their keys, and its revision: `0` if it has never been written. @since 0.5.0 */
export type ReplicaGroup = Readonly<{ revision: number; records: ReadonlyMap<string, string> }>;

/** A group as it is listed: without its records, but for the one under the key `head`. @since 0.5.0 */
export type ReplicaGroupEntry = Readonly<{ group: string; revision: number; head: string | null }>;

/** The records to write, by key: a text, or `null` to remove the record. @since 0.5.0 */
export type ReplicaChanges = Readonly<Record<string, string | null>>;

/** The bytes of a photograph, under their SHA-256 in lower-case hexadecimal. @since 0.5.0 */
export type ReplicaBlob = Readonly<{ sha256: string; size: number }>;

/**
 * A second copy of the acts that wait to be sent: small texts by key. It takes writes when the disk is full, and outlives the store
 * beside it.
 *
 * @since 0.5.0
 */
export interface ReplicaJournal {
  /** Reads the entries whose keys begin with a prefix. */
  read(prefix: string): Promise<ReadonlyMap<string, string>>;

  /**
   * Writes all the changes or none, durably.
   *
   * @throws StoreError `full` beyond 4 MiB in all, `unavailable`, `io`, `closed`
   */
  write(changes: ReplicaChanges): Promise<void>;
}

/**
 * Marks outside the database, which show that it was lost: short texts by key. They are best effort, and never throw.
 *
 * @since 0.5.0
 */
export interface ReplicaMarks {
  /** Reads the marks whose keys begin with a prefix. */
  read(prefix: string): ReadonlyMap<string, string>;
  /** Sets a mark, or with `null` removes it. */
  set(key: string, text: string | null): void;
}

/**
 * The durable store of a replica. Several tabs or processes may share one; a group is written at the revision that was read, as
 * a stream is appended to at an expected version. Once a promise of a write resolves, the write survives a power cut.
 *
 * Groups and keys are non-empty texts, compared by their UTF-16 code units. Records are stored and read character for character.
 * `replicaStoreConformance` of `auxilio/testing` tests it.
 *
 * @since 0.5.0
 */
export interface ReplicaStore {
  /** Reads a group whole, in one snapshot. */
  readGroup(group: string): Promise<ReplicaGroup>;

  /** Lists the groups whose names begin with a prefix, in order: those that have been written and not dropped. */
  listGroups(prefix: string): Promise<readonly ReplicaGroupEntry[]>;

  /**
   * Writes all the changes or none, if the group is at the revision, and answers its next one.
   *
   * @throws ReplicaConflictError when the group is at another revision: nothing was written
   * @throws StoreError `full` when there is no room, `closed`, `invalid`, `unavailable`, `io`
   */
  writeGroup(group: string, expectedRevision: number, changes: ReplicaChanges): Promise<number>;

  /**
   * Removes a group with all its records, if it is at the revision. A group that is written afterwards begins at a revision
   * that it has never had.
   *
   * @throws ReplicaConflictError, StoreError as `writeGroup` does
   */
  dropGroup(group: string, expectedRevision: number): Promise<void>;

  /** Stores bytes under their hash, which the caller has computed; bytes that are there stay as they are. */
  putBlob(sha256: string, bytes: Uint8Array): Promise<void>;

  /** Reads bytes; `null` if they are not there. */
  readBlob(sha256: string): Promise<Uint8Array | null>;

  /** Removes bytes, if they are there. */
  dropBlob(sha256: string): Promise<void>;

  /** Lists the bytes that are there, in the order of their hashes. */
  listBlobs(): Promise<readonly ReplicaBlob[]>;

  /** Closes the store; any call after it is refused. */
  close(): Promise<void>;

  /**
   * The second copy of waiting acts, where there is one. In the stores of this library a spread does not copy this property: an
   * application that wraps a store, for example to encrypt it, wraps the journal as well, or does without.
   */
  readonly journal?: ReplicaJournal;

  /** Marks outside the database, where there are any; a spread does not copy this property either. */
  readonly marks?: ReplicaMarks;

  /** Returns the browser's message if it has lost the content of the database, as it reports at the opening; else `null`. */
  dataLoss?(): string | null;
}

/** Adds parts to a store that a spread does not copy, since a wrapper of the store must wrap them as well or leave them out. */
export function withHidden(store: ReplicaStore, parts: Pick<ReplicaStore, 'journal' | 'marks'>): ReplicaStore {
  for (const [name, value] of Object.entries(parts)) Object.defineProperty(store, name, { value, enumerable: false });
  return store;
}

/**
 * Another tab or process has written the group first. Nothing was written: read it again and decide again.
 *
 * @since 0.5.0
 */
export class ReplicaConflictError extends Error {
  override readonly name = 'ReplicaConflictError';
  readonly errorCode = 409;
  readonly code = 'replica-conflict';
  readonly group: string;
  /** The expected and the actual revision. */
  readonly expected: number;
  readonly actual: number;

  constructor(group: string, expected: number, actual: number) {
    super(`The group ${JSON.stringify(group)} was expected at revision ${expected}, but is at ${actual}`);
    this.group = group;
    this.expected = expected;
    this.actual = actual;
  }
}

/** True for a {@link ReplicaConflictError}, of whichever copy of the class. */
export const isReplicaConflict = (error: unknown): boolean =>
  Object(error) === error && (error as { code?: unknown }).code === 'replica-conflict';

/* Checks that every store of a replica makes of its arguments. */

/** Refuses a name of a group, or a hash, that is not a text or is empty. */
export function checkGroup(name: unknown): void {
  if (typeof name !== 'string' || name === '') throw new StoreError('invalid', 'A group is named by a text');
}

/** Refuses changes that are not texts; returns them with their keys. */
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

/** Refuses a write that expects another revision than the group has. */
export function checkGroupRevision(group: string, expected: number, actual: number): void {
  if (!Number.isSafeInteger(expected)) throw new StoreError('invalid', 'A revision is a whole number');
  if (expected !== actual) throw new ReplicaConflictError(group, expected, actual);
}

/** Refuses a prefix of names that is not a text; the empty prefix is that of all names. */
export function checkPrefix(prefix: unknown): void {
  if (typeof prefix !== 'string') throw new StoreError('invalid', 'Groups are listed by a text');
}

/** Refuses a photograph that is not a Uint8Array. */
export function checkBytes(bytes: unknown): void {
  if (!(bytes instanceof Uint8Array)) throw new StoreError('invalid', 'The bytes of a photograph are a Uint8Array');
}
