import { TransformStream } from 'node:stream/web';
import type { Progress } from '../console/progress.ts';
import type { LogIndex } from '../input/log-index.ts';
import { type Plan, planRanges, type Range } from './partition.ts';

/** The results of a part of a range; `size` is their length, in characters. */
type Sized = { readonly size: number };

/** Reads ranges of a log: a thread, or a stand-in. */
export type AuditWorker<Batch extends Sized> = {
  readonly index: (range: Range, onBytes: (bytes: number) => void) => Promise<LogIndex>;
  readonly audit: (plan: Plan, put: (batch: Batch) => Promise<void>, onBytes: (bytes: number) => void) => Promise<void>;
};

/** Begins to show how far one of the two passes has come. */
export type Watch = (pass: 'counting' | 'auditing') => Progress;

/**
 * The number of characters of a range that may wait for the ranges before it. With too little room all workers wait for the one
 * that reads the earliest range: with room for 32 batches of 200 visits, two workers took 1.2 times as long as now.
 */
const ROOM = 1 << 24;

/**
 * Runs the index and audit passes over the ranges of a log on a pool of workers. Gives the batches in the order of the log,
 * not of their completion.
 */
export async function* auditRanges<Batch extends Sized>(
  ranges: readonly Range[],
  workers: readonly AuditWorker<Batch>[],
  watch: Watch,
): AsyncGenerator<Batch> {
  const plans = planRanges(ranges, await indexRanges(ranges, workers, watch));
  const queues = plans.map(
    () => new TransformStream<Batch, Batch>(undefined, { highWaterMark: ROOM, size: ({ size }) => size }),
  );
  const writers = queues.map(({ writable }) => writable.getWriter());
  const progress = watch('auditing');
  const work = runPool(plans, workers, async (plan, place, worker) => {
    const writer = writers[place];
    const put = async (batch: Batch) => {
      writer?.write(batch).catch(ignore);
      await writer?.ready;
    };
    await worker.audit(plan, put, progress.advance);
    writer?.close().catch(ignore);
  });
  work.catch((error) => {
    for (const writer of writers) writer.abort(error).catch(ignore);
  });
  try {
    for (const { readable } of queues) yield* readable;
  } finally {
    progress.stop();
  }
}

/** For writes that fail since the queue was aborted, which its reader reports. */
const ignore = () => {};

async function indexRanges<Batch extends Sized>(
  ranges: readonly Range[],
  workers: readonly AuditWorker<Batch>[],
  watch: Watch,
): Promise<readonly LogIndex[]> {
  const progress = watch('counting');
  const indexes: LogIndex[] = [];
  try {
    await runPool(ranges, workers, async (range, place, worker) => {
      indexes[place] = await worker.index(range, progress.advance);
    });
  } finally {
    progress.stop();
  }
  return indexes;
}

/** Each worker takes the next task, in order, until none is left. */
async function runPool<Worker, Task>(
  tasks: readonly Task[],
  workers: readonly Worker[],
  carryOut: (task: Task, place: number, worker: Worker) => Promise<void>,
): Promise<void> {
  const left = tasks.entries();
  const work = async (worker: Worker) => {
    for (const [place, task] of left) await carryOut(task, place, worker);
  };
  await Promise.all(workers.map(work));
}
