import { type Outcome, type RunOptions, runWorld } from './run.ts';

/** An undone act may be sent again by another tab, whose journal was written too late: a fault of its own, which is not planted. */
const OTHER = 'what was undone is not there';

/** Runs seeds from 1 until one fails for the planted error; undefined if none does. */
export async function findPlanted(
  options: Omit<RunOptions, 'seed'>,
  most: number,
): Promise<Readonly<{ seed: number; outcome: Outcome }> | undefined> {
  const { planted, ...alone } = options;
  const isOther = (check: string) => check === OTHER && planted?.phone === undefined;
  for (let seed = 1; seed <= most; seed += 1) {
    const outcome = await runWorld({ ...options, seed });
    if (outcome.failures.every(({ check }) => isOther(check))) continue;
    if ((await runWorld({ ...alone, seed })).failures.length === 0) return { seed, outcome };
  }
  return undefined;
}
