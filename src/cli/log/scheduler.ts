import type { Progress } from '../progress.ts';
import { type Channel, channelOf } from './channel.ts';
import type { LogIndex } from './index-pass.ts';
import { type Plan, plansOf, type Range } from './partition.ts';

/** What comes of a part of a range; `size` is what it takes to keep it, in characters. */
type Sized = { readonly size: number };

/** Somebody who reads ranges of a log: a thread, or a stand-in. */
export type AuditWorker<Batch extends Sized> = {
  readonly survey: (range: Range, onBytes: (bytes: number) => void) => Promise<LogIndex>;
  readonly audit: (plan: Plan, put: (batch: Batch) => Promise<void>, onBytes: (bytes: number) => void) => Promise<void>;
};

/** Begins to show how far one of the two readings has come. */
export type Watch = (reading: 'counting' | 'auditing') => Promise<Progress>;

/**
 * How many characters of a range wait for the ranges before it. With too little room all wait for the one that reads the
 * earliest range: with room for 32 batches of 200 visits, two hands took 1.2 times as long as now.
 */
const ROOM = 1 << 24;

/**
 * Has the ranges of a log read by several hands, each the next range that is free: first for where the visits are, then to
 * audit them. Gives the batches in the order of the log, not of their completion.
 */
export async function* auditRanges<Batch extends Sized>(
  ranges: readonly Range[],
  hands: readonly AuditWorker<Batch>[],
  watch: Watch,
): AsyncGenerator<Batch> {
  const plans = plansOf(ranges, await surveysOf(ranges, hands, watch));
  const channels = plans.map((): Channel<Batch> => channelOf(ROOM, ({ size }) => size));
  const progress = await watch('auditing');
  const work = runPool(plans, hands, async (plan, place, hand) => {
    await hand.audit(plan, async (batch) => channels[place]?.put(batch), progress.advance);
    channels[place]?.close();
  });
  work.catch((error) => {
    for (const channel of channels) channel.close(error);
  });
  try {
    for (const channel of channels) yield* channel.values();
  } finally {
    progress.stop();
  }
}

async function surveysOf<Batch extends Sized>(
  ranges: readonly Range[],
  hands: readonly AuditWorker<Batch>[],
  watch: Watch,
): Promise<readonly LogIndex[]> {
  const progress = await watch('counting');
  const surveys: LogIndex[] = [];
  try {
    await runPool(ranges, hands, async (range, place, hand) => {
      surveys[place] = await hand.survey(range, progress.advance);
    });
  } finally {
    progress.stop();
  }
  return surveys;
}

/** Each worker takes the next task, in order, until none is left. */
async function runPool<Hand, Task>(
  tasks: readonly Task[],
  hands: readonly Hand[],
  carryOut: (task: Task, place: number, hand: Hand) => Promise<void>,
): Promise<void> {
  const left = tasks.entries();
  const work = async (hand: Hand) => {
    for (const [place, task] of left) await carryOut(task, place, hand);
  };
  await Promise.all(hands.map(work));
}
