import type { Facts } from '../../kernel/decision.ts';
import { Unreadable } from '../../reading/judging/log.ts';
import { mustKnowOptions } from '../../reading/known-options.ts';
import { inSlices } from '../../util/slices.ts';
import type { Chunks } from '../lines.ts';
import type { VisitAudit, VisitsOptions } from '../visit-audit.ts';
import { createVisitAuditor, type LogEntry } from '../visit-auditor.ts';
import type { SheetMapping } from './mapping.ts';
import type { RowProblem } from './problem.ts';
import { readSheet, type SheetRow } from './read-sheet.ts';

/**
 * Audits the visits of a third-party sheet: the rows that `readSheet` reads, visit by visit as `auditLog` does; `lines`
 * and `line` are the numbers of rows. An unreadable row is a finding of its visit, `unreadable`, or `unknown-event` if
 * the mapping does not know the act; `facts.problems` have its errors.
 *
 * Throws the errors of `readSheet`. Holds all visits.
 *
 * @since 0.3.0
 */
export async function* auditSheet(
  text: Chunks,
  mapping: SheetMapping,
  options: VisitsOptions = {},
): AsyncGenerator<VisitAudit> {
  mustKnowOptions('auditSheet', options, { policy: 0, dossier: 0, holdings: 0, events: 0, signal: 0 });
  yield* auditRows(readSheet(text, mapping), options);
}

/** Audits rows that were read, as `auditSheet` does. */
export async function* auditRows(rows: AsyncIterable<SheetRow>, options: VisitsOptions): AsyncGenerator<VisitAudit> {
  const visits = createVisitAuditor(options);
  for await (const read of rows) {
    options.signal?.throwIfAborted();
    const finished = visits.add(toEntry(read));
    if (finished !== undefined) yield finished;
  }
  yield* inSlices(visits.end(), options.signal);
}

function toEntry(read: SheetRow): LogEntry {
  const { row: line } = read;
  if (read.ok) return { line, visitId: read.value.data.visitId, entry: read.value };
  return { line, visitId: read.visitId, entry: unreadable(read.problems) };
}

function unreadable(problems: readonly RowProblem[]): Unreadable {
  const facts: Facts = { problems: problems.map(({ column, path, code }) => ({ column, path, code })) };
  const isOfUnknownAct = problems.every(({ code }) => code === 'unknown-act');
  return new Unreadable(facts, isOfUnknownAct);
}
