import { describe, expect, it } from 'vitest';
import { startLimit } from '../../src/stores/indexeddb/time-limit.ts';

/** Stops the thread, as a browser stops a page that it freezes: no timer runs meanwhile. */
const freeze = (durationMs: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
/** A turn of the event loop in which timers that are due run. */
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

describe('a time for which the page was frozen', () => {
  it('counts for a part of it, however long it took', async () => {
    let isExpired = false;
    const limitMs = 1_000;
    const expired = new Promise<void>((resolve) => {
      startLimit(limitMs, () => {
        isExpired = true;
        resolve();
      });
    });
    freeze(limitMs + 200);
    await turn();
    expect(isExpired).toBe(false);
    await expired;
  });

  it('does not end a limit that was stopped', async () => {
    let isExpired = false;
    const stop = startLimit(20, () => (isExpired = true));
    stop();
    freeze(100);
    await turn();
    expect(isExpired).toBe(false);
  });
});
