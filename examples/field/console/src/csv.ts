/** A text that a program of sheets would take for a formula, in ASCII or full-width characters. */
const formula = /^\s*[=+\-@＝＋－＠]/;

/** The same after a semicolon, where such a program of Costa Rica begins a cell: it knows no quotes that opened within one. */
const inner = /;(?=[\s"]*[=+\-@＝＋－＠])/g;

/** Rows as CSV in which nothing is a formula. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');

function cellOf(value: string): string {
  const harmless = (formula.test(value) ? `'${value}` : value).replaceAll(inner, ";'");
  return `"${harmless.replaceAll('"', '""')}"`;
}
