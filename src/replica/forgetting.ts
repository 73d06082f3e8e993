/** The removal of what the server has: visits that ended, what a full device can do without, and all of a revoked device. */
import type { Actor, Id, Instant, Sha256 } from '../messages/index.ts';
import { replay } from '../visit/index.ts';
import { unsentPhotos } from './copies/confirming.ts';
import { dropCopy, dropCopyNow, editCopy, readCopy } from './copies/copies.ts';
import { ALL_VISITS, type Copy, type Head, isUnsent, prefixOf } from './copies/copy.ts';
import { dropUnused } from './copies/photographs.ts';
import { isOver, isSettled } from './copies/view.ts';
import type { Host } from './host.ts';
import { isKept } from './sync/pulling.ts';

/**
 * The answer to `forget` of a {@link Replica}. Not forgotten: `unknown`, it is not here; `waiting`, something of it was not sent; `withheld`,
 * an act of it is withheld (undo or release it), or a photograph was refused (remove or release it); `open`, it has not ended, or a
 * report of the user's is not settled; `unreachable`, the server did not answer with what it has of it now.
 *
 * @since 0.5.0
 */
export type ForgetAnswer =
  | Readonly<{ ok: true }>
  | Readonly<{ ok: false; reason: 'unknown' | 'waiting' | 'withheld' | 'open' | 'unreachable' }>;

/** Options of `forget` of a {@link Replica}. @since 0.12.0 */
export type ForgetOptions = Readonly<{
  /**
   * True where texts of the visit were erased at the server: all that is here of it is replaced by what the server has now, also while it is
   * open. Its photographs and drafts are removed, and so are acts that were given up or handed in.
   */
  erased?: boolean;
}>;

type Reason = Extract<ForgetAnswer, { ok: false }>['reason'];

/** Removes a visit that has ended and is synced from the device. */
export async function forgetVisit(
  { copies, actor, settings }: Host,
  visitId: Id,
  {
    drop = dropCopy,
    endedAt = null,
    mayDrop = (copy) => findReasonToKeep(copy, actor),
  }: Readonly<{ drop?: typeof dropCopy; endedAt?: Instant | null; mayDrop?: (copy: Copy) => Reason | null }> = {},
): Promise<ForgetAnswer> {
  if (!copies.heads.has(visitId)) return { ok: false, reason: 'unknown' };
  let reason: Reason | null = null;
  const dropped = await drop(copies, visitId, (copy) => {
    reason = mayDrop(copy);
    return reason === null;
  });
  if (dropped === null) return { ok: false, reason: reason ?? 'waiting' };
  await dropUnused(copies, dropped.photos.keys());
  await settings.noteForgotten(visitId, { version: dropped.events.length + dropped.own.length, endedAt });
  return { ok: true };
}

/** Removes the visits that ended longer ago than they are kept, by the time of the server: the clock of the device may be, or have been, wrong. */
export async function forgetEnded(host: Host): Promise<void> {
  const serverTime = host.clock.lastServerTime();
  if (serverTime === null) return;
  for (const { visitId, hasEnded, changedAt } of [...host.copies.heads.values()]) {
    if (!hasEnded || isKept(changedAt, serverTime, host.keepEndedMs)) continue;
    const { events } = await readCopy(host.copies, visitId);
    const endedAt = events.at(-1)?.metadata?.recordedAt ?? changedAt;
    if (!isKept(endedAt, serverTime, host.keepEndedMs)) await forgetVisit(host, visitId, { endedAt });
  }
}

/** Finds the reason for which a visit stays on the device; null if it may be removed. */
function findReasonToKeep(copy: Copy, actor: Actor): Reason | null {
  const photos = [...copy.photos.values()].filter(isUnsent);
  const isWaiting = copy.queue.some(({ withheld }) => !withheld) || photos.some(({ refused }) => !refused);
  if (isWaiting) return 'waiting';
  if (copy.queue.length + photos.length > 0) return 'withheld';
  return isOpen(copy, actor) ? 'open' : null;
}

