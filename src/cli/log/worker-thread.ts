import { fileURLToPath } from 'node:url';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { readRange } from '../source.ts';
import type { FormatOptions } from './formatter.ts';
import type { LogIndex } from './index-pass.ts';
import type { Plan, Range } from './partition.ts';
import type { AuditWorker } from './scheduler.ts';
import { type Batch, createWorker } from './worker.ts';

/** What a thread is given to begin with. */
type Start = { readonly file: string; readonly telling: FormatOptions };

/** The task of a thread; after each batch it waits for a message to go on. */
type Order = { readonly survey: Range } | { readonly audit: Plan } | 'go on';

/** What a thread tells. */
type Report =
  | { readonly bytes: number }
  | { readonly survey: LogIndex }
  | { readonly batch: Batch }
  | 'done'
  | { readonly failed: { readonly code: unknown; readonly message: string } };

/** A thread that reads ranges of a file. */
export type Thread = { readonly hand: AuditWorker<Batch>; readonly stop: () => Promise<unknown> };

/** Starts a thread. It is this very program again, which finds that it is not the main one, and serves. */
export function threadOn(start: Start): Thread {
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: start });
  return {
    hand: {
      survey: async (range, onBytes) => {
        let survey: LogIndex = { lines: 0, visits: new Map() };
        await ask(worker, { survey: range }, (report) => {
          if ('bytes' in report) onBytes(report.bytes);
          if ('survey' in report) survey = report.survey;
        });
        return survey;
      },
      audit: (plan, put, onBytes) =>
        ask(worker, { audit: plan }, async (report) => {
          if ('bytes' in report) onBytes(report.bytes);
          if (!('batch' in report)) return;
          await put(report.batch);
          worker.postMessage('go on' satisfies Order);
        }),
    },
    stop: () => worker.terminate(),
  };
}

type ReportHandler = (report: Exclude<Report, string>) => void;

/** Gives an order and hears what is reported, until it is carried out. */
async function ask(worker: Worker, order: Order, hear: ReportHandler): Promise<void> {
  let [onReport, onError, onExit] = [(_: Report) => {}, (_: unknown) => {}, () => {}];
  try {
    await new Promise<void>((resolve, reject) => {
      onReport = (report) => {
        if (report === 'done') resolve();
        else if ('failed' in report) reject(Object.assign(new Error(report.failed.message), report.failed));
        else hear(report);
      };
      onError = reject;
      onExit = () => reject(new Error('a worker ended'));
      worker.on('message', onReport).on('error', onError).on('exit', onExit).postMessage(order);
    });
  } finally {
    worker.off('message', onReport).off('error', onError).off('exit', onExit);
  }
}

/** What a thread does: one order after the other. */
export function runWorker(): void {
  const { file, telling } = workerData as Start;
  const report = (told: Report) => parentPort?.postMessage(told);
  const onBytes = (bytes: number) => report({ bytes });
  const hand = createWorker((range) => readRange(file, range), telling);
  let goOn = () => {};
  const put = (batch: Batch) => {
    report({ batch });
    return new Promise<void>((resolve) => {
      goOn = resolve;
    });
  };
  const carryOut = async (order: Exclude<Order, string>) => {
    if ('survey' in order) report({ survey: await hand.survey(order.survey, onBytes) });
    else await hand.audit(order.audit, put, onBytes);
  };
  parentPort?.on('message', (order: Order) => {
    if (order === 'go on') goOn();
    else
      carryOut(order).then(
        () => report('done'),
        ({ code, message }) => report({ failed: { code, message } }),
      );
  });
}
