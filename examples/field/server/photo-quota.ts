import type { Id, Instant } from 'auxilio';
import type { BoardStore } from '../../http/board.ts';
import type { FieldPhotos } from './field.ts';
import { Refusal } from './refusals.ts';
import { tableIn } from './tables.ts';

/** The bytes of photographs that a person has sent on the last day on which they sent any. */
type Sent = { readonly day: string; readonly bytes: number };

const MIB = 1024 * 1024;
/** The most bytes of photographs of a person in a day. A phone that comes back after days without a signal has many. */
const MOST_BYTES = 2048 * MIB;
/** The least that a part counts for, so that many small ones do not fill a disk either. */
const LEAST_BYTES = 64 * 1024;
/** The most parts of a person that may be on their way at once: each waits in memory until it is there. A phone sends one. */
const MOST_AT_ONCE = 8;

export type PhotoQuota = Readonly<{
  /** The photographs, whose parts are counted as they come. */
  photos: FieldPhotos;
  /** Takes a part in; refuses it of a person who has sent too many today, or sends too many at once. */
  taking: <T>(person: Id, take: () => Promise<T>) => Promise<T>;
}>;

/** A quota of photographs for each person and day, counted in the store for all processes. */
export function photoQuotaOf(
  store: BoardStore,
  photos: FieldPhotos,
  now: () => Instant,
  most: number = MOST_BYTES,
): PhotoQuota {
  const table = tableIn<Sent>(store, 'field-photo-bytes-1');
  const sentOn = (day: string, row: Sent | null) => (row?.day === day ? row.bytes : 0);
  const today = () => now().slice(0, 10);
  const coming = new Map<Id, number>();
  return {
    photos: {
      ...photos,
      async add(upload, offset, bytes) {
        const isAdded = await photos.add(upload, offset, bytes);
        const day = today();
        const counted = Math.max(LEAST_BYTES, bytes.byteLength);
        if (isAdded) {
          await table.change(upload.uploader, (row) => ({ day, bytes: sentOn(day, row) + counted }));
        }
        return isAdded;
      },
    },
    async taking(person, take) {
      // Without Retry-After: it would keep the acts of the phone waiting, too.
      if (sentOn(today(), await table.read(person)) >= most) throw new Refusal('too-many-photos');
      const count = coming.get(person) ?? 0;
      if (count >= MOST_AT_ONCE) throw new Refusal('too-many-tries');
      coming.set(person, count + 1);
      try {
        return await take();
      } finally {
        const left = (coming.get(person) ?? 1) - 1;
        if (left > 0) coming.set(person, left);
        else coming.delete(person);
      }
    },
  };
}
