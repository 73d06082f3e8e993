import { storeRuntime } from '../../util/runtime.ts';
import { bindStorage, type StorageAdapter, type StorageFunctions } from '../create-event-store.ts';
import { isStoreError } from '../errors.ts';

/**
 * The time for which the driver waits for a lock in the thread, in milliseconds. The rest of the timeout is waited for
 * by timers, so that the event loop is not blocked.
 */
export const WAIT_IN_THREAD_MS = 3;

const LONGEST_PAUSE_MS = 16;

/** Runs work on an open database, and maps the errors of the driver to those of the port. */
export type Guard = <T>(work: () => T) => T;

type Waiting = Readonly<{
  work: () => unknown;
  /** True if the work may be tried again. */
  again: () => boolean;
  deadline: number;
  resolve: (answer: never) => void;
  reject: (error: unknown) => void;
}>;

/** Runs work that may meet a lock of another connection: at once, or once the lock is released. */
export type LockQueue = Readonly<{
  /** Retries the work, as long as `again` allows it, until it meets no lock; throws the last error once the time is up. */
  run<T>(work: () => T | Promise<T>, again?: () => boolean): T | Promise<T>;
  /** Resolves once everything that waits has had its turn. */
  drain(): Promise<void>;
}>;

/**
 * Queues work that met a lock, and retries only the first in the queue: each time a timer fires the thread waits once, for
 * {@link WAIT_IN_THREAD_MS}, however many wait. Pauses are random, so that processes do not collide again and again.
 */
export function lockQueue(timeoutMs: number): LockQueue {
  const queue: Waiting[] = [];
  let tries = 0;

  function run<T>(work: () => T | Promise<T>, again = () => true): T | Promise<T> {
    if (queue.length > 0) return wait(work, again);
    try {
      return work();
    } catch (error) {
      if (!isLocked(error) || !again() || timeoutMs === 0) throw error;
      return wait(work, again);
    }
  }

  function wait<T>(work: () => T | Promise<T>, again: () => boolean): Promise<T> {
    return new Promise((resolve, reject) => {
      queue.push({ work, again, deadline: storeRuntime.monotonicMs() + timeoutMs, resolve, reject });
      if (queue.length === 1) pause();
    });
  }

  function pause(): void {
    tries += 1;
    storeRuntime.setTimer(runQueue, 1 + storeRuntime.random() * Math.min(2 * tries, LONGEST_PAUSE_MS));
  }

  function runQueue(): void {
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      try {
        first.resolve(first.work() as never);
      } catch (error) {
        if (isLocked(error) && first.again()) {
          rejectExpired(error);
          if (queue.length > 0) pause();
          return;
        }
        first.reject(error);
      }
      queue.shift();
    }
    tries = 0;
  }

  /** Rejects those whose time is up; the queue is in the order of the deadlines. */
  function rejectExpired(error: unknown): void {
    for (let first = queue[0]; first !== undefined && first.deadline <= storeRuntime.monotonicMs(); first = queue[0]) {
      first.reject(error);
      queue.shift();
    }
  }

  async function drain(): Promise<void> {
    const nothing = () => undefined;
    if (queue.length > 0) await wait(nothing, () => false).catch(nothing);
  }

  return { run, drain };
}

/** True if another connection holds the lock that was needed. */
export function isLocked(error: unknown): boolean {
  return isStoreError(error) && error.code === 'store-busy';
}

/** The queues of the readers and of the writers. */
type Locks = Readonly<{ reading: LockQueue; writing: LockQueue }>;

/** The queue in which a method waits for a lock: a reader never waits behind a writer. */
const QUEUES = {
  head: 'reading',
  select: 'reading',
  append: 'writing',
  feed: 'reading',
  checkpoint: 'reading',
  commit: 'writing',
  rows: 'reading',
  row: 'reading',
  reset: 'writing',
  lag: 'reading',
  startGeneration: 'writing',
  promoteGeneration: 'writing',
} as const satisfies Readonly<Record<keyof StorageAdapter, keyof Locks>>;

/**
 * Binds a storage so that its functions wait for locks, map the errors of the driver, and are refused once the store is closed.
 * `opened` gives the tables; the first call opens them, if a lock kept them from being opened before.
 */
export function withLockQueues<On>(
  functions: StorageFunctions<On>,
  opened: () => On,
  { locks, enter, guard }: Readonly<{ locks: Locks; enter: () => void; guard: Guard }>,
): StorageAdapter {
  const bound = bindStorage(functions, (work: (on: On) => unknown, name) => {
    enter();
    return locks[QUEUES[name]].run(() => guard(() => work(opened())));
  });
  /** Commits a checkpoint; it is not retried once its effect has run, and the error of an effect is thrown unchanged. */
  const commit: StorageAdapter['commit'] = (consumer, { effect, ...update }) => {
    enter();
    let thrown: { error: unknown } | undefined;
    let hasRun = false;
    const watched = (transaction: never) => {
      hasRun = true;
      try {
        return effect?.(transaction);
      } catch (error) {
        thrown = { error };
        throw error;
      }
    };
    const work = () => {
      try {
        const own = effect === undefined ? undefined : watched;
        return guard(() => functions.commit(opened(), consumer, { ...update, effect: own }));
      } catch (error) {
        throw thrown === undefined ? error : thrown.error;
      }
    };
    return locks.writing.run(work, () => !hasRun);
  };
  return { ...bound, commit };
}
