import { createVisitAuditor } from '../../logs/visit-auditor.ts';
import { Unreadable } from '../../reading/judging/log.ts';
import type { Context } from '../console/context.ts';
import { showProgress } from '../console/progress.ts';
import { notRead, readRange, type Source } from '../input/source.ts';
import { addTally, createFormatter, type FormatOptions, type FormattedVisit, type Tally } from './formatter.ts';
import { type Range, splitRanges } from './partition.ts';
import { type AuditWorker, auditRanges, type Watch } from './scheduler.ts';
import type { Batch, Unplaced } from './worker.ts';
import { startThread, type Thread } from './worker-thread.ts';

/** Audits a log by several workers and formats its visits as one worker would, in the same order; adds to `tally`. */
export async function* formatAll(
  workers: readonly AuditWorker<Batch>[],
  ranges: readonly Range[],
  options: FormatOptions,
  watch: Watch,
  tally: Tally,
): AsyncGenerator<FormattedVisit> {
  const formatVisit = createFormatter(options);
  const unplaced = createVisitAuditor(options.policy === undefined ? {} : { policy: options.policy });
  for await (const batch of auditRanges(ranges, workers, watch)) {
    addTally(tally, batch.tally);
    for (const result of batch.results) {
      if ('garbledAt' in result) yield result;
      else {
        const thousand = unplaced.add(toEntry(result));
        if (thousand !== undefined) yield formatVisit(thousand, tally);
      }
    }
  }
  for (const rest of unplaced.end()) yield formatVisit(rest, tally);
}

const toEntry = ({ line, facts, isUnknown }: Unplaced) => ({
  line,
  visitId: null,
  entry: new Unreadable(facts, isUnknown),
});

/** Ranges for each worker: one that is done early finds more to do, and no batch waits for long for an earlier range. */
const RANGES_EACH = 4;
/** A smaller range is not worth the reading before it. */
const LEAST_BYTES = 1 << 18;

/** Audits a file by several threads. */
export async function* auditInParallel(
  source: Source & { readonly size: number },
  workers: number,
  options: FormatOptions,
  context: Context,
  tally: Tally,
): AsyncGenerator<FormattedVisit> {
  const { path, name, size } = source;
  const watch: Watch = (reading) => showProgress(context, context.words.output.progress[reading], size);
  const count = Math.max(1, Math.min(workers * RANGES_EACH, Math.floor(size / LEAST_BYTES)));
  const threads: Thread[] = [];
  try {
    const ranges = await splitRanges(size, count, (range) => readRange(path, range));
    threads.push(...ranges.slice(0, workers).map(() => startThread({ file: path, options })));
    const pool = threads.map(({ worker }) => worker);
    yield* formatAll(pool, ranges, options, watch, tally);
  } catch (error) {
    throw notRead(error, name);
  } finally {
    await Promise.all(threads.map(({ stop }) => stop()));
  }
}
