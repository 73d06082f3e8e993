import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The module as it is where the runtime has these globals, with a clock that is set by hand. */
async function slicesWith(globals: Readonly<Record<string, unknown>>) {
  const clock = { at: 1000 };
  vi.stubGlobal('performance', { now: () => clock.at });
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
  vi.resetModules();
  return { clock, ...(await import('../../src/util/slices.ts')) };
}

/** Globals of a runtime that keeps the tasks in a list, to be run one by one. */
function runtime(kind: 'setImmediate' | 'scheduler.yield' | 'MessageChannel') {
  const tasks: (() => void)[] = [];
  const yielding = () => new Promise<void>((resolve) => tasks.push(resolve));
  class Channel {
    readonly port1 = { onmessage: () => undefined };
    readonly port2 = { postMessage: () => tasks.push(() => this.port1.onmessage()) };
  }
  const globals = {
    setImmediate: kind === 'setImmediate' ? (task: () => void) => tasks.push(task) : undefined,
    scheduler: kind === 'scheduler.yield' ? { yield: yielding } : undefined,
    MessageChannel: Channel,
  };
  return { tasks, globals };
}

const settled = async () => {
  for (let n = 0; n < 10; n++) await Promise.resolve();
};

describe.each(['setImmediate', 'scheduler.yield', 'MessageChannel'] as const)('slices of time by %s', (kind) => {
  it('long work waits for other tasks each time that a slice is used up, and short work never', async () => {
    const { tasks, globals } = runtime(kind);
    const { clock, yieldIfDue } = await slicesWith(globals);
    void yieldIfDue();
    tasks.shift()?.();
    await settled();
    expect(yieldIfDue()).toBeUndefined();
    clock.at += 4;
    expect(yieldIfDue()).toBeUndefined();
    clock.at += 1;
    expect(yieldIfDue()).toBeInstanceOf(Promise);
    expect(tasks).toHaveLength(1);
  });

  it('works that wait at once get a task each, in their order', async () => {
    const { tasks, globals } = runtime(kind);
    const { yieldIfDue } = await slicesWith(globals);
    const ran: string[] = [];
    for (const name of ['a', 'b', 'c']) void yieldIfDue()?.then(() => ran.push(name));
    const seen: string[] = [];
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
      task();
      await settled();
      seen.push(ran.join(''));
    }
    expect(seen).toEqual(['a', 'ab', 'abc']);
  });
});

it('a list is mapped in slices, and no further once the signal is aborted', async () => {
  const { tasks, globals } = runtime('setImmediate');
  const { clock, mapInSlices } = await slicesWith(globals);
  const ending = new AbortController();
  const mapped: number[] = [];
  const reason = new Error('not now');
  const items = Array.from({ length: 1000 }, (_, n) => n);
  const work = (item: number) => {
    clock.at += 1;
    mapped.push(item);
    return item;
  };
  const running = mapInSlices(items, work, ending.signal);
  const all = mapInSlices(items.slice(0, 8), (item) => -item);
  await settled();
  expect(mapped.length).toBeLessThan(100);
  expect(await all).toEqual(items.slice(0, 8).map((item) => -item));
  ending.abort(reason);
  tasks.shift()?.();
  await expect(running).rejects.toBe(reason);
  expect(mapped.length).toBeLessThan(100);
});
