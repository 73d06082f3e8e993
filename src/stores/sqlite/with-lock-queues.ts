import type { StorageAdapter } from '../create-event-store.ts';
import type { Guard } from './group-commit.ts';
import type { LockQueue } from './lock-queue.ts';

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
 * Wraps a storage so that its methods wait for locks, map the errors of the driver, and are refused once the store is closed.
 * The first call opens it, if a lock kept it from being opened before.
 */
export function withLockQueues(
  opened: () => StorageAdapter,
  locks: Locks,
  enter: () => void,
  guard: Guard,
): StorageAdapter {
  const waiting =
    (name: keyof StorageAdapter) =>
    (...parameters: never[]): unknown => {
      enter();
      const method = () => opened()[name] as (...parameters: never[]) => unknown;
      return locks[QUEUES[name]].run(() => guard(() => method()(...parameters)));
    };
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
        return guard(() => opened().commit(consumer, { ...update, effect: own }));
      } catch (error) {
        throw thrown === undefined ? error : thrown.error;
      }
    };
    return locks.writing.run(work, () => !hasRun);
  };
  const methods = Object.keys(QUEUES).map((name) => [name, waiting(name as keyof StorageAdapter)]);
  return { ...(Object.fromEntries(methods) as StorageAdapter), commit };
}
