/** Acts that were answered, and that neither the device nor the server has any more; and the loss of the store itself. */
import type { Actor, CommandMetadata, Id, Instant, VisitEvent } from '../../messages/index.ts';
import { isRecordedBy } from '../../reconciling/own-view.ts';
import { commandIdsIn } from '../../reconciling/repeats.ts';
import type { ReplicaStore } from '../../stores/replica-store.ts';
import { idOf } from './confirming.ts';
import { type Copy, groupOf, prefixOf } from './copy.ts';
import { isKnown, readable } from './readable.ts';

/**
 * A loss on the device, until `dismissLosses` is called:
 *
 * - `acts`: these commands of a visit were answered, and neither the device nor the events of the visit that are here have them;
 * - `quarantined`: these commands of a visit were handed in while the device was revoked, and are not on record: an operator decides;
 * - `store`: the database was lost, with the photographs and the drafts in it. What waited was brought back as far as the journal has it.
 *   `received` is what the server has of this device from before, once it was fetched: what was recorded later, and is neither here nor named
 *   as lost, has to be recorded again.
 *
 * @since 0.5.0
 */
export type ReplicaLoss =
  | Readonly<{ kind: 'acts' | 'quarantined'; visitId: Id; commandIds: readonly Id[] }>
  | (StoreLoss & Readonly<{ kind: 'store' }>);

type StoreLoss = Readonly<{
  noticedAt: Instant;
  /** The number of those acts, and of the last one the visit and the time of its entry, by the clock of the device. */
  received?: Readonly<{ count: number; visitId: Id; at: Instant }>;
}>;

/** The losses as the store keeps them; `lost` is null once it was dismissed. */
export type StoredLosses = Readonly<{
  lost?: StoreLoss | null;
  quarantined?: Readonly<Record<Id, readonly Id[]>>;
}>;

export type Losses = Readonly<{
  /** The visits of which acts waited, by the marks. */
  marked(): readonly Id[];
  /** Looks for marked acts that a copy lacks. */
  look(copy: Copy): void;
  /** Marks what waits after a change; `null` for a visit that was removed. */
  note(before: Copy, after: Copy | null): void;
  /** Looks for acts of this device in a copy that a new store did not record: the store before it was lost. */
  lookForEarlier(copy: Copy): void;
  /**
   * Takes over what is stored of the losses, and notes that of a store that is empty though it was used, or that reports it; true if it was
   * emptied while it is open.
   */
  lookAtStore(stored: StoredLosses & Readonly<{ lastSyncAt?: Instant }>, isEmpty: boolean): boolean;
  /** True until a round has ended with all exchanged. */
  isNew(): boolean;
  /** Marks the store as used. */
  noteStore(): void;
  list(): readonly ReplicaLoss[];
  /** Counts the losses that may concern a visit: that of the store may concern any. */
  countOf(visitId: Id): number;
  dismiss(): void;
}>;

/** An act on record or in a report, with the device on which it was entered. */
type Entered = Pick<VisitEvent, 'data'> & Pick<CommandMetadata, 'device' | 'enteredAt'>;

type Host = Readonly<{
  store: ReplicaStore;
  actor: Actor;
  device: string;
  now: () => Instant;
  /** True if the second place says that the store was used. */
  wasUsed: () => boolean;
  keep: (losses: StoredLosses) => void;
}>;

