/** The copies of a replica: read when they are needed, kept in memory, and written at the revision that they were read at. */
import type { Actor, Id, Instant } from '../../messages/index.ts';
import { collectCommandIds } from '../../reconciling/repeats.ts';
import { isReplicaConflict, type ReplicaGroupEntry, type ReplicaStore } from '../../stores/replica-store.ts';
import { mayStandIn, type Roomy } from '../device/room.ts';
import { createTurns, retryOnConflict, type Turns } from '../device/turns.ts';
import { idOf, readable } from './confirming.ts';
import { type Copy, changesBetween, copyFrom, groupOf, type Head, prefixOf } from './copy.ts';
import { type Journal, listJournaledVisits, mergeJournal, refreshJournal, writeJournal } from './journaled.ts';
import { findMissingActs, type Losses, listMarkedVisits, markChange } from './losses.ts';
import { deriveHead } from './view.ts';

/**
 * A change of a copy: the copy after it (the same object if nothing changes), and an answer. `journaled` if the journal is enough to keep
 * it: while the store fails, the rest is kept in memory.
 */
export type Change<T> = Readonly<{ copy: Copy; answer: T; journaled?: boolean }>;

/** Makes a change of a copy; it may run again, on the copy of another tab. */
type MakeChange<T> = (copy: Copy) => Change<T> | Promise<Change<T>>;

type Host = Readonly<{
  store: ReplicaStore;
  actor: Actor;
  now: () => Instant;
  roomy: Roomy;
  journal: Journal;
  losses: Losses;
  /** Asks how often the store was emptied while it was open. */
  timesEmptied: () => Promise<number>;
  /** Called after each change, by this tab. */
  changed: (visitId: Id) => void;
}>;

/** The copies of a replica, as far as memory has them, and the places where they are stored. */
export type Copies = Host &
  Readonly<{
    /** The summaries of all copies that are stored. */
    heads: Map<Id, Head>;
    /** The copies that were read. */
    kept: Map<Id, Copy>;
    /** The copies that could not be stored, as the store has them: those that are kept are newer. */
    unsaved: Map<Id, Copy>;
    /** The visits that could not be read from the store: the kept copies come from the journal and the server. */
    unread: Set<Id>;
    /** For each listing that is under way, the visits that were changed here since it began. */
    listings: Set<Set<Id>>;
    inTurn: Turns;
    /** The number of times that the store was emptied and memory kept the waiting acts. */
    rescues: { count: number };
    /** True if the journal and the memory are enough while the store fails. */
    isLenient: boolean;
  }>;

export const createCopies = (host: Host): Copies => ({
  ...host,
  heads: new Map(),
  kept: new Map(),
  unsaved: new Map(),
  unread: new Set(),
  listings: new Set(),
  inTurn: createTurns(),
  rescues: { count: 0 },
  isLenient: false,
});

/** The same copies, for which the journal and the memory are enough while the store fails. */
export const asLenient = (copies: Copies): Copies => ({ ...copies, isLenient: true });

/** Lists the copies that are stored, again: all of them, or that of one visit. */
export async function refreshCopies(copies: Copies, visitId?: Id): Promise<void> {
  const { heads, journal, isLenient } = copies;
  try {
    await listCopies(copies, visitId);
  } catch (error) {
    // While the store cannot be listed, the visits that are known, and those of the journal, go on.
    if (!isLenient || !mayStandIn(error) || (heads.size === 0 && journal.state === 'none')) throw error;
  }
  if (isLenient) await (visitId === undefined ? restoreVisits(copies) : restoreVisit(copies, visitId));
}

async function listCopies(copies: Copies, visitId?: Id): Promise<void> {
  const { store, actor, heads, listings } = copies;
  const prefix = visitId === undefined ? prefixOf(actor) : groupOf(actor, visitId);
  const newer = new Set<Id>();
  listings.add(newer);
  try {
    const listed = await store.listGroups(prefix);
    if (listed.length === 0 && heads.size > 0) await rescue(copies);
    adoptListed(copies, listed, (id) => groupOf(actor, id).startsWith(prefix) && !newer.has(id));
  } finally {
    listings.delete(newer);
  }
}

/** Takes over the heads of the visits that a list covers: of others something newer is known. */
function adoptListed(copies: Copies, listed: readonly ReplicaGroupEntry[], isTold: (visitId: Id) => boolean): void {
  const { heads, kept, unsaved, actor, now } = copies;
  const revisions = new Map<Id, number>();
  for (const visitId of [...heads.keys()]) if (isTold(visitId)) heads.delete(visitId);
  for (const { head, revision } of listed) {
    if (head === null) continue;
    const one: Head = JSON.parse(head);
    revisions.set(one.visitId, revision);
    if (isTold(one.visitId)) heads.set(one.visitId, one);
  }
  // Another tab may have changed or removed one, and its message may still be under way.
  for (const [visitId, copy] of [...kept]) {
    if (!isTold(visitId)) continue;
    if ((revisions.get(visitId) ?? 0) !== copy.revision) forgetCopy(copies, visitId);
    else if (unsaved.has(visitId)) heads.set(visitId, deriveHead(copy, actor, now()));
  }
}

