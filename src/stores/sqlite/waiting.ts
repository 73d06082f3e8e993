import type { StorageAdapter } from '../create-event-store.ts';
import type { Guard } from './group-commit.ts';
import type { LockQueue } from './patience.ts';

/** Those who read wait in one line, those who write in another. */
type Locks = Readonly<{ reading: LockQueue; writing: LockQueue }>;

/** The queue in which a method waits for a lock: a reader never waits for a writer that waits. */
const LINES = {
  head: 'reading',
  select: 'reading',
  append: 'writing',
  feed: 'reading',
  checkpoint: 'reading',
  move: 'writing',
  rows: 'reading',
  row: 'reading',
  reset: 'writing',
  lag: 'reading',
  startGeneration: 'writing',
  promoteGeneration: 'writing',
} as const satisfies Readonly<Record<keyof StorageAdapter, keyof Locks>>;

/**
 * The backend, which answers no more once the store is closed, speaks of errors as the port does, and waits for locks. It is
 * opened by the first who gets in, where the lock of another kept it from being opened before.
 */
export function patient(opened: () => StorageAdapter, locks: Locks, enter: () => void, guard: Guard): StorageAdapter {
  const waiting =
    (name: keyof StorageAdapter) =>
    (...parameters: never[]): unknown => {
      enter();
      const method = () => opened()[name] as (...parameters: never[]) => unknown;
      return locks[LINES[name]].run(() => guard(() => method()(...parameters)));
    };
  const methods = Object.keys(LINES).map((name) => [name, waiting(name as keyof StorageAdapter)]);
  return { ...(Object.fromEntries(methods) as StorageAdapter), move: patientMove(opened, locks, enter, guard) };
}

/** A move is not tried again once its effect has run, and what the effect threw is thrown as it is. */
function patientMove(
  opened: () => StorageAdapter,
  { writing }: Locks,
  enter: () => void,
  guard: Guard,
): StorageAdapter['move'] {
  return (consumer, { effect, ...move }) => {
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
    const moved = () => opened().move(consumer, { ...move, effect: effect === undefined ? undefined : watched });
    const work = () => {
      try {
        return guard(moved);
      } catch (error) {
        throw thrown === undefined ? error : thrown.error;
      }
    };
    return writing.run(work, () => !hasRun);
  };
}
