/** Read once, since a host's tests may replace the timers. */
const { setInterval: startTimer, clearInterval: stopTimer } = globalThis;

const PARTS = 10;

/**
 * Calls `expire` once the time is up, unless the returned function is called before. The time is counted in parts, so that a
 * page that the browser has frozen has most of it left when it continues.
 */
export function startLimit(limitMs: number, expire: () => void): () => void {
  let parts = 0;
  const timer = startTimer(() => {
    parts += 1;
    if (parts < PARTS) return;
    stopTimer(timer);
    expire();
  }, limitMs / PARTS);
  return () => stopTimer(timer);
}

/** Resolves as a promise does, or rejects with an error once the time is up. */
export function rejectWhenLate<T>(limitMs: number, promise: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = startLimit(limitMs, () => reject(late()));
    promise.then(resolve, reject).finally(stop);
  });
}
