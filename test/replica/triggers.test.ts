import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTriggers } from '../../src/replica/triggers.ts';
import type { SyncReport } from '../../src/replica.ts';

const done: SyncReport = {
  result: 'done',
  sent: { accepted: [], refused: [], twin: [], repeated: [] },
  failures: [],
  retryAfterMs: null,
  verdict: 'received',
  problems: [],
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Triggers whose rounds answer as a test says, and the times at which they ran. */
function started(answer: () => SyncReport | Error = () => done, options = {}) {
  const startedAt = Date.now();
  const ran: number[] = [];
  const listeners = new Set<() => void>();
  const sync = async () => {
    ran.push(Date.now() - startedAt);
    const given = answer();
    if (given instanceof Error) throw given;
    return given;
  };
  const onAct = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const end = startTriggers({ sync, onAct, undoMs: 8_000 }, options);
  const act = () => {
    for (const listener of listeners) listener();
  };
  return { ran, act, end };
}

/** An event target in the place of the page or its document. */
const stubbed = (name: string, more = {}) => {
  const target = Object.assign(new EventTarget(), more);
  if (name === 'document') vi.stubGlobal(name, target);
  else
    for (const method of ['addEventListener', 'removeEventListener'] as const)
      vi.stubGlobal(method, target[method].bind(target));
  return target;
};

describe('rounds', () => {
  it('run at the start, and every minute', async () => {
    const { ran, end } = started();
    await vi.advanceTimersByTimeAsync(130_000);
    expect(ran).toEqual([0, 60_000, 120_000]);
    end();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(ran).toHaveLength(3);
  });

  it('run once an act can no longer be undone, and not for each of several', async () => {
    const { ran, act } = started();
    await vi.advanceTimersByTimeAsync(10_000);
    act();
    await vi.advanceTimersByTimeAsync(1_000);
    act();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ran).toEqual([0, 18_000]);
  });

  it('that fail are repeated later and later, up to a limit', async () => {
    const { ran } = started(() => ({ ...done, result: 'offline' }));
    await vi.advanceTimersByTimeAsync(840_000);
    // Of 2, 4, 8, 16, 32, 64, 128, 256, 300 and 300 seconds, three quarters.
    expect(ran).toEqual([0, 1_500, 4_500, 10_500, 22_500, 46_500, 94_500, 190_500, 382_500, 607_500, 832_500]);
  });

  it('that throw are repeated like those that fail', async () => {
    let isBroken = true;
    const { ran } = started(() => (isBroken ? new Error('closed') : done));
    await vi.advanceTimersByTimeAsync(1_000);
    isBroken = false;
    await vi.advanceTimersByTimeAsync(70_000);
    expect(ran).toEqual([0, 1_500, 61_500]);
  });

  it('wait as long as the server asks', async () => {
    const { ran } = started(() => ({ ...done, result: 'offline', retryAfterMs: 30_000 }));
    await vi.advanceTimersByTimeAsync(31_000);
    expect(ran).toEqual([0, 30_000]);
  });

  it('wait as long as the server asks, also after an act and when the network is back', async () => {
    const page = stubbed('page');
    const { ran, act } = started(() => ({ ...done, retryAfterMs: 30_000 }));
    await vi.advanceTimersByTimeAsync(1_000);
    act();
    page.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(ran).toEqual([0, 30_000]);
  });

  it('run when the network is back, at a random moment, so that many phones do not return at once', async () => {
    const page = stubbed('page');
    const { ran, end } = started();
    await vi.advanceTimersByTimeAsync(1_000);
    page.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(ran).toEqual([0, 11_000]);
    end();
    page.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(ran).toHaveLength(2);
  });

  it('wait for a network where the browser knows that there is none: what was not tried can be undone', async () => {
    const page = stubbed('page');
    vi.stubGlobal('navigator', { onLine: false });
    const { ran, act } = started();
    act();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ran).toEqual([]);
    vi.stubGlobal('navigator', { onLine: true });
    page.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(ran).toEqual([70_000]);
  });

  it('run when the page is shown, and not when it is hidden', async () => {
    const page = stubbed('document', { visibilityState: 'hidden' });
    const { ran } = started();
    await vi.advanceTimersByTimeAsync(1_000);
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ran).toEqual([0]);
    Object.assign(page, { visibilityState: 'visible' });
    page.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ran).toEqual([0, 2_000]);
  });

  it('are asked of the service worker, where there is Background Sync', async () => {
    const tags: string[] = [];
    const register = async (tag: string) => void tags.push(tag);
    vi.stubGlobal('navigator', { serviceWorker: { ready: Promise.resolve({ sync: { register } }) } });
    const { act } = started(() => done, { backgroundSync: 'visits' });
    act();
    await vi.advanceTimersByTimeAsync(1);
    expect(tags).toEqual(['visits']);
    vi.stubGlobal('navigator', { serviceWorker: { ready: Promise.reject(new Error('not allowed')) } });
    act();
    await vi.advanceTimersByTimeAsync(1);
    expect(tags).toEqual(['visits']);
  });
});
