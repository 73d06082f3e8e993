import { setRepeatingTimer, storeRuntime } from '../../util/runtime.ts';

const PARTS = 10;

/**
 * Calls `expire` once the time is up, unless the returned function is called before. The time is counted in parts, so that a
 * page that the browser has frozen has most of it left when it continues.
 */
export function startLimit(limitMs: number, expire: () => void): () => void {
  let parts = 0;
  const countPart = () => {
    parts += 1;
    if (parts < PARTS) return;
    stop();
    expire();
  };
  const stop = setRepeatingTimer(countPart, limitMs / PARTS, storeRuntime);
  return stop;
}

/** Resolves as a promise does, or rejects with an error once the time is up. */
export function rejectWhenLate<T>(limitMs: number, promise: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = startLimit(limitMs, () => reject(late()));
    promise.then(resolve, reject).finally(stop);
  });
}
