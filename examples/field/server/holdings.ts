/** The photographs that this server holds: each was decoded when it came, and has a row beside the log. */
import type { Id, Instant, VisitEvent } from 'auxilio';
import type { Privacy } from 'auxilio/privacy';
import { type HeldPhoto, type Holding, heldPhotos, type PhotoNaming, type SubscriptionOptions } from 'auxilio/service';
import { isId } from '../../http/access.ts';
import type { BoardStore } from '../../http/board.ts';
import type { Field, FieldAsked, FieldPhotos, FieldStore } from './field.ts';
import type { PhotoKeys } from './photo-keys.ts';
import { lookAt, type Picture } from './pictures.ts';
import { Refusal } from './refusals.ts';
import { jsonReply } from './replies.ts';
import { tableIn } from './tables.ts';
import { viewFor } from './views.ts';

/** A photograph that was looked at, and its size in pixels. */
type HeldRow = Holding & Picture;

/** The rows of the photographs that are held. */
export type Holdings = Readonly<{
  /** The row of a photograph whose bytes are here; made now if they came before there were rows. */
  find: (sha256: string) => Promise<HeldRow | null>;
  forget: (sha256: string) => Promise<unknown>;
}>;

export function holdingsIn(store: BoardStore, photos: FieldPhotos, now: () => Instant): Holdings {
  const table = tableIn<HeldRow>(store, 'field-holdings-1');
  return {
    forget: (sha256) => table.change(sha256, () => null),
    async find(sha256) {
      const known = await table.read(sha256);
      if (known !== null) return known;
      const photo = await photos.read(sha256);
      const seen = photo === null ? null : await lookAt(new Uint8Array(await new Response(photo.body).arrayBuffer()));
      if (seen === null) return null;
      return table.change(sha256, (row) => row ?? { sha256, since: now(), ...seen });
    },
  };
}

/** The photographs, each of which has its row as soon as it is stored. */
export const withHoldings = (photos: FieldPhotos, { find }: Holdings): FieldPhotos => ({
  ...photos,
  async finish(upload) {
    const isStored = await photos.finish(upload);
    if (isStored) await find(upload.sha256);
    return isStored;
  },
});

export const NAMINGS = 'field-photo-namings-1';

/** Keeps by hash the visits whose logs name it. */
export const namingsIn = (
  store: FieldStore,
  privacy: Privacy,
  photoKeys: PhotoKeys,
): Pick<SubscriptionOptions, 'store' | 'consumer' | 'handle'> => ({
  store,
  consumer: NAMINGS,
  async handle({ events }) {
    const opened = await privacy.open(events);
    for (const event of opened.events)
      for (const sha256 of hashesIn(event)) await photoKeys.share(sha256, event.data.visitId);
    const rows = opened.events.flatMap((event) =>
      hashesIn(event).map((sha256) => {
        const { visitId } = event.data;
        return { projection: NAMINGS, key: `${sha256} ${visitId}`, body: { sha256, visitId } };
      }),
    );
    return { rows };
  },
});

const hashesIn = (event: VisitEvent): readonly string[] =>
  event.type === 'PhotosTaken' ? event.data.photos.map(({ sha256 }) => sha256.toLowerCase()) : [];

/** `GET /api/visits/:visitId/photos`: the photographs of a visit, and which of them are said, held and filed. */
export async function listPhotos(field: Field, asked: FieldAsked): Promise<Response> {
  const visitId = asked.param('visitId');
  if (!isId(visitId)) throw new Refusal('bad-request', { at: 'visitId' });
  const { events } = await viewFor(field, asked, visitId);
  const isCenter = asked.session?.role !== 'provider';
  return jsonReply({ photos: await photosOf(field, events, isCenter) });
}

/** The photographs of a visit. Which other visits have the same file is for the center. */
export async function photosOf(
  field: Field,
  log: readonly VisitEvent[],
  isCenter: boolean,
): Promise<readonly HeldPhoto[]> {
  const takers = new Map<string, Set<Id>>();
  for (const event of log) {
    const { by, recordedBy = by } = event.data;
    for (const sha256 of hashesIn(event)) {
      takers.set(sha256, new Set([...(takers.get(sha256) ?? []), by.id, recordedBy.id]));
    }
  }
  const holdings = await Promise.all([...takers].map(([sha256, people]) => holdingOf(field, sha256, people)));
  const namings = isCenter ? await namingsOf(field, [...takers.keys()]) : [];
  return heldPhotos({ log, holdings: holdings.filter((one) => one !== null), namings });
}

/** The holding of a photograph that one of these people sent: a hash alone opens no photograph of another. */
async function holdingOf({ photos, holdings }: Field, sha256: string, people: Iterable<Id>): Promise<Holding | null> {
  const sizes = await Promise.all([...people].map((person) => photos.size(sha256, person)));
  if (sizes.every((size) => size === null)) return null;
  const row = await holdings.find(sha256);
  return row && { sha256, since: row.since, mediaType: row.mediaType, bytes: row.bytes };
}

async function namingsOf({ models, rows }: Field, hashes: readonly string[]): Promise<readonly PhotoNaming[]> {
  await models.catchUp('namings');
  const table = tableIn<PhotoNaming>(rows, NAMINGS);
  return (await Promise.all(hashes.map((sha256) => table.startingWith(`${sha256} `)))).flat();
}
