import { StoreError } from '../errors.ts';
import {
  checkBytes,
  checkGroup,
  checkGroupRevision,
  checkKeys,
  checkPrefix,
  type ReplicaGroupEntry,
  type ReplicaStore,
} from '../replica-store.ts';
import type { Connection } from './connection.ts';
import { type KeyRange, rangeOfPrefix, rangeWithin, type WrappedTransaction } from './driver.ts';

/** A group as it is stored, without its records. */
type GroupRecord = Readonly<{ revision: number; head: string | null }>;

export const GROUP = ['groups', 'records'] as const;
export const BLOB = ['blobs', 'blobSizes'] as const;

/** Creates the store of a replica over a connection. */
export function createReplicaStore({ read, write, close }: Connection): ReplicaStore {
  return {
    async readGroup(group) {
      checkGroup(group);
      return read(GROUP, async (transaction) => {
        const { revision } = await readRecord(transaction, group);
        const found = await readEntries(transaction, 'records', rangeWithin(group));
        const records = new Map(found.map(([key, text]) => [(key as readonly string[])[1] as string, text as string]));
        return { revision, records };
      });
    },
    async listGroups(prefix) {
      checkPrefix(prefix);
      return read(['groups'], async (transaction) => {
        const found = await readEntries(transaction, 'groups', rangeOfPrefix(prefix));
        return found.map(([group, record]): ReplicaGroupEntry => {
          const { revision, head } = toGroup(group as string, record);
          return { group: group as string, revision, head };
        });
      });
    },
    async writeGroup(group, expectedRevision, changes) {
      checkGroup(group);
      const entries = checkKeys(changes);
      return write([...GROUP, 'lastRevision'], async (transaction) => {
        const [before, revision] = await Promise.all([readRecord(transaction, group), nextRevision(transaction)]);
        checkGroupRevision(group, expectedRevision, before.revision);
        const head = new Map(entries).get('head');
        const after: GroupRecord = { revision, head: head === undefined ? before.head : head };
        const records = transaction.objectStore('records');
        await Promise.all([
          transaction.objectStore('groups').put(after, group),
          transaction.objectStore('lastRevision').put(revision, 'groups'),
          ...entries.map(([key, text]) =>
            text === null ? records.delete([group, key]) : records.put(text, [group, key]),
          ),
        ]);
        return revision;
      });
    },
    async dropGroup(group, expectedRevision) {
      checkGroup(group);
      await write(GROUP, async (transaction) => {
        checkGroupRevision(group, expectedRevision, (await readRecord(transaction, group)).revision);
        await transaction.objectStore('groups').delete(group);
        await transaction.objectStore('records').delete(rangeWithin(group));
      });
    },
    async putBlob(sha256, bytes) {
      checkGroup(sha256);
      checkBytes(bytes);
      const copy = new Uint8Array(bytes); // a view would be stored with all that is around it
      await write(BLOB, async (transaction) => {
        const sizes = transaction.objectStore('blobSizes');
        if ((await sizes.count(sha256)) > 0) return;
        await Promise.all([sizes.put(copy.length, sha256), transaction.objectStore('blobs').put(copy, sha256)]);
      });
    },
    async readBlob(sha256) {
      checkGroup(sha256);
      const bytes = await read(['blobs'], (transaction) => transaction.objectStore('blobs').get(sha256));
      if (bytes === undefined) return null;
      if (bytes instanceof Uint8Array) return bytes;
      throw new StoreError('corrupt', `The bytes of ${sha256} cannot be read`);
    },
    async dropBlob(sha256) {
      checkGroup(sha256);
      await write(BLOB, async (transaction) => {
        await transaction.objectStore('blobs').delete(sha256);
        await transaction.objectStore('blobSizes').delete(sha256);
      });
    },
    async listBlobs() {
      const found = await read(['blobSizes'], (transaction) => readEntries(transaction, 'blobSizes'));
      return found.map(([sha256, size]) => ({ sha256: sha256 as string, size: size as number }));
    },
    close,
  };
}

export async function readEntries(
  transaction: WrappedTransaction,
  name: 'groups' | 'records' | 'blobSizes',
  range?: KeyRange,
) {
  const store = transaction.objectStore(name);
  const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
  return keys.map((key, index) => [key, values[index]] as const);
}

async function readRecord(transaction: WrappedTransaction, group: string): Promise<GroupRecord> {
  const found = await transaction.objectStore('groups').get(group);
  return found === undefined ? { revision: 0, head: null } : toGroup(group, found);
}

/** Reads a group. Refuses a record that is not one. */
function toGroup(group: string, record: unknown): GroupRecord {
  const { revision, head } = (record ?? {}) as Partial<GroupRecord>;
  const isHead = head === null || typeof head === 'string';
  if (Number.isSafeInteger(revision) && isHead) return { revision: revision as number, head };
  throw new StoreError('corrupt', `The group ${JSON.stringify(group)} cannot be read`);
}

/** The revision after all those that any group has had. */
export async function nextRevision(transaction: WrappedTransaction): Promise<number> {
  const last = (await transaction.objectStore('lastRevision').get('groups')) ?? 0;
  if (!Number.isSafeInteger(last)) throw new StoreError('corrupt', 'The last revision cannot be read');
  return (last as number) + 1;
}
