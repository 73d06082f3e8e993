/**
 * Slices of time: long work that lets other tasks of the event loop run. The only part of the utilities that reaches the event loop;
 * the core does not import it.
 */
import { storeRuntime } from './runtime.ts';

/** The time for which work holds the event loop in one piece, apart from what it cannot divide, in milliseconds. */
const SLICE_MS = 5;

/**
 * The number of short steps between two looks at the clock. Most visits have fewer events: their commands never wait for a slice, which
 * would keep appends of one turn of the event loop out of their common transaction.
 */
const STEPS = 64;

let sliceStartedAt = -Infinity;
const waiting: (() => void)[] = [];

/** Gives the next slice to the work that has waited longest: two in one task would hold the event loop twice as long. */
function startSlice(): void {
  sliceStartedAt = storeRuntime.monotonicMs();
  waiting.shift()?.();
  if (waiting.length > 0) storeRuntime.nextTurn(startSlice);
}

/**
 * Resolves after other tasks of the event loop, if the slice of time that all long work shares is used up; undefined if it is not.
 */
export function yieldIfDue(): Promise<void> | undefined {
  if (storeRuntime.monotonicMs() - sliceStartedAt < SLICE_MS) return undefined;
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) storeRuntime.nextTurn(startSlice);
  });
}

/** Maps a list, in slices of time. @throws the reason of the signal once it is aborted */
export async function mapInSlices<T, U>(items: readonly T[], map: (item: T) => U, signal?: AbortSignal): Promise<U[]> {
  const mapped: U[] = [];
  for (const item of items) {
    if (mapped.length % STEPS === STEPS - 1) {
      await yieldIfDue();
      signal?.throwIfAborted();
    }
    mapped.push(map(item));
  }
  return mapped;
}

/** Passes on items, in slices of time. @throws the reason of the signal once it is aborted */
export async function* inSlices<T>(items: Iterable<T>, signal?: AbortSignal): AsyncGenerator<T> {
  for (const item of items) {
    await yieldIfDue();
    signal?.throwIfAborted();
    yield item;
  }
}
