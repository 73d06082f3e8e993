/** Photographs: reduced, then kept on the phone; the hash is that of the bytes that are kept. */
import type { Replica, ReplicaVisit } from 'auxilio/replica';
import { MAX_PHOTO_BYTES, photoTypeOf } from '../../../http/photo-bytes.ts';
import { t } from './app.tsx';
import { now } from './phone.ts';

const longestSide = 1_600;

/** The type of a file by its first bytes, if the server takes it as a photograph. */
const typeOf = async (file: Blob) => photoTypeOf(new Uint8Array(await file.slice(0, 16).arrayBuffer()));

/**
 * Reduces a photograph so that it can be sent with little signal, to a type that the server takes. One that this browser cannot draw
 * stays as it is where that may be the browser's fault; else it is null.
 */
async function reduced(file: Blob): Promise<Blob | null> {
  const type = await typeOf(file);
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return type === 'image/heic' ? new Blob([file], { type }) : null;
  }
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
  const isSmaller = made !== null && made.size < file.size;
  return isSmaller || type === null ? made : new Blob([file], { type });
}

/** Reduces a photograph and stores it. @throws with words for the user where it cannot be kept */
async function stored<T>(file: File, store: (photo: Blob) => Promise<T>): Promise<T> {
  const words = t();
  const photo = await reduced(file);
  if (photo === null) throw new Error(words.photoBroken(file.name));
  if (photo.size > MAX_PHOTO_BYTES) throw new Error(words.photoTooLarge(file.name));
  return store(photo).catch((error: unknown) => {
    console.error(error);
    throw new Error((error as { kind?: string }).kind === 'full' ? words.notSaved : words.notSavedOther);
  });
}

/** Keeps a photograph, and answers what the act names of it. @throws with words for the user where it cannot be kept */
export async function keepPhoto(replica: Replica, visitId: string, file: File) {
  const takenAt = now();
  const { sha256, mediaType } = await stored(file, (photo) => replica.photos.add(visitId, photo));
  return { photoId: crypto.randomUUID(), sha256, takenAt, mediaType };
}

/** True while a photograph can be replaced: the act that takes it was not sent. */
export const isReplaceable = ({ pending }: ReplicaVisit, sha256: string): boolean =>
  pending.some(
    ({ command, sentAt }) =>
      command.type === 'TakePhotos' &&
      sentAt === undefined &&
      command.data.photos.some((photo) => photo.sha256 === sha256),
  );

/** Puts another photograph in the place of one; false if the act that takes it was sent meanwhile. @throws with words for the user */
export async function replacePhoto(replica: Replica, visitId: string, sha256: string, file: File): Promise<boolean> {
  return (await stored(file, (photo) => replica.photos.replace(visitId, sha256, photo))).ok;
}

/** The photographs that acts of the visit have taken, waiting ones included; whether they were sent, and whether they can be. */
export function photosOf({ events, pending, local, photos }: ReplicaVisit) {
  const taken = [
    ...events.flatMap((event) => (event.type === 'PhotosTaken' ? event.data.photos : [])),
    ...pending.flatMap(({ command, withheld }) =>
      command.type === 'TakePhotos' && withheld === undefined ? command.data.photos : [],
    ),
  ];
  const sendable = new Set(photos.flatMap(({ sha256, refused, lost }) => (refused || lost ? [] : sha256)));
  return taken.map(({ photoId, sha256 }) => ({
    photoId,
    sha256,
    isSent: local.photos.byId[photoId]?.sentAt !== null,
    isSendable: sendable.has(sha256),
  }));
}

export async function readPhoto(replica: Replica, sha256: string): Promise<Blob | null> {
  const bytes = await replica.photos.read(sha256);
  return bytes === null ? null : new Blob([new Uint8Array(bytes)]);
}
