import { type Outcome, type RunOptions, runWorld } from './run.ts';

/** Runs that many seeds until one fails for the planted error, and not without it (`alone`); undefined if none does. */
export async function findPlanted(
  options: Omit<RunOptions, 'seed'>,
  most: number,
  from = 1,
  alone: Omit<RunOptions, 'seed'> = {},
): Promise<Readonly<{ seed: number; outcome: Outcome }> | undefined> {
  for (let seed = from; seed < from + most; seed += 1) {
    const outcome = await runWorld({ ...options, seed });
    if (outcome.failures.length === 0) continue;
    if ((await runWorld({ ...alone, seed })).failures.length === 0) return { seed, outcome };
  }
  return undefined;
}
