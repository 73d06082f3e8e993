import { createHash } from 'node:crypto';
import { fstatSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { version } from '../../../package.json';
import type { Instant, NonEmptyText, VisitEvent } from '../../messages/index.ts';
import { compareWithHeld } from '../../reading/held-photos.ts';
import { readLog } from '../../reading/judging/reader.ts';
import {
  type Provenance,
  type ReportOptions,
  reportHtml,
  reportHtmlStream,
  type SourcedLog,
  type SourceFile,
} from '../../report.ts';
import { currentInstant } from '../../util/runtime.ts';
import { type Context, Failure, print, printJson } from '../console/context.ts';
import { formatFinding, reporting } from '../console/findings.ts';
import { writingTo } from '../console/output.ts';
import { sanitize } from '../console/text.ts';
import {
  findSelected,
  listInputs,
  type Selected,
  type SelectedVisit,
  type VisitOptions,
} from '../input/select-visits.ts';
import type { Source } from '../input/source.ts';

export type ReportCommandOptions = VisitOptions & {
  readonly output: string;
  readonly force?: boolean;
  readonly title?: string;
  readonly until?: Instant;
  readonly photoUrl?: NonEmptyText;
};

/** The most visits whose details are in the page as they are; those of more are compressed. */
const mostWhole = 100;

/** Writes one report of the visits of all files. */
export async function report(
  files: readonly string[],
  options: ReportCommandOptions,
  context: Context,
): Promise<number> {
  const { output: path, force = false, map, policy: policyFile, head, holdings } = options;
  const inputs = listInputs(files);
  await refuseInputs(path, [...inputs, ...[map, policyFile, head, holdings].filter((file) => file !== undefined)]);
  const sources = hashSources();
  const selected = await findSelected(files, options, { events: true, prepare: sources.prepare }, context);
  // The files are known once they were read, and the page has them at its end.
  const provenance: Provenance = {
    version,
    issuedAt: currentInstant(),
    get sources() {
      return sources.files();
    },
    get leftOut() {
      return selected.leftOut();
    },
  };
  const logs = readLogs(selected, sources, context);
  const parts = writePage(logs, { ...toReportOptions(options, selected, context), provenance });
  await writingTo(path, context, force, async ({ line }) => {
    for await (const part of parts) await line(part);
  });
  if (path === '-') return selected.exitCode();
  if (context.json) await printJson(context, { file: path, visits: logs.count() });
  else await print(context, context.words.output.written(sanitize(path), logs.count()));
  return selected.exitCode();
}

function toReportOptions(
  { title, until, photoUrl }: ReportCommandOptions,
  { policy, holdings }: Selected,
  { locale }: Context,
): ReportOptions {
  return {
    locale,
    ...(policy && { policy }),
    ...(title !== undefined && { title }),
    ...(until !== undefined && { until }),
    ...(photoUrl !== undefined && { photoUrl }),
    ...(holdings && {
      heldPhotos: (log) => compareWithHeld(readLog(log as readonly VisitEvent[], policy), { holdings }),
    }),
  };
}

/** The page in parts: of one visit or some as they are, of many compressed. */
async function* writePage(logs: AsyncIterable<SourcedLog>, options: ReportOptions): AsyncGenerator<string> {
  const rest = logs[Symbol.asyncIterator]();
  const first: SourcedLog[] = [];
  while (first.length <= mostWhole) {
    const next = await rest.next();
    if (next.done) {
      const [only, ...more] = first;
      yield reportHtml(only !== undefined && more.length === 0 ? only : first, options);
      return;
    }
    first.push(next.value);
  }
  yield* reportHtmlStream(joinLogs(first, rest), options);
}

async function* joinLogs(first: readonly SourcedLog[], rest: AsyncIterator<SourcedLog>): AsyncGenerator<SourcedLog> {
  yield* first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** The log of each visit, with the lines or rows of its entries, and the errors of unreadable ones. */
function readLogs(
  selected: Selected,
  sources: HashedSources,
  context: Context,
): AsyncIterable<SourcedLog> & { readonly count: () => number } {
  let count = 0;
  return {
    count: () => count,
    async *[Symbol.asyncIterator]() {
      for await (const visit of selected.visits) {
        count += 1;
        yield toSourcedLog(visit, selected, sources, context);
      }
    },
  };
}

function toSourcedLog(
  visit: SelectedVisit,
  { isSheet, policy }: Selected,
  sources: HashedSources,
  context: Context,
): SourcedLog {
  const { events = [], lines, audit, integrity, chain, source } = visit;
  const report = reporting(context, policy);
  const problems = new Map(
    audit.findings
      .filter(({ kind, index }) => (kind === 'unreadable' || kind === 'unknown-event') && events[index] === null)
      .map((finding) => [finding.index, formatFinding(finding, context.words, report)]),
  );
  const origins = lines.map((line, index) => {
    const problem = problems.get(index);
    return { file: source.name, ...(isSheet ? { row: line } : { line }), ...(problem !== undefined && { problem }) };
  });
  return {
    events,
    origins,
    integrity,
    ...(chain !== undefined && { chain }),
    // What is read once is known when all of it was read.
    get sha256() {
      return sources.fileOf(source)?.sha256 ?? '';
    },
  };
}

/** A log is evidence: a report never overwrites its input, under any name or link. */
async function refuseInputs(output: string, inputs: readonly (string | undefined)[]): Promise<void> {
  const target = output === '-' ? null : await identifyFile(output);
  for (const input of target === null ? [] : inputs) {
    if ((await identifyFile(input)) !== target) continue;
    throw new Failure(({ failures }) => failures.isInput(sanitize(output)));
  }
}

/** The device and inode of a regular file; null for anything else or a missing file. `-` or nothing is standard input. */
async function identifyFile(file: string | undefined): Promise<string | null> {
  try {
    const isStdin = file === undefined || file === '-';
    const found = isStdin ? fstatSync(0, { bigint: true }) : await stat(file, { bigint: true });
    return found.isFile() ? `${found.dev} ${found.ino}` : null;
  } catch {
    return null;
  }
}

/** Sources with the SHA-256 of the bytes read, from the last complete pass, since a file is read twice. */
type HashedSources = {
  readonly prepare: (source: Source) => Source;
  /** The files in the order in which they were read. */
  readonly files: () => readonly SourceFile[];
  /** The file that a source is, once it was read. */
  readonly fileOf: (source: Source) => SourceFile | undefined;
};

function hashSources(): HashedSources {
  const found = new Map<Source, SourceFile>();
  return {
    prepare: (source) => {
      const own: Source = {
        ...source,
        chunks: (onBytes) =>
          hashChunks(source.chunks(onBytes), (file) => found.set(own, { file: source.name, ...file })),
      };
      return own;
    },
    files: () => [...found.values()],
    fileOf: (source) => found.get(source),
  };
}

async function* hashChunks(
  chunks: AsyncIterable<Uint8Array>,
  onEnd: (file: { readonly sha256: string; readonly bytes: number }) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  onEnd({ sha256: hash.digest('hex'), bytes });
}
