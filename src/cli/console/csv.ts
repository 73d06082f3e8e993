import { sanitize } from './text.ts';

/** The content of a cell. A date is a local time as if it were UTC. */
export type Cell = string | number | Date;

/** Matches texts that a spreadsheet would evaluate as a formula, in ASCII or full-width characters. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/;

/** Matches a semicolon before such a text: a spreadsheet of Costa Rica begins a cell there, within quotes, too. */
const INNER = /;(?=[\s"]*[=+\-@＝＋－＠])/g;

/** A line of CSV (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe, as its own texts do. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r`;

function csvCell(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  if (cell instanceof Date) return cell.toISOString().slice(0, 16).replace('T', ' ');
  const text = sanitize(cell);
  const harmless = (FORMULA.test(text) ? `'${text}` : text).replaceAll(INNER, ";'");
  return /[",;'\s]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
