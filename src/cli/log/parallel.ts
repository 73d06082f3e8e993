import { createVisitAuditor } from '../../logs/visit-auditor.ts';
import { Unreadable } from '../../reading/judging/reader.ts';
import type { Context } from '../context.ts';
import { progressOf } from '../progress.ts';
import { notRead, readRange, type Source } from '../source.ts';
import { addTally, type FormatOptions, type FormattedVisit, type Tally, tellerOf } from './formatter.ts';
import { type Range, rangesOf } from './partition.ts';
import { type AuditWorker, auditRanges, type Watch } from './scheduler.ts';
import type { Batch, Unplaced } from './worker.ts';
import { type Thread, threadOn } from './worker-thread.ts';

/** What several hands say of a log, in the words and in the order in which one would; `tally` gets the sums. */
export async function* formatAll(
  hands: readonly AuditWorker<Batch>[],
  ranges: readonly Range[],
  telling: FormatOptions,
  watch: Watch,
  tally: Tally,
): AsyncGenerator<FormattedVisit> {
  const teller = tellerOf(telling);
  const unplaced = createVisitAuditor(telling.policy === undefined ? {} : { policy: telling.policy });
  for await (const batch of auditRanges(ranges, hands, watch)) {
    addTally(tally, batch.tally);
    for (const said of batch.said) {
      if ('garbledAt' in said) yield said;
      else {
        const thousand = unplaced.add(placed(said));
        if (thousand !== undefined) yield teller(thousand, tally);
      }
    }
  }
  for (const rest of unplaced.end()) yield teller(rest, tally);
}

const placed = ({ line, facts, isUnknown }: Unplaced) => ({
  line,
  visitId: null,
  entry: new Unreadable(facts, isUnknown),
});

/** So that who is done early finds more to do, and a batch that waits for an earlier range does not wait for long. */
const RANGES_EACH = 4;
/** A smaller range is not worth the reading before it. */
const LEAST_BYTES = 1 << 18;

/** What several threads say of a file. */
export async function* auditInParallel(
  source: Source & { readonly size: number },
  workers: number,
  telling: FormatOptions,
  context: Context,
  tally: Tally,
): AsyncGenerator<FormattedVisit> {
  const { path, name, size } = source;
  const watch: Watch = (reading) => progressOf(context, context.words.tell.progress[reading], size);
  const count = Math.max(1, Math.min(workers * RANGES_EACH, Math.floor(size / LEAST_BYTES)));
  const threads: Thread[] = [];
  try {
    const ranges = await rangesOf(size, count, (range) => readRange(path, range));
    threads.push(...ranges.slice(0, workers).map(() => threadOn({ file: path, telling })));
    const hands = threads.map(({ hand }) => hand);
    yield* formatAll(hands, ranges, telling, watch, tally);
  } catch (error) {
    throw notRead(error, name);
  } finally {
    await Promise.all(threads.map(({ stop }) => stop()));
  }
}
