import { mustKnowKeys } from '../../kernel/known.ts';
import { bindStorage, createEventStore } from '../create-event-store.ts';
import { StoreError } from '../errors.ts';
import type { EventStore } from '../event-store.ts';
import { withPagedReads } from '../pages.ts';
import { type ReplicaStore, withHidden } from '../replica-store.ts';
import { type Connection, type ConnectionOptions, connect } from './connection.ts';
import { consumerStorage } from './consumer-state.ts';
import { openDeviceCipher } from './device-cipher.ts';
import { type DeviceKey, openDeviceKey } from './device-key.ts';
import type { IndexedDbTransaction } from './driver.ts';
import { eventStorage } from './events.ts';
import { type JournalWorker, localMarks, opfsJournal, sealJournal } from './journal.ts';
import { createReplicaStore } from './replica-store.ts';
import { createSealedReplicaStore } from './sealed-replica-store.ts';

/** Options of a database in IndexedDB. @since 0.5.0 */
export type IndexedDbOptions = {
  /** Name of the database, created if it is missing. */
  name: string;
  /**
   * The longest time for which a call waits until the database is open, or until its transaction, which waits for those of
   * other tabs, is complete; in milliseconds, 10,000 by default. After it the call is refused, and nothing was written.
   */
  busyTimeoutMs?: number;
  /**
   * Called once if the connection is closed from outside: because another tab upgrades the database (`closed`) or deletes it
   * (`closed`), or because the browser closed it, as it does when storage is cleared (`unavailable`). The store refuses every
   * later call for that reason: a tab reloads, or opens another store. The store of a replica that the browser closed is opened again
   * instead, by its next call.
   */
  onClose?: (reason: StoreError) => unknown;
};

/** An {@link EventStore} that is closed after use; its effects write with the transaction. @since 0.5.0 */
export type IndexedDbStore = EventStore<IndexedDbTransaction> & {
  /** Closes the store, after the calls that were made before. It may be called twice; any other call is refused after it. */
  close(): Promise<void>;
};

/**
 * Creates a store over a database of IndexedDB, which the first call opens or creates. A store of a replica may have the same
 * database.
 *
 * Writes are made with `durability: 'strict'`: an acknowledged append is on the disk, as far as the browser and the device keep
 * that promise. In Chromium the first write of a page waits some 100 ms for a new log of the browser: after the torn log of a
 * killed session, writes would be lost. Several tabs may share the database. Any script of the origin can change what is stored.
 *
 * Calls are refused with a StoreError: `full` when the quota is used up, `newer-schema` when a later release of this library
 * wrote the database, `busy` when another tab keeps it locked, `closed` after another tab upgraded or deleted it, `unavailable`
 * where there is no IndexedDB or the browser closed it, `corrupt`, `io`.
 *
 * @since 0.5.0
 */
export function indexedDbStore(options: IndexedDbOptions): IndexedDbStore {
  mustKnowKeys('indexedDbStore', options, { name: 0, busyTimeoutMs: 0, onClose: 0 });
  const connection = connectTo('indexedDbStore', options);
  const storage = bindStorage({ ...eventStorage, ...consumerStorage }, (work) => work(connection));
  return { ...createEventStore<IndexedDbTransaction>(withPagedReads(storage)), close: connection.close };
}

/** Options of {@link indexedDbReplicaStore}. @since 0.5.0 */
export type IndexedDbReplicaStoreOptions = IndexedDbOptions & {
  /**
   * Starts the worker of the journal, whose script calls `runJournalWorker`: for a content security policy that allows no worker of a
   * `blob:`, as the store starts by default. Where no worker can be started, there is no second copy, and the status of the replica shows it.
   */
  journalWorker?: () => JournalWorker;
  /**
   * True to encrypt the texts and the photographs, and the second copy of the waiting acts, by AES-256-GCM under a key that cannot leave the
   * browser: what a phone has in clear is in memory alone. The ids of persons and visits in the names of groups are not encrypted. What is stored in clear
   * is encrypted before the first answer; then the database is refused without this option. False by default.
   *
   * @since 0.13.0
   */
  encrypted?: boolean;
};

/**
 * Creates the store of a replica over a database of IndexedDB, which the first call opens or creates. An event store may have the
 * same database. It writes, and refuses calls, as {@link indexedDbStore} does; a database that the browser has closed it opens again.
 *
 * It has a journal: a file of 8 MiB in the origin private file system, `auxilio-NAME.journal`, with a second copy of the waiting
 * acts. It is written in place, so that a full disk cannot refuse it. `forget` removes the acts of a visit from it.
 *
 * @since 0.5.0
 */
export function indexedDbReplicaStore(options: IndexedDbReplicaStoreOptions): ReplicaStore {
  mustKnowKeys('indexedDbReplicaStore', options, {
    name: 0,
    busyTimeoutMs: 0,
    onClose: 0,
    journalWorker: 0,
    encrypted: 0,
  });
  const { journalWorker, encrypted = false, ...database } = options;
  if (journalWorker !== undefined && typeof journalWorker !== 'function') {
    throw new StoreError('invalid', 'journalWorker is a function');
  }
  if (typeof encrypted !== 'boolean') throw new StoreError('invalid', 'encrypted is true or false');
  const connection = connectTo('indexedDbReplicaStore', database, { reopens: true, isEncrypted: encrypted });
  const file = opfsJournal(options.name, journalWorker);
  const marks = localMarks(options.name);
  const cipher = encrypted ? openDeviceCipher(options.name) : undefined;
  let keyLoss: string | null = null;
  const noteLoss = (message: string) => {
    keyLoss = message;
  };
  const inner = cipher ? createSealedReplicaStore(connection, cipher, noteLoss) : createReplicaStore(connection);
  const journal = file && cipher ? sealJournal(file, cipher) : file;
  const store: ReplicaStore = {
    ...inner,
    dataLoss: () => connection.dataLoss() ?? keyLoss,
    async close() {
      await inner.close();
      file?.close();
    },
  };
  return withHidden(store, { ...(journal && { journal }), ...(marks && { marks }) });
}

/**
 * Answers the key of this device, to be given to `createReplica` with the rest: `createReplica({ ...indexedDbDeviceKey({ name }), … })`.
 * It is made at its first use, an ECDSA key on P-256 that no script can read, and kept in the database `name` with `-key` after it. Where the
 * storage was cleared, another one is made, and takes its place at the server. Calls are refused as {@link indexedDbStore} does.
 *
 * @since 0.5.0
 */
export function indexedDbDeviceKey(options: Pick<IndexedDbOptions, 'name'>): DeviceKey {
  mustKnowKeys('indexedDbDeviceKey', options, { name: 0 });
  const { name } = options;
  if (typeof name !== 'string' || name === '') throw new StoreError('invalid', 'indexedDbDeviceKey takes { name }');
  return openDeviceKey(name);
}

function connectTo(
  what: string,
  given: IndexedDbOptions,
  more: Pick<ConnectionOptions, 'reopens' | 'isEncrypted'> = {},
): Connection {
  const { name, busyTimeoutMs = 10_000, onClose } = given;
  if (typeof name !== 'string' || name === '') throw new StoreError('invalid', `${what} takes { name }`);
  if (!Number.isSafeInteger(busyTimeoutMs) || busyTimeoutMs < 1) {
    throw new StoreError('invalid', 'busyTimeoutMs is a whole number of 1 or more');
  }
  if (onClose !== undefined && typeof onClose !== 'function') throw new StoreError('invalid', 'onClose is a function');
  return connect({ name, busyTimeoutMs, onClose, ...more });
}
