/** The encryption of what a database of a replica had in clear, and what is done where the key of the rest is lost. */
import { isReplicaConflict, type ReplicaStore } from '../replica-store.ts';
import type { Connection } from './connection.ts';
import type { DeviceCipher } from './device-cipher.ts';
import { rangeAfter } from './driver.ts';
import { createReplicaStore, readEntries } from './replica-store.ts';
import { places, type SealedGroup, type SealedWrites } from './sealed-writes.ts';

/** The mark of a database whose content is encrypted, beside its last revision. STORAGE: an encrypted text, which may be any. */
const MARK = 'sealed';

/**
 * Encrypts what is stored in clear, once. What was encrypted under a key that is lost is removed, and `noteLoss` called: nothing can
 * read it any more.
 */
export async function sealStored(
  connection: Connection,
  cipher: DeviceCipher,
  writes: SealedWrites,
  noteLoss: (message: string) => void,
): Promise<void> {
  const { read, write } = connection;
  const [mark] = await Promise.all([
    read(['lastRevision'], (transaction) => transaction.objectStore('lastRevision').get(MARK)),
    cipher.ready(),
  ]);
  const isKnown = mark !== undefined && (await opens(cipher, mark, MARK));
  if (isKnown) return;
  const isLost = mark !== undefined && !(await opensAny(connection, cipher));
  if (mark === undefined) await sealClear(connection, writes);
  const fresh = await cipher.seal(new Uint8Array(), MARK);
  const isDone = await write(['groups', 'records', 'blobs', 'blobSizes', 'lastRevision'], async (transaction) => {
    const marks = transaction.objectStore('lastRevision');
    const now = await marks.get(MARK);
    // Another tab has made one meanwhile.
    if (String(now) !== String(mark)) return false;
    await marks.put(fresh, MARK);
    const emptied = isLost ? (['groups', 'records', 'blobs', 'blobSizes'] as const) : [];
    for (const name of emptied) await transaction.objectStore(name).delete(rangeAfter(Number.NEGATIVE_INFINITY));
    return true;
  });
  if (isLost && isDone) noteLoss('The key of this device is lost, and with it what was encrypted under it');
}

const opens = (cipher: DeviceCipher, sealed: unknown, place: string) =>
  cipher.open(sealed, place).then(
    () => true,
    () => false,
  );

/** True if a group opens: then the mark is damaged, and the key is not lost. */
async function opensAny({ read }: Connection, cipher: DeviceCipher): Promise<boolean> {
  const found = await read(['groups'], (transaction) => readEntries(transaction, 'groups'));
  for (const [group, stored] of found) {
    if (await opens(cipher, (stored as SealedGroup | null)?.head, places.head(group as string))) return true;
  }
  return false;
}

async function sealClear(connection: Connection, { putGroup, putBlob }: SealedWrites): Promise<void> {
  const clear: ReplicaStore = createReplicaStore(connection);
  const isSealed = ([, value]: readonly [unknown, unknown]) =>
    value instanceof Uint8Array || (value as SealedGroup | null)?.head instanceof Uint8Array;
  const { groups, sizes } = await connection.read(['groups', 'blobSizes'], async (transaction) => ({
    groups: await readEntries(transaction, 'groups'),
    sizes: await readEntries(transaction, 'blobSizes'),
  }));
  for (const [key] of groups.filter((one) => !isSealed(one))) {
    const group = await clear.readGroup(key as string);
    await putGroup(key as string, group, group.records).catch(unlessConflict);
  }
  for (const [key] of sizes.filter((one) => !isSealed(one))) {
    const bytes = await clear.readBlob(key as string);
    if (bytes !== null) await putBlob(key as string, new Uint8Array(bytes));
    await clear.dropBlob(key as string);
  }
}

/** Passes over a group that another tab has encrypted first. */
function unlessConflict(error: unknown): void {
  if (!isReplicaConflict(error)) throw error;
}
