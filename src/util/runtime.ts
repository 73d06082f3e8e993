/**
 * Time, timers, chance and ids: the one module that takes them from the platform. All others ask {@link runtime}, or
 * {@link storeRuntime}, so that a test can put a world of its own in their place. The core does not import it.
 */
export type Runtime = Readonly<{
  /** Milliseconds since 1970; it may jump. */
  now(): number;
  /** Milliseconds of a clock that only goes forward. */
  monotonicMs(): number;
  /** A number from 0 up to 1. */
  random(): number;
  /** A UUID. */
  randomId(): string;
  /** So many random bytes, fit for keys. */
  freshBytes(count: number): Uint8Array<ArrayBuffer>;
  /** Runs a task once, after that time; the returned function cancels it. */
  setTimer(task: () => void, ms: number): () => void;
  /** Runs a task after other tasks, input and I/O; without the 4 ms that a timer waits in a browser. */
  nextTurn(task: () => void): void;
}>;

type Channel = Readonly<{ port1: { onmessage: unknown }; port2: { postMessage(message: null): void } }>;

/** The parts of the platform that not every one has. Node loads its class of channels when it is first read, and needs none. */
const platform = globalThis as unknown as {
  readonly setImmediate?: (task: () => void) => unknown;
  readonly MessageChannel: new () => Channel;
  readonly scheduler?: { yield?(): Promise<void> };
};

function chooseNextTurn(): Runtime['nextTurn'] {
  const { setImmediate, scheduler } = platform;
  if (setImmediate !== undefined) return (task) => void setImmediate(task);
  if (scheduler?.yield !== undefined) return (task) => void scheduler.yield?.().then(task);
  const tasks: (() => void)[] = [];
  let channel: Channel | undefined;
  return (task) => {
    channel ??= new platform.MessageChannel();
    channel.port1.onmessage = () => tasks.shift()?.();
    tasks.push(task);
    channel.port2.postMessage(null);
  };
}

const nextTurn = /* @__PURE__ */ chooseNextTurn();

type Timers = Pick<typeof globalThis, 'setTimeout' | 'clearTimeout' | 'performance'>;

/** The longest time that a timer of the platform takes: one of more fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** The runtime of the platform, with these timers. */
const platformWith = (timers: Timers): Runtime => ({
  now: () => Date.now(),
  monotonicMs: () => timers.performance.now(),
  random: () => Math.random(),
  randomId: () => crypto.randomUUID(),
  freshBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  setTimer(task, ms) {
    // A browser refuses to call them as methods of another object.
    const { setTimeout, clearTimeout } = timers;
    const timer = setTimeout(task, Math.min(ms, LONGEST_MS));
    return () => clearTimeout(timer);
  },
  nextTurn,
});

/**
 * The runtime in use. Timers and clock of the platform are looked up at each call: a host's tests replace them, and expect that the
 * library follows.
 */
export const runtime: Runtime = /* @__PURE__ */ platformWith(globalThis);

/** The timers and the clock that the platform has now. */
function takeTimers(): Timers {
  const { setTimeout, clearTimeout, performance } = globalThis;
  return { setTimeout, clearTimeout, performance };
}

/**
 * The runtime in use, for what waits for a disk, a lock or a database. Its timers and clock are those that the platform had when this
 * module was loaded: a store must answer in a host's tests that fake them, too.
 */
export const storeRuntime: Runtime = /* @__PURE__ */ platformWith(/* @__PURE__ */ takeTimers());

/**
 * Puts another runtime in use, or parts of one, for the tests of one world; the returned function puts back what was there before. Its
 * functions need no `this`.
 */
export function useRuntime(next: Partial<Runtime>): () => void {
  const inUse = [runtime, storeRuntime].map((one) => ({ one, before: { ...one } }));
  for (const { one } of inUse) Object.assign(one, next);
  return () => {
    for (const { one, before } of inUse) Object.assign(one, before);
  };
}

/** The present time, RFC 3339 in UTC. */
export const currentInstant = (): string => new Date(runtime.now()).toISOString();

/** Resolves after that time. */
export const pause = (ms: number, { setTimer }: Runtime = runtime): Promise<void> =>
  new Promise((resolve) => void setTimer(resolve, ms));

/** Runs a task again and again; the returned function ends it. */
export function setRepeatingTimer(task: () => void, ms: number, { setTimer }: Runtime = runtime): () => void {
  let cancel = setTimer(run, ms);
  function run(): void {
    cancel = setTimer(run, ms);
    task();
  }
  return () => cancel();
}
