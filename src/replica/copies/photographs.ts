/** The photographs of a replica: their bytes are kept until the server has them and the log reports them as sent. */
import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import type { Id, Instant, Sha256 } from '../../messages/index.ts';
import { hashBytes } from '../device/hash.ts';
import { settleWrite } from '../device/room.ts';
import { idOf, photosSentBy, photosTakenBy, readable, releaseForPhotos, takenPhotos, withPhoto } from './confirming.ts';
import { type Change, type Copies, updateCopy } from './copies.ts';
import { ALL_VISITS, type Copy, groupOf, type Head, type Queued, type ReplicaPhoto } from './copy.ts';

/**
 * The answer to the removal of a photograph. Not removed: `unknown`, it is not here; `waiting`, an act that waits or is withheld names it
 * or says that it is sent: undo these (`commandIds`) first; `on-record`, the log names it, and the server has it or takes it still.
 *
 * @since 0.5.0
 */
export type RemovePhotoAnswer =
  | Readonly<{ ok: true }>
  | Readonly<{ ok: false; reason: 'unknown' | 'on-record' }>
  | Readonly<{ ok: false; reason: 'waiting'; commandIds: readonly Id[] }>;

/** Options of `photos.add` of a {@link Replica}. @since 0.5.0 */
export type PhotoOptions = Readonly<{
  /** The media type; by default that of the Blob. */
  mediaType?: string;
}>;

/**
 * The answer to the replacement of a photograph. Not replaced: `unknown`, no act that waits takes it; `sent`, the act that takes it was
 * sent, or is on record.
 *
 * @since 0.5.0
 */
export type ReplacePhotoAnswer =
  | Readonly<{ ok: true; photo: ReplicaPhoto }>
  | Readonly<{ ok: false; reason: 'unknown' | 'sent' }>;

/** Photographs on the device. @since 0.5.0 */
export type ReplicaPhotos = Readonly<{
  /**
   * Keeps the bytes of a photograph, durably, and answers its hash, which `TakePhotos` names. Reduce it before: the hash is that
   * of the bytes that are kept.
   *
   * @throws TypeError for a photograph without bytes
   * @throws RangeError for one of more than `maxPhotoBytes`
   * @throws StoreError `full` when there is no room: nothing was kept
   */
  add(visitId: Id, photo: Blob | Uint8Array, options?: PhotoOptions): Promise<ReplicaPhoto>;
  /**
   * Puts another photograph in the place of one: the act that takes it names the bytes that are given, under the same `photoId`. Once that
   * act was sent, what is on record names the hash of the first, and another one is taken by an act of its own.
   *
   * @throws the same as `add`
   */
  replace(visitId: Id, sha256: Sha256, photo: Blob | Uint8Array, options?: PhotoOptions): Promise<ReplacePhotoAnswer>;
  /**
   * Removes a photograph that no act names, or one that the server refused or whose bytes are lost, once no act that waits or is withheld
   * names it. What is on record then still names it: say so to the contact center.
   */
  remove(visitId: Id, sha256: Sha256): Promise<RemovePhotoAnswer>;
  /** Reads the bytes of a photograph; `null` if they are not here, or no longer. */
  read(sha256: Sha256): Promise<Uint8Array | null>;
}>;

type Host = Readonly<{ copies: Copies; opened: () => Promise<void>; maxPhotoBytes: number }>;

