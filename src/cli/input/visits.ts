import { parseLine } from '../../logs/entry.ts';
import { isJsonText, jsonValuesIn } from '../../logs/json-values.ts';
import { auditLines } from '../../logs/line-auditor.ts';
import { decodeParts, LONGEST, lineGroups } from '../../logs/lines.ts';
import { auditRows } from '../../logs/sheet/audit-sheet.ts';
import type { VisitAudit, VisitsOptions } from '../../logs/visit-audit.ts';
import { createVisitAuditor, type Seals } from '../../logs/visit-auditor.ts';
import { readSheet, type SheetMapping } from '../../logs.ts';
import type { Context } from '../console/context.ts';
import { showProgress } from '../console/progress.ts';
import { countsIn, indexLog, splitBlocks } from './log-index.ts';
import { checkColumns, decodeSheet, watchOrder } from './sheets.ts';
import { holdSource, peek, type Source } from './source.ts';

/** Options for reading the visits of a source. */
export type Reading = VisitsOptions & { readonly mapping?: SheetMapping; readonly seals?: Seals };

/** Audits the visits of a log or of a sheet. Reads a file twice, so that it holds only the open visits. */
export async function* readVisits(given: Source, options: Reading, context: Context): AsyncGenerator<VisitAudit> {
  const { mapping, seals, ...reading } = options;
  const { auditing } = context.words.output.progress;
  // A sheet that comes once is held, as its visits are: its encoding shows only in the whole.
  const sheet = mapping === undefined ? given : await decodeSheet(await holdSource(given), context);
  const { source, head } = await peek(sheet);
  if (mapping !== undefined) await checkColumns(head, mapping, source.name);
  const isJson = mapping === undefined && isJsonText(head);
  const isReadTwice = mapping === undefined && source.size !== null && !isJson;
  const counted = isReadTwice ? await countIn(source, context) : {};
  const progress = showProgress(context, auditing, source.size ?? 0);
  const parts = source.chunks(progress.advance);
  try {
    if (mapping !== undefined) {
      const rows = watchOrder(readSheet(parts, mapping), source.name, mapping.sort === true, context);
      yield* auditRows(rows, reading);
    } else if (isJson) yield* auditJson(parts, reading, seals);
    else yield* auditLines(lineGroups(parts), createVisitAuditor({ ...reading, ...counted }, seals));
  } finally {
    progress.stop();
  }
}

/** Audits the visits of a log that is JSON but not NDJSON; holds all of them. */
async function* auditJson(
  parts: AsyncIterable<Uint8Array>,
  options: VisitsOptions,
  seals?: Seals,
): AsyncGenerator<VisitAudit> {
  const visits = createVisitAuditor(options, seals);
  for await (const { line, text } of jsonValuesIn(decodeParts(parts), LONGEST)) {
    const finished = visits.add(parseLine(line, text.replace(/^\uFEFF/, '')));
    if (finished !== undefined) yield finished;
  }
  yield* visits.end();
}

/** Counts the lines of each visit, in a first reading. */
async function countIn(source: Source, context: Context) {
  const progress = showProgress(context, context.words.output.progress.counting, source.size ?? 0);
  try {
    const index = await indexLog(splitBlocks(source.chunks(progress.advance)));
    return { expected: countsIn(index), hasUnattributed: index.unattributed > 0 };
  } finally {
    progress.stop();
  }
}
