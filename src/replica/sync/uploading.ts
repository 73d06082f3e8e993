/** Uploads photographs before the command that reports them as sent; on a full device, those that the server has make room. */
import type { Sha256 } from '../../messages/index.ts';
import type { ReplicaStore } from '../../stores/replica-store.ts';
import { photosSentBy, releaseForPhotos, unsentPhotos, withPhoto } from '../copies/confirming.ts';
import { editCopy, updateCopy } from '../copies/copies.ts';
import type { Copy, PhotoRefusal, Queued, ReplicaPhoto, Withheld } from '../copies/copy.ts';
import { dropUnused } from '../copies/photographs.ts';
import { hashBytes } from '../device/hash.ts';
import { settleWrite } from '../device/room.ts';
import type { RemoteError } from '../remote/remote.ts';
import { type Sending, withhold } from './exchange.ts';
import { isAnswered, isAskedToWait, isDue, isRefusal, mayIsolate, triedAt } from './failing.ts';

/** The end of an upload: the server has the photograph, its bytes are lost, the server does not take it, or the call failed. */
type Uploaded =
  | Readonly<{ end: 'held' | 'lost' }>
  | Readonly<{ end: 'refused'; refusal: PhotoRefusal }>
  | Readonly<{ end: 'failed'; failure: RemoteError }>;

const held: Uploaded = { end: 'held' };

/** Uploads the photographs that no waiting command reports, so that another device can report them; counts those that the server took. */
export async function uploadTaken(
  sending: Sending,
  copy: Copy,
): Promise<Readonly<{ taken: number; failure: RemoteError | null }>> {
  let taken = 0;
  let failure: RemoteError | null = null;
  for (const photo of unsentPhotos(copy)) {
    const uploaded = await uploadPhoto(sending, copy, photo);
    if (uploaded.end === 'held') taken += 1;
    if (uploaded.end !== 'failed') continue;
    failure ??= uploaded.failure;
    if (!isOfOne(uploaded.failure)) break;
  }
  return { taken, failure };
}

/** True for a failure that may concern one photograph alone, so that the next is uploaded. */
const isOfOne = (failure: RemoteError): boolean => isAnswered(failure) && !isAskedToWait(failure);

/** Uploads the photographs that a command reports as sent; withholds it if their bytes are lost or the server refuses them. */
export async function uploadPhotos(
  sending: Sending,
  copy: Copy,
  queued: Queued,
): Promise<Readonly<{ end: 'held' | 'withheld' }> | Readonly<{ end: 'failed'; failure: RemoteError }>> {
  const lost: Sha256[] = [];
  const refused = new Map<Sha256, PhotoRefusal>();
  let failure: RemoteError | null = null;
  for (const sha256 of photosSentBy(copy, queued)) {
    const photo = copy.photos.get(sha256);
    const uploaded = photo === undefined ? held : await uploadPhoto(sending, copy, photo);
    if (uploaded.end === 'lost') lost.push(sha256);
    else if (uploaded.end === 'refused') refused.set(sha256, uploaded.refusal);
    else if (uploaded.end === 'failed') failure ??= uploaded.failure;
    if (uploaded.end === 'failed' && !isOfOne(uploaded.failure)) break;
  }
  if (lost.length + refused.size > 0) {
    await withhold(sending, [queued], withheldFor(lost, refused));
    return { end: 'withheld' };
  }
  return failure === null ? { end: 'held' } : { end: 'failed', failure };
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
  if (bytes === null || (await hashBytes(bytes)) === sha256) return bytes;
  await store.dropBlob(sha256);
  return null;
}

/** Uploads a photograph, unless the server has it. */
async function uploadPhoto(sending: Sending, copy: Copy, photo: ReplicaPhoto): Promise<Uploaded> {
  const { store, copies, visitId, uploaded, now } = sending;
  const { sha256, uploadedAt, refused } = photo;
  if (uploadedAt !== undefined) return held;
  if (refused !== undefined && !isDue(refused, now())) return { end: 'refused', refusal: refused };
  const bytes = uploaded.has(sha256) ? null : await readIntact(store, sha256);
  const failure = await offer(sending, photo, bytes);
  if (failure !== null) {
    const isOffered = bytes !== null && isRefusal(failure);
    if (!isOffered && !(await mayIsolate(sending, copy, failure, 'photo'))) return { end: 'failed', failure };
    if (!isOffered) sending.left -= 1;
    return { end: 'refused', refusal: await noteRefused(sending, sha256, failure) };
  }
  if (uploaded.has(sha256)) {
    await noteUploaded(sending, photo);
    return held;
  }
  const isFound = await updateCopy(copies, visitId, async (now) => {
    // The same photograph may have been added again meanwhile.
    const isHere = (await store.readBlob(sha256)) !== null;
    return { copy: isHere ? now : withPhoto(now, { ...photo, lost: true }), answer: isHere };
  });
  return isFound ? uploadPhoto(sending, copy, photo) : { end: 'lost' };
}

