import { randomUUID } from 'node:crypto';
import type { Id } from 'auxilio';
import type { RowChange } from 'auxilio/memory';
import type { BoardStore } from '../../http/board.ts';
import { readAll, writeRows } from '../../http/rows.ts';
import { createWakes } from './wakes.ts';

/**
 * A message of this host's own data to the screens of the contact center, and of a provider if it is theirs too, whichever process
 * serves them.
 */
export type Announcement = Readonly<{ name: string; data: object; providerId?: Id }>;

/** The name of an announcement to the processes themselves: some may hear no more, so each ends the streams of those. */
export const REVIEW = 'review';

/** The name of an announcement to the processes themselves: what they keep of the texts of visits is to go. */
export const FORGET = 'forget';

/** Rows to write, and what is announced of them; null to write nothing. */
export type Announced = Readonly<{ rows: readonly RowChange[]; announcements: readonly Announcement[] }> | null;

/** The last announcements that a process has heard: a restored database, or a promoted server, has others under their number. */
export type Heard = Readonly<{ number: number; id: string | null }>;

/** Messages that were announced together, and their number. */
type Numbered = Heard & Readonly<{ announcements: readonly Announcement[] }>;

const NAME = 'field-announcements-1';

/** The number of messages that are kept for the other processes, which read them within some seconds. */
const KEEPS = 1000;

const keyOf = (number: number) => String(number).padStart(12, '0');

/**
 * The announcements of all processes on one database, each with the rows that it announces in one commit. They are rows under
 * consecutive numbers, so that a process reads those after the last one it had.
 */
export function announcementsIn(store: BoardStore) {
  const wakes = createWakes();
  let said: Announcement[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function write(change: () => Promise<Announced>): Promise<void> {
    await writeRows(store, NAME, async (revision) => {
      const announced = await change();
      if (announced === null) return [];
      const { rows, announcements } = announced;
      const number = revision + 1;
      return [
        ...rows,
        { projection: NAME, key: keyOf(number), body: { number, id: randomUUID(), announcements } satisfies Numbered },
        { projection: NAME, key: keyOf(Math.max(0, number - KEEPS)), body: null },
      ];
    });
    wakes.wake();
  }

  /** Announces what is on record already; messages that come while others are written are written together. */
  function say(announcement: Announcement): Promise<void> {
    said.push(announcement);
    if (next === undefined) {
      next = last
        .catch(() => undefined)
        .then(() => {
          const announcements = said;
          said = [];
          next = undefined;
          return write(async () => ({ rows: [], announcements }));
        });
      last = next;
    }
    return next;
  }

  return {
    write,
    say,
    /** Has every process end the streams of those who are to hear no more. */
    review: (): Promise<void> => say({ name: REVIEW, data: {} }),
    /** Removes what is kept of some visits, and has every process forget the texts that it has opened. */
    forget: (visitIds: ReadonlySet<Id>): Promise<void> =>
      write(async () => {
        const isLeft = ({ data }: Announcement) => !visitIds.has((data as { visitId?: Id }).visitId ?? '');
        const rows = (await readAll<Numbered>(store, NAME))
          .filter(({ announcements }) => !announcements.every(isLeft))
          .map((row) => ({ ...row, announcements: row.announcements.filter(isLeft) }))
          .map((body) => ({ projection: NAME, key: keyOf(body.number), body }));
        return { rows, announcements: [{ name: FORGET, data: {} }] };
      }),
    async last(): Promise<Heard> {
      const { revision: number } = await store.readCheckpoint(NAME);
      const row = (await store.readRow(NAME, keyOf(number)))?.body as Numbered | undefined;
      return { number, id: row?.id ?? null };
    },
    /** Reads those after the last that were heard, at most 100; null where those are gone: too old, or of another history. */
    async readAfter({ number, id }: Heard): Promise<readonly Numbered[] | null> {
      const after = number === 0 ? '' : keyOf(number - 1);
      const found = (await store.readRows(NAME, { after, maxCount: 101 })).map(({ body }) => body as Numbered);
      if (number === 0) return found;
      const [heard, ...later] = found;
      return heard?.number === number && (heard.id ?? null) === id ? later : null;
    },
    ...wakes,
  };
}

export type Announcements = ReturnType<typeof announcementsIn>;
