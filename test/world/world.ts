/** The parts of a world that all its actors share. */
import type { Ledger } from './ledger.ts';
import type { Scheduler, WorldNode } from './scheduler.ts';
import type { Situation } from './situations.ts';
import type { Tape } from './tape.ts';

/** A line of the story of a run: when, who, and what happened, in words. */
export type Line = Readonly<{ at: number; who: string; text: string }>;

/** The mark of a line that is a decision of the tape. What follows from it comes after it. */
export const DECISION = '*';

/** A check that failed. */
export type Failure = Readonly<{ check: string; text: string }>;

export type World = Readonly<{
  tape: Tape;
  scheduler: Scheduler;
  ledger: Ledger;
  lines: Line[];
  failures: Failure[];
  reached: Set<Situation>;
  /** Adds a line to the story. */
  tell: (who: string, text: string) => void;
  /** Notes that a situation was reached, which some seed of a run must reach. */
  reach: (situation: Situation) => void;
  fail: (check: string, text: string) => void;
  /** True once all faults have ended. */
  isQuiet: () => boolean;
  /** Starts a task of a node: an unexpected error fails the run. */
  spawn: (node: WorldNode, task: () => Promise<unknown>) => void;
}>;
