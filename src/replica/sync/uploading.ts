/** Photographs are uploaded before a command that says that they are sent; on a full device they make room. */
import type { Id, Sha256 } from '../../messages/index.ts';
import type { ReplicaStore } from '../../stores/replica-store.ts';
import { photosOf, releaseForPhotos, unsentPhotos, withPhoto } from '../copies/confirming.ts';
import {
  type Copy,
  groupOf,
  type PhotoRefusal,
  type Queued,
  type ReplicaPhoto,
  type Withheld,
} from '../copies/copy.ts';
import { dropUnused } from '../copies/photographs.ts';
import { hashOf } from '../device/hash.ts';
import { isFull } from '../device/room.ts';
import { RemoteError } from '../remote/remote.ts';
import { type Syncing, withhold } from './exchange.ts';
import { isDue, triedAt } from './trying.ts';

/** The end of an upload: the server has the photograph, its bytes are lost, or the server does not take it. */
type Uploaded = 'held' | 'lost' | PhotoRefusal;

/**
 * Uploads the other photographs that were taken, so that another device may say that they are sent; answers how many the server took
 * now.
 *
 * @throws RemoteError when the server does not answer
 */
export async function uploadTaken(syncing: Syncing, copy: Copy): Promise<number> {
  let taken = 0;
  for (const photo of unsentPhotos(copy)) {
    if ((await uploadPhoto(syncing, copy.visitId, photo)) === 'held') taken += 1;
  }
  return taken;
}

/**
 * Uploads the photographs that a command says are sent; false if it was withheld, since their bytes are lost or the server does not
 * take them.
 *
 * @throws RemoteError when the server does not answer
 */
export async function uploadPhotos(syncing: Syncing, copy: Copy, queued: Queued): Promise<boolean> {
  const lost: Sha256[] = [];
  const refused = new Map<Sha256, PhotoRefusal>();
  for (const sha256 of photosOf(copy, queued)) {
    const photo = copy.photos.get(sha256);
    const uploaded = photo === undefined ? 'held' : await uploadPhoto(syncing, copy.visitId, photo);
    if (uploaded === 'lost') lost.push(sha256);
    else if (uploaded !== 'held') refused.set(sha256, uploaded);
  }
  if (lost.length + refused.size === 0) return true;
  await withhold(syncing, copy.visitId, [queued], withheldFor(lost, refused));
  return false;
}

function withheldFor(lost: readonly Sha256[], refused: ReadonlyMap<Sha256, PhotoRefusal>): Withheld {
  if (lost.length > 0) return { reason: 'photos-lost', message: lost.join(' ') };
  const [last] = [...refused.values()].sort((one, other) => (one.retryAt < other.retryAt ? 1 : -1));
  const { at, tries, retryAt } = last as PhotoRefusal;
  return { reason: 'photos-refused', message: [...refused.keys()].join(' '), tried: { at, tries, retryAt } };
}

/** Reads the bytes of a photograph; `null` if they are not here. Damaged ones are removed, so that they can be added again. */
async function readIntact(store: ReplicaStore, sha256: Sha256): Promise<Uint8Array | null> {
  const bytes = await store.readBlob(sha256);
  if (bytes === null || (await hashOf(bytes)) === sha256) return bytes;
  await store.dropBlob(sha256);
  return null;
}

/** Uploads a photograph, unless the server has it. */
async function uploadPhoto(syncing: Syncing, visitId: Id, photo: ReplicaPhoto): Promise<Uploaded> {
  const { store, remote, signal, uploaded, now } = syncing;
  const { sha256, mediaType, uploadedAt, refused } = photo;
  if (uploadedAt !== undefined) return 'held';
  if (refused !== undefined && !isDue(refused, now())) return refused;
  const bytes = uploaded.has(sha256) ? null : await readIntact(store, sha256);
  if (bytes !== null) {
    try {
      await remote.putPhoto({ sha256, bytes, visitId, mediaType }, { signal });
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return noteRefused(syncing, visitId, photo, error);
    }
    uploaded.add(sha256);
  }
  // A full device may have had no room to note that it was uploaded; another device may have done it.
  if (bytes === null && (await remote.hasPhoto?.({ sha256, visitId }, { signal }))) uploaded.add(sha256);
  if (uploaded.has(sha256)) {
    await noteUploaded(syncing, visitId, photo);
    return 'held';
  }
  const isFound = await syncing.copies.update(visitId, async (copy) => {
    // The same photograph may have been added again meanwhile.
    const isHere = (await store.readBlob(sha256)) !== null;
    return { copy: isHere ? copy : withPhoto(copy, { ...photo, lost: true }), answer: isHere };
  });
  return isFound ? uploadPhoto(syncing, visitId, photo) : 'lost';
}

const refusals: readonly string[] = ['refused', 'forbidden', 'too-large', 'malformed', 'photos-missing'];

/** True for the server's word on this photograph: not for a call that did not come through, nor for a device that it serves no longer. */
const isRefusal = (error: unknown): error is RemoteError =>
  error instanceof RemoteError && refusals.includes(error.kind) && error.reason !== 'device-revoked';

/** Notes that the server does not take a photograph: it stops what says that it is sent, and nothing else. */
async function noteRefused(
  { copies, now }: Syncing,
  visitId: Id,
  { sha256 }: ReplicaPhoto,
  { kind, reason, message }: RemoteError,
): Promise<PhotoRefusal> {
  return copies.update(visitId, (copy) => {
    const known = copy.photos.get(sha256);
    const refusal = { ...triedAt(now(), known?.refused), kind, message, ...(reason !== undefined && { reason }) };
    return { copy: known === undefined ? copy : withPhoto(copy, { ...known, refused: refusal }), answer: refusal };
  });
}

/** Notes that the server has a photograph: on a full device in the room of its bytes, or in memory until there is room. */
async function noteUploaded(syncing: Syncing, visitId: Id, photo: ReplicaPhoto): Promise<void> {
  const { copies, store, actor, now } = syncing;
  const { lost: _lost, refused: _refused, ...kept } = photo;
  const note = () => copies.edit(visitId, (copy) => releaseForPhotos(withPhoto(copy, { ...kept, uploadedAt: now() })));
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
