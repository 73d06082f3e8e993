/** The end of all microtasks of a task: at once by V8's own checkpoint, a quarter of the time of a turn of the event loop. */
import { setFlagsFromString } from 'node:v8';

const { setImmediate: startImmediate } = globalThis;

function findCheckpoint(): (() => void) | undefined {
  try {
    setFlagsFromString('--allow-natives-syntax');
    return new Function('%PerformMicrotaskCheckpoint()') as () => void;
  } catch {
    return undefined;
  }
}

let checkpoint = findCheckpoint();

/** Runs all microtasks, within a macrotask; false where this V8 cannot. */
export function drainMicrotasks(): boolean {
  checkpoint?.();
  return checkpoint !== undefined;
}

/** Does without the checkpoint from now on, to compare. */
export function forgetCheckpoint(): () => void {
  const known = checkpoint;
  checkpoint = undefined;
  return () => {
    checkpoint = known;
  };
}

/** Runs a task in a turn of the real event loop. */
export const inMacrotask = (task: () => void): void => void startImmediate(task);
