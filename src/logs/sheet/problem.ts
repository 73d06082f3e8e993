import type { IssueCode } from '../../wire/issues.ts';
import type { TimeProblem } from './time.ts';

/** The problem of a row of a sheet. The list is closed, with the codes of the wire. @since 0.3.0 */
export type RowProblemCode =
  | IssueCode
  | TimeProblem
  /** There is nothing at all. */
  | 'empty'
  /** The mapping names a column that the first row has not, or has twice. Nothing more is read. */
  | 'no-such-column'
  | 'duplicate-column'
  /** More or fewer cells than the first row has. */
  | 'cell-count'
  /** After the quotation mark that ends a cell stands something more. */
  | 'bad-quotes'
  /** A cell begins with a quotation mark that never comes again. */
  | 'unclosed-quote'
  /** Bytes that are not UTF-8, or their replacement character. */
  | 'not-utf8'
  /** A row of a JSON export holds more than texts, numbers and flags. */
  | 'not-flat'
  /** A formula stands in place of its value. */
  | 'formula'
  /** The mapping does not know this act. */
  | 'unknown-act'
  /** Not one of the words that the mapping names. */
  | 'unknown-word'
  | 'invalid-number'
  /** More parts than the mapping has fields. */
  | 'too-many-parts';

/** An error of a row, without the content of the cell. @since 0.3.0 */
export type RowProblem = {
  /** The column, as the mapping names it; of several, their names parted by ` + `. Null: the row as a whole. */
  readonly column: string | null;
  /** The field of the event, as a JSON Pointer, or null. */
  readonly path: string | null;
  readonly code: RowProblemCode;
};