export function createPhotos({ copies, opened, maxPhotoBytes }: Host): ReplicaPhotos {
  const { store, roomy, now } = copies;

  /** Keeps bytes, and changes the copy of their visit. */
  async function keep<T>(
    visitId: Id,
    given: Blob | Uint8Array,
    options: PhotoOptions,
    change: (copy: Copy, photo: ReplicaPhoto) => Change<T>,
  ): Promise<T> {
    mustKnowKeys('photos.add', options, { mediaType: 0 });
    const isBytes = given instanceof Uint8Array || typeof given?.arrayBuffer === 'function';
    mustBe(isBytes, 'photos.add takes a Blob or a Uint8Array', given);
    await opened();
    const bytes = given instanceof Uint8Array ? given : new Uint8Array(await given.arrayBuffer());
    if (bytes.length === 0) throw new TypeError('A photograph has bytes');
    if (bytes.length > maxPhotoBytes) {
      throw new RangeError(`A photograph has at most ${maxPhotoBytes} bytes, and this one has ${bytes.length}`);
    }
    const sha256 = await hashBytes(bytes);
    await roomy(() => store.putBlob(sha256, bytes));
    const type = options.mediaType ?? (given instanceof Uint8Array ? '' : given.type);
    const photo = { sha256, size: bytes.length, mediaType: type || 'application/octet-stream', addedAt: now() };
    const answer = await updateCopy(copies, visitId, (copy) => change(copy, photo)).catch(async (error: unknown) => {
      // Bytes that no copy names would never be removed.
      await dropUnused(copies, [sha256]).catch(() => undefined);
      throw error;
    });
    // The same bytes may have been removed with another visit before this one named them.
    await store.putBlob(sha256, bytes);
    return answer;
  }

  return {
    add: (visitId, given, options = {}) => keep(visitId, given, options, addPhoto),
    async replace(visitId, sha256, given, options = {}) {
      let added = sha256;
      const answer = await keep(visitId, given, options, (copy, photo) => {
        added = photo.sha256;
        return replacePhoto(copy, sha256, photo);
      });
      await dropUnused(copies, [answer.ok ? sha256 : added]);
      return answer;
    },
    async remove(visitId, sha256) {
      await opened();
      const forget = () => updateCopy(copies, visitId, (copy) => removePhoto(copy, sha256));
      const removed = await settleWrite(forget);
      // On a full device its own bytes make the room.
      if (removed.isFull) await dropUnused(copies, [sha256], visitId);
      const answer = removed.isFull ? await forget() : removed.value;
      if (answer.ok) await dropUnused(copies, [sha256]);
      return answer;
    },
    async read(sha256) {
      await opened();
      return store.readBlob(sha256);
    },
  };
}

function addPhoto(copy: Copy, photo: ReplicaPhoto): Change<ReplicaPhoto> {
  const known = copy.photos.get(photo.sha256);
  if (known !== undefined && !known.lost) return { copy, answer: known };
  return { copy: releaseForPhotos(withPhoto(copy, photo)), answer: photo };
}

function replacePhoto(copy: Copy, sha256: Sha256, photo: ReplicaPhoto): Change<ReplacePhotoAnswer> {
  const taking = copy.queue.filter((queued) => photosTakenBy(queued).includes(sha256));
  if (taking.length === 0 || taking.some(({ sentAt }) => sentAt !== undefined)) {
    const reason = taking.length > 0 || takenPhotos(copy).includes(sha256) ? 'sent' : 'unknown';
    return { copy, answer: { ok: false, reason } };
  }
  const queue = copy.queue.map((queued) => (taking.includes(queued) ? takingInstead(queued, sha256, photo) : queued));
  const photos = new Map(copy.photos);
  photos.delete(sha256);
  const { copy: after, answer } = addPhoto({ ...copy, queue, photos }, photo);
  return { copy: releaseForPhotos(after), answer: { ok: true, photo: answer } };
}

/** The command that takes another photograph in the place of one. */
function takingInstead(queued: Queued, sha256: Sha256, { sha256: other, mediaType }: ReplicaPhoto): Queued {
  const { command } = queued;
  if (command.type !== 'TakePhotos') return queued;
  const photos = command.data.photos.map((one) =>
    one.sha256 !== sha256 ? one : { ...one, sha256: other, ...(one.mediaType !== undefined && { mediaType }) },
  );
  return { ...queued, command: { ...command, data: { ...command.data, photos } } };
}

function removePhoto(copy: Copy, sha256: Sha256): Change<RemovePhotoAnswer> {
  const photo = copy.photos.get(sha256);
  if (photo === undefined) return { copy, answer: { ok: false, reason: 'unknown' } };
  const isNaming = (queued: Queued) => [...photosTakenBy(queued), ...photosSentBy(copy, queued)].includes(sha256);
  const commandIds = copy.queue.filter(isNaming).map(idOf);
  if (commandIds.length > 0) return { copy, answer: { ok: false, reason: 'waiting', commandIds } };
  const isGivenUp = photo.lost || photo.refused !== undefined;
  if (!isGivenUp && takenPhotos(copy).includes(sha256)) return { copy, answer: { ok: false, reason: 'on-record' } };
  const photos = new Map(copy.photos);
  photos.delete(sha256);
  return { copy: { ...copy, photos }, answer: { ok: true } };
}

