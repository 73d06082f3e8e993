/** One tab syncs at a time: the lock of the browser, and the lease in the store. */
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import { findWebLocks, leaseLock, webLock } from '../../src/replica/device/locking.ts';

const START = Date.UTC(2026, 2, 17, 14, 0);
const SECOND = 1000;

/** Two tabs with one store, and a clock that timers follow. */
function tabs() {
  const store = memoryReplicaStore();
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs).toISOString();
  const leaseOf = async () => (await store.readGroup('lease')).records.get('lease');
  return {
    store,
    one: leaseLock(store, 'lease', now, 'tab-1'),
    two: leaseLock(store, 'lease', now, 'tab-2'),
    leaseOf,
    set: (ms: number) => {
      aheadMs = ms;
    },
  };
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('the lease in the store', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: START });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('given a tab that syncs, when another begins, then it answers null, and later has its turn', async () => {
    const { one, two, leaseOf } = tabs();
    const { opened, open } = gate();
    const first = one(() => opened.then(() => 'done'));
    await vi.advanceTimersByTimeAsync(0);
    expect(await leaseOf()).toBe('{"holder":"tab-1","until":"2026-03-17T14:00:30.000Z"}');
    expect(await two(async () => 'too early')).toBe(null);
    open();
    expect(await first).toBe('done');
    expect(await leaseOf()).toBe(undefined);
    expect(await two(async () => 'its turn')).toBe('its turn');
  });

  it('given a task that fails, then the error is passed on and the lease is free', async () => {
    const { one, two, leaseOf } = tabs();
    await expect(one(() => Promise.reject(new Error('no signal')))).rejects.toThrow('no signal');
    expect(await leaseOf()).toBe(undefined);
    expect(await two(async () => 1)).toBe(1);
  });

  it('given a long task, then the lease is renewed every ten seconds, until the task ends', async () => {
    const { one, two, leaseOf } = tabs();
    const { opened, open } = gate();
    let mayGoOn = () => false;
    const first = one((check) => {
      mayGoOn = check;
      return opened;
    });
    await vi.advanceTimersByTimeAsync(45 * SECOND);
    expect(JSON.parse((await leaseOf()) ?? '')).toEqual({ holder: 'tab-1', until: '2026-03-17T14:01:10.000Z' });
    expect(mayGoOn()).toBe(true);
    expect(await two(async () => 1)).toBe(null);
    open();
    await first;
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    ['has run out to the millisecond', 30 * SECOND, 1],
    ['is good for a millisecond yet', 30 * SECOND - 1, null],
    ['was taken by a clock that was set back since', -1, 1],
    ['was taken at this moment', 0, null],
  ])('given a lease of a tab that is gone, when it %s, then another tab answers %s %s', async (_, laterMs, answer) => {
    const { store, two, set } = tabs();
    const lease = { holder: 'tab-0', until: new Date(START + 30 * SECOND).toISOString() };
    await store.writeGroup('lease', 0, { lease: JSON.stringify(lease) });
    set(laterMs);
    expect(await two(async () => 1)).toBe(answer);
  });

  it('given a lease of its own, as of a page that was loaded again, then it is taken at once', async () => {
    const { store, one } = tabs();
    const lease = { holder: 'tab-1', until: new Date(START + 30 * SECOND).toISOString() };
    await store.writeGroup('lease', 0, { lease: JSON.stringify(lease) });
    expect(await one(async () => 1)).toBe(1);
  });

  it('given a lease that another took over after a pause, then the round may not go on, and leaves it', async () => {
    const { store, one, leaseOf } = tabs();
    const { opened, open } = gate();
    let mayGoOn = () => false;
    const first = one((check) => {
      mayGoOn = check;
      return opened;
    });
    await vi.advanceTimersByTimeAsync(0);
    const other = JSON.stringify({ holder: 'tab-2', until: new Date(START + 30 * SECOND).toISOString() });
    await store.writeGroup('lease', (await store.readGroup('lease')).revision, { lease: other });
    expect(mayGoOn()).toBe(true);
    await vi.advanceTimersByTimeAsync(10 * SECOND);
    expect(mayGoOn()).toBe(false);
    open();
    await first;
    expect(await leaseOf()).toBe(other);
  });

  it('given a store that fails, then a lease is not taken, not renewed, and its release is no error', async () => {
    const { store } = tabs();
    const now = () => new Date().toISOString();
    let failing = true;
    const fail = () => Promise.reject(new Error('full'));
    const broken = {
      ...store,
      writeGroup: (...args: Parameters<typeof store.writeGroup>) => (failing ? fail() : store.writeGroup(...args)),
    };
    const lock = leaseLock(broken, 'lease', now, 'tab-1');
    await expect(lock(async () => 1)).rejects.toThrow('full');
    failing = false;
    const { opened, open } = gate();
    let mayGoOn = () => false;
    const round = lock((check) => {
      mayGoOn = check;
      return opened.then(() => 'done');
    });
    await vi.advanceTimersByTimeAsync(0);
    failing = true;
    await vi.advanceTimersByTimeAsync(10 * SECOND);
    expect(mayGoOn()).toBe(false);
    open();
    expect(await round).toBe('done');
  });

  it('given two that take it in the same moment, then one has it', async () => {
    const { one, two } = tabs();
    expect((await Promise.all([one(async () => 1), two(async () => 2)])).filter((answer) => answer !== null)).toEqual([
      1,
    ]);
  });
});

