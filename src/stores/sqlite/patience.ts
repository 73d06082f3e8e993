import { isStoreError } from '../errors.ts';

/**
 * For how long the driver waits for a lock in the thread, in milliseconds. The rest of the patience is waited for by timers, so
 * that the event loop goes on.
 */
export const WAIT_IN_THREAD_MS = 3;

const LONGEST_PAUSE_MS = 16;

/** Kept, for a host's tests may replace the clock. */
const { setTimeout: startTimer, performance: clock } = globalThis;

type Waiting = Readonly<{
  work: () => unknown;
  /** True if the work may be tried again. */
  again: () => boolean;
  deadline: number;
  resolve: (answer: never) => void;
  reject: (error: unknown) => void;
}>;

/** Lets work through that may meet a lock: at once, or once the lock is gone. */
export type LockQueue = Readonly<{
  /** Tries again, as long as `again` says so, until the work meets no lock or the time is up: then it throws what it met. */
  run<T>(work: () => T | Promise<T>, again?: () => boolean): T | Promise<T>;
  /** Ends once all that waited has had its turn. */
  drain(): Promise<void>;
}>;

/**
 * Work that met a lock waits in a line, and only the first in it is tried: each time a timer fires the thread waits once, for
 * {@link WAIT_IN_THREAD_MS}, however many wait. Pauses are random, so that processes do not meet again and again.
 */
export function lockQueue(patienceMs: number): LockQueue {
  const line: Waiting[] = [];
  let tries = 0;

  function run<T>(work: () => T | Promise<T>, again = () => true): T | Promise<T> {
    if (line.length > 0) return wait(work, again);
    try {
      return work();
    } catch (error) {
      if (!isLocked(error) || !again() || patienceMs === 0) throw error;
      return wait(work, again);
    }
  }

  function wait<T>(work: () => T | Promise<T>, again: () => boolean): Promise<T> {
    return new Promise((resolve, reject) => {
      line.push({ work, again, deadline: clock.now() + patienceMs, resolve, reject });
      if (line.length === 1) pause();
    });
  }

  function pause(): void {
    tries += 1;
    startTimer(letThrough, 1 + Math.random() * Math.min(2 * tries, LONGEST_PAUSE_MS));
  }

  function letThrough(): void {
    for (let first = line[0]; first !== undefined; first = line[0]) {
      try {
        first.resolve(first.work() as never);
      } catch (error) {
        if (isLocked(error) && first.again()) {
          giveUpOn(error);
          if (line.length > 0) pause();
          return;
        }
        first.reject(error);
      }
      line.shift();
    }
    tries = 0;
  }

  /** Those whose time is up; they came in the order of their deadlines. */
  function giveUpOn(error: unknown): void {
    for (let first = line[0]; first !== undefined && first.deadline <= clock.now(); first = line[0]) {
      first.reject(error);
      line.shift();
    }
  }

  async function drain(): Promise<void> {
    if (line.length > 0)
      await wait(
        () => undefined,
        () => false,
      ).catch(() => undefined);
  }

  return { run, drain };
}

/** Another holds the lock that was needed. */
export function isLocked(error: unknown): boolean {
  return isStoreError(error) && error.code === 'store-busy';
}
