/** One tab or process syncs at a time: by Web Locks where there are any, else by a lease in the store. */
import type { Instant } from '../../messages/index.ts';
import type { ReplicaStore } from '../../stores/replica-store.ts';
import { runtime, setRepeatingTimer } from '../../util/runtime.ts';
import { isFailing } from './room.ts';
import { settleConflict } from './turns.ts';

/** The time for which a lease is good, in milliseconds. A round that lasts longer renews it. */
const LEASE_MS = 30_000;

/** Runs a task while no other tab runs one; answers `null` if one does. `mayGoOn` answers false once another tab has taken the lock. */
export type SyncLock = <T>(task: (mayGoOn: () => boolean) => Promise<T>) => Promise<T | null>;

/** The time after which a lock that was never free is taken from another tab, in milliseconds. */
const STEAL_MS = 300_000;

/** The part of the Web Locks API that is used. */
type WebLocks = {
  request<T>(
    name: string,
    options: { ifAvailable: true } | { steal: true },
    task: (lock: object | null) => Promise<T>,
  ): Promise<T>;
};

/**
 * Locks by the browser, which frees the lock of a tab that ends, but not the lock of a tab that the system has stopped: that lock is
 * taken by force.
 */
export function webLock(locks: WebLocks, name: string): SyncLock {
  let busySince: number | undefined;
  return async <T>(task: (mayGoOn: () => boolean) => Promise<T>) => {
    const at = runtime.monotonicMs();
    const isStopped = at - (busySince ?? at) > STEAL_MS;
    let running: Promise<T> | undefined;
    let isLost = false;
    const start = async (lock: object | null) => {
      busySince = lock === null ? (busySince ?? at) : undefined;
      if (lock === null) return null;
      running = task(() => !isLost);
      return running;
    };
    try {
      return await locks.request(name, isStopped ? { steal: true } : { ifAvailable: true }, start);
    } catch (error) {
      // Another tab took the lock, or the task failed: then the answer fails, too.
      isLost = true;
      if (running === undefined) throw error;
      return running;
    }
  };
}

/** The Web Locks of this runtime, if it has any and they are shared among its processes: those of Node are not. */
export function findWebLocks(platform: typeof globalThis): WebLocks | undefined {
  const { navigator, process } = platform as {
    navigator?: { locks?: WebLocks };
    process?: { versions?: { node?: string } };
  };
  return process?.versions?.node === undefined ? navigator?.locks : undefined;
}

type Lease = Readonly<{ holder: string; until: Instant }>;

/**
 * Locks by a lease in the store. A tab that loses it, as after a long pause, ends its round. Two rounds at once would do no harm, since
 * commands are recognised by their ids, and copies are written at their revisions.
 */
export function leaseLock(store: ReplicaStore, group: string, now: () => Instant, holder: string): SyncLock {
  async function read(): Promise<Readonly<{ revision: number; lease: Lease | null }>> {
    const { revision, records } = await store.readGroup(group);
    return { revision, lease: JSON.parse(records.get('lease') ?? 'null') };
  }

  /** Takes or renews the lease; false if another has it. A clock that was set back does not keep it for ever. */
  async function take(): Promise<boolean> {
    try {
      return await takeStored();
    } catch (error) {
      // While the store fails two tabs may sync at once, which costs calls and nothing else.
      if (isFailing(error)) return true;
      throw error;
    }
  }

  async function takeStored(): Promise<boolean> {
    const { revision, lease } = await read();
    const left = lease === null ? 0 : Date.parse(lease.until) - Date.parse(now());
    if (lease !== null && lease.holder !== holder && left > 0 && left <= LEASE_MS) return false;
    const until = new Date(Date.parse(now()) + LEASE_MS).toISOString();
    return write(revision, JSON.stringify({ holder, until } satisfies Lease));
  }

  const write = (revision: number, lease: string | null) =>
    settleConflict(store.writeGroup(group, revision, { lease }));

  async function release(): Promise<void> {
    const { revision, lease } = await read();
    if (lease?.holder === holder) await write(revision, null);
  }

  return async (task) => {
    if (!(await take())) return null;
    let isLost = false;
    const renew = async () => {
      if (!(await take().catch(() => false))) isLost = true;
    };
    const stopRenewing = setRepeatingTimer(() => void renew(), LEASE_MS / 3);
    try {
      return await task(() => !isLost);
    } finally {
      stopRenewing();
      await release().catch(() => undefined);
    }
  };
}
