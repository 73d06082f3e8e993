/** Photographs: reduced, then kept on the phone; the hash is that of the bytes that are kept. */
import type { Replica, ReplicaVisit } from 'auxilio/replica';
import { now } from './phone.ts';

const longestSide = 1_600;

/** Reduces a photograph so that it can be sent with little signal; as it is if this browser cannot draw it. */
async function reduced(file: Blob): Promise<Blob> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch {
    return file;
  }
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
  return made !== null && made.size < file.size ? made : file;
}

/** Keeps a photograph, and answers what the act names of it. */
export async function keepPhoto(replica: Replica, visitId: string, file: Blob) {
  const takenAt = now();
  const { sha256, mediaType } = await replica.photos.add(visitId, await reduced(file));
  return { photoId: crypto.randomUUID(), sha256, takenAt, mediaType };
}

/** The photographs that acts of the visit have taken, waiting ones included, and whether they were sent. */
export function photosOf({ events, pending, local }: ReplicaVisit) {
  const taken = [
    ...events.flatMap((event) => (event.type === 'PhotosTaken' ? event.data.photos : [])),
    ...pending.flatMap(({ command, withheld }) =>
      command.type === 'TakePhotos' && withheld === undefined ? command.data.photos : [],
    ),
  ];
  return taken.map(({ photoId, sha256 }) => ({ photoId, sha256, isSent: local.photos.byId[photoId]?.sentAt !== null }));
}

export async function readPhoto(replica: Replica, sha256: string): Promise<Blob | null> {
  const bytes = await replica.photos.read(sha256);
  return bytes === null ? null : new Blob([new Uint8Array(bytes)]);
}
