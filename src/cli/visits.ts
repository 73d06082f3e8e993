import { auditLog, auditSheet, countVisits, linesOf, type SheetMapping, type VisitAudit } from '../logs/index.ts';
import type { VisitsOptions } from '../logs/visit-audit.ts';
import type { Context } from './context.ts';
import { progressOf } from './progress.ts';
import type { Source } from './source.ts';

/** How the visits of a source are read. */
export type Reading = VisitsOptions & { readonly mapping?: SheetMapping };

/** The visits of a log or of a sheet, audited. A file is read twice, so that no more than the open visits are held. */
export async function* visitsOf(source: Source, options: Reading, context: Context): AsyncGenerator<VisitAudit> {
  const { mapping, ...reading } = options;
  const { counting, auditing } = context.words.tell.progress;
  const expected = mapping === undefined && source.size !== null ? await counted(source, context, counting) : undefined;
  const progress = await progressOf(context, auditing, source.size ?? 0);
  const chunks = source.chunks(progress.advance);
  try {
    if (mapping !== undefined) yield* auditSheet(chunks, mapping, reading);
    else yield* auditLog(linesOf(chunks), expected === undefined ? reading : { ...reading, expected });
  } finally {
    progress.stop();
  }
}

/** The first reading. Ids are ASCII: the bytes need not be told apart. */
async function counted(source: Source, context: Context, label: string) {
  const progress = await progressOf(context, label, source.size ?? 0);
  async function* latin(): AsyncGenerator<string> {
    for await (const part of source.chunks(progress.advance)) {
      yield Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1');
    }
  }
  try {
    return await countVisits(linesOf(latin()));
  } finally {
    progress.stop();
  }
}
