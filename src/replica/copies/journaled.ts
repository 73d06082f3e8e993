/** The journal of a replica, a second place for its waiting acts: an entry for each, with all that is needed to send it. */
import type { Actor, Id, Sha256 } from '../../messages/index.ts';
import { collectCommandIds } from '../../reconciling/repeats.ts';
import type { ReplicaJournal } from '../../stores/replica-store.ts';
import { isObject, parseJson } from '../../util/json.ts';
import { idOf, readable } from './confirming.ts';
import { type Copy, groupOf, prefixOf, type Queued, type ReplicaPhoto } from './copy.ts';

/**
 * The state of the second place: `none` where the runtime has none, `ready`, or `failed` since it could not be read or written last.
 *
 * @since 0.5.0
 */
export type JournalState = 'none' | 'ready' | 'failed';

/** The second place of a replica, and its entries as they were read last. */
export type Journal = {
  readonly place: ReplicaJournal | undefined;
  readonly actor: Actor;
  entries: ReadonlyMap<string, string>;
  state: JournalState;
  /** The last reading of the entries; undefined once another tab may have changed them. */
  reading: Promise<void> | undefined;
};

export const openJournal = (place: ReplicaJournal | undefined, actor: Actor): Journal => ({
  place,
  actor,
  entries: new Map(),
  state: place === undefined ? 'none' : 'ready',
  reading: undefined,
});

/** Uses the second place; answers false if that fails, or the runtime has no such place. */
async function attempt(journal: Journal, work: (place: ReplicaJournal) => Promise<void>): Promise<boolean> {
  if (journal.place === undefined) return false;
  try {
    await work(journal.place);
    journal.state = 'ready';
    return true;
  } catch {
    journal.state = 'failed';
    return false;
  }
}

/** Reads the entries again, if another tab may have changed them. If they cannot be read, the known ones stay. */
export function refreshJournal(journal: Journal): Promise<void> {
  journal.reading ??= readEntries(journal);
  return journal.reading;
}

async function readEntries(journal: Journal): Promise<void> {
  const isRead = await attempt(journal, async (place) => {
    journal.entries = await place.read(prefixOf(journal.actor));
  });
  if (!isRead) journal.reading = undefined;
}

/** Lists the visits of which something is journaled. */
export function listJournaledVisits({ entries, actor }: Journal): readonly Id[] {
  const parts = [...entries.keys()].map((key) => key.slice(prefixOf(actor).length).split('/')[0] ?? '');
  return [...new Set(parts)].filter((part) => part !== '').map(decodeURIComponent);
}

const formatKey = ({ actor }: Journal, visitId: Id, queued: Queued) =>
  `${groupOf(actor, visitId)}/${encodeURIComponent(idOf(queued))}`;

const findEntries = ({ entries, actor }: Journal, visitId: Id) =>
  [...entries].filter(([key]) => key.startsWith(`${groupOf(actor, visitId)}/`));

/**
 * Writes the waiting acts of a visit after a change, durably; answers false if that failed, or there is no journal. By default the
 * entries that are done with are removed. Before the store is written, `undone` removes those that the change took out of the queue, `none`
 * none.
 */
export async function writeJournal(
  journal: Journal,
  before: Copy,
  after: Copy,
  removing: 'done' | 'undone' | 'none' = 'done',
): Promise<boolean> {
  const { visitId } = after;
  const keyOf = (queued: Queued) => formatKey(journal, visitId, queued);
  const changes: Record<string, string | null> = {};
  if (removing !== 'none') for (const queued of before.queue) changes[keyOf(queued)] = null;
  if (removing === 'done') {
    // Another tab may have written one while the copy was changed.
    const kept = new Set(findMissing(journal, after).map(keyOf));
    for (const [key] of findEntries(journal, visitId)) if (key in changes || !kept.has(key)) changes[key] = null;
  }
  for (const queued of after.queue) {
    const [key, text] = [keyOf(queued), JSON.stringify(queued)];
    delete changes[key];
    if (journal.entries.get(key) === text) continue;
    changes[key] = text;
    // The place may have been lost with the store: an act in it must not hide that.
    if (wasStoreUsed(journal)) changes[prefixOf(journal.actor)] = USED;
  }
  return Object.keys(changes).length === 0 ? journal.place !== undefined : writeEntries(journal, changes);
}

const writeEntries = (journal: Journal, changes: Readonly<Record<string, string | null>>): Promise<boolean> =>
  attempt(journal, async (place) => {
    await place.write(changes);
    const entries = new Map(journal.entries);
    for (const [key, text] of Object.entries(changes)) {
      if (text === null) entries.delete(key);
      else entries.set(key, text);
    }
    journal.entries = entries;
  });

const USED = 'used';

/** True if an entry says that the store was used: the one without a visit. */
export const wasStoreUsed = ({ entries, actor }: Journal): boolean => entries.has(prefixOf(actor));

/** Writes that the store was used, so that its loss is noticed. */
export async function journalStoreUsed(journal: Journal): Promise<void> {
  if (!wasStoreUsed(journal)) await writeEntries(journal, { [prefixOf(journal.actor)]: USED });
}

/** An entry as it waits; none if it cannot be read. */
function readEntry(text: string): readonly Queued[] {
  const value = parseJson(text) as Queued | undefined;
  return isObject(value) && isObject(value.command) ? [value] : [];
}

/** Finds the waiting acts that only the journal has: those that a copy has neither in its queue, nor on record, nor as undone. */
function findMissing(journal: Journal, { visitId, events, own, queue, undone }: Copy): readonly Queued[] {
  const entries = findEntries(journal, visitId).flatMap(([, text]) => readEntry(text));
  if (entries.length === 0) return [];
  const ids = collectCommandIds(readable([...events, ...own]), new Set([...queue.map(idOf), ...undone]));
  return entries.filter((entry) => !ids.has(idOf(entry)));
}

/** Adds the waiting acts that only the journal has to a copy, in the order in which they were recorded. */
export function mergeJournal(journal: Journal, copy: Copy): Copy {
  const missing = findMissing(journal, copy);
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

/** Lists the photographs that an act names, with their hashes alone: the journal keeps nothing else of them. */
function namedPhotos({ command, recordedAt }: Queued): readonly ReplicaPhoto[] {
  const named: readonly { sha256: Sha256 }[] = command.type === 'TakePhotos' ? command.data.photos : [];
  return named.map(({ sha256 }) => ({ sha256, size: 0, mediaType: 'application/octet-stream', addedAt: recordedAt }));
}
