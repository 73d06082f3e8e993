/** The rounds of syncing of a replica: one after the other, in one tab at a time. */
import { mustKnowKeys } from '../kernel/known.ts';
import type { Instant, Sha256 } from '../messages/index.ts';
import { asLenient } from './copies/copies.ts';
import { prefixOf } from './copies/copy.ts';
import { dropSentBytes, dropUnnamed } from './copies/photographs.ts';
import { findWebLocks, leaseLock, type SyncLock, webLock } from './device/locking.ts';
import { forgetEnded, removeSynced } from './forgetting.ts';
import type { Host } from './host.ts';
import type { Syncing } from './sync/exchange.ts';
import { nothingSent, type RoundReport, type SyncReport } from './sync/round.ts';
import { syncRound } from './sync/syncing.ts';

/** Options of `sync` of a {@link Replica}. @since 0.5.0 */
export type ReplicaSyncOptions = Readonly<{
  /** Ends the round; what was not sent still waits. */
  signal?: AbortSignal;
}>;

/** The report of a round, before the verdict is known. */
type Report = Omit<RoundReport, 'isReached'>;

/** The parts that a replica keeps in memory from round to round. */
type Kept = Pick<Syncing, 'uploaded' | 'unacknowledged'>;

export function createRounds(host: Host): (options?: ReplicaSyncOptions) => Promise<SyncReport> {
  const { rounds, notify, opened, ended } = host;
  const lock = chooseLock(host, host.newId());
  const kept: Kept = { uploaded: new Set(), unacknowledged: new Set() };
  let last: Promise<unknown> = Promise.resolve();
  let isKeyKnown = false;
  let unnamed: ReadonlySet<Sha256> = new Set();

  /** Registers the key of the device with the server, once. */
  async function registerKey(signal: AbortSignal): Promise<void> {
    const { publicKey, server, device } = host;
    if (isKeyKnown || publicKey === undefined) return;
    try {
      const answered = await server.registerKey?.(device, await publicKey(), { signal });
      isKeyKnown = answered?.ok !== false;
    } catch {
      // The application could not give the key: the next round asks for it again.
    }
  }

  async function run(mayGoOn: Syncing['mayGoOn'], signal: AbortSignal): Promise<Report> {
    rounds.syncing = true;
    notify(null);
    try {
      const report = await exchange(host, { mayGoOn, signal, ...kept });
      if (report.result === 'done') await registerKey(signal);
      return report;
    } finally {
      unnamed = await dropUnnamed(host.copies, unnamed).catch(() => unnamed);
      rounds.syncing = false;
      notify(null);
    }
  }

  async function syncOnce(signal: AbortSignal | undefined): Promise<SyncReport> {
    await opened();
    const round = AbortSignal.any(signal === undefined ? [ended] : [ended, signal]);
    const report = await lock((mayGoOn) => run(mayGoOn, round));
    const { verdict, problems } = host.status();
    const busy = { result: 'busy', sent: nothingSent(), failures: [], retryAfterMs: null } as const;
    return { ...(report ?? busy), verdict, problems };
  }

  return async (options = {}) => {
    mustKnowKeys('sync', options, { signal: 0 });
    // The lock keeps other tabs out, and not the rounds of this replica: they follow each other here.
    const turn = last.then(() => syncOnce(options.signal));
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** Exchanges all visits with the server, and removes from the device what it need not keep. */
async function exchange(host: Host, given: Kept & Pick<Syncing, 'mayGoOn' | 'signal'>): Promise<Report> {
  const { copies, now, settings, rounds } = host;
  const { isReached, ...report } = await syncRound(beginSyncing(host, given), settings);
  rounds.lastResult = report.result;
  if (report.result === 'offline') rounds.online = false;
  if (report.result === 'unavailable') rounds.online = isReached;
  if (report.result === 'done') {
    // The server serves the device again.
    rounds.revoked = false;
    rounds.lastSyncAt = now();
    settings.note({ lastSyncAt: rounds.lastSyncAt, revoked: false });
  }
  if (report.result === 'revoked') {
    rounds.revoked = true;
    // If the server serves the device again, all visits are fetched from the beginning.
    settings.note({ revoked: true, wholeAt: new Date(0).toISOString() });
    await removeSynced(host);
  }
  await settings.flush();
  await dropSentBytes(copies);
  await forgetEnded(host);
  return report;
}

function beginSyncing(host: Host, given: Kept & Pick<Syncing, 'mayGoOn' | 'signal'>): Syncing {
  const { rounds, settings, clock } = host;
  const heard = (serverTime: Instant) => {
    rounds.online = true;
    settings.note({ clock: clock.note(serverTime) });
  };
  return { ...host, copies: asLenient(host.copies), heard, ...given };
}

function chooseLock({ store, actor, now }: Host, holder: string): SyncLock {
  const name = `auxilio/${prefixOf(actor)}`;
  const locks = findWebLocks(globalThis);
  return locks === undefined ? leaseLock(store, `lease/${prefixOf(actor)}`, now, holder) : webLock(locks, name);
}
