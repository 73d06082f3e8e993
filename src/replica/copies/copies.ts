/** The copies of a replica: read when they are needed, kept in memory, and written at the revision that they were read at. */
import type { Actor, Id, Instant } from '../../messages/index.ts';
import { commandIdsIn } from '../../reconciling/repeats.ts';
import { isReplicaConflict, type ReplicaGroupEntry, type ReplicaStore } from '../../stores/replica-store.ts';
import { mayStandIn, type Roomy } from '../device/room.ts';
import { createTurns, retryOnConflict } from '../device/turns.ts';
import { idOf } from './confirming.ts';
import { type Copy, changesBetween, copyFrom, groupOf, type Head, prefixOf } from './copy.ts';
import type { Journaled } from './journaled.ts';
import type { Losses } from './losses.ts';
import { readable } from './readable.ts';
import { headOf } from './view.ts';

/**
 * A change of a copy: the copy after it, the same one if nothing changes, and an answer. `journaled` if the journal is enough to keep it:
 * when the store fails, the rest of it is kept in memory until the store is back.
 */
export type Change<T> = Readonly<{ copy: Copy; answer: T; journaled?: boolean }>;

/** Makes a change of a copy; it may run again, on the copy of another tab. */
type MakeChange<T> = (copy: Copy) => Change<T> | Promise<Change<T>>;

export type Copies = Readonly<{
  heads: ReadonlyMap<Id, Head>;
  /** Lists the copies that are stored, again: all of them, or that of one visit. */
  refresh(visitId?: Id): Promise<void>;
  read(visitId: Id): Promise<Copy>;
  /**
   * Changes a copy and stores it, durably, before it answers. `change` may run again, on the copy of another tab. Changes of
   * one visit happen in the order in which they were asked for.
   */
  update<T>(visitId: Id, change: MakeChange<T>): Promise<T>;
  /** The same, without an answer. */
  edit(visitId: Id, change: (copy: Copy) => Copy): Promise<void>;
  /** As `update`; a change that changes nothing is asked for again on what is stored, since another tab may have changed it. */
  updateStored<T>(visitId: Id, change: MakeChange<T>): Promise<T>;
  drop(visitId: Id, mayDrop: (copy: Copy) => boolean): Promise<Copy | null>;
  /** The same, before changes that were asked for earlier. */
  dropNow(visitId: Id, mayDrop: (copy: Copy) => boolean): Promise<Copy | null>;
  /** Forgets what is kept in memory of a visit, since another tab changed it. */
  invalidate(visitId: Id): void;
  /** Looks for acts that waited by the marks and are not here. */
  lookForLosses(): Promise<void>;
}>;

/** The copies of a replica, and the same ones, for which the journal and the memory are enough while the store fails. */
export type AllCopies = Copies & Readonly<{ lenient: Copies }>;

/** The manner of a change: on a copy that may be in doubt; leniently, if the journal and the memory are enough. */
type Manner = Readonly<{ inDoubt?: Copy | undefined; isLenient?: boolean }>;

type Host = Readonly<{
  store: ReplicaStore;
  actor: Actor;
  now: () => Instant;
  roomy: Roomy;
  journaled: Journaled;
  losses: Losses;
  /** Asks how often the store was emptied while it was open. */
  timesEmptied: () => Promise<number>;
  /** Called after each change, by this tab. */
  changed: (visitId: Id) => void;
}>;

