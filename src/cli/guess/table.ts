import { parse } from 'csv-parse/sync';
import { normalizeSpace } from '../../logs/sheet/word-map.ts';
import { parseJson } from '../../util/json.ts';

/** A sheet, or its beginning: the names of its columns and the texts in their cells. */
export type Table = {
  readonly format: 'csv' | 'json';
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

const delimiters = [',', ';', '\t', '|'];

/** Reads a sheet by the delimiter that gives the most complete rows; `null` if the text is no sheet. */
export function readTable(text: string): Table | null {
  const whole = text.replace(/^\uFEFF/, '');
  return /^\s*[[{]/.test(whole) ? readJson(whole) : readCsv(whole.replace(/^sep=.\r?\n/i, ''));
}

function readCsv(text: string): Table | null {
  const read = delimiters.flatMap((delimiter) => {
    const [header = [], ...rows] = parseRecords(text, delimiter);
    const whole = rows.filter(({ length }) => length === header.length).length;
    return header.length < 2
      ? []
      : [{ delimiter, header, rows, fit: (header.length * (1 + whole)) / (1 + rows.length) }];
  });
  const [best] = read.toSorted((one, other) => other.fit - one.fit);
  if (best === undefined) return null;
  const rows = best.rows.map((row) => row.map(normalizeSpace));
  return { format: 'csv', delimiter: best.delimiter, columns: best.header.map(normalizeSpace), rows };
}

function parseRecords(text: string, delimiter: string): readonly (readonly string[])[] {
  try {
    const options = { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
    return parse(text, options) as string[][];
  } catch {
    return [];
  }
}

function readJson(text: string): Table | null {
  const values = parseJson(text) ?? text.split('\n').map(parseJson);
  const objects = (Array.isArray(values) ? values : [values]).filter(
    (value): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  const columns = [...new Set(objects.slice(0, 1000).flatMap((object) => Object.keys(object)))];
  if (columns.length < 2) return null;
  const rows = objects.map((object) => columns.map((column) => toCell(object[column])));
  return { format: 'json', delimiter: ',', columns, rows };
}

const toCell = (value: unknown) => (value === null || value === undefined ? '' : normalizeSpace(String(value)));
