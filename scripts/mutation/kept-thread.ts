import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import {
  type PoolOptions,
  type PoolRunnerInitializer,
  type PoolWorker,
  ThreadsPoolWorker,
  type WorkerRequest,
} from 'vitest/node';

type Listener = Parameters<PoolWorker['on']>[1];

/** The thread, and the number of runs that it has made. */
let kept: { readonly worker: ThreadsPoolWorker; runs: number } | undefined;

/** The number of runs after which a thread is replaced, with what their mutants left in its memory. */
const maxRuns = 100;

const forget = (worker: ThreadsPoolWorker) => {
  if (kept?.worker === worker) kept = undefined;
};

/** True for a thread that works although no test runs: a mutant has left an endless loop in it. */
async function isBusy(worker: ThreadsPoolWorker): Promise<boolean> {
  const { performance } = (worker as unknown as { readonly thread: Worker }).thread;
  const before = performance.eventLoopUtilization();
  await sleep(5);
  return performance.eventLoopUtilization(before).utilization > 0.2;
}

/**
 * A thread that stays for the runs of many mutants, so that Vitest and the packages are loaded once. The modules of the project
 * are evaluated again in each run, so that no mutant leaves anything to the next.
 */
class KeptThread implements PoolWorker {
  readonly name = 'kept';
  readonly #options: PoolOptions;
  readonly #listeners: { readonly event: string; readonly listener: Listener }[] = [];
  #worker: ThreadsPoolWorker;
  #config: unknown;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#worker = new ThreadsPoolWorker(options);
  }

  async start() {
    if (kept !== undefined && (kept.runs >= maxRuns || (await isBusy(kept.worker)))) {
      const { worker } = kept;
      forget(worker);
      await worker.stop();
    }
    if (kept !== undefined) {
      this.#worker = kept.worker;
      return;
    }
    await this.#worker.start();
    this.#worker.on('exit', () => forget(this.#worker));
  }

  async stop() {
    for (const { event, listener } of this.#listeners) this.off(event, listener);
  }

  on(event: string, listener: Listener) {
    this.#listeners.push({ event, listener });
    this.#worker.on(event, listener);
  }

  off(event: string, listener: Listener) {
    this.#worker.off(event, listener);
  }

  deserialize(data: unknown) {
    return data;
  }

  send(message: WorkerRequest) {
    switch (message.type) {
      case 'start':
        this.#config = message.context.config;
        if (kept !== undefined) return this.#answer('started');
        kept = { worker: this.#worker, runs: 0 };
        return this.#worker.send(message);
      case 'run':
        return this.#worker.send(this.#afresh(message));
      case 'stop':
        return this.#answer('stopped');
      default:
        return this.#worker.send(message);
    }
  }

  /** The run of a message, with the configuration of now, and all modules of the project evaluated again. */
  #afresh(message: WorkerRequest & { type: 'run' }): WorkerRequest {
    if (kept !== undefined) kept.runs += 1;
    const invalidates = [...this.#options.project.vite.environments.ssr.moduleGraph.fileToModulesMap.keys()];
    return { ...message, context: { ...message.context, ...{ config: this.#config }, invalidates } };
  }

  #answer(type: 'started' | 'stopped') {
    const answer = { type, __vitest_worker_response__: true };
    for (const { event, listener } of this.#listeners) if (event === 'message') setImmediate(() => listener(answer));
  }
}

export const keptThread: PoolRunnerInitializer = {
  name: 'kept',
  createPoolWorker: (options) => new KeptThread(options),
};
