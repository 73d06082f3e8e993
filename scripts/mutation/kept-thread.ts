import {
  type PoolOptions,
  type PoolRunnerInitializer,
  type PoolWorker,
  ThreadsPoolWorker,
  type WorkerRequest,
} from 'vitest/node';

type Listener = Parameters<PoolWorker['on']>[1];

/** The thread, and the runs that it has made. */
let kept: { readonly worker: ThreadsPoolWorker; runs: number } | undefined;

const forget = (worker: ThreadsPoolWorker) => {
  if (kept?.worker === worker) kept = undefined;
};

/** Runs after which a thread is replaced, with the timers that mutants left in it. */
const maxRuns = 50;

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
    this.#worker = kept?.worker ?? new ThreadsPoolWorker(options);
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

  async start() {
    if (kept !== undefined) return;
    await this.#worker.start();
    this.#worker.on('exit', () => forget(this.#worker));
  }

  async stop() {
    for (const { event, listener } of this.#listeners) this.off(event, listener);
    if (kept === undefined || kept.runs < maxRuns) return;
    forget(this.#worker);
    await this.#worker.stop();
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
