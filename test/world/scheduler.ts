/**
 * Virtual time. Tasks run in the order of their times, those of one time in the order in which they were planned, each to the end of
 * its microtasks before the next. What a task starts belongs to the node in which it runs: it ends with that node.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type Runtime, useRuntime } from '../../src/util/runtime.ts';
import { drainMicrotasks, inMacrotask } from './microtasks.ts';
import type { Tape } from './tape.ts';

/** A process of the world. Killed, it never runs again: a restart is another node of the same name. */
export type WorldNode = Readonly<{ name: string }> & {
  alive: boolean;
  /** Error of its wall clock, in milliseconds. */
  skewMs: number;
};

type Task = { readonly at: number; readonly n: number; readonly node: WorldNode; readonly run: () => void };

const running = new AsyncLocalStorage<WorldNode>();

/** The node whose code runs; undefined outside a world. */
export const currentNode = (): WorldNode | undefined => running.getStore();

/** The wall clock of a node that is not off, at the beginning of a world. */
export const START_MS = Date.UTC(2026, 2, 17, 15, 0);

/** More tasks than any world needs: one that goes on has no end. */
const MOST_TASKS = 400_000;

/** After so many tasks the real event loop has a turn. */
const TASKS_A_TURN = 2_000;

/** Worlds of one process follow each other on one clock that only goes forward, as modules that keep a time of it expect. */
let worlds = 0;

export type Scheduler = ReturnType<typeof createScheduler>;

export function createScheduler(tape: Tape) {
  const queue: Task[] = [];
  worlds += 1;
  const base = worlds * 1e9;
  let nowMs = 0;
  let passedMs = 0;
  let planned = 0;
  let done = 0;
  let ids = 0;
  /** Real promises that a task waits for, as those of a database in WebAssembly: virtual time stands still. */
  const awaited = new Set<Promise<unknown>>();

  function createNode(name: string): WorldNode {
    return { name, alive: true, skewMs: 0 };
  }

  /** Plans a task; the answer cancels it. */
  function plan(node: WorldNode, inMs: number, run: () => void): () => void {
    planned += 1;
    const task: Task = { at: nowMs + Math.max(0, inMs), n: planned, node, run };
    let [low, high] = [0, queue.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((queue[middle] as Task).at <= task.at) low = middle + 1;
      else high = middle;
    }
    queue.splice(low, 0, task);
    return () => {
      const place = queue.indexOf(task);
      if (place >= 0) queue.splice(place, 1);
    };
  }

  /** Runs the next task and all its microtasks; false at the end. */
  function runNext(endMs: number): boolean {
    const task = queue[0];
    if (task === undefined || task.at > endMs) return false;
    queue.shift();
    nowMs = task.at;
    if (!task.node.alive) return true;
    done += 1;
    if (done > MOST_TASKS) throw new Error(`The world did not come to rest within ${MOST_TASKS} tasks`);
    running.run(task.node, task.run);
    return true;
  }

  /** Runs what is planned up to a time. */
  function runUntil(endMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      /** Goes on once all real promises have settled, and those that follow from them. */
      function goOn(): void {
        void Promise.all(awaited).then(() => inMacrotask(() => (awaited.size > 0 ? goOn() : turn())));
      }
      // Within a macrotask, where alone microtasks can be drained.
      function turn(): void {
        try {
          do {
            if (!runNext(endMs)) {
              nowMs = endMs;
              resolve();
              return;
            }
          } while (drainMicrotasks() && awaited.size === 0 && done % TASKS_A_TURN !== 0);
          goOn();
        } catch (error) {
          reject(error);
        }
      }
      inMacrotask(turn);
    });
  }

  /** Waits in the node that runs. */
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => void plan(currentNode() as WorldNode, ms, () => resolve()));

  /** Holds the world until a real promise has settled. */
  function hold<T>(promise: Promise<T>): Promise<T> {
    const settled = promise.then(
      () => void awaited.delete(settled),
      () => void awaited.delete(settled),
    );
    awaited.add(settled);
    return promise;
  }

  /** The node that asks for time or chance; what asks outside any is an error of the world. */
  function asking(): WorldNode {
    const node = currentNode();
    if (node === undefined) throw new Error('The library asked for time or chance outside any node of the world');
    return node;
  }

  /** Modules share what waits for a turn of the event loop, so a turn comes even where the node that asked for it is gone. */
  const turns = createNode('turns');

  const runtime: Runtime = {
    now: () => START_MS + nowMs + passedMs + asking().skewMs,
    monotonicMs: () => base + nowMs,
    random: () => tape.fraction(asking().name),
    randomId() {
      ids += 1;
      return `${asking().name}.${ids}`;
    },
    freshBytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(tape.fraction(asking().name) * 256)),
    setTimer: (task, ms) => plan(asking(), ms, task),
    nextTurn(task) {
      const node = asking();
      void plan(turns, 0, () => running.run(node, task));
    },
  };

  return {
    createNode,
    plan,
    sleep,
    hold,
    runUntil,
    /** Runs in a node now, outside the order of tasks: for what a task does on behalf of another node. */
    within: <T>(node: WorldNode, run: () => T): T => running.run(node, run),
    now: () => nowMs,
    /** Lets time pass by the wall clocks of all, in which nothing runs: a night. */
    pass(ms: number): void {
      passedMs += ms;
    },
    /** Puts the world's time, timers, chance and ids into use; the answer puts back what was there. */
    use: () => useRuntime(runtime),
  };
}
