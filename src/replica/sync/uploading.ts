/** Photographs are uploaded before a command that says that they are sent; on a full device they make room. */
import type { Id, Sha256 } from '../../messages/index.ts';
import type { ReplicaStore } from '../../stores/replica-store.ts';
import { photosOf, unsentPhotos, withPhoto } from '../copies/confirming.ts';
import { type Copy, groupOf, type Queued, type ReplicaPhoto } from '../copies/copy.ts';
import { dropUnused } from '../copies/photographs.ts';
import { hashOf } from '../device/hash.ts';
import { isFull } from '../device/room.ts';
import { type Syncing, withhold } from './exchange.ts';

/** Uploads the other photographs that were taken, so that another device may say that they are sent. */
export async function uploadTaken(syncing: Syncing, copy: Copy): Promise<void> {
  for (const photo of unsentPhotos(copy)) await uploadPhoto(syncing, copy.visitId, photo);
}

/** Uploads the photographs that a command says are sent; false if it was withheld, since their bytes are lost. */
export async function uploadPhotos(syncing: Syncing, copy: Copy, queued: Queued): Promise<boolean> {
  const waiting = photosOf(copy, queued).flatMap((sha256) => copy.photos.get(sha256) ?? []);
  const lost: Sha256[] = [];
  for (const photo of waiting) if (!(await uploadPhoto(syncing, copy.visitId, photo))) lost.push(photo.sha256);
  if (lost.length === 0) return true;
  await withhold(syncing, copy.visitId, [queued], { reason: 'photos-lost', message: lost.join(' ') });
  return false;
}

/** Reads the bytes of a photograph; `null` if they are not here. Damaged ones are removed, so that they can be added again. */
async function readIntact(store: ReplicaStore, sha256: Sha256): Promise<Uint8Array | null> {
  const bytes = await store.readBlob(sha256);
  if (bytes === null || (await hashOf(bytes)) === sha256) return bytes;
  await store.dropBlob(sha256);
  return null;
}

/** Uploads a photograph, unless the server has it; false if its bytes are lost. */
async function uploadPhoto(syncing: Syncing, visitId: Id, photo: ReplicaPhoto): Promise<boolean> {
  const { store, remote, signal, uploaded } = syncing;
  const { sha256, mediaType, uploadedAt } = photo;
  if (uploadedAt !== undefined) return true;
  const bytes = uploaded.has(sha256) ? null : await readIntact(store, sha256);
  if (bytes !== null) {
    await remote.putPhoto({ sha256, bytes, visitId, mediaType }, { signal });
    uploaded.add(sha256);
  }
  // A full device may have had no room to note that it was uploaded; another device may have done it.
  if (bytes === null && (await remote.hasPhoto?.({ sha256, visitId }, { signal }))) uploaded.add(sha256);
  if (uploaded.has(sha256)) {
    await noteUploaded(syncing, visitId, photo);
    return true;
  }
  const isFound = await syncing.copies.update(visitId, async (copy) => {
    // The same photograph may have been added again meanwhile.
    const isHere = (await store.readBlob(sha256)) !== null;
    return { copy: isHere ? copy : withPhoto(copy, { ...photo, lost: true }), answer: isHere };
  });
  return isFound && uploadPhoto(syncing, visitId, photo);
}

/** Notes that the server has a photograph: on a full device in the room of its bytes, or in memory until there is room. */
async function noteUploaded(syncing: Syncing, visitId: Id, photo: ReplicaPhoto): Promise<void> {
  const { copies, store, actor, now } = syncing;
  const { lost: _, ...kept } = photo;
  const note = () => copies.edit(visitId, (copy) => withPhoto(copy, { ...kept, uploadedAt: now() }));
  try {
    await note();
  } catch (error) {
    if (!isFull(error)) throw error;
    await dropUnused({ store, copies }, [photo.sha256], { group: groupOf(actor, visitId), visitId });
    await note().catch((second: unknown) => {
      if (!isFull(second)) throw second;
    });
  }
}
