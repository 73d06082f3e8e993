import { describe, expect, it } from 'vitest';
import { pause, runWithTimeout, waitUntilAborted } from '../../src/service/subscription/time-limits.ts';

/** A signal that counts its listeners. */
function counted() {
  const controller = new AbortController();
  const { signal } = controller;
  let listeners = 0;
  const own = { add: signal.addEventListener.bind(signal), remove: signal.removeEventListener.bind(signal) };
  Object.assign(signal, {
    addEventListener: (...given: Parameters<typeof own.add>) => {
      listeners += 1;
      own.add(...given);
    },
    removeEventListener: (...given: Parameters<typeof own.remove>) => {
      listeners -= 1;
      own.remove(...given);
    },
  });
  return { controller, signal, listeners: () => listeners };
}

describe('work that a signal may end leaves no listener on it', () => {
  it.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
    ['waitUntilAborted', (signal) => waitUntilAborted(Promise.resolve(1), signal)],
    [
      'waitUntilAborted, of work that fails',
      (signal) => waitUntilAborted(Promise.reject(new Error('x')), signal).catch(() => 1),
    ],
    ['pause', (signal) => pause(0, signal)],
    ['runWithTimeout', (signal) => runWithTimeout({ handlerTimeoutMs: 1000, signal }, () => 1)],
  ])('%s', async (_, work) => {
    const { signal, listeners } = counted();
    await work(signal);
    await new Promise((resolve) => setImmediate(resolve));
    expect(listeners()).toBe(0);
  });
});

describe('work is abandoned', () => {
  const never = () => new Promise(() => undefined);

  it('when the signal is aborted, before or meanwhile', async () => {
    expect(await waitUntilAborted(never(), AbortSignal.abort())).toBe(undefined);
    await pause(2 ** 40, AbortSignal.abort());
    const ending = new AbortController();
    const waiting = Promise.all([
      waitUntilAborted(never(), ending.signal),
      pause(2 ** 40, ending.signal),
      runWithTimeout({ handlerTimeoutMs: Infinity, signal: ending.signal }, never).catch(({ message }) => message),
    ]);
    ending.abort();
    expect(await waiting).toEqual([undefined, undefined, 'The subscription was ended']);
  });

  it('not at once where the pause is longer than a timer takes', async () => {
    const ending = new AbortController();
    let isOver = false;
    const waiting = pause(Infinity, ending.signal).then(() => {
      isOver = true;
    });
    await pause(20, undefined);
    expect(isOver).toBe(false);
    ending.abort();
    await waiting;
    expect(isOver).toBe(true);
  });

  it('and the signal of the work says why', async () => {
    let given: AbortSignal | undefined;
    const working = runWithTimeout({ handlerTimeoutMs: 1, signal: undefined }, (signal) => {
      given = signal;
      return never();
    });
    await expect(working).rejects.toThrow('The handler did not answer within 1 ms');
    expect(given?.reason).toMatchObject({ code: 'handler-timeout' });
  });

  it('but not without a signal', async () => {
    expect(await waitUntilAborted(Promise.resolve(7), undefined)).toBe(7);
    await expect(waitUntilAborted(Promise.reject(new Error('x')), AbortSignal.any([]))).rejects.toThrow('x');
  });
});