/** Keeps the waiting acts in memory if the store was emptied: they are stored again with their visits, once these are fetched. */
async function rescue(copies: Copies): Promise<void> {
  const { kept, unsaved, rescues } = copies;
  const times = await copies.timesEmptied();
  if (times === rescues.count) return;
  rescues.count = times;
  for (const [visitId, { queue, photos, nextPlace }] of [...kept]) {
    forgetCopy(copies, visitId);
    if (queue.length === 0) continue;
    const stored = emptyCopy(visitId);
    kept.set(visitId, { ...stored, queue, photos, nextPlace });
    unsaved.set(visitId, stored);
  }
  await findLosses(copies);
}

const emptyCopy = (visitId: Id) => copyFrom(visitId, { revision: 0, records: new Map() });

/** Looks for acts that waited according to the marks and are not here. */
export async function findLosses(copies: Copies): Promise<void> {
  const { losses } = copies;
  for (const visitId of listMarkedVisits(losses)) findMissingActs(losses, await readLeniently(copies, visitId));
}

/** Forgets what is in memory of a visit, since another tab changed it: it is read again, with what the journal has. */
export function forgetCopy({ journal, kept, unsaved, unread }: Copies, visitId: Id): void {
  journal.reading = undefined;
  kept.delete(visitId);
  unsaved.delete(visitId);
  unread.delete(visitId);
}

export const readCopy = (copies: Copies, visitId: Id): Promise<Copy> =>
  copies.isLenient ? readLeniently(copies, visitId) : readStored(copies, visitId);

async function readStored(copies: Copies, visitId: Id): Promise<Copy> {
  const { store, actor, journal, kept, unread } = copies;
  const copy = kept.get(visitId);
  if (copy !== undefined && !unread.has(visitId)) return copy;
  const [group] = await Promise.all([store.readGroup(groupOf(actor, visitId)), refreshJournal(journal)]);
  if (unread.has(visitId)) forgetCopy(copies, visitId);
  const stored = copyFrom(visitId, group);
  if (mergeJournal(journal, stored) !== stored) {
    // An undone act leaves the journal before the store: only an entry that is still there after the store was read may be restored.
    journal.reading = undefined;
    await refreshJournal(journal);
  }
  return kept.get(visitId) ?? adoptStored(copies, stored);
}

function adoptStored({ journal, kept, unsaved, heads, actor, now }: Copies, stored: Copy): Copy {
  const copy = mergeJournal(journal, stored);
  kept.set(stored.visitId, copy);
  if (copy !== stored) {
    unsaved.set(stored.visitId, stored);
    heads.set(stored.visitId, deriveHead(copy, actor, now()));
  }
  return copy;
}

/** Reads a copy; while the store fails, one of the journal's waiting acts, which can be sent without the rest. */
async function readLeniently(copies: Copies, visitId: Id): Promise<Copy> {
  const { journal, kept, unread } = copies;
  try {
    return await readStored(copies, visitId);
  } catch (error) {
    await refreshJournal(journal);
    if (!mayStandIn(error) || !listJournaledVisits(journal).includes(visitId)) throw error;
    unread.add(visitId);
    return kept.get(visitId) ?? adoptStored(copies, emptyCopy(visitId));
  }
}

/**
 * Changes a copy and stores it, durably, before it answers. `make` may run again, on the copy of another tab. Changes of one visit happen in
 * the order in which they were asked for.
 */
export const updateCopy = <T>(copies: Copies, visitId: Id, make: MakeChange<T>): Promise<T> =>
  copies.inTurn(visitId, () => change(copies, visitId, make));

/** Changes a copy as {@link updateCopy} does, without an answer. */
export const editCopy = (copies: Copies, visitId: Id, edit: (copy: Copy) => Copy): Promise<void> =>
  updateCopy(copies, visitId, (copy) => ({ copy: edit(copy), answer: undefined }));

/** Changes a copy; a change that changes nothing is made again on the stored copy, since another tab may have changed that. */
export const updateStoredCopy = <T>(copies: Copies, visitId: Id, make: MakeChange<T>): Promise<T> =>
  copies.inTurn(visitId, () => change(copies, visitId, make, copies.kept.get(visitId)));

