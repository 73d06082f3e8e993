import { type Runtime, useRuntime } from '../../src/util/runtime.ts';

/** A clock that goes forward when all that can run without it has run. */
export type ManualClock = Readonly<{
  now(): number;
  /** Runs the timers in order until the work is done. */
  run<T>(work: Promise<T>): Promise<T>;
  /** Lets all that needs no timer run. */
  turns(): Promise<void>;
  restore(): void;
}>;

/** Puts such a clock in use, until it is restored. */
export function manualClock(): ManualClock {
  let timeMs = 0;
  const timers = new Set<{ at: number; task: () => void }>();
  const runtime: Runtime = {
    now: () => timeMs,
    monotonicMs: () => timeMs,
    random: () => 0.5,
    randomId: () => '00000000-0000-4000-8000-000000000000',
    freshBytes: (count) => new Uint8Array(count),
    setTimer(task, ms) {
      const timer = { at: timeMs + ms, task };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    nextTurn: (task) => void setImmediate(task),
  };
  const restore = useRuntime(runtime);
  const turns = async () => {
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  };
  return {
    now: () => timeMs,
    turns,
    restore,
    async run(work) {
      let isDone = false;
      const end = () => {
        isDone = true;
      };
      work.then(end, end);
      for (;;) {
        await turns();
        const [next] = [...timers].sort((one, other) => one.at - other.at);
        if (isDone || next === undefined) return work;
        timers.delete(next);
        timeMs = Math.max(timeMs, next.at);
        next.task();
      }
    },
  };
}
