/** Acts that were answered, and that neither the device nor the server has any more: noticed by marks outside the database. */
import type { Actor, Id, Instant } from '../../messages/index.ts';
import { commandIdsIn } from '../../reconciling/repeats.ts';
import type { ReplicaMarks } from '../../stores/replica-store.ts';
import { idOf } from './confirming.ts';
import { type Copy, groupOf, prefixOf } from './copy.ts';
import { readable } from './readable.ts';

/**
 * A loss on the device, until `dismissLosses` is called:
 *
 * - `acts`: these commands of a visit were answered, and neither the device nor the events of the visit that are here have them;
 * - `store`: the database was lost, with the photographs and the drafts in it. What waited was brought back as far as the journal has it.
 *
 * @since 0.5.0
 */
export type ReplicaLoss =
  | Readonly<{ kind: 'acts'; visitId: Id; commandIds: readonly Id[] }>
  | Readonly<{ kind: 'store'; noticedAt: Instant }>;

export type Losses = Readonly<{
  /** The visits of which acts waited, by the marks. */
  marked(): readonly Id[];
  /** Looks for marked acts that a copy lacks. */
  look(copy: Copy): void;
  /** Marks what waits after a change; `null` for a visit that was removed. */
  note(before: Copy, after: Copy | null): void;
  /** Notes if the store is empty (`isNew`), though it was marked as used, or if the browser reports that it lost it. */
  lookAtStore(isNew: boolean, isReported: boolean): void;
  /** Marks the store as used. */
  noteStore(): void;
  list(): readonly ReplicaLoss[];
  dismiss(): void;
}>;

export function createLosses(marks: ReplicaMarks | undefined, actor: Actor, now: () => Instant): Losses {
  const prefix = prefixOf(actor);
  const [usedKey, lostKey] = [`used/${prefix}`, `lost/${prefix}`];
  /** The ids of acts that are lost, by visit. */
  const missing = new Map<Id, readonly Id[]>();
  let storeLostAt = marks?.read(lostKey).get(lostKey) ?? null;

  const waitingIn = (copy: Copy | null) => copy?.queue.map(idOf) ?? [];

  function keepMissing(visitId: Id, ids: readonly Id[], copy: Copy | null): void {
    const found = copy === null ? new Set(ids) : commandIdsIn(readable([...copy.events, ...copy.own]));
    const left = ids.filter((id) => !found.has(id) && !waitingIn(copy).includes(id));
    if (left.length === 0) missing.delete(visitId);
    else missing.set(visitId, left);
  }

  function mark(visitId: Id, copy: Copy | null): void {
    const ids = [...waitingIn(copy), ...(missing.get(visitId) ?? [])];
    marks?.set(groupOf(actor, visitId), ids.length === 0 ? null : ids.join('\n'));
  }

  return {
    marked: () => [...(marks?.read(prefix).keys() ?? [])].map((key) => decodeURIComponent(key.slice(prefix.length))),
    look(copy) {
      const { visitId } = copy;
      const key = groupOf(actor, visitId);
      keepMissing(visitId, marks?.read(key).get(key)?.split('\n') ?? [], copy);
      mark(visitId, copy);
    },
    note(before, after) {
      const { visitId } = before;
      const known = missing.get(visitId);
      if (known !== undefined) keepMissing(visitId, known, after);
      else if (before.queue === after?.queue) return;
      mark(visitId, after);
    },
    lookAtStore(isNew, isReported) {
      const isLost = isReported || (isNew && marks?.read(usedKey).has(usedKey));
      if (!isLost || storeLostAt !== null) return;
      storeLostAt = now();
      marks?.set(lostKey, storeLostAt);
    },
    noteStore: () => marks?.set(usedKey, 'yes'),
    list: () => [
      ...(storeLostAt === null ? [] : [{ kind: 'store' as const, noticedAt: storeLostAt }]),
      ...[...missing].map(([visitId, commandIds]) => ({ kind: 'acts' as const, visitId, commandIds })),
    ],
    dismiss() {
      storeLostAt = null;
      marks?.set(lostKey, null);
      for (const [visitId, lost] of [...missing]) {
        const key = groupOf(actor, visitId);
        const left =
          marks
            ?.read(key)
            .get(key)
            ?.split('\n')
            .filter((id) => !lost.includes(id)) ?? [];
        missing.delete(visitId);
        marks?.set(key, left.length === 0 ? null : left.join('\n'));
      }
    },
  };
}
