import type { Id, VisitEvent } from '../../messages/index.ts';
import { yieldIfDue } from '../../util/slices.ts';
import { type Chunks, linesOf } from '../lines.ts';
import { parseId } from '../visit-id.ts';
import { csvRows } from './csv-rows.ts';
import { createDerived } from './derived-fields.ts';
import { readRowEvent } from './event-of-row.ts';
import { jsonRows } from './json-rows.ts';
import type { SheetMapping } from './mapping.ts';
import { MappingError } from './mapping-issue.ts';
import { parseMapping } from './parse-mapping.ts';
import { type Plan, planMapping } from './plan.ts';
import type { RowProblem } from './problem.ts';
import { type Row, readSource, readText } from './source.ts';

/**
 * A row of a sheet: its number, as a spreadsheet gives it (the header is row 1), and its event; or its errors, and its
 * visit if known. Of a JSON export, the place in the array or the line, from 1.
 *
 * @since 0.3.0
 */
export type SheetRow =
  | { readonly row: number; readonly ok: true; readonly value: VisitEvent }
  | {
      readonly row: number;
      readonly ok: false;
      readonly visitId: Id | null;
      readonly problems: readonly RowProblem[];
    };

/**
 * Reads a third-party sheet, row by row, as events validated by the wire. An unreadable row never stops the rest; blank
 * rows, and those that the mapping skips, are ignored. The sheet is UTF-8, with or without a byte order mark. Rows are
 * taken in their order, or from the oldest to the newest where the mapping says `sort`.
 *
 * Other tasks of the event loop run between two rows; a JSON array is parsed in one piece, some 6 ms a megabyte.
 *
 * Throws a `MappingError` at the first step when the mapping cannot be used, and what `text` itself throws. Holds some
 * hundred rows, and a JSON array whole.
 *
 * @since 0.3.0
 */
export async function* readSheet(text: Chunks, mapping: SheetMapping): AsyncGenerator<SheetRow> {
  const plan = planMapping(checkMapping(mapping));
  const known = new Set<Id>();
  const from = createDerived();
  const rows = readRows(text, plan);
  for await (const row of plan.mapping.sort === true ? sortRows(rows, plan) : rows) {
    await yieldIfDue();
    const read = readSheetRow(row, plan, from, known);
    if (read === null) continue;
    if (read.ok) {
      known.add(read.value.data.visitId);
      from.note(read.value);
    }
    yield read;
  }
}

function checkMapping(mapping: SheetMapping): SheetMapping {
  const parsed = parseMapping(mapping);
  if (!parsed.ok) throw new MappingError(parsed.issues);
  return parsed.value;
}

function readRows(text: Chunks, { mapping, columns }: Plan): AsyncIterable<Row> {
  if (mapping.format === 'json') return jsonRows(text);
  return csvRows(linesOf(text), mapping.delimiter ?? ',', columns);
}

function readSheetRow(
  { row, cells, code, column }: Row,
  plan: Plan,
  from: ReturnType<typeof createDerived>,
  known: ReadonlySet<Id>,
): SheetRow | null {
  if (code === undefined && cells !== null) {
    const read = readRowEvent(cells, plan, from);
    return read === null ? null : { row, ...read };
  }
  const { visitId: source } = plan.mapping;
  const shown = cells === null || !('column' in source) ? null : parseId(readText(cells(String(source.column))));
  // The cells of a broken row may have moved: its visit is given only if another row has named that visit.
  const visitId = shown !== null && known.has(shown) ? shown : null;
  return { row, ok: false, visitId, problems: [{ column: column ?? null, path: null, code: code ?? 'invalid-json' }] };
}

type Timed = { readonly row: Row; readonly at: string };

/**
 * Rows from the oldest to the newest. A sheet in descending order is reversed, so that late records stay late; any
 * other is sorted by the time of the acts, with equal times in their order. A row without a time stays with the one
 * before it.
 */
async function* sortRows(rows: AsyncIterable<Row>, plan: Plan): AsyncGenerator<Row> {
  const all: Timed[] = [];
  let falling = 0;
  let rising = 0;
  for await (const row of rows) {
    const before = all.at(-1)?.at;
    const at = readTime(row, plan) ?? before ?? '';
    if (before !== undefined && before > at) falling += 1;
    if (before !== undefined && before < at) rising += 1;
    all.push({ row, at });
  }
  const sorted =
    falling > 2 * rising
      ? all.toReversed()
      : all.toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
  for (const { row } of sorted) yield row;
}

function readTime({ cells }: Row, { mapping, blank, decimal, dates, zone }: Plan): string | undefined {
  if (cells === null) return undefined;
  const found = readSource(mapping.at, cells, blank, { decimal, dates, zone, rowTime: null });
  return found !== null && 'value' in found && typeof found.value === 'string' ? found.value : undefined;
}
