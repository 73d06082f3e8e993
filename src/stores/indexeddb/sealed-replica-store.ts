/** The store of a replica whose texts and photographs are encrypted; the names of its groups are not. */
import { StoreError } from '../errors.ts';
import {
  checkBytes,
  checkGroup,
  checkGroupRevision,
  checkKeys,
  checkPrefix,
  type ReplicaBlob,
  type ReplicaGroup,
  type ReplicaGroupEntry,
  type ReplicaStore,
} from '../replica-store.ts';
import type { Connection } from './connection.ts';
import type { DeviceCipher } from './device-cipher.ts';
import { rangeOfPrefix, rangeWithin } from './driver.ts';
import { BLOB, GROUP, readEntries } from './replica-store.ts';
import {
  byUnits,
  createSealedWrites,
  decode,
  places,
  RECORDS,
  readRevision,
  type SealedGroup,
} from './sealed-writes.ts';
import { sealStored } from './sealing.ts';

/** Creates the store of a replica over a connection, and encrypts what is stored in clear before its first answer. */
export function createSealedReplicaStore(
  connection: Connection,
  cipher: DeviceCipher,
  noteLoss: (message: string) => void,
): ReplicaStore {
  const { read, write } = connection;
  const writes = createSealedWrites(connection, cipher);
  const { putGroup, putBlob } = writes;
  const inOrder = runsUntilClosed(connection, () => sealStored(connection, cipher, writes, noteLoss));

  async function openGroup(group: string): Promise<ReplicaGroup> {
    const [revision, body] = await read(GROUP, (transaction) =>
      Promise.all([readRevision(transaction, group), transaction.objectStore('records').get([group, RECORDS])]),
    );
    const records = revision === 0 ? [] : decode(await cipher.open(body, places.records(group)));
    return { revision, records: new Map(records) };
  }

  return {
    async readGroup(group) {
      checkGroup(group);
      return inOrder(() => openGroup(group));
    },
    async listGroups(prefix) {
      checkPrefix(prefix);
      return inOrder(async () => {
        const found = await read(['groups'], (transaction) =>
          readEntries(transaction, 'groups', rangeOfPrefix(prefix)),
        );
        return Promise.all(
          found.map(async ([key, stored]): Promise<ReplicaGroupEntry> => {
            const [group, { revision, head }] = [key as string, stored as SealedGroup];
            return { group, revision, head: decode(await cipher.open(head, places.head(group))) };
          }),
        );
      });
    },
    async writeGroup(group, expectedRevision, changes) {
      checkGroup(group);
      const entries = checkKeys(changes);
      return inOrder(async () => {
        const before = await openGroup(group);
        checkGroupRevision(group, expectedRevision, before.revision);
        const records = new Map(before.records);
        for (const [key, text] of entries) {
          if (text === null) records.delete(key);
          else records.set(key, text);
        }
        return putGroup(group, before, records);
      });
    },
    async dropGroup(group, expectedRevision) {
      checkGroup(group);
      return inOrder(() =>
        write(GROUP, async (transaction) => {
          checkGroupRevision(group, expectedRevision, await readRevision(transaction, group));
          await transaction.objectStore('groups').delete(group);
          await transaction.objectStore('records').delete(rangeWithin(group));
        }),
      );
    },
    async putBlob(sha256, bytes) {
      checkGroup(sha256);
      checkBytes(bytes);
      const copy = new Uint8Array(bytes);
      return inOrder(() => putBlob(sha256, copy));
    },
    async readBlob(sha256) {
      checkGroup(sha256);
      return inOrder(async () => {
        const name = await cipher.nameOf(sha256);
        const sealed = await read(['blobs'], (transaction) => transaction.objectStore('blobs').get(name));
        return sealed === undefined ? null : cipher.open(sealed, places.bytes(name));
      });
    },
    async dropBlob(sha256) {
      checkGroup(sha256);
      return inOrder(async () => {
        const name = await cipher.nameOf(sha256);
        await write(BLOB, async (transaction) => {
          await transaction.objectStore('blobs').delete(name);
          await transaction.objectStore('blobSizes').delete(name);
        });
      });
    },
    listBlobs: () =>
      inOrder(async () => {
        const found = await read(['blobSizes'], (transaction) => readEntries(transaction, 'blobSizes'));
        const listed = await Promise.all(
          found.map(async ([name, size]): Promise<readonly [string, ReplicaBlob]> => {
            const blob: ReplicaBlob = decode(await cipher.open(size, places.size(name as string)));
            return [blob.sha256, blob];
          }),
        );
        return listed.sort(byUnits).map(([, blob]) => blob);
      }),
    close: inOrder.close,
  };
}

/** Runs calls after a preparation, which is made once, and closes the connection after those that were made before. */
function runsUntilClosed(connection: Connection, prepare: () => Promise<void>) {
  const running = new Set<Promise<unknown>>();
  let prepared: Promise<void> | undefined;
  let closing: Promise<void> | undefined;

  async function run<T>(work: () => Promise<T>): Promise<T> {
    if (closing !== undefined) throw new StoreError('closed', 'The store is closed');
    prepared ??= prepare().catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    const result = prepared.then(work);
    const settled = result.catch(() => undefined);
    running.add(settled);
    void settled.then(() => running.delete(settled));
    return result;
  }
  const close = async () => {
    await Promise.all(running);
    await connection.close();
  };
  return Object.assign(run, { close: () => (closing ??= close()) });
}
