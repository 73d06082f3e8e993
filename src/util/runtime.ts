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

/** Read once, since a host's tests may replace them. */
const { setTimeout: startTimer, clearTimeout: stopTimer, performance: clock } = globalThis;

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

/** Looks up the functions of the platform at each call: a host's tests replace them, and expect that the library follows. */
const atCall: Runtime = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  random: () => Math.random(),
  randomId: () => crypto.randomUUID(),
  setTimer(task, ms) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
  nextTurn: chooseNextTurn(),
};

const atLoad: Runtime = {
  ...atCall,
  monotonicMs: () => clock.now(),
  setTimer(task, ms) {
    const timer = startTimer(task, ms);
    return () => stopTimer(timer);
  },
};

let other: Runtime | undefined;

const orOther = (own: Runtime): Runtime => ({
  now: () => (other ?? own).now(),
  monotonicMs: () => (other ?? own).monotonicMs(),
  random: () => (other ?? own).random(),
  randomId: () => (other ?? own).randomId(),
  setTimer: (task, ms) => (other ?? own).setTimer(task, ms),
  nextTurn: (task) => (other ?? own).nextTurn(task),
});

/** The runtime in use. Where a test fakes the timers of the platform, its timers are fake. */
export const runtime: Runtime = orOther(atCall);

/**
 * The runtime in use, for what waits for a disk, a lock or a database. Its timers are those that the platform had when this module was
 * loaded: where a host's test fakes the timers, a store must still answer.
 */
export const storeRuntime: Runtime = orOther(atLoad);

/** Puts another runtime in use, for the tests of one world; the returned function puts back the one before. */
export function useRuntime(next: Runtime): () => void {
  const before = other;
  other = next;
  return () => {
    other = before;
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
