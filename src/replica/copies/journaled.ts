/** The acts that wait, in the second place of a replica: an entry for each, which says all that is needed to send it. */
import type { Actor, Id, Sha256 } from '../../messages/index.ts';
import { commandIdsIn } from '../../reconciling/repeats.ts';
import type { ReplicaJournal } from '../../stores/replica-store.ts';
import { isObject, parseJson } from '../../util/json.ts';
import { idOf } from './confirming.ts';
import { type Copy, groupOf, prefixOf, type Queued, type ReplicaPhoto } from './copy.ts';
import { readable } from './readable.ts';

export type Journaled = Readonly<{
  /** Reads the entries again, if another tab may have changed them. Where they cannot be read, what is known stays. */
  refresh(): Promise<void>;
  /** Notes that another tab may have changed the entries. */
  invalidate(): void;
  /** The visits of which something is journaled. */
  visits(): readonly Id[];
  /** The copy with the waiting acts that only the journal has. */
  merge(copy: Copy): Copy;
  /**
   * Writes what waits of a visit after a change, durably; false if it could not, or where there is no journal. By default all else of the
   * visit is removed; until the store has what is on record, `undone` removes what the change took out of the queue, and `none` nothing.
   */
  write(
    visitId: Id,
    before: readonly Queued[],
    after: readonly Queued[],
    removing?: 'others' | 'undone' | 'none',
  ): Promise<boolean>;
  /** True if an entry says that the store was used. */
  wasUsed(): boolean;
  /** Writes that the store was used, so that its loss is noticed. */
  noteUsed(): Promise<void>;
  /** `ready`: what waits is kept twice; `failed`: the last write failed; `none`: there is no journal. */
  state(): JournalState;
}>;

/**
 * The state of the second place: `none` where the runtime has none, `ready`, or `failed` since it could not be read or written last.
 *
 * @since 0.5.0
 */
export type JournalState = 'none' | 'ready' | 'failed';

export function createJournaled(journal: ReplicaJournal | undefined, actor: Actor): Journaled {
  const prefix = prefixOf(actor);
  let entries: ReadonlyMap<string, string> = new Map();
  let state: JournalState = journal === undefined ? 'none' : 'ready';
  /** The last reading of the entries; undefined once another tab may have changed them. */
  let reading: Promise<void> | undefined;

  const keyOf = (visitId: Id, queued: Queued) => `${groupOf(actor, visitId)}/${encodeURIComponent(idOf(queued))}`;
  const ofVisit = (visitId: Id) => [...entries].filter(([key]) => key.startsWith(`${groupOf(actor, visitId)}/`));

  async function attempt(work: (one: ReplicaJournal) => Promise<void>): Promise<boolean> {
    if (journal === undefined) return false;
    try {
      await work(journal);
      state = 'ready';
      return true;
    } catch {
      state = 'failed';
      return false;
    }
  }

  async function readAgain(): Promise<void> {
    const isRead = await attempt(async (one) => {
      entries = await one.read(prefix);
    });
    if (!isRead) reading = undefined;
  }

  return {
    refresh() {
      reading ??= readAgain();
      return reading;
    },
    invalidate() {
      reading = undefined;
    },
    visits() {
      const parts = [...entries.keys()].map((key) => key.slice(prefix.length).split('/')[0] ?? '');
      return [...new Set(parts)].filter((part) => part !== '').map(decodeURIComponent);
    },
    merge: (copy) =>
      withRestored(
        copy,
        ofVisit(copy.visitId).flatMap(([, text]) => readEntry(text)),
      ),
    async write(visitId, before, queue, removing = 'others') {
      const wanted = new Map(queue.map((queued) => [keyOf(visitId, queued), JSON.stringify(queued)]));
      // Another tab may have written what is not known here.
      const others = removing === 'others' ? ofVisit(visitId).map(([key]) => key) : [];
      const known = [...others, ...before.map((queued) => keyOf(visitId, queued))];
      const gone = removing === 'none' ? [] : known.filter((key) => !wanted.has(key));
      const added = [...wanted].filter(([key, text]) => entries.get(key) !== text);
      const changes = [...added, ...gone.map((key) => [key, null] as const)];
      if (changes.length === 0) return journal !== undefined;
      return attempt(async (one) => {
        await one.write(Object.fromEntries(changes));
        const after = new Map(entries);
        for (const [key, text] of changes) {
          if (text === null) after.delete(key);
          else after.set(key, text);
        }
        entries = after;
      });
    },
    // The entry without a visit.
    wasUsed: () => entries.has(prefix),
    async noteUsed() {
      if (entries.has(prefix)) return;
      await attempt(async (one) => {
        await one.write({ [prefix]: 'used' });
        entries = new Map(entries).set(prefix, 'used');
      });
    },
    state: () => state,
  };
}

/** An entry as it waits; none if it cannot be read. */
function readEntry(text: string): readonly Queued[] {
  const value = parseJson(text) as Queued | undefined;
  return isObject(value) && isObject(value.command) ? [value] : [];
}

/** Adds the waiting acts that a copy lacks and that are not on record, in the order in which they were recorded. */
function withRestored(copy: Copy, entries: readonly Queued[]): Copy {
  if (entries.length === 0) return copy;
  const ids = commandIdsIn(readable([...copy.events, ...copy.own]), new Set(copy.queue.map(idOf)));
  const missing = entries.filter((entry) => !ids.has(idOf(entry)));
  if (missing.length === 0) return copy;
  const inOrder = [...copy.queue, ...missing].sort(
    (one, other) => one.place - other.place || (one.recordedAt < other.recordedAt ? -1 : 1),
  );
  let next = 0;
  const queue = inOrder.map((queued) => {
    const place = Math.max(next, queued.place);
    next = place + 1;
    return place === queued.place ? queued : { ...queued, place };
  });
  const photos = new Map(copy.photos);
  for (const photo of missing.flatMap(namedPhotos)) if (!photos.has(photo.sha256)) photos.set(photo.sha256, photo);
  return { ...copy, queue, photos, nextPlace: Math.max(copy.nextPlace, next) };
}

/** The photographs that an act names: of those that are not known here only the names were kept. */
function namedPhotos({ command, recordedAt }: Queued): readonly ReplicaPhoto[] {
  const named: readonly { sha256: Sha256 }[] = command.type === 'TakePhotos' ? command.data.photos : [];
  return named.map(({ sha256 }) => ({ sha256, size: 0, mediaType: 'application/octet-stream', addedAt: recordedAt }));
}
