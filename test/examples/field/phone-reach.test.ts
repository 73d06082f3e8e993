import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askWhileLost } from '../../../examples/field/phone/src/reach.ts';
import type { ReplicaStatus } from '../../../src/replica.ts';

type LastResult = ReplicaStatus['lastResult'];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A phone whose last round ended so; how often it asked, and synced, once its server is there. */
function phone(lastResult: LastResult) {
  const status = signal<{ lastResult: LastResult }>({ lastResult });
  const seen = { asked: 0, synced: 0 };
  const server = { isThere: false };
  const page = { mayAsk: true };
  vi.stubGlobal('fetch', async () => {
    seen.asked += 1;
    if (!server.isThere) throw new TypeError('Failed to fetch');
    return new Response('ok');
  });
  const stop = askWhileLost({
    status,
    mayAsk: () => page.mayAsk,
    sync: async () => {
      seen.synced += 1;
      status.value = { lastResult: 'done' };
    },
  });
  return { status, seen, server, page, stop };
}

describe('a phone whose last round did not reach the server', () => {
  it('asks for it, and syncs within two seconds of its return', async () => {
    const { seen, server } = phone('offline');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toEqual({ asked: 40, synced: 0 });
    server.isThere = true;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seen).toEqual({ asked: 41, synced: 1 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(seen).toEqual({ asked: 41, synced: 1 });
  });

  it('asks for nothing while the screen is off, or the browser knows of no network', async () => {
    const { seen, page } = phone('offline');
    page.mayAsk = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen.asked).toBe(0);
  });

  it('asks for nothing where the server answers with failures, and once it is closed', async () => {
    const { seen, status, stop } = phone('unavailable');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen.asked).toBe(0);
    status.value = { lastResult: 'offline' };
    stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seen.asked).toBe(0);
  });
});
