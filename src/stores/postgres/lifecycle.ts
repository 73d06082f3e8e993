import { StoreError } from '../errors.ts';
import { withTimeout } from './pool.ts';

/** Who comes in is waited for at closing; who comes after it is refused. */
export type Door = Readonly<{
  track<T>(work: () => Promise<T>): Promise<T>;
  /** Answers once all is prepared; after a failure, the next who asks tries again. */
  ensureReady(): Promise<void>;
  /** Answers once all who came in are out again, or the time is up. */
  drain(durationMs: number): Promise<void>;
}>;

export function doorOf(prepare: () => Promise<void>): Door {
  const inside = new Set<Promise<unknown>>();
  let closed = false;
  let ready: Promise<void> | undefined;

  async function track<T>(work: () => Promise<T>): Promise<T> {
    if (closed) throw new StoreError('closed', 'The store is closed');
    const done = work();
    inside.add(done);
    try {
      return await done;
    } finally {
      inside.delete(done);
    }
  }

  function ensureReady(): Promise<void> {
    if (ready === undefined) {
      const preparing = prepare();
      ready = preparing;
      preparing.catch(() => {
        if (ready === preparing) ready = undefined;
      });
    }
    return ready;
  }

  async function drain(durationMs: number): Promise<void> {
    closed = true;
    await withTimeout(durationMs, 'not done', Promise.allSettled(inside)).catch(() => undefined);
  }

  return { track, ensureReady, drain };
}
