/** Needs of the model of the servers, so that a world decides on order, time and faults. */
import { setTimeout as startTimer } from 'node:timers';

export type Io = Readonly<{
  /** Resolves when the world has this step happen. */
  delay(what: string): Promise<void>;
  /** A number from 0 up to `n`. */
  choose(n: number, what: string): number;
  now(): number;
  /** Runs a task after that time; the answer cancels. */
  setTimer(task: () => void, ms: number): () => void;
}>;

/** Every step at once, in the order in which it was asked for. */
export const instantIo: Io = {
  delay: () => Promise.resolve(),
  choose: () => 0,
  now: () => Date.now(),
  setTimer(task, ms) {
    const timer = startTimer(task, ms);
    return () => clearTimeout(timer);
  },
};

/** Waits for conditions, which are looked at again after each change. */
export type Conditions = Readonly<{
  until(holds: () => boolean): Promise<void>;
  changed(): void;
}>;

export function createConditions(): Conditions {
  const waiting = new Set<Readonly<{ holds: () => boolean; done: () => void }>>();
  return {
    until: (holds) => (holds() ? Promise.resolve() : new Promise((done) => void waiting.add({ holds, done }))),
    changed() {
      for (const one of waiting) {
        if (!one.holds()) continue;
        waiting.delete(one);
        one.done();
      }
    },
  };
}

/** An error as the driver throws it. */
export class ServerError extends Error {
  readonly code: string;
  readonly severity: 'ERROR' | 'FATAL';

  constructor(code: string, message: string, severity: 'ERROR' | 'FATAL' = 'ERROR') {
    super(message);
    this.code = code;
    this.severity = severity;
  }
}
