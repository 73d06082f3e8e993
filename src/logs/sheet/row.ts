import type { RowProblemCode } from './problem.ts';
import type { Cells } from './source.ts';

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

/** True if a text was no UTF-8, or went through a reader that took it for UTF-8. */
export const isGarbled = (text: string): boolean => NOT_UTF8.test(text);
