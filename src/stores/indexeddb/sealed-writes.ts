/** The writes of encrypted groups and photographs, and the form in which they are stored. */
import { StoreError } from '../errors.ts';
import { checkGroupRevision, type ReplicaBlob, type ReplicaGroup } from '../replica-store.ts';
import type { Connection } from './connection.ts';
import type { DeviceCipher } from './device-cipher.ts';
import { rangeWithin, type WrappedTransaction } from './driver.ts';
import { BLOB, GROUP, nextRevision } from './replica-store.ts';

/**
 * A group as it is stored, with its encrypted record `head`. STORAGE: the records of a group are one ciphertext, under the key that no record
 * has; its text is the JSON of their entries.
 */
export type SealedGroup = Readonly<{ revision: number; head: Uint8Array }>;

export const RECORDS = '';

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
export const decode = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

/** The places of what is encrypted. */
export const places = {
  head: (group: string) => `the head of ${group}`,
  records: (group: string) => `the records of ${group}`,
  bytes: (name: string) => `the bytes of ${name}`,
  size: (name: string) => `the size of ${name}`,
};

export const byUnits = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) =>
  one < other ? -1 : Number(one > other);

/** Writes of encrypted values, and of those that were stored in clear before. */
export type SealedWrites = Readonly<{
  /** Writes all the records of a group, if it is still at the revision; answers the next one. */
  putGroup: (group: string, before: ReplicaGroup, records: ReadonlyMap<string, string>) => Promise<number>;
  putBlob: (sha256: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
}>;

export const createSealedWrites = ({ write }: Connection, cipher: DeviceCipher): SealedWrites => ({
  async putGroup(group, before, records) {
    const [head, body] = await Promise.all([
      cipher.seal(encode(records.get('head') ?? null), places.head(group)),
      cipher.seal(encode([...records].sort(byUnits)), places.records(group)),
    ]);
    return write([...GROUP, 'lastRevision'], async (transaction) => {
      const [at, revision] = await Promise.all([readRevision(transaction, group), nextRevision(transaction)]);
      checkGroupRevision(group, before.revision, at);
      const [groups, stored] = [transaction.objectStore('groups'), transaction.objectStore('records')];
      // A request beside a put that throws would be rejected without a reader.
      await stored.delete(rangeWithin(group));
      await Promise.all([
        stored.put(body, [group, RECORDS]),
        groups.put({ revision, head } satisfies SealedGroup, group),
        transaction.objectStore('lastRevision').put(revision, 'groups'),
      ]);
      return revision;
    });
  },

  async putBlob(sha256, bytes) {
    const name = await cipher.nameOf(sha256);
    const [sealed, size] = await Promise.all([
      cipher.seal(bytes, places.bytes(name)),
      cipher.seal(encode({ sha256, size: bytes.length } satisfies ReplicaBlob), places.size(name)),
    ]);
    await write(BLOB, async (transaction) => {
      const sizes = transaction.objectStore('blobSizes');
      if ((await sizes.count(name)) > 0) return;
      await Promise.all([sizes.put(size, name), transaction.objectStore('blobs').put(sealed, name)]);
    });
  },
});

export async function readRevision(transaction: WrappedTransaction, group: string): Promise<number> {
  const found = (await transaction.objectStore('groups').get(group)) as Partial<SealedGroup> | undefined;
  const revision = found === undefined ? 0 : found?.revision;
  if (Number.isSafeInteger(revision)) return revision as number;
  throw new StoreError('corrupt', `The group ${JSON.stringify(group)} cannot be read`);
}