describe('the lock of the browser', () => {
  const locksOf = (lock: object | null) => {
    const asked: unknown[] = [];
    return {
      asked,
      locks: {
        request: <T>(name: string, options: object, task: (lock: object | null) => Promise<T>) => {
          asked.push([name, options]);
          return task(lock);
        },
      },
    };
  };

  it('given a lock that is free, then the task runs and may go on', async () => {
    const { locks, asked } = locksOf({});
    expect(await webLock(locks, 'auxilio')(async (mayGoOn) => [mayGoOn()])).toEqual([true]);
    expect(asked).toEqual([['auxilio', { ifAvailable: true }]]);
  });

  it('given one that another tab has, then it answers null', async () => {
    expect(await webLock(locksOf(null).locks, 'auxilio')(async () => 1)).toBe(null);
  });

  it('given one that a stopped tab keeps for minutes, then it is taken, and that tab ends its round when it goes on', async () => {
    vi.useFakeTimers({ now: START });
    onTestFinished(() => void vi.useRealTimers());
    let held: { lose: (error: Error) => void } | null = null;
    const locks = {
      async request<T>(_: string, options: object, task: (lock: object | null) => Promise<T>): Promise<T> {
        if (held !== null && !('steal' in options)) return task(null);
        held?.lose(new Error('AbortError'));
        try {
          return await new Promise<T>((resolve, reject) => {
            held = { lose: reject };
            task({}).then(resolve, reject);
          });
        } finally {
          held = null;
        }
      },
    };
    const [one, two] = [webLock(locks, 'auxilio'), webLock(locks, 'auxilio')];
    const { opened, open } = gate();
    const stopped = one(async (mayGoOn) => {
      await opened;
      return mayGoOn();
    });
    for (let minute = 0; minute <= 5; minute += 1) {
      expect(await two(async () => 'done')).toBe(null);
      vi.advanceTimersByTime(60 * SECOND);
    }
    expect(await two(async () => 'done')).toBe('done');
    open();
    expect(await stopped).toBe(false);
    expect(await one(async () => 'its turn')).toBe('its turn');
  });

  it('is that of the runtime, but for Node, whose processes do not share it', () => {
    const { locks } = locksOf({});
    const of = (runtime: object) => findWebLocks(runtime as typeof globalThis);
    expect(of({ navigator: { locks } })).toBe(locks);
    expect(of({ navigator: { locks }, process: {} })).toBe(locks);
    expect(of({ navigator: { locks }, process: { versions: {} } })).toBe(locks);
    expect(of({ navigator: { locks }, process: { versions: { node: '20' } } })).toBe(undefined);
    expect([of({}), of({ navigator: {} })]).toEqual([undefined, undefined]);
  });
});
