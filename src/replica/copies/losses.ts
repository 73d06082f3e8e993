/** The losses of a device: acts that were answered and that neither it nor the server has any more, and the store itself. */
import type { Actor, CommandMetadata, Id, Instant, VisitEvent } from '../../messages/index.ts';
import { collectCommandIds } from '../../reconciling/repeats.ts';
import { isRecordedBy } from '../../reconciling/trial.ts';
import type { ReplicaStore } from '../../stores/replica-store.ts';
import { idOf, isKnown, readable } from './confirming.ts';
import { type Copy, groupOf, prefixOf } from './copy.ts';
import { type Journal, journalStoreUsed, wasStoreUsed } from './journaled.ts';

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

/** An act on record or in a report, with the device on which it was entered. */
type Entered = Pick<VisitEvent, 'data'> & Pick<CommandMetadata, 'device' | 'enteredAt'>;

type Host = Readonly<{
  store: ReplicaStore;
  actor: Actor;
  device: string;
  now: () => Instant;
  journal: Journal;
  keep: (losses: StoredLosses) => void;
}>;

/** The ids of acts, by visit. */
type ActIds = Map<Id, readonly Id[]>;

/** The known losses of a replica, and the traces by which others are found. */
export type Losses = Host & {
  /** The acts that are lost, and those that an operator decides on. */
  readonly missing: ActIds;
  readonly quarantined: ActIds;
  /** The times of entry of the acts of the device that a new store did not record, by visit. */
  readonly earlier: Map<Id, readonly Instant[]>;
  /** Undefined while nothing is known of a loss of the store, null once it was dismissed. */
  storeLost: StoreLoss | null | undefined;
  /** True if this replica has seen that the store was used. */
  isUsed: boolean;
  /** True until a round has ended with all exchanged. */
  isNew: boolean;
};

export const createLosses = (host: Host): Losses => ({
  ...host,
  missing: new Map(),
  quarantined: new Map(),
  earlier: new Map(),
  storeLost: undefined,
  isUsed: false,
  isNew: false,
});

/** Lists the visits of which acts waited according to the marks. */
export function listMarkedVisits({ store, actor }: Losses): readonly Id[] {
  const prefix = prefixOf(actor);
  return [...(store.marks?.read(prefix).keys() ?? [])].map((key) => decodeURIComponent(key.slice(prefix.length)));
}

function readMarks({ store, actor }: Losses, visitId: Id): readonly Id[] {
  const key = groupOf(actor, visitId);
  return store.marks?.read(key).get(key)?.split('\n') ?? [];
}

function writeMarks({ store, actor }: Losses, visitId: Id, ids: readonly Id[]): void {
  store.marks?.set(groupOf(actor, visitId), ids.length === 0 ? null : ids.join('\n'));
}

/** Looks for marked acts that a copy lacks. */
export function findMissingActs(losses: Losses, copy: Copy): void {
  keepLacking(losses.missing, copy.visitId, readMarks(losses, copy.visitId), copy);
  markWaiting(losses, copy.visitId, copy);
}

const waitingIn = (copy: Copy | null) => copy?.queue.map(idOf) ?? [];

/** Marks the waiting and the lost acts of a visit. */
function markWaiting(losses: Losses, visitId: Id, copy: Copy | null): void {
  writeMarks(losses, visitId, [...waitingIn(copy), ...(losses.missing.get(visitId) ?? [])]);
}

/** Keeps the ids that a copy lacks. */
function keepLacking(kept: ActIds, visitId: Id, ids: readonly Id[], copy: Copy | null): void {
  const found = collectCommandIds(readable([...(copy?.events ?? []), ...(copy?.own ?? [])]), new Set(waitingIn(copy)));
  const left = ids.filter((id) => !found.has(id));
  if (left.length === 0) kept.delete(visitId);
  else kept.set(visitId, left);
}

/** Marks the waiting acts after a change; `null` for a visit that was removed. */
export function markChange(losses: Losses, before: Copy, after: Copy | null): void {
  const { visitId } = before;
  if (after !== null && after.events !== before.events) findEarlierActs(losses, after);
  noteQuarantined(losses, before, after);
  const known = losses.missing.get(visitId);
  if (known !== undefined) keepLacking(losses.missing, visitId, known, after);
  else if (before.queue === after?.queue) return;
  markWaiting(losses, visitId, after);
}

