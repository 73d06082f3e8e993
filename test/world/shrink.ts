/** Makes a failing run small: takes decisions back, towards 0, as long as the same check fails. */
import { type Outcome, type RunOptions, runWorld } from './run.ts';
import { type Decisions, readCategory } from './tape.ts';

export type Shrunk = Readonly<{ outcome: Outcome; check: string; runs: number }>;

/** The most runs that a shrinking takes. */
const MOST_RUNS = 600;

export async function shrink(options: RunOptions, failed: Outcome): Promise<Shrunk> {
  const check = failed.failures[0]?.check ?? '';
  let best = failed;
  let runs = 0;

  /** Tries a part of the decisions; the outcome has those that were asked for. */
  async function tryOut(decisions: Decisions): Promise<boolean> {
    if (runs >= MOST_RUNS) return false;
    runs += 1;
    const outcome = await runWorld({ ...options, decisions });
    const isSame = outcome.failures.some((failure) => failure.check === check);
    if (isSame && outcome.decisions.size <= best.decisions.size) best = outcome;
    return isSame;
  }

  const without = (drop: (name: string, place: number) => boolean): Decisions =>
    new Map([...best.decisions].filter(([name], place) => !drop(name, place)));

  // Whole kinds of faults first: most have nothing to do with it.
  const categories = new Set([...best.decisions.keys()].map(readCategory));
  for (const category of categories) await tryOut(without((name) => readCategory(name) === category));
  for (let size = Math.ceil(best.decisions.size / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < best.decisions.size; ) {
      const isGone = await tryOut(without((_, place) => place >= from && place < from + size));
      if (!isGone) from += size;
    }
  }
  for (const [name, value] of best.decisions) {
    for (let less = 1; less < value; less += 1) {
      if (await tryOut(new Map([...best.decisions, [name, less]]))) break;
    }
  }
  return { outcome: best, check, runs };
}
