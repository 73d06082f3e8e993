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
