/** Visits leave the device: once they have ended, and the server has all of them. */
import type { Actor, Id, Instant } from '../messages/index.ts';
import { replay } from '../visit/index.ts';
import type { Copies } from './copies/copies.ts';
import { type Copy, isUnsent } from './copies/copy.ts';
import { dropUnused } from './copies/photographs.ts';
import { isOver, isSettled } from './copies/view.ts';
import type { Host } from './host.ts';
import { isKept } from './sync/trying.ts';

/**
 * The answer to {@link Replica.forget}. Not forgotten: `unknown`, it is not here; `waiting`, something of it was not sent; `withheld`,
 * an act of it is withheld (undo or release it), or a photograph was refused (remove or release it); `open`, it has not ended, or a
 * report of the user's is not settled.
 *
 * @since 0.5.0
 */
export type ForgetAnswer =
  | Readonly<{ ok: true }>
  | Readonly<{ ok: false; reason: 'unknown' | 'waiting' | 'withheld' | 'open' }>;

type Reason = Extract<ForgetAnswer, { ok: false }>['reason'];

/** Removes a visit that has ended and is synced from the device. */
export async function forgetVisit(
  { copies, actor, settings, store }: Host,
  visitId: Id,
  { drop = copies.drop, endedAt = null }: Readonly<{ drop?: Copies['drop']; endedAt?: Instant | null }> = {},
): Promise<ForgetAnswer> {
  if (!copies.heads.has(visitId)) return { ok: false, reason: 'unknown' };
  let reason: Reason | null = null;
  const dropped = await drop(visitId, (copy) => {
    reason = keptFor(copy, actor);
    return reason === null;
  });
  if (dropped === null) return { ok: false, reason: reason ?? 'waiting' };
  await dropUnused({ store, copies }, dropped.photos.keys());
  await settings.noteForgotten(visitId, { version: dropped.events.length + dropped.own.length, endedAt });
  return { ok: true };
}

/**
 * Removes the visits that ended longer ago than they are kept, by the time that the server last said: the clock of the device may be wrong,
 * and was perhaps when they changed.
 */
export async function forgetEnded(host: Host): Promise<void> {
  const serverTime = host.clock.lastServerTime();
  if (serverTime === null) return;
  for (const { visitId, hasEnded, changedAt } of [...host.copies.heads.values()]) {
    if (!hasEnded || isKept(changedAt, serverTime, host.keepEndedMs)) continue;
    const { events } = await host.copies.read(visitId);
    const endedAt = events.at(-1)?.metadata?.recordedAt ?? changedAt;
    if (!isKept(endedAt, serverTime, host.keepEndedMs)) await forgetVisit(host, visitId, { endedAt });
  }
}

/** The reason why a visit stays on the device; null if it need not. */
function keptFor(copy: Copy, actor: Actor): Reason | null {
  const photos = [...copy.photos.values()].filter(isUnsent);
  const isWaiting = copy.queue.some(({ withheld }) => !withheld) || photos.some(({ refused }) => !refused);
  if (isWaiting) return 'waiting';
  if (copy.queue.length + photos.length > 0) return 'withheld';
  return isOpen(copy, actor) ? 'open' : null;
}

/** True if the user still has something to do with a visit: it has not ended, or a report of theirs waits to be settled. */
function isOpen({ events, own }: Copy, actor: Actor): boolean {
  const log = [...events, ...own];
  // Nothing of it is on record: its id was a mistake, or it was removed.
  if (log.length === 0) return false;
  const reports = log.filter((event) => event.type === 'DiscrepancyReported');
  return !isOver(replay(events), actor) || reports.some((report) => !isSettled(log, report));
}
