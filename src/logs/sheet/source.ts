import { type ConversionContext, type Converted, convertText } from './cell.ts';
import type { ConstantSource, ValueSource } from './mapping.ts';
import type { RowProblemCode } from './problem.ts';
import { normalizeSpace } from './word-map.ts';

/** A readable row: the text of a column. */
export type Cells = (column: string) => unknown;

/** A row of a sheet, by the number that a spreadsheet gives it; of a JSON export, its place or its line, from 1. */
export type Row = {
  readonly row: number;
  /** Its contents, as far as they are known. */
  readonly cells: Cells | null;
  /** The problem of the whole row. */
  readonly code?: RowProblemCode;
  /** The column that is wrong. */
  readonly column?: string;
};

const NOT_UTF8 = /[\p{Surrogate}\ufffd]/u;

/** True if a text has bytes that are not UTF-8, or the marks that a reader of UTF-8 puts in their places. */
export const isGarbled = (text: string): boolean => NOT_UTF8.test(text);

/** Names the columns of a source for a person; null for a value that is not in the sheet. */
export function nameColumn(source: ValueSource): string | null {
  if (isGiven(source)) return null;
  return typeof source.column === 'string' ? source.column : source.column.join(' + ');
}

/** The columns that a source reads. */
export function listColumns(source: ValueSource): readonly string[] {
  if (isGiven(source)) return [];
  return typeof source.column === 'string' ? [source.column] : source.column;
}

const isGiven = (source: ValueSource): source is ConstantSource => !('column' in source);

/** The value that a source has in a row. */
export function readSource(
  source: ValueSource,
  cells: Cells,
  blank: ReadonlySet<string>,
  occasion: ConversionContext,
): Converted {
  if ('value' in source) return { value: source.value };
  if ('rowTime' in source) return occasion.rowTime === null ? null : { value: occasion.rowTime };
  const values = listColumns(source).map(cells);
  const [only] = values;
  if (typeof only === 'number' && values.length === 1 && source.as === 'number') return { value: only };
  const texts = values.map(readText);
  if (texts.includes(null)) return { code: 'not-flat' };
  const text = texts.filter((one) => one !== null && !blank.has(one)).join(' ');
  if (text === '') return source.blank === undefined ? null : { value: source.blank };
  return text.startsWith('=') ? { code: 'formula' } : convertText(text, source, occasion);
}

/** The text of a cell; null if it is not a text, number or flag. */
export function readText(cell: unknown): string | null {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return normalizeSpace(cell);
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : null;
}