/** Lists the photographs whose bytes are no longer needed: the log reports them as sent. */
function sentPhotos({ events, own, photos }: Copy): readonly Sha256[] {
  const log = readable([...events, ...own]);
  const sent = new Set(log.flatMap((event) => (event.type === 'PhotosSubmitted' ? event.data.photoIds : [])));
  const taken = log.flatMap((event) => (event.type === 'PhotosTaken' ? event.data.photos : []));
  const hashes = taken.filter(({ photoId }) => sent.has(photoId)).map(({ sha256 }) => sha256);
  return hashes.filter((sha256) => isDroppable(photos.get(sha256)));
}

const isDroppable = (photo: ReplicaPhoto | undefined) =>
  (photo?.uploadedAt !== undefined || photo?.lost) && photo.droppedAt === undefined;

/** Marks the bytes as removed. A photograph that seemed lost is on the server, since the log reports it as sent. */
function asDropped({ lost: _, ...photo }: ReplicaPhoto, droppedAt: Instant): ReplicaPhoto {
  return { uploadedAt: droppedAt, ...photo, droppedAt };
}

/** Removes the bytes of photographs that the log reports as sent. */
export async function dropSentBytes(copies: Copies): Promise<void> {
  const { now } = copies;
  for (const { visitId, bytes } of [...copies.heads.values()]) {
    if (bytes.length === 0) continue;
    const dropped = await updateCopy(copies, visitId, (copy) => {
      const answer = sentPhotos(copy);
      const known = answer.flatMap((sha256) => copy.photos.get(sha256) ?? []);
      return { copy: known.reduce((after, photo) => withPhoto(after, asDropped(photo, now())), copy), answer };
    });
    await dropUnused(copies, dropped);
  }
}

/**
 * Removes the bytes that no visit names, now and a round ago (`before`): a kill between two writes leaves such bytes, but a photograph that
 * is being added is named soon. Answers the hashes that no visit names now.
 */
export async function dropUnnamed(copies: Copies, before: ReadonlySet<Sha256>): Promise<ReadonlySet<Sha256>> {
  const named = new Set([...copies.heads.values()].flatMap(({ bytes }) => bytes));
  const here = (await copies.store.listBlobs()).map(({ sha256 }) => sha256);
  // Most bytes are of these visits, so that the groups of other people are seldom read.
  const unnamed = here.filter((sha256) => !named.has(sha256));
  const found = await findUnused(copies, unnamed);
  for (const sha256 of found) if (before.has(sha256)) await dropUnused(copies, [sha256]);
  return found;
}

/** Removes bytes that no visit of any person on the device needs; `free` is a visit that does not need them. */
export async function dropUnused(copies: Copies, hashes: Iterable<Sha256>, free?: Id): Promise<void> {
  for (const sha256 of await findUnused(copies, hashes, free)) {
    // A visit may have got the same photograph since the groups were listed.
    const isIn = ({ visitId, bytes }: Head) => visitId !== free && bytes.includes(sha256);
    const isUsed = [...copies.heads.values()].some(isIn);
    if (!isUsed) await copies.store.dropBlob(sha256);
  }
}

async function findUnused(copies: Copies, hashes: Iterable<Sha256>, free?: Id): Promise<ReadonlySet<Sha256>> {
  const { store, actor } = copies;
  const candidates = new Set(hashes);
  if (candidates.size === 0) return candidates;
  for (const { group, head } of await store.listGroups(ALL_VISITS)) {
    const isFree = free !== undefined && group === groupOf(actor, free);
    const { bytes = [] }: Partial<Head> = isFree ? {} : JSON.parse(head ?? '{}');
    for (const sha256 of bytes) candidates.delete(sha256);
  }
  return candidates;
}
