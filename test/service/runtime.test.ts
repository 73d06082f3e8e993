import { afterEach, expect, it, vi } from 'vitest';
import { type Runtime, runtime, storeRuntime, useRuntime } from '../../src/util/runtime.ts';

afterEach(() => void vi.useRealTimers());

/** A runtime whose answers show that it was asked: time and ids are fixed, and tasks run when the test runs them. */
function fixedRuntime(at: number): Runtime & { readonly tasks: (() => void)[] } {
  const tasks: (() => void)[] = [];
  const later = (task: () => void) => void tasks.push(task);
  const setTimer = (task: () => void) => {
    later(task);
    return () => void tasks.splice(tasks.indexOf(task), 1);
  };
  const clock = () => at;
  return {
    tasks,
    now: clock,
    monotonicMs: clock,
    random: () => 0.5,
    randomId: () => `id-${at}`,
    freshBytes: (count) => new Uint8Array(count).fill(at),
    setTimer,
    nextTurn: later,
  };
}

const nothing = () => undefined;

it.each([runtime, storeRuntime])(
  'the runtime in use answers all that is asked, until the one before is put back',
  (asked) => {
    const [outer, inner] = [fixedRuntime(1), fixedRuntime(2)];
    const restoreFirst = useRuntime(outer);
    const restoreSecond = useRuntime(inner);
    try {
      expect([asked.now(), asked.monotonicMs(), asked.random(), asked.randomId()]).toEqual([2, 2, 0.5, 'id-2']);
      const cancel = asked.setTimer(nothing, 1000);
      asked.nextTurn(nothing);
      expect(inner.tasks).toHaveLength(2);
      cancel();
      expect(inner.tasks).toHaveLength(1);
      restoreSecond();
      expect(asked.now()).toBe(1);
    } finally {
      restoreFirst();
    }
    expect(asked.now()).toBeGreaterThan(1e12);
  },
);

it('the timers and clocks of the platform are followed where a test fakes them, but for those of stores', async () => {
  vi.useFakeTimers({ now: 0 });
  const fired = vi.fn();
  runtime.setTimer(fired, 1000);
  runtime.setTimer(fired, 1000)();
  await vi.advanceTimersByTimeAsync(1000);
  expect(fired).toHaveBeenCalledTimes(1);
  expect(runtime.now()).toBe(1000);
  const cancelled = vi.fn();
  storeRuntime.setTimer(cancelled, 0)();
  await new Promise<void>((resolve) => storeRuntime.setTimer(resolve, 5));
  await new Promise<void>((resolve) => storeRuntime.nextTurn(resolve));
  expect(cancelled).not.toHaveBeenCalled();
});

it('random numbers lie from 0 up to 1, and ids are UUIDs that differ', () => {
  const numbers = Array.from({ length: 100 }, () => runtime.random());
  expect(numbers.every((one) => one >= 0 && one < 1)).toBe(true);
  const ids = Array.from({ length: 100 }, () => runtime.randomId());
  expect(new Set(ids).size).toBe(100);
  expect(ids.every((id) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id))).toBe(true);
});