export function createLosses({ store, actor, device, now, wasUsed, keep }: Host): Losses {
  const { marks } = store;
  const prefix = prefixOf(actor);
  const usedKey = `used/${prefix}`;
  /** The ids of acts that are lost, and of those that an operator decides on, by visit. */
  const missing = new Map<Id, readonly Id[]>();
  const quarantined = new Map<Id, readonly Id[]>();
  /** The acts of the device that a new store did not record, by visit. */
  const earlier = new Map<Id, readonly Instant[]>();
  /** Undefined while nothing is known of a loss, null once it was dismissed. */
  let storeLost: StoreLoss | null | undefined;
  /** True if this replica has seen that the store was used. */
  let isUsed = false;
  let isNew = false;

  const waitingIn = (copy: Copy | null) => copy?.queue.map(idOf) ?? [];

  /** Keeps the ids that a copy lacks. */
  function keepLacking(kept: Map<Id, readonly Id[]>, visitId: Id, ids: readonly Id[], copy: Copy | null): void {
    const found = commandIdsIn(readable([...(copy?.events ?? []), ...(copy?.own ?? [])]), new Set(waitingIn(copy)));
    const left = ids.filter((id) => !found.has(id));
    if (left.length === 0) kept.delete(visitId);
    else kept.set(visitId, left);
  }

  function mark(visitId: Id, copy: Copy | null): void {
    const ids = [...waitingIn(copy), ...(missing.get(visitId) ?? [])];
    marks?.set(groupOf(actor, visitId), ids.length === 0 ? null : ids.join('\n'));
  }

  function markedIn(visitId: Id): readonly Id[] {
    const key = groupOf(actor, visitId);
    return marks?.read(key).get(key)?.split('\n') ?? [];
  }

  function noteQuarantined(before: Copy, after: Copy | null): void {
    const { visitId, queue } = before;
    const known = quarantined.get(visitId) ?? [];
    const handedIn = queue.filter(({ withheld }) => withheld?.reason === 'quarantined').map(idOf);
    if (known.length + handedIn.length === 0) return;
    keepLacking(quarantined, visitId, [...new Set([...known, ...handedIn])], after);
    keep({ quarantined: Object.fromEntries(quarantined) });
  }

  function noteStoreLost(): void {
    storeLost ??= { noticedAt: now() };
    const acts = [...earlier].flatMap(([visitId, all]) => all.map((at) => ({ visitId, at })));
    acts.sort((one, other) => (one.at < other.at ? -1 : 1));
    const last = acts.at(-1);
    if (last !== undefined) storeLost = { ...storeLost, received: { count: acts.length, ...last } };
    keep({ lost: storeLost });
  }

  /** The times of entry of the acts of this person on this device that are on record, or in a report. */
  function actsOnRecord({ events, own }: Copy): readonly Instant[] {
    const mine = [...events, ...own].filter((event) => isKnown(event) && isRecordedBy(actor, event));
    const acts: readonly Entered[] = mine.flatMap((event): readonly Entered[] =>
      event.type === 'DiscrepancyReported' ? event.data.acts : [{ data: event.data, ...event.metadata }],
    );
    return acts.filter((act) => act.device === device).map(({ enteredAt, data }) => enteredAt ?? data.at);
  }

  function lookForEarlier(copy: Copy): void {
    // The places of the queue count what was recorded in this store.
    if (!isNew || storeLost === null || copy.nextPlace > 0) return;
    const acts = actsOnRecord(copy);
    if (acts.length <= (earlier.get(copy.visitId)?.length ?? 0)) return;
    earlier.set(copy.visitId, acts);
    noteStoreLost();
  }

  const list = (): readonly ReplicaLoss[] => [
    ...(storeLost ? [{ kind: 'store' as const, ...storeLost }] : []),
    ...[...missing].map(([visitId, commandIds]) => ({ kind: 'acts' as const, visitId, commandIds })),
    ...[...quarantined].map(([visitId, commandIds]) => ({ kind: 'quarantined' as const, visitId, commandIds })),
  ];

  return {
    marked: () => [...(marks?.read(prefix).keys() ?? [])].map((key) => decodeURIComponent(key.slice(prefix.length))),
    look(copy) {
      keepLacking(missing, copy.visitId, markedIn(copy.visitId), copy);
      mark(copy.visitId, copy);
    },
    note(before, after) {
      const { visitId } = before;
      if (after !== null && after.events !== before.events) lookForEarlier(after);
      noteQuarantined(before, after);
      const known = missing.get(visitId);
      if (known !== undefined) keepLacking(missing, visitId, known, after);
      else if (before.queue === after?.queue) return;
      mark(visitId, after);
    },
    lookForEarlier,
    lookAtStore(stored, isEmpty) {
      storeLost = stored.lost;
      quarantined.clear();
      for (const [visitId, ids] of Object.entries(stored.quarantined ?? {})) quarantined.set(visitId, ids);
      isNew = stored.lastSyncAt === undefined;
      const isEmptied = isEmpty && isUsed;
      const isGone = isEmpty && (wasUsed() || marks?.read(usedKey).has(usedKey));
      isUsed = !isEmpty;
      const isReported = (store.dataLoss?.() ?? null) !== null;
      if (isEmptied || ((isGone || isReported) && storeLost === undefined)) noteStoreLost();
      return isEmptied;
    },
    isNew: () => isNew,
    noteStore() {
      isUsed = true;
      marks?.set(usedKey, 'yes');
    },
    list,
    countOf: (visitId) => list().filter((loss) => loss.kind === 'store' || loss.visitId === visitId).length,
    dismiss() {
      storeLost = null;
      quarantined.clear();
      keep({ lost: null, quarantined: {} });
      for (const [visitId, lost] of [...missing]) {
        missing.delete(visitId);
        const left = markedIn(visitId).filter((id) => !lost.includes(id));
        marks?.set(groupOf(actor, visitId), left.length === 0 ? null : left.join('\n'));
      }
    },
  };
}