/** Sends the bytes of a photograph to the server, or asks if it has them where they are not here; answers the failure of the call. */
async function offer(sending: Sending, photo: ReplicaPhoto, bytes: Uint8Array | null): Promise<RemoteError | null> {
  const { server, visitId, signal, uploaded } = sending;
  const { sha256, mediaType } = photo;
  // A full device may have had no room to note that it was uploaded; another device may have done it.
  const answered =
    bytes === null
      ? await server.hasPhoto?.({ sha256, visitId }, { signal })
      : await server.putPhoto({ sha256, bytes, visitId, mediaType }, { signal });
  if (answered?.ok === false) return answered.failure;
  if (bytes !== null || answered?.value) uploaded.add(sha256);
  return null;
}

/** Stores that the server refuses a photograph, which holds back the command that reports it as sent and no other. */
function noteRefused(sending: Sending, sha256: Sha256, failure: RemoteError): Promise<PhotoRefusal> {
  const { copies, visitId, now } = sending;
  const { kind, reason, message } = failure;
  return updateCopy(copies, visitId, (copy) => {
    const known = copy.photos.get(sha256);
    const refusal = { ...triedAt(now(), known?.refused), kind, message, ...(reason !== undefined && { reason }) };
    return { copy: known === undefined ? copy : withPhoto(copy, { ...known, refused: refusal }), answer: refusal };
  });
}

/** Stores that the server has a photograph. On a full device its bytes make the room; else memory keeps it until there is room. */
async function noteUploaded(sending: Sending, photo: ReplicaPhoto): Promise<void> {
  const { copies, visitId, now } = sending;
  const { lost: _lost, refused: _refused, ...kept } = photo;
  const note = () =>
    editCopy(copies, visitId, (copy) => releaseForPhotos(withPhoto(copy, { ...kept, uploadedAt: now() })));
  const noted = await settleWrite(note);
  if (!noted.isFull) return;
  await dropUnused(copies, [photo.sha256], visitId);
  await settleWrite(note);
}

/**
 * Lets the photographs that the server lacks be uploaded once more, if they are here. Withholds the commands whose photographs are lost, and
 * those whose photographs are on another device, until that sends them. Answers false if nothing changed.
 */
export async function uploadAgain(
  sending: Sending,
  copy: Copy,
  batch: readonly Queued[],
  missing: readonly Sha256[],
): Promise<boolean> {
  const { store, copies, visitId, uploaded, uploadedAgain, now } = sending;
  const again = missing.filter((sha256) => copy.photos.has(sha256) && !uploadedAgain.has(sha256));
  const elsewhere = missing.filter((sha256) => !again.includes(sha256));
  const lost: Sha256[] = [];
  for (const sha256 of again) {
    if ((await store.readBlob(sha256)) === null) lost.push(sha256);
    uploadedAgain.add(sha256);
    uploaded.delete(sha256);
  }
  if (again.length > 0) await editCopy(copies, visitId, (before) => notUploaded(before, again, lost));
  const naming = (hashes: readonly Sha256[]) =>
    batch.filter((queued) => photosSentBy(copy, queued).some((sha256) => hashes.includes(sha256)));
  await withhold(sending, naming(lost), { reason: 'photos-lost', message: lost.join(' ') });
  const waiting = naming(elsewhere).filter((queued) => !naming(lost).includes(queued));
  for (const queued of waiting) {
    const tried = triedAt(now(), queued.withheld?.tried);
    await withhold(sending, [queued], { reason: 'photos-missing', message: elsewhere.join(' '), tried });
  }
  return again.length + waiting.length > 0;
}

function notUploaded(copy: Copy, missing: readonly Sha256[], lost: readonly Sha256[]): Copy {
  const known = missing.flatMap((sha256) => copy.photos.get(sha256) ?? []);
  const changed = known.map(
    ({ uploadedAt: _, ...photo }): ReplicaPhoto => (lost.includes(photo.sha256) ? { ...photo, lost: true } : photo),
  );
  return changed.reduce(withPhoto, copy);
}
