import { parse } from 'csv-parse/browser/esm/sync';
import { splitRecords } from '../../logs/sheet/records.ts';
import { normalizeSpace } from '../../logs/sheet/word-map.ts';
import { linesOf } from '../../logs.ts';
import { parseJson } from '../../util/json.ts';
import { guessRole } from './keys.ts';

/** A sheet: the names of its columns and the texts in their cells. */
export type Table = {
  readonly format: 'csv' | 'json';
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

export const delimiters = [',', ';', '\t', '|'];

/** The rows by which the delimiter and the headings are found, those that may stand above the headings, and columns at most. */
const SAMPLE = 200;
const TITLES = 20;
const MOST_COLUMNS = 1000;

/** Reads a sheet by the delimiter that gives the most complete rows; `null` if the text is no sheet. */
export async function readTable(text: string): Promise<Table | null> {
  const whole = text.replace(/^\uFEFF/, '');
  if (/^\s*[[{]/.test(whole)) return readJson(whole);
  const tried = await Promise.all(delimiters.map((delimiter) => readSample(whole, delimiter)));
  const [best] = tried.flatMap((one) => one ?? []).toSorted((one, other) => other.fit - one.fit);
  if (best === undefined) return null;
  const { delimiter, skipped, header } = best;
  const rows: (readonly string[])[] = [];
  let row = 0;
  for await (const cells of cellsIn(whole, delimiter)) {
    row += 1;
    if (row > skipped && cells !== null) rows.push(cells);
  }
  return { format: 'csv', delimiter, columns: header, rows };
}

/** The headings by a delimiter, the rows up to them, and how well the rows below fit; null where there are no two columns. */
async function readSample(text: string, delimiter: string) {
  const sample: (readonly string[] | null)[] = [];
  for await (const cells of cellsIn(text, delimiter)) {
    sample.push(cells);
    if (sample.length === SAMPLE) break;
  }
  const known = (cells: readonly string[]) => new Set(cells.flatMap((cell) => guessRole(cell) ?? [])).size;
  const end = sample.indexOf(null);
  const candidates = sample.slice(0, end < 0 ? TITLES : Math.min(end, TITLES)).flatMap((cells, place) => {
    const filled = cells === null ? [] : cells.filter((cell) => cell !== '');
    if (cells === null || cells.length > MOST_COLUMNS || filled.length < 2) return [];
    return [{ header: cells, skipped: place + 1, headings: known(cells) }];
  });
  const [best] = candidates.toSorted((one, other) => other.headings - one.headings);
  if (best === undefined) return null;
  const { header, skipped } = best;
  const rows = sample.slice(skipped);
  const whole = rows.filter((cells) => cells?.length === header.length).length;
  return { delimiter, header, skipped, fit: (header.length * (1 + whole)) / (1 + rows.length) };
}

/** The cells of each record that is not blank; null where it is broken. */
async function* cellsIn(text: string, delimiter: string): AsyncGenerator<readonly string[] | null> {
  const options = { delimiter, relax_column_count: true, relax_quotes: true };
  for await (const record of splitRecords(linesOf(text.replace(/^sep=.\r?\n/i, '')), delimiter)) {
    if ('code' in record) yield null;
    else if (record.text.trim() !== '') yield (parse(record.text, options)[0] ?? []).map(normalizeSpace);
  }
}

function readJson(text: string): Table | null {
  const values = parseJson(text) ?? text.split('\n').map(parseJson);
  const objects = (Array.isArray(values) ? values : [values]).filter(
    (value): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  const columns = [...new Set(objects.slice(0, 1000).flatMap((object) => Object.keys(object)))];
  if (columns.length < 2 || columns.length > MOST_COLUMNS) return null;
  const rows = objects.map((object) => columns.map((column) => toCell(object[column])));
  return { format: 'json', delimiter: ',', columns, rows };
}

const toCell = (value: unknown) => (value === null || value === undefined ? '' : normalizeSpace(String(value)));
