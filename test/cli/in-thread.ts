import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { afterAll } from 'vitest';
import { activate, activeMutation, addHits, takeHits } from '../../scripts/mutation/other-thread.ts';
import { limits } from '../support/limits.ts';
import type { Ran } from './support.ts';

type Asked = {
  readonly args: readonly string[];
  readonly input: string | Uint8Array;
  readonly env: NodeJS.ProcessEnv;
  /** True if standard output is a terminal. */
  readonly isTerminal: boolean;
};

/** The code of the thread, which has its own `process` and gets new streams for each command line. */
const host = `
const { workerData: { port, done, path } } = require('node:worker_threads');
const { Readable, Writable } = require('node:stream');
const activate = ${activate};
const takeHits = ${takeHits};
const given = (name, value) => Object.defineProperty(process, name, { value, configurable: true });
// In parts, as a process gets them.
const partsOf = (bytes) => Array.from({ length: Math.ceil(bytes.length / 40_000) }, (_, at) => bytes.subarray(at * 40_000, (at + 1) * 40_000));
const into = (chunks) => new Writable({ write(chunk, _, next) { chunks.push(chunk); next(); } });
port.on('message', async ({ args, input, env, isTerminal, mutation }) => {
  process.env = env;
  const [out, err] = [[], []];
  given('stdin', Readable.from(partsOf(Buffer.from(input))));
  given('stdout', Object.assign(into(out), { isTTY: isTerminal }));
  given('stderr', into(err));
  process.exitCode = undefined;
  const text = (chunks) => Buffer.concat(chunks).toString();
  try {
    const { run } = await import(path);
    activate(mutation);
    await run(args);
    port.postMessage({ ran: { out: text(out), err: text(err), code: process.exitCode ?? 0 }, hits: takeHits() });
  } catch (error) {
    port.postMessage({ ran: { out: text(out), err: String(error && error.stack), code: null }, hits: takeHits() });
  }
  process.exitCode = undefined;
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
});
`;

/** Runs command lines one after the other in one thread, which loads the command line once; it ends with the file of tests. */
export function commandLineIn(path: string): (asked: Asked) => Ran {
  let worker: Worker | undefined;
  const { port1: here, port2: port } = new MessageChannel();
  const done = new Int32Array(new SharedArrayBuffer(4));
  afterAll(async () => {
    await worker?.terminate();
    here.close();
  });
  return (asked) => {
    worker ??= new Worker(host, {
      eval: true,
      // Its own streams are left unread: what would be said of them is nothing to those that it is given.
      stdout: true,
      stderr: true,
      workerData: { port, done, path: pathToFileURL(path).href },
      transferList: [port],
    });
    Atomics.store(done, 0, 0);
    here.postMessage({ ...asked, mutation: activeMutation() });
    // The thread may wake this one for its last answer once more, after that was read: only the value tells.
    while (Atomics.load(done, 0) === 0)
      if (Atomics.wait(done, 0, 0, limits.testMs) === 'timed-out')
        throw new Error(`auxilio ${asked.args.join(' ')} does not end`);
    const { ran, hits } = receiveMessageOnPort(here)?.message ?? {};
    addHits(hits);
    return ran;
  };
}
