/** The copies of a replica: read when they are needed, kept in memory, and written at the revision that they were read at. */
import type { Actor, Id, Instant } from '../../messages/index.ts';
import { isReplicaConflict, type ReplicaGroupEntry, type ReplicaStore } from '../../stores/replica-store.ts';
import { retryOnConflict } from '../device/conflicts.ts';
import type { Roomy } from '../device/room.ts';
import { createTurns } from '../device/turns.ts';
import { type Copy, changesBetween, copyFrom, groupOf, type Head, prefixOf } from './copy.ts';
import { headOf } from './view.ts';

/** A change of a copy: the copy after it, the same one if nothing changes, and an answer. */
export type Change<T> = Readonly<{ copy: Copy; answer: T }>;

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
}>;

type Host = Readonly<{
  store: ReplicaStore;
  actor: Actor;
  now: () => Instant;
  roomy: Roomy;
  /** Called after each change, by this tab. */
  changed: (visitId: Id) => void;
}>;

export function createCopies({ store, actor, now, roomy, changed }: Host): Copies {
  /** The copies that were read, and the summaries of all that are stored. */
  const kept = new Map<Id, Copy>();
  const heads = new Map<Id, Head>();
  const inTurn = createTurns();

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
      adopt(await store.listGroups(prefix), (id) => groupOf(actor, id).startsWith(prefix) && !newer.has(id));
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
    for (const [visitId, { revision }] of [...kept]) {
      if (isTold(visitId) && revisions.get(visitId) !== revision) kept.delete(visitId);
    }
  }

  async function read(visitId: Id): Promise<Copy> {
    const copy = kept.get(visitId);
    if (copy !== undefined) return copy;
    const found = copyFrom(visitId, await store.readGroup(groupOf(actor, visitId)));
    if (!kept.has(visitId)) kept.set(visitId, found);
    return found;
  }

  async function write(before: Copy, after: Copy): Promise<void> {
    const { visitId } = before;
    const head = headOf(after, actor, now());
    try {
      const group = groupOf(actor, visitId);
      const changes = changesBetween(before, after, head);
      const revision = await roomy(() => store.writeGroup(group, before.revision, changes), visitId);
      kept.set(visitId, { ...after, revision });
      heads.set(visitId, head);
      noteChanged(visitId);
    } catch (error) {
      if (isReplicaConflict(error)) kept.delete(visitId);
      // It may be stored all the same. Where nothing can be read any more, what is known stays.
      else await refresh().catch(() => undefined);
      throw error;
    }
  }

  /** Makes a change and stores it; again on what is stored, if nothing changes in a copy that is in doubt. */
  const change = <T>(visitId: Id, make: MakeChange<T>, inDoubt?: Copy): Promise<T> =>
    retryOnConflict(async () => {
      const before = await read(visitId);
      const { copy: after, answer } = await make(before);
      if (after !== before) await write(before, after);
      else if (after === inDoubt) {
        await refresh(visitId);
        return change(visitId, make);
      }
      return answer;
    });

  async function dropNow(visitId: Id, mayDrop: (copy: Copy) => boolean): Promise<Copy | null> {
    const copy = await retryOnConflict(async () => {
      kept.delete(visitId);
      const stored = await read(visitId);
      if (!mayDrop(stored)) return null;
      await store.dropGroup(groupOf(actor, visitId), stored.revision);
      return stored;
    });
    if (copy === null) return null;
    kept.delete(visitId);
    heads.delete(visitId);
    noteChanged(visitId);
    return copy;
  }

  const update: Copies['update'] = (visitId, make) => inTurn(visitId, () => change(visitId, make));

  return {
    heads,
    refresh,
    read,
    update,
    edit: (visitId, make) => update(visitId, (copy) => ({ copy: make(copy), answer: undefined })),
    updateStored: (visitId, make) => inTurn(visitId, () => change(visitId, make, kept.get(visitId))),
    dropNow,
    drop: (visitId, mayDrop) => inTurn(visitId, () => dropNow(visitId, mayDrop)),
    invalidate: (visitId) => void kept.delete(visitId),
  };
}
