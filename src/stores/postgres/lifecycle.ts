import { StoreError } from '../errors.ts';
import { withTimeout } from './pool.ts';

/** Tracks the calls in flight, so that closing drains them; later calls are refused. */
export type Lifecycle = Readonly<{
  track<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once the store is prepared; after a failure, the next call prepares again. */
  ensureReady(): Promise<void>;
  /** Refuses new calls, and resolves once those in flight have ended, or the time is up. */
  drain(durationMs: number): Promise<void>;
}>;

export function createLifecycle(prepare: () => Promise<void>): Lifecycle {
  const inFlight = new Set<Promise<unknown>>();
  let closed = false;
  let ready: Promise<void> | undefined;

  async function track<T>(work: () => Promise<T>): Promise<T> {
    if (closed) throw new StoreError('closed', 'The store is closed');
    const done = work();
    inFlight.add(done);
    try {
      return await done;
    } finally {
      inFlight.delete(done);
    }
  }

  function ensureReady(): Promise<void> {
    ready ??= prepare().catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  }

  async function drain(durationMs: number): Promise<void> {
    closed = true;
    await withTimeout(durationMs, 'not done', Promise.allSettled(inFlight)).catch(() => undefined);
  }

  return { track, ensureReady, drain };
}
