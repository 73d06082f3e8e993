import type { Cell } from '../console/csv.ts';

/** A number that the spreadsheet computes, and its value for who reads the file without one. */
export type Formula = { readonly formula: string; readonly value: number };

/** A sheet of a workbook: its name, its headings, its rows, which can be filtered but for the `footer`. */
export type Sheet = {
  readonly name: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly (Cell | Formula)[])[];
  readonly footer?: readonly (Cell | Formula)[];
};

/** The longest text that a cell may hold. */
const LONGEST = 32_767;
/** Invalid in XML 1.0, or read by spreadsheets as an escape. */
const UNFIT = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A workbook of sheets. Texts are texts, whatever they begin with, numbers are numbers, and dates are dates. */
export async function workbookOf(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const heading = (value: string) => ({ value, type: String, fontWeight: 'bold' as const, wrap: true });
  const pages = sheets.map(({ name, headings, rows, footer = [] }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: headings.map((text, place) => ({ width: widthOf([text, ...rows.map((row) => row[place] ?? '')]) })),
    data: [headings.map(heading), ...[...rows, footer].map((row) => row.map(cellOf))],
  }));
  return writeXlsxFile(pages, { features: [await filtersAndValues(sheets)] }).toBuffer();
}

function cellOf(value: Cell | Formula) {
  if (typeof value === 'number') return { value, type: Number, ...formatOf(value) };
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd hh:mm' };
  if (typeof value === 'object') return { value: value.formula, type: 'Formula' as const, ...formatOf(value.value) };
  const text = value.replaceAll(UNFIT, ' ').slice(0, LONGEST);
  return { value: text, type: String };
}

const formatOf = (value: number) => ({ format: Number.isInteger(value) ? '#,##0' : '#,##0.00' });

/** Filters over the headings of each sheet, and the values of its formulas, which the library leaves to the spreadsheet. */
async function filtersAndValues(sheets: readonly Sheet[]) {
  const utility = await import('write-excel-file/utility');
  const file = 'xl/worksheets/sheet{id}.xml';
  const order = utility.getOrderOfSiblings(file, 'worksheet') ?? [];
  const transform = (xml: string, _: unknown, { sheetIndex }: { readonly sheetIndex: number }) => {
    const { headings, rows, footer = [] } = sheets[sheetIndex] as Sheet;
    const values = [...rows, footer].flat().flatMap((cell) => (isFormula(cell) ? cell.value : []));
    const filter = `<autoFilter ref="A1:${columnLetters(headings.length - 1)}${rows.length + 1}"/>`;
    const computed = xml.replaceAll('</f>', () => `</f><v>${values.shift()}</v>`);
    return utility.insertElementMarkupAccordingToOrderOfSiblings(computed, filter, order, 'worksheet');
  };
  return { files: { transform: { [file]: { transform } } } };
}

/** The letters of a column, from 0: `A`, `Z`, `AA`. */
export const columnLetters = (place: number): string =>
  (place < 26 ? '' : columnLetters(Math.floor(place / 26) - 1)) + String.fromCharCode(65 + (place % 26));

const isFormula = (cell: Cell | Formula): cell is Formula => typeof cell === 'object' && !(cell instanceof Date);

/** The width of a column in characters. */
function widthOf(cells: readonly (Cell | Formula)[]): number {
  const longest = cells.reduce<number>((most, cell) => Math.max(most, lengthOf(cell)), 0);
  return Math.min(60, Math.max(8, longest + 2));
}

const lengthOf = (cell: Cell | Formula) => (typeof cell === 'object' ? 16 : String(cell).length);