function noteQuarantined({ quarantined, keep }: Losses, { visitId, queue }: Copy, after: Copy | null): void {
  const known = quarantined.get(visitId) ?? [];
  const handedIn = queue.filter(({ withheld }) => withheld?.reason === 'quarantined').map(idOf);
  if (known.length + handedIn.length === 0) return;
  keepLacking(quarantined, visitId, [...new Set([...known, ...handedIn])], after);
  keep({ quarantined: Object.fromEntries(quarantined) });
}

/** Looks in a copy for acts of this device that were not recorded in this new store: the store before it was lost. */
export function findEarlierActs(losses: Losses, copy: Copy): void {
  // A queue whose places were used recorded acts in this store.
  if (!losses.isNew || losses.storeLost === null || copy.nextPlace > 0) return;
  const acts = listOwnActs(losses, copy);
  if (acts.length <= (losses.earlier.get(copy.visitId)?.length ?? 0)) return;
  losses.earlier.set(copy.visitId, acts);
  noteStoreLost(losses);
}

/** Lists the times of entry of the acts of this person on this device that are on record, or in a report. */
function listOwnActs({ actor, device }: Host, { events, own }: Copy): readonly Instant[] {
  const mine = [...events, ...own].filter((event) => isKnown(event) && isRecordedBy(actor, event));
  const acts: readonly Entered[] = mine.flatMap((event): readonly Entered[] =>
    event.type === 'DiscrepancyReported' ? event.data.acts : [{ data: event.data, ...event.metadata }],
  );
  return acts.filter((act) => act.device === device).map(({ enteredAt, data }) => enteredAt ?? data.at);
}

function noteStoreLost(losses: Losses): void {
  losses.storeLost ??= { noticedAt: losses.now() };
  const acts = [...losses.earlier].flatMap(([visitId, all]) => all.map((at) => ({ visitId, at })));
  const place = ({ at, visitId }: (typeof acts)[number]) => `${at} ${visitId}`; // visits are fetched in any order
  acts.sort((one, other) => (place(one) < place(other) ? -1 : 1));
  const last = acts.at(-1);
  if (last !== undefined) losses.storeLost = { ...losses.storeLost, received: { count: acts.length, ...last } };
  losses.keep({ lost: losses.storeLost });
}

/**
 * Takes over the stored losses, and notes the loss of a store that is empty though it was used, or that reports one. Answers true if it was
 * emptied while it was open.
 */
export function checkStore(
  losses: Losses,
  stored: StoredLosses & Readonly<{ lastSyncAt?: Instant }>,
  isEmpty: boolean,
): boolean {
  const { store, quarantined, journal } = losses;
  losses.storeLost = stored.lost;
  quarantined.clear();
  for (const [visitId, ids] of Object.entries(stored.quarantined ?? {})) quarantined.set(visitId, ids);
  losses.isNew = stored.lastSyncAt === undefined;
  const isEmptied = isEmpty && losses.isUsed;
  const isGone = isEmpty && (wasStoreUsed(journal) || store.marks?.read(usedKey(losses)).has(usedKey(losses)));
  losses.isUsed = !isEmpty;
  const isReported = (store.dataLoss?.() ?? null) !== null;
  if (isEmptied || ((isGone || isReported) && losses.storeLost === undefined)) noteStoreLost(losses);
  return isEmptied;
}

const usedKey = ({ actor }: Host) => `used/${prefixOf(actor)}`;

/** Marks the store as used, so that its loss is noticed. */
export async function markStoreUsed(losses: Losses): Promise<void> {
  losses.isUsed = true;
  losses.store.marks?.set(usedKey(losses), 'yes');
  await journalStoreUsed(losses.journal);
}

export const listLosses = ({ storeLost, missing, quarantined }: Losses): readonly ReplicaLoss[] => [
  ...(storeLost ? [{ kind: 'store' as const, ...storeLost }] : []),
  ...[...missing].map(([visitId, commandIds]) => ({ kind: 'acts' as const, visitId, commandIds })),
  ...[...quarantined].map(([visitId, commandIds]) => ({ kind: 'quarantined' as const, visitId, commandIds })),
];

/** Counts the losses that may concern a visit: that of the store may concern any. */
export const countLosses = (losses: Losses, visitId: Id): number =>
  listLosses(losses).filter((loss) => loss.kind === 'store' || loss.visitId === visitId).length;

export function dismissLosses(losses: Losses): void {
  const { missing, quarantined, keep } = losses;
  losses.storeLost = null;
  quarantined.clear();
  keep({ lost: null, quarantined: {} });
  for (const [visitId, lost] of [...missing]) {
    missing.delete(visitId);
    const marked = readMarks(losses, visitId);
    writeMarks(
      losses,
      visitId,
      marked.filter((id) => !lost.includes(id)),
    );
  }
}
