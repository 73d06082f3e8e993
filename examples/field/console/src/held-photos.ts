/** Photographs that are said to be sent, those of them whose bytes are here, and those that are documented. */
import type { Id } from 'auxilio';
import { useState } from 'preact/hooks';
import { t } from './app.ts';
import type { Log } from './visit-log.ts';
import { photosOf, photoUrl, type VisitPhoto } from './visit-photos.tsx';

/** By hash, whether the server has the bytes; it was not asked for the others yet. */
export type Held = ReadonlyMap<string, boolean>;

/** The photographs that are said to be sent and are not documented. */
export const toDocument = ({ events, state }: Pick<Log, 'events' | 'state'>): readonly VisitPhoto[] =>
  photosOf({ events }).filter(({ photoId }) => {
    const photo = state.photos.byId[photoId];
    return photo !== undefined && photo.sentAt !== null && photo.documentedAt === null;
  });

/** The photographs that are documented unless the operator chooses others: those that are here. */
export const heldIn = (photos: readonly VisitPhoto[], held: Held): readonly Id[] =>
  photos.filter(({ sha256 }) => held.get(sha256) === true).map(({ photoId }) => photoId);

/** The text for a photograph that has not arrived; empty for any other. */
export const absence = ({ sha256 }: Pick<VisitPhoto, 'sha256'>, held: Held): string =>
  held.get(sha256) === false ? t().notHere : '';

/** Counts the chosen photographs: those that are here, and those that have not arrived. */
export function chosenText(photos: readonly VisitPhoto[], held: Held, chosen: readonly Id[]): string {
  const own = photos.filter(({ photoId }) => chosen.includes(photoId));
  const here = heldIn(own, held).length;
  return t().chosenPhotos(here, own.filter((photo) => absence(photo, held) !== '').length);
}

/** Reads photographs of a visit, and notes which of them are here. */
export function useHeld(visitId: Id) {
  const [held, setHeld] = useState<Held>(new Map());
  async function read(sha256: string): Promise<Blob | null> {
    const reply = await fetch(photoUrl(visitId, sha256));
    // That the server does not answer says nothing of the photograph.
    if (reply.ok || reply.status === 404) setHeld((before) => new Map(before).set(sha256, reply.ok));
    return reply.ok ? reply.blob() : null;
  }
  return { held, read };
}
