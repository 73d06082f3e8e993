import type { Cell } from './cells.ts';

/** A sheet of a workbook: its name, its headings, its rows. */
export type Sheet = {
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
};

/** The longest text that a cell may hold. */
const LONGEST = 32_767;
/** Invalid in XML 1.0, or read by spreadsheets as an escape. */
const UNFIT = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A workbook of sheets. Texts are texts, whatever they begin with, and numbers are numbers. */
export async function workbookOf(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const heading = (value: string) => ({ value, type: String, fontWeight: 'bold' as const, wrap: true });
  const pages = sheets.map(({ name, headings, rows }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: headings.map((text, place) => ({ width: widthOf([text, ...rows.map((row) => row[place] ?? '')]) })),
    data: [headings.map(heading), ...rows.map((row) => row.map(cellOf))],
  }));
  return writeXlsxFile(pages).toBuffer();
}

function cellOf(value: Cell) {
  if (typeof value === 'number') return { value, type: Number };
  const text = value.replaceAll(UNFIT, ' ').slice(0, LONGEST);
  return { value: text, type: String };
}

/** The width of a column in characters. */
function widthOf(cells: readonly Cell[]): number {
  const longest = cells.reduce<number>((most, cell) => Math.max(most, String(cell).length), 0);
  return Math.min(60, Math.max(8, longest + 2));
}