export function createCopies({ store, actor, now, roomy, journaled, losses, timesEmptied, changed }: Host): AllCopies {
  /** The copies that were read, and the summaries of all that are stored. */
  const kept = new Map<Id, Copy>();
  const heads = new Map<Id, Head>();
  /** The copies that the store did not take, as it has them: what is kept of these visits is newer. */
  const unsaved = new Map<Id, Copy>();
  /** The visits that could not be read from the store: what is kept of them is from the journal and the server. */
  const unread = new Set<Id>();
  const inTurn = createTurns();
  /** The number of times that the store was emptied and what memory has was kept. */
  let rescued = 0;

  /** The visits that were changed here since each of the listings that are under way began. */
  const changedMeanwhile = new Set<Set<Id>>();

  function noteChanged(visitId: Id): void {
    for (const ids of changedMeanwhile) ids.add(visitId);
    changed(visitId);
  }

  async function refresh(visitId?: Id): Promise<void> {
    const prefix = visitId === undefined ? prefixOf(actor) : groupOf(actor, visitId);
    const newer = new Set<Id>();
    changedMeanwhile.add(newer);
    try {
      const listed = await store.listGroups(prefix);
      if (listed.length === 0 && heads.size > 0) await rescue();
      adopt(listed, (id) => groupOf(actor, id).startsWith(prefix) && !newer.has(id));
    } finally {
      changedMeanwhile.delete(newer);
    }
  }

  /** Takes over what was listed of the visits that it tells of: of others something newer is known. */
  function adopt(listed: readonly ReplicaGroupEntry[], isTold: (visitId: Id) => boolean): void {
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
      if ((revisions.get(visitId) ?? 0) !== copy.revision) forget(visitId);
      else if (unsaved.has(visitId)) heads.set(visitId, headOf(copy, actor, now()));
    }
  }

  /** Keeps what memory has of the acts that wait, if the store was emptied: it is stored again, once their visits are fetched. */
  async function rescue(): Promise<void> {
    const times = await timesEmptied();
    if (times === rescued) return;
    rescued = times;
    for (const [visitId, { queue, photos, nextPlace }] of [...kept]) {
      forget(visitId);
      if (queue.length === 0) continue;
      const stored = copyFrom(visitId, { revision: 0, records: new Map() });
      kept.set(visitId, { ...stored, queue, photos, nextPlace });
      unsaved.set(visitId, stored);
    }
    await lookForLosses();
  }

  async function lookForLosses(): Promise<void> {
    for (const visitId of losses.marked()) losses.look(await readLeniently(visitId));
  }

  /** Forgets what is in memory of a visit: it is read again, with what the journal has. */
  function forget(visitId: Id): void {
    journaled.invalidate();
    kept.delete(visitId);
    unsaved.delete(visitId);
    unread.delete(visitId);
  }

  async function read(visitId: Id): Promise<Copy> {
    const copy = kept.get(visitId);
    if (copy !== undefined && !unread.has(visitId)) return copy;
    const [group] = await Promise.all([store.readGroup(groupOf(actor, visitId)), journaled.refresh()]);
    if (unread.has(visitId)) forget(visitId);
    const stored = copyFrom(visitId, group);
    if (journaled.merge(stored) !== stored) {
      // What is undone leaves the journal before the store: only entries that are read after the store may be brought back.
      journaled.invalidate();
      await journaled.refresh();
    }
    return kept.get(visitId) ?? adoptStored(stored);
  }

  function adoptStored(stored: Copy): Copy {
    const copy = journaled.merge(stored);
    kept.set(stored.visitId, copy);
    if (copy !== stored) {
      unsaved.set(stored.visitId, stored);
      heads.set(stored.visitId, headOf(copy, actor, now()));
    }
    return copy;
  }

  /** Reads a copy as far as it can be: where the store fails, what waits is enough to send it. */
  async function readLeniently(visitId: Id): Promise<Copy> {
    try {
      return await read(visitId);
    } catch (error) {
      await journaled.refresh();
      if (!mayStandIn(error) || !journaled.visits().includes(visitId)) throw error;
      unread.add(visitId);
      return kept.get(visitId) ?? adoptStored(copyFrom(visitId, { revision: 0, records: new Map() }));
    }
  }

  async function write(before: Copy, after: Copy, isJournaled: boolean): Promise<void> {
    const { visitId } = before;
    const head = headOf(after, actor, now());
    const stored = unsaved.get(visitId) ?? before;
    let revision = stored.revision;
    // An act that is undone must not come back from the journal, to another tab either.
    if (isUndoing(before, after)) await journaled.write(visitId, before.queue, after.queue, 'undone');
    try {
      const group = groupOf(actor, visitId);
      const changes = changesBetween(stored, after, head);
      revision = await roomy(() => store.writeGroup(group, stored.revision, changes), visitId);
      unsaved.delete(visitId);
      unread.delete(visitId);
      await journaled.write(visitId, before.queue, after.queue);
    } catch (error) {
      if (isReplicaConflict(error)) {
        await rescue();
        if (kept.get(visitId) === before) forget(visitId);
      }
      const mayKeep = mayStandIn(error) && isJournaled && !isUndoing(stored, after);
      if (!mayKeep || !(await journaled.write(visitId, before.queue, after.queue, 'none'))) {
        if (isReplicaConflict(error)) throw error;
        if (isUndoing(before, after)) await journaled.write(visitId, after.queue, before.queue, 'none');
        // It may be stored all the same. Where nothing can be read any more, what is known stays.
        await refresh().catch(() => undefined);
        throw error;
      }
      unsaved.set(visitId, stored);
      if (after.events.length > before.events.length) unread.delete(visitId);
    }
    kept.set(visitId, { ...after, revision });
    heads.set(visitId, head);
    losses.note(before, after);
    noteChanged(visitId);
  }

  /** Makes a change and stores it; again on what is stored, if nothing changes in a copy that is in doubt. */
  const change = <T>(visitId: Id, make: MakeChange<T>, { inDoubt, isLenient = false }: Manner = {}): Promise<T> =>
    retryOnConflict(async () => {
      const before = await (isLenient ? readLeniently : read)(visitId);
      const { copy: after, answer, journaled: isJournaled = isLenient } = await make(before);
      if (after !== before) await write(before, after, isJournaled);
      // A copy that the store did not take is the newest that there is.
      else if (after === inDoubt && !unsaved.has(visitId)) {
        await refresh(visitId);
        return change(visitId, make);
      }
      return answer;
    });

  async function dropNow(visitId: Id, mayDrop: (copy: Copy) => boolean): Promise<Copy | null> {
    const copy = await retryOnConflict(async () => {
      forget(visitId);
      const stored = await read(visitId);
      if (!mayDrop(stored)) return null;
      await store.dropGroup(groupOf(actor, visitId), stored.revision);
      return stored;
    });
    if (copy === null) return null;
    forget(visitId);
    heads.delete(visitId);
    await journaled.write(visitId, copy.queue, []);
    losses.note(copy, null);
    noteChanged(visitId);
    return copy;
  }

  async function restore(): Promise<void> {
    await journaled.refresh();
    for (const visitId of new Set([...journaled.visits(), ...unsaved.keys()])) {
      const { queue } = await readLeniently(visitId);
      // A copy that is the same, and another object: it is stored.
      const storeAgain = (copy: Copy) => ({ copy: { ...copy }, answer: undefined });
      if (unsaved.has(visitId)) await inTurn(visitId, () => change(visitId, storeAgain, { isLenient: true }));
      else await journaled.write(visitId, queue, queue);
    }
  }

  async function restoreVisit(visitId: Id): Promise<void> {
    await journaled.refresh();
    if (journaled.visits().includes(visitId)) await readLeniently(visitId);
  }

  /** Lists what is stored; where that fails, what is known, and what the journal has, goes on. */
  const refreshLeniently: Copies['refresh'] = async (visitId) => {
    try {
      await refresh(visitId);
    } catch (error) {
      if (!mayStandIn(error) || (heads.size === 0 && journaled.state() === 'none')) throw error;
    }
    await (visitId === undefined ? restore() : restoreVisit(visitId));
  };

  function copiesBy(isLenient: boolean): Copies {
    const update: Copies['update'] = (visitId, make) => inTurn(visitId, () => change(visitId, make, { isLenient }));
    return {
      heads,
      refresh: isLenient ? refreshLeniently : refresh,
      read: isLenient ? readLeniently : read,
      update,
      edit: (visitId, make) => update(visitId, (copy) => ({ copy: make(copy), answer: undefined })),
      updateStored: (visitId, make) =>
        inTurn(visitId, () => change(visitId, make, { inDoubt: kept.get(visitId), isLenient })),
      dropNow,
      drop: (visitId, mayDrop) => inTurn(visitId, () => dropNow(visitId, mayDrop)),
      invalidate: forget,
      lookForLosses,
    };
  }

  return { ...copiesBy(false), lenient: copiesBy(true) };
}

/** True if a change takes a waiting act away that is not on record after it. */
function isUndoing(before: Copy, after: Copy): boolean {
  const gone = before.queue.map(idOf).filter((id) => !after.queue.some((queued) => idOf(queued) === id));
  if (gone.length === 0) return false;
  const ids = commandIdsIn(readable([...after.events, ...after.own]));
  return gone.some((id) => !ids.has(id));
}
