import type { RowProblemCode } from './problem.ts';
import { type CsvRecord, splitRecords } from './records.ts';
import { isGarbled, type Row } from './source.ts';
import { normalizeSpace } from './word-map.ts';

type Numbered = { readonly row: number; readonly record: CsvRecord };

/** The number of records that are parsed together, and of their characters. */
const TOGETHER = 256;
const MOST_HELD = 1 << 20;

/** The rows of a CSV below its header, blank ones left out; `columns` are those that it must have. */
export async function* csvRows(
  lines: AsyncIterable<string>,
  delimiter: string,
  columns: readonly string[],
): AsyncGenerator<Row> {
  const parsed = await loadParser(delimiter);
  let header: Header | null = null;
  const first: Numbered[] = [];
  let batch: Numbered[] = [];
  let row = 0;
  let held = 0;
  for await (const record of splitRecords(lines, delimiter)) {
    row += 1;
    if ('text' in record && isSkipped(record.text, row)) continue;
    if (header === null) {
      first.push({ row, record });
      if (first.length < FIRST && !hasAll(readHeader(record, parsed, columns))) continue;
      const found = findHeader(first, parsed, columns);
      header = found.header;
      const faults = findFaults(header, columns, found.row);
      yield* faults;
      if (faults.length > 0) return;
      batch = found.below;
      continue;
    }
    batch.push({ row, record });
    held += 'text' in record ? record.text.length : 0;
    if (batch.length < TOGETHER && held < MOST_HELD) continue;
    yield* readRows(batch, header, parsed);
    batch = [];
    held = 0;
  }
  if (header !== null) yield* readRows(batch, header, parsed);
  else if (first.length === 0) yield { row: 1, cells: null, code: 'empty' };
  else {
    const found = findHeader(first, parsed, columns);
    const faults = findFaults(found.header, columns, found.row);
    yield* faults;
    if (faults.length === 0) yield* readRows(found.below, found.header, parsed);
  }
}

/** The most rows that are read to find the headings: titles may stand above them. */
const FIRST = 20;

const hasAll = ({ places }: Header) => [...places.values()].every((place) => place >= 0);

/** The first rows of a sheet: the headings, which are those with the most columns of the mapping, and what stands below. */
function findHeader(first: readonly Numbered[], parsed: Parser, columns: readonly string[]) {
  const read = first.map(({ record }) => readHeader(record, parsed, columns));
  const countColumns = ({ places }: Header) => [...places.values()].filter((place) => place >= 0).length;
  const most = Math.max(...read.map(countColumns));
  const place = read.findIndex((header) => countColumns(header) === most);
  return { header: read[place] as Header, row: first[place]?.row ?? 1, below: first.slice(place + 1) };
}

const SEPARATOR_HINT = /^\uFEFF?sep=.$/i;

/** Blank, or the first line that names the delimiter for Excel. */
const isSkipped = (text: string, row: number) => /^[\s\uFEFF]*$/.test(text) || (row === 1 && SEPARATOR_HINT.test(text));

/** The cells of the headings of a CSV, by some delimiter; null where they cannot be read. */
export async function headerCells(
  lines: AsyncIterable<string>,
  delimiter: string,
  columns: readonly string[],
): Promise<readonly string[] | null> {
  const parsed = await loadParser(delimiter);
  const first: Numbered[] = [];
  let row = 0;
  for await (const record of splitRecords(lines, delimiter)) {
    row += 1;
    if ('text' in record && isSkipped(record.text, row)) continue;
    first.push({ row, record });
    if (first.length === FIRST || hasAll(readHeader(record, parsed, columns))) break;
  }
  if (first.length === 0) return null;
  const { names, code } = findHeader(first, parsed, columns).header;
  return code === undefined ? names : null;
}

type Header = {
  readonly names: readonly string[];
  /** The place of each column of the mapping. */
  readonly places: ReadonlyMap<string, number>;
  readonly code?: RowProblemCode;
};

function readHeader(record: CsvRecord, parsed: Parser, columns: readonly string[]): Header {
  const none = { names: [], places: new Map<string, number>() };
  if ('code' in record) return { ...none, code: record.code };
  if (isGarbled(record.text)) return { ...none, code: 'not-utf8' };
  const [first = []] = parsed([record.text.replace(/^\uFEFF/, '')]);
  const names = first.map(normalizeSpace);
  return { names, places: new Map(columns.map((column) => [column, names.indexOf(normalizeSpace(column))])) };
}

function findFaults({ names, code }: Header, columns: readonly string[], row: number): readonly Row[] {
  if (code !== undefined) return [{ row, cells: null, code }];
  return columns.flatMap((column): Row[] => {
    const count = names.filter((name) => name === normalizeSpace(column)).length;
    if (count === 1) return [];
    return [{ row, cells: null, code: count === 0 ? 'no-such-column' : 'duplicate-column', column }];
  });
}

/** The cells of some records that are whole. */
type Parser = (texts: readonly string[]) => readonly (readonly string[])[];

/** Loaded where a CSV is read: the parser for browsers, which brings a Buffer of its own. A row takes a microsecond more than by that for Node. */
async function loadParser(delimiter: string): Promise<Parser> {
  const { parse } = await import('csv-parse/browser/esm/sync');
  const options = { delimiter, record_delimiter: '\n', relax_column_count: true, relax_quotes: true };
  return (texts) => parse(texts.join('\n'), options);
}

function readRows(batch: readonly Numbered[], header: Header, parsed: Parser): readonly Row[] {
  const texts = batch.flatMap(({ record }) => ('text' in record ? record.text : []));
  const all = parsed(texts);
  let place = 0;
  return batch.flatMap(({ row, record }): Row[] => {
    if ('code' in record) return [{ row, cells: null, code: record.code }];
    const cells = all[place] ?? [];
    place += 1;
    return cells.every((cell) => cell.trim() === '') ? [] : [readRow(row, cells, record.text, header)];
  });
}

function readRow(row: number, cells: readonly string[], text: string, { names, places }: Header): Row {
  const named = (column: string) => cells[places.get(column) ?? -1];
  if (isGarbled(text)) return { row, cells: named, code: 'not-utf8' };
  return cells.length === names.length ? { row, cells: named } : { row, cells: named, code: 'cell-count' };
}
