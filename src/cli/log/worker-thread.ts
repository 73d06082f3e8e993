import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { LogIndex } from '../input/log-index.ts';
import { readRange } from '../input/source.ts';
import type { FormatOptions } from './formatter.ts';
import type { Plan, Range } from './partition.ts';
import type { AuditWorker } from './scheduler.ts';
import { type Batch, createWorker } from './worker.ts';

/** The data with which a thread starts. */
type Start = { readonly file: string; readonly options: FormatOptions };

/** The task of a thread, or the acknowledgement of a batch, for which it waits after each. */
type Order = { readonly index: Range } | { readonly audit: Plan } | 'ack';

/** The messages of a thread. */
type Report =
  | { readonly bytes: number }
  | { readonly index: LogIndex }
  | { readonly batch: Batch }
  | 'done'
  | { readonly failed: { readonly code: unknown; readonly message: string } };

/** A thread that reads ranges of a file. */
export type Thread = { readonly worker: AuditWorker<Batch>; readonly stop: () => Promise<unknown> };

/** The command line as it is built, of which this module is a part. */
const program = new URL('./cli.js', import.meta.url);

/** Starts a thread: this program again, which runs as a worker where it is not the main thread. */
export function startThread(start: Start): Thread {
  const worker = new Worker(program, { workerData: start });
  return {
    worker: {
      index: async (range, onBytes) => {
        let index: LogIndex = { lines: 0, visits: new Map(), unattributed: 0 };
        await ask(worker, { index: range }, (report) => {
          if ('bytes' in report) onBytes(report.bytes);
          if ('index' in report) index = report.index;
        });
        return index;
      },
      audit: (plan, put, onBytes) =>
        ask(worker, { audit: plan }, async (report) => {
          if ('bytes' in report) onBytes(report.bytes);
          if (!('batch' in report)) return;
          await put(report.batch);
          worker.postMessage('ack' satisfies Order);
        }),
    },
    stop: () => worker.terminate(),
  };
}

type ReportHandler = (report: Exclude<Report, string>) => void;

/** Sends an order and handles the reports, until it is carried out. */
async function ask(worker: Worker, order: Order, handle: ReportHandler): Promise<void> {
  let [onReport, onError, onExit] = [(_: Report) => {}, (_: unknown) => {}, () => {}];
  try {
    await new Promise<void>((resolve, reject) => {
      onReport = (report) => {
        if (report === 'done') resolve();
        else if ('failed' in report) reject(Object.assign(new Error(report.failed.message), report.failed));
        else handle(report);
      };
      onError = reject;
      onExit = () => reject(new Error('a worker ended'));
      worker.on('message', onReport).on('error', onError).on('exit', onExit).postMessage(order);
    });
  } finally {
    worker.off('message', onReport).off('error', onError).off('exit', onExit);
  }
}

/** Carries out the orders of the main thread, one after the other. */
export function runWorker(): void {
  const { file, options } = workerData as Start;
  const report = (message: Report) => parentPort?.postMessage(message);
  const onBytes = (bytes: number) => report({ bytes });
  const worker = createWorker((range) => readRange(file, range), options);
  let acknowledge = () => {};
  const put = (batch: Batch) => {
    report({ batch });
    return new Promise<void>((resolve) => {
      acknowledge = resolve;
    });
  };
  const carryOut = async (order: Exclude<Order, string>) => {
    if ('index' in order) report({ index: await worker.index(order.index, onBytes) });
    else await worker.audit(order.audit, put, onBytes);
  };
  parentPort?.on('message', (order: Order) => {
    if (order === 'ack') acknowledge();
    else
      carryOut(order).then(
        () => report('done'),
        ({ code, message }) => report({ failed: { code, message } }),
      );
  });
}
