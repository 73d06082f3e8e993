import { parseLine } from '../logs/entry.ts';
import { readSheet, type SheetMapping } from '../logs/index.ts';
import { isJsonText, jsonValuesIn } from '../logs/json-values.ts';
import { textsOf } from '../logs/lines.ts';
import { auditRows } from '../logs/sheet/audit-sheet.ts';
import type { VisitAudit, VisitsOptions } from '../logs/visit-audit.ts';
import { createVisitAuditor, type Seals } from '../logs/visit-auditor.ts';
import type { Context } from './context.ts';
import { auditBlocks } from './log/audit-blocks.ts';
import { blocksOf, LONGEST } from './log/blocks.ts';
import { type Ends, endsOf, surveyOf } from './log/index-pass.ts';
import { peeked } from './peek.ts';
import { progressOf } from './progress.ts';
import { checkColumns, watchOrder } from './sheet-rows.ts';
import type { Source } from './source.ts';

/** How the visits of a source are read. */
export type Reading = VisitsOptions & { readonly mapping?: SheetMapping; readonly seals?: Seals };

/** The visits of a log or of a sheet, audited. A file is read twice, so that no more than the open visits are held. */
export async function* visitsOf(given: Source, options: Reading, context: Context): AsyncGenerator<VisitAudit> {
  const { mapping, seals, ...reading } = options;
  const { auditing } = context.words.tell.progress;
  const { source, head } = await peeked(given);
  if (mapping !== undefined) await checkColumns(head, mapping, source.name);
  const isJson = mapping === undefined && isJsonText(head);
  const isReadTwice = mapping === undefined && source.size !== null && !isJson;
  const ends = isReadTwice ? await endsIn(source, context) : unknownEnds;
  const progress = await progressOf(context, auditing, source.size ?? 0);
  const parts = source.chunks(progress.advance);
  try {
    if (mapping !== undefined) {
      const rows = watchOrder(readSheet(parts, mapping), source.name, mapping.sort === true, context);
      yield* auditRows(rows, reading);
    } else if (isJson) yield* auditJson(parts, reading, seals);
    else yield* auditBlocks(blocksOf(parts), createVisitAuditor(reading, seals), ends);
  } finally {
    progress.stop();
  }
}

/** The visits of a log that is JSON and no NDJSON; all are held. */
async function* auditJson(
  parts: AsyncIterable<Uint8Array>,
  options: VisitsOptions,
  seals?: Seals,
): AsyncGenerator<VisitAudit> {
  const visits = createVisitAuditor(options, seals);
  for await (const { line, text } of jsonValuesIn(textsOf(parts), LONGEST)) {
    const finished = visits.add(parseLine(line, text.replace(/^\uFEFF/, '')));
    if (finished !== undefined) yield finished;
  }
  yield* visits.end();
}

const unknownEnds: Ends = { lines: [], visitIds: [] };

/** The first reading. */
async function endsIn(source: Source, context: Context): Promise<Ends> {
  const progress = await progressOf(context, context.words.tell.progress.counting, source.size ?? 0);
  try {
    return endsOf(await surveyOf(blocksOf(source.chunks(progress.advance))));
  } finally {
    progress.stop();
  }
}