/** Finds what keeps a visit whose texts were erased on the device: something that the server has not got, and may still take. */
export function findUnsent(copy: Copy): 'waiting' | 'withheld' | null {
  const left = copy.queue.filter(
    ({ withheld }) => withheld?.reason !== 'given-up' && withheld?.reason !== 'quarantined',
  );
  const unsent = unsentPhotos(copy);
  if (left.some(({ withheld }) => !withheld) || unsent.some(({ refused }) => !refused)) return 'waiting';
  return left.length + unsent.length > 0 ? 'withheld' : null;
}

/** True if the user still has something to do with a visit: it has not ended, or a report of theirs waits to be settled. */
function isOpen({ events, own }: Copy, actor: Actor): boolean {
  const log = [...events, ...own];
  // A visit without events was asked for by a wrong id, or is no longer on the server.
  if (log.length === 0) return false;
  const reports = log.filter((event) => event.type === 'DiscrepancyReported');
  return !isOver(replay(events), actor) || reports.some((report) => !isSettled(log, report));
}

/**
 * Removes, by deletions alone, the visits that ended and are synced, and the bytes of photographs that were uploaded, though no log reports
 * them as sent yet. Answers false if there was nothing to remove.
 */
export async function freeRoom(host: Host, writing?: Id): Promise<boolean> {
  const { copies, store } = host;
  let isFreed = false;
  for (const { visitId, hasEnded } of [...copies.heads.values()]) {
    if (!hasEnded || visitId === writing) continue;
    // Not in its turn: a write of this visit may be waiting for room.
    await forgetVisit(host, visitId, { drop: dropCopyNow }).catch(() => undefined);
    isFreed ||= !copies.heads.has(visitId);
  }
  for (const sha256 of await listUploadedBytes(host)) {
    await store.dropBlob(sha256);
    isFreed = true;
  }
  return isFreed;
}

/** Lists the hashes of bytes on the device that the server has for every visit that names them. */
async function listUploadedBytes({ copies, store, actor }: Host): Promise<readonly Sha256[]> {
  const needed = new Set<Sha256>();
  const uploaded = new Set<Sha256>();
  for (const { visitId, bytes } of [...copies.heads.values()]) {
    if (bytes.length === 0) continue;
    for (const { sha256, uploadedAt } of (await readCopy(copies, visitId)).photos.values()) {
      (uploadedAt === undefined ? needed : uploaded).add(sha256);
    }
  }
  // Another person on the device may need them.
  for (const { group, head } of await store.listGroups(ALL_VISITS)) {
    const { bytes = [] }: Partial<Head> = JSON.parse(head ?? '{}');
    if (!group.startsWith(prefixOf(actor))) for (const sha256 of bytes) needed.add(sha256);
  }
  const here = (await store.listBlobs()).map(({ sha256 }) => sha256);
  return here.filter((sha256) => uploaded.has(sha256) && !needed.has(sha256));
}

/** Removes the events of all visits and the uploaded bytes from a device that was revoked. What was not handed in stays. */
export async function removeSynced({ copies }: Host): Promise<void> {
  for (const { visitId, bytes } of [...copies.heads.values()]) {
    const dropped = await dropCopy(copies, visitId, isHandedIn);
    if (dropped === null) await editCopy(copies, visitId, withoutSynced);
    await dropUnused(copies, bytes);
  }
}

/** True if the server has all that was recorded on the device. */
const isHandedIn = ({ queue, photos }: Copy): boolean =>
  queue.every(({ withheld }) => withheld?.reason === 'quarantined') &&
  [...photos.values()].every(({ uploadedAt }) => uploadedAt !== undefined);

function withoutSynced(copy: Copy): Copy {
  const photos = new Map([...copy.photos].filter(([, { uploadedAt }]) => uploadedAt === undefined));
  // Acts that name a photograph which the server lacks stay, or its bytes would not be sent.
  const isNaming = (act: unknown) => [...photos.keys()].some((sha256) => JSON.stringify(act).includes(sha256));
  const queue = copy.queue.filter((queued) => queued.withheld?.reason !== 'quarantined' || isNaming(queued));
  return { ...copy, events: [], own: [...copy.events, ...copy.own].filter(isNaming), queue, photos };
}
