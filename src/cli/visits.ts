import { type Seals, type VerifiedVisit, visitsBy } from '../logs/by-visit.ts';
import { auditSheet, type SheetMapping } from '../logs/index.ts';
import type { VisitsOptions } from '../logs/visit-audit.ts';
import type { Context } from './context.ts';
import { auditBlocks } from './log/audit-blocks.ts';
import { blocksOf } from './log/blocks.ts';
import { type Ends, endsOf, surveyOf } from './log/survey.ts';
import { progressOf } from './progress.ts';
import type { Source } from './source.ts';

/** How the visits of a source are read. */
export type Reading = VisitsOptions & { readonly mapping?: SheetMapping; readonly seals?: Seals };

/** The visits of a log or of a sheet, audited. A file is read twice, so that no more than the open visits are held. */
export async function* visitsOf(source: Source, options: Reading, context: Context): AsyncGenerator<VerifiedVisit> {
  const { mapping, seals, ...reading } = options;
  const { auditing } = context.words.tell.progress;
  const ends = mapping === undefined && source.size !== null ? await endsIn(source, context) : unknownEnds;
  const progress = await progressOf(context, auditing, source.size ?? 0);
  const parts = source.chunks(progress.advance);
  try {
    if (mapping !== undefined) yield* auditSheet(parts, mapping, reading);
    else yield* auditBlocks(blocksOf(parts), visitsBy(reading, seals), ends);
  } finally {
    progress.stop();
  }
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
