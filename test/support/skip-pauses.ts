/** Pauses that take no time, by a runtime in the place of the platform's. */
import { onTestFinished } from 'vitest';
import { useRuntime } from '../../src/util/runtime.ts';

/** The longest pause of the library; longer timers are limits, which run by the clock of the machine. */
const LONGEST_PAUSE_MS = 10_000;

/** Time that passes in pauses alone. */
export type SkippedTime = {
  /** Milliseconds since 1970. */
  at: number;
  /** The random number of all pauses. */
  random: number;
  readonly pauses: number[];
  /** Called in each pause, and awaited. */
  passed: (durationMs: number) => unknown;
};

let current: SkippedTime | undefined;
let restore: (() => void) | undefined;

function setTimer(task: () => void, ms: number): () => void {
  const time = current;
  if (time === undefined || ms > LONGEST_PAUSE_MS) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  }
  let isCancelled = false;
  time.pauses.push(ms);
  time.at += ms;
  void (async () => {
    await time.passed(ms);
    await new Promise((resolve) => setImmediate(resolve));
    if (!isCancelled) task();
  })();
  return () => {
    isCancelled = true;
  };
}

/** Skips the pauses of the test that runs: each sets its time forward. The last call of a test counts. */
export function skipPauses(given: Partial<Omit<SkippedTime, 'pauses'>> = {}): SkippedTime {
  const time: SkippedTime = { at: 0, random: 1, passed: () => undefined, ...given, pauses: [] };
  current = time;
  restore ??= useRuntime({ setTimer, random: () => current?.random ?? 0 });
  onTestFinished(() => {
    restore?.();
    restore = undefined;
    current = undefined;
  });
  return time;
}
