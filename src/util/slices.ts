/**
 * Slices of time: long work that lets other tasks of the event loop run. The only part of the utilities that reaches the event loop;
 * the core does not import it.
 */
type Channel = Readonly<{ port1: { onmessage: unknown }; port2: { postMessage(message: null): void } }>;

/** The parts of the platform that are used. Node loads its class of channels when it is first read, and needs none. */
const platform = globalThis as unknown as {
  readonly performance: { now(): number };
  readonly setImmediate?: (task: () => void) => unknown;
  readonly MessageChannel: new () => Channel;
  readonly scheduler?: { yield?(): Promise<void> };
};
const { performance: clock, setImmediate, scheduler } = platform;

/** The time for which work holds the event loop in one piece, apart from what it cannot divide, in milliseconds. */
const SLICE_MS = 5;

/**
 * The number of short steps between two looks at the clock. Most visits have fewer events: their commands never wait for a slice, which
 * would keep appends of one turn of the event loop out of their common transaction.
 */
const STEPS = 64;

/** Runs a task after other tasks, input and I/O; without the 4 ms that `setTimeout` waits in a browser. */
const runLater = chooseRunLater();

function chooseRunLater(): (task: () => void) => void {
  if (setImmediate !== undefined) return (task) => void setImmediate(task);
  if (scheduler?.yield !== undefined) return (task) => void scheduler.yield?.().then(task);
  let channel: Channel | undefined;
  return (task) => {
    channel ??= new platform.MessageChannel();
    channel.port1.onmessage = task;
    channel.port2.postMessage(null);
  };
}

let sliceStartedAt = -Infinity;
const waiting: (() => void)[] = [];

/** Gives the next slice to the work that has waited longest: two in one task would hold the event loop twice as long. */
function startSlice(): void {
  sliceStartedAt = clock.now();
  waiting.shift()?.();
  if (waiting.length > 0) runLater(startSlice);
}

/**
 * Resolves after other tasks of the event loop, if the slice of time that all long work shares is used up; undefined if it is not.
 */
export function yieldIfDue(): Promise<void> | undefined {
  if (clock.now() - sliceStartedAt < SLICE_MS) return undefined;
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) runLater(startSlice);
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
