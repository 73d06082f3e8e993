import { runtime } from '../../util/runtime.ts';
import { HandlerTimeoutError } from './subscription-errors.ts';

/** Thrown when work is abandoned because its subscription was ended. */
export const SUBSCRIPTION_ENDED = new Error('The subscription was ended');

type Limits = Readonly<{ handlerTimeoutMs: number; signal: AbortSignal | undefined }>;

/**
 * Runs work until the timeout or the signal of the subscription at most: then the signal of the work is aborted, and its result
 * is ignored.
 */
export function runWithTimeout<T>(
  { handlerTimeoutMs, signal }: Limits,
  work: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> {
  const controller = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const stop = () => giveUp(SUBSCRIPTION_ENDED);
    const cancel = Number.isFinite(handlerTimeoutMs)
      ? runtime.setTimer(() => giveUp(new HandlerTimeoutError(handlerTimeoutMs)), handlerTimeoutMs)
      : undefined;
    const finish = () => {
      cancel?.();
      signal?.removeEventListener('abort', stop);
    };
    function giveUp(reason: Error): void {
      finish();
      reject(reason);
      controller.abort(reason);
    }
    signal?.addEventListener('abort', stop);
    if (signal?.aborted) return stop();
    Promise.resolve()
      .then(() => work(controller.signal))
      .then(resolve, reject)
      .finally(finish);
  });
}

/** Waits until the time is over or the signal is aborted. */
export function pause(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = runtime.setTimer(end, durationMs);
    signal?.addEventListener('abort', end);
    if (signal?.aborted) end();
  });
}

/** Resolves once the work has ended, or the signal is aborted. */
export function waitUntilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const end = () => resolve(undefined);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
