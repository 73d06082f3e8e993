import { vi } from 'vitest';
import { yieldIfDue } from '../../src/util/slices.ts';

/** Counts the tasks of the event loop that run during some work. A slice takes 5 ms, the work at least ten times as long. */
export async function tasksDuring(work: () => Promise<unknown>): Promise<number> {
  let tasks = 0;
  let isDone = false;
  const task = () => {
    tasks += 1;
    if (!isDone) setImmediate(task);
  };
  setImmediate(task);
  await work();
  isDone = true;
  return tasks;
}

/** The least number of them that shows that work is divided. */
export const LEAST_TASKS = 5;

/** Counts the tasks if each look at the clock finds the slice used up: work is divided wherever it may be. */
export async function divisionsOf(work: () => Promise<unknown>): Promise<number> {
  let at = Math.ceil(performance.now()); // whole: the sum of a fraction and 5 is rounded, and may be less than 5 away
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (at += 5));
  try {
    return await tasksDuring(work);
  } finally {
    clock.mockReturnValueOnce(Infinity).mockReturnValue(-Infinity);
    await yieldIfDue(); // the slice after it is of the real clock
    clock.mockRestore();
  }
}
