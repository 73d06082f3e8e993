import { isJsonText } from '../../logs/json-values.ts';
import { type Context, EXIT, Failure, printError, printText } from '../console/context.ts';
import { formatPlaces, nothingReadable } from '../console/findings.ts';
import { type Output, writingTo } from '../console/output.ts';
import { painter } from '../console/terminal.ts';
import { sanitize } from '../console/text.ts';
import { mappingAt, policyAt, sourceAt } from '../input/inputs.ts';
import { createSeals, headsAt } from '../input/seals.ts';
import { peek, type Source } from '../input/source.ts';
import { type Reading, readVisits } from '../input/visits.ts';
import { tableHeading } from '../log/findings-table.ts';
import {
  addTally,
  createFormatter,
  emptyTally,
  type FormatOptions,
  type FormattedVisit,
  type Tally,
} from '../log/formatter.ts';
import { auditInParallel } from '../log/parallel.ts';

export type AuditOptions = {
  readonly map?: string;
  readonly policy?: string;
  readonly all?: boolean;
  readonly workers?: number;
  readonly visit?: string;
  readonly head?: string;
  readonly sort?: boolean;
  readonly csv?: boolean;
  readonly output?: string;
};

/** Everything that one file is audited with. */
type Job = {
  readonly context: Context;
  readonly reading: Reading;
  readonly format: Omit<FormatOptions, 'path' | 'name'>;
  readonly workers: number;
  readonly output: Output;
};

/** Audits each file, goes on after one that cannot be read, and sums up. */
export function audit(files: readonly string[], options: AuditOptions, given: Context): Promise<number> {
  // A file gets no colours.
  const context = options.output === undefined ? given : { ...given, isColoured: false, paint: painter(false) };
  return writingTo(options.output, context, undefined, (output) => auditAll(files, options, output, context));
}

async function auditAll(
  files: readonly string[],
  options: AuditOptions,
  output: Output,
  context: Context,
): Promise<number> {
  const isText = !context.json && options.csv !== true && options.output === undefined;
  const line = (text: string) => printText(context, text);
  const job = await createJob(options, isText ? { ...output, line } : output, context);
  if (job.format.csv) await output.line(tableHeading(context.words, job.format.isSheet));
  const tally = emptyTally();
  let hasFailed = false;
  for (const file of files.length === 0 ? [undefined] : files) {
    try {
      await auditFile(await sourceAt(file, context, job.format.isSheet), files.length > 1, job, tally);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await printError(context, error.linesIn(context.words));
      hasFailed = true;
    }
  }
  const { wanted } = job.format;
  if (wanted !== undefined && tally.visits === 0 && !hasFailed) {
    throw new Failure(({ failures }) => failures.noSuchVisit(sanitize(wanted)));
  }
  const lost = lostVisits(tally, job);
  if (!context.json && !job.format.csv) await sumUp(tally, job);
  if (lost.length > 0) await printError(context, [context.words.failures.lostVisits(formatPlaces(lost))]);
  if (hasFailed) return EXIT.failed;
  return tally.isClean && lost.length === 0 ? EXIT.ok : EXIT.found;
}

/** The visits with a kept head but without any line. */
function lostVisits({ headed }: Tally, { format: { heads, wanted } }: Job): readonly string[] {
  const found = new Set(headed);
  return [...heads.byVisit.keys()].filter((id) => !found.has(id) && (wanted === undefined || wanted === id));
}

async function createJob(options: AuditOptions, output: Output, context: Context): Promise<Job> {
  const { map, policy: path, all = false, workers = 1, visit: wanted, head, csv = false } = options;
  const mapping = await mappingAt(map, context, options.sort);
  const policy = await policyAt(path, context);
  const heads = await headsAt(head, context);
  const { locale, json, quiet, isColoured } = context;
  const format = { locale, json, csv, quiet, isColoured, showsAll: all, isSheet: mapping !== undefined, heads };
  return {
    context,
    output,
    reading: { events: csv, ...(mapping && { mapping }), ...(policy && { policy }) },
    format: { ...format, ...(policy && { policy }), ...(wanted !== undefined && { wanted }) },
    // A head without a visit belongs to the only one, which several workers could not determine.
    workers: heads.only === null || wanted !== undefined ? workers : 1,
  };
}

async function auditFile(source: Source, isOneOfMany: boolean, job: Job, total: Tally): Promise<void> {
  const { context, format, output } = job;
  const { json, words, paint } = context;
  if (isOneOfMany && !json && !format.csv) await output.line(paint('bold', source.name));
  const tally = emptyTally();
  let isGarbled = false;
  try {
    for await (const { lines, garbledAt } of formattedIn(source, job, tally)) {
      if (garbledAt !== null && !isGarbled) {
        isGarbled = true;
        await printError(context, [words.failures.notUtf8(source.name, garbledAt)]);
      }
      if (lines.length > 0) await output.line(lines.join('\n'));
    }
  } finally {
    addTally(total, tally);
  }
  if (tally.readable > 0) return;
  throw nothingReadable(source.name, format.isSheet, tally.oversizedAt);
}

/** Formats the visits of a source and counts them. */
async function* formattedIn(source: Source, job: Job, tally: Tally): AsyncGenerator<FormattedVisit> {
  const { context, reading, workers } = job;
  const format: FormatOptions = { ...job.format, path: source.path, name: source.name };
  const { head, source: readable } = workers > 1 ? await peek(source) : { head: '', source };
  const size = isJsonText(head) ? null : source.size;
  if (workers > 1 && size === null && !context.quiet) {
    await printError(context, [context.words.failures.oneWorker(source.name)]);
  }
  if (workers > 1 && size !== null) {
    yield* auditInParallel({ ...source, size }, workers, format, context, tally);
    return;
  }
  const formatVisit = createFormatter(format);
  const seals = createSeals(format.heads, format.wanted);
  for await (const visit of readVisits(readable, { ...reading, seals }, context)) yield formatVisit(visit, tally);
}

async function sumUp(tally: Tally, { context, format, output: { line: write } }: Job): Promise<void> {
  const { visits, clean, findings, notes, unplaced } = tally;
  const { output } = context.words;
  const lines = [
    ...(visits > 0 && !format.isSheet ? [output.seal.summary(tally)] : []),
    ...(visits > 0 ? [output.summary(visits, clean, findings)] : []),
    ...(unplaced > 0 ? [output.unplaced(unplaced, format.isSheet)] : []),
    ...(notes > 0 && !format.showsAll ? [output.notes(notes)] : []),
  ];
  for (const line of lines) await write(line);
}