/** Makes a change and stores it; makes it again on the stored copy if nothing changed in the one that is in doubt. */
function change<T>(copies: Copies, visitId: Id, make: MakeChange<T>, inDoubt?: Copy): Promise<T> {
  return retryOnConflict(async () => {
    const before = await readCopy(copies, visitId);
    const { copy: after, answer, journaled = copies.isLenient } = await make(before);
    if (after !== before) await writeCopy(copies, before, after, journaled);
    // A copy that could not be stored is newer than the stored one.
    else if (after === inDoubt && !copies.unsaved.has(visitId)) {
      await listCopies(copies, visitId);
      return change({ ...copies, isLenient: false }, visitId, make);
    }
    return answer;
  });
}

async function writeCopy(copies: Copies, before: Copy, after: Copy, isJournaled: boolean): Promise<void> {
  const { store, actor, now, roomy, journal, losses, heads, kept, unsaved, unread } = copies;
  const { visitId } = before;
  const head = deriveHead(after, actor, now());
  const stored = unsaved.get(visitId) ?? before;
  let revision = stored.revision;
  // An undone act must not be restored from the journal, in another tab either.
  if (isUndoing(before, after)) await writeJournal(journal, before, after, 'undone');
  try {
    const changes = changesBetween(stored, after, head);
    revision = await roomy(() => store.writeGroup(groupOf(actor, visitId), stored.revision, changes), visitId);
    unsaved.delete(visitId);
    unread.delete(visitId);
    await writeJournal(journal, before, after);
  } catch (error) {
    if (isReplicaConflict(error)) {
      await rescue(copies);
      if (kept.get(visitId) === before) forgetCopy(copies, visitId);
      throw error;
    }
    const mayKeep = mayStandIn(error) && isJournaled && !isUndoing(stored, after);
    if (!mayKeep || !(await writeJournal(journal, before, after, 'none'))) {
      if (isUndoing(before, after)) await writeJournal(journal, after, before, 'none');
      // The write may still have happened. If nothing can be read any more, memory stays as it is.
      await listCopies(copies).catch(() => undefined);
      throw error;
    }
    unsaved.set(visitId, stored);
    if (after.events.length > before.events.length) unread.delete(visitId);
  }
  kept.set(visitId, { ...after, revision });
  heads.set(visitId, head);
  markChange(losses, before, after);
  noteChanged(copies, visitId);
}

function noteChanged({ listings, changed }: Copies, visitId: Id): void {
  for (const newer of listings) newer.add(visitId);
  changed(visitId);
}

/** Removes a copy, if it may be dropped as it is stored; answers the removed copy, or null. */
export const dropCopy = (copies: Copies, visitId: Id, mayDrop: (copy: Copy) => boolean): Promise<Copy | null> =>
  copies.inTurn(visitId, () => dropCopyNow(copies, visitId, mayDrop));

/** Removes a copy without waiting for changes that were asked for earlier. */
export async function dropCopyNow(copies: Copies, visitId: Id, mayDrop: (copy: Copy) => boolean): Promise<Copy | null> {
  const { store, actor, journal, losses, heads } = copies;
  const copy = await retryOnConflict(async () => {
    forgetCopy(copies, visitId);
    const stored = await readStored(copies, visitId);
    if (!mayDrop(stored)) return null;
    await store.dropGroup(groupOf(actor, visitId), stored.revision);
    return stored;
  });
  if (copy === null) return null;
  forgetCopy(copies, visitId);
  heads.delete(visitId);
  await writeJournal(journal, copy, { ...copy, queue: [] });
  markChange(losses, copy, null);
  noteChanged(copies, visitId);
  return copy;
}

/** Stores what only memory or the journal has, once the store is back. */
async function restoreVisits(copies: Copies): Promise<void> {
  const { journal, unsaved } = copies;
  await refreshJournal(journal);
  for (const visitId of new Set([...listJournaledVisits(journal), ...unsaved.keys()])) {
    const copy = await readLeniently(copies, visitId);
    // Another tab may have written an act into the journal while the copy was changed. An equal copy that is another object is stored.
    if (unsaved.has(visitId) || mergeJournal(journal, copy) !== copy)
      await editCopy(copies, visitId, (now) => ({ ...mergeJournal(journal, now) }));
    else await writeJournal(journal, copy, copy);
  }
}

async function restoreVisit(copies: Copies, visitId: Id): Promise<void> {
  await refreshJournal(copies.journal);
  if (listJournaledVisits(copies.journal).includes(visitId)) await readLeniently(copies, visitId);
}

/** True if a change removes a waiting act that is not on record after it. */
function isUndoing(before: Copy, after: Copy): boolean {
  const gone = before.queue.map(idOf).filter((id) => !after.queue.some((queued) => idOf(queued) === id));
  if (gone.length === 0) return false;
  const ids = collectCommandIds(readable([...after.events, ...after.own]));
  return gone.some((id) => !ids.has(id));
}
