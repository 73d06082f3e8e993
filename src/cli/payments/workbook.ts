import type { Cell } from '../console/csv.ts';
import type { CliWords } from '../words/en.ts';
import { totalCells, totalHeadings } from './cells.ts';
import type { PaymentTotal } from './row.ts';

/** A number that the spreadsheet computes, and its value for who reads the file without one. */
type Formula = { readonly formula: string; readonly value: number };

/** A sheet of a workbook: its name, its headings, its rows, which can be filtered but for the `footer`. */
type Sheet = {
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
export async function createWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const heading = (value: string) => ({ value, type: String, fontWeight: 'bold' as const, wrap: true });
  const pages = sheets.map(({ name, headings, rows, footer = [] }) => ({
    sheet: name,
    stickyRowsCount: 1,
    columns: headings.map((text, place) => ({ width: measureColumn([text, ...rows.map((row) => row[place] ?? '')]) })),
    data: [headings.map(heading), ...[...rows, footer].map((row) => row.map(toCell))],
  }));
  return writeXlsxFile(pages, { features: [await filtersAndValues(sheets)] }).toBuffer();
}

function toCell(value: Cell | Formula) {
  if (typeof value === 'number') return { value, type: Number, ...chooseFormat(value) };
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd hh:mm' };
  if (typeof value === 'object')
    return { value: value.formula, type: 'Formula' as const, ...chooseFormat(value.value) };
  const text = value.replaceAll(UNFIT, ' ').slice(0, LONGEST);
  return { value: text, type: String };
}

const chooseFormat = (value: number) => ({ format: Number.isInteger(value) ? '#,##0' : '#,##0.00' });

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
const columnLetters = (place: number): string =>
  (place < 26 ? '' : columnLetters(Math.floor(place / 26) - 1)) + String.fromCharCode(65 + (place % 26));

const isFormula = (cell: Cell | Formula): cell is Formula => typeof cell === 'object' && !(cell instanceof Date);

/** The width of a column in characters. */
function measureColumn(cells: readonly (Cell | Formula)[]): number {
  const longest = cells.reduce<number>((most, cell) => Math.max(most, lengthOf(cell)), 0);
  return Math.min(60, Math.max(8, longest + 2));
}

const lengthOf = (cell: Cell | Formula) => (typeof cell === 'object' ? 16 : String(cell).length);

/**
 * The sheet of the providers. What can be added up from the rows of the visits is a formula over them, so that it follows what the payer
 * corrects there; the visits to review and the unverified ones are numbers.
 */
export function providersSheet(totals: readonly PaymentTotal[], visits: Sheet, words: CliWords): Sheet {
  const { columns, yes, total } = words.payments;
  const headings = totalHeadings(words);
  const column = (heading: string) => {
    const letters = columnLetters(visits.headings.indexOf(heading));
    return `'${visits.name}'!$${letters}$2:$${letters}$${visits.rows.length + 1}`;
  };
  const rows = totals.map((one, place) => {
    // EXACT, since a comparison would take two ids that differ in case for one.
    const isOfProvider = `EXACT(${column(columns.provider)},$A${place + 2})`;
    const isPayable = `(${column(columns.payable)}="${yes}")`;
    const sum = (value: number, ...factors: readonly string[]): Formula => ({
      formula: `SUMPRODUCT(${[isOfProvider, ...factors].join('*')}*1)`,
      value,
    });
    const [id = '', name = ''] = totalCells(one);
    return [
      id,
      name,
      sum(one.visits),
      sum(one.payable, isPayable),
      one.held,
      one.unverified,
      sum(one.workedMinutes, column(columns.minutes)),
      sum(one.payableMinutes, isPayable, column(columns.minutes)),
      sum(one.wastedTrips, column(columns.wasted)),
    ];
  });
  const sums = headings.slice(2).map((_, place): Formula => {
    const letters = columnLetters(place + 2);
    const value = totals.reduce((all, one) => all + Number(totalCells(one)[place + 2]), 0);
    return { formula: `SUM(${letters}2:${letters}${rows.length + 1})`, value: Math.round(value * 100) / 100 };
  });
  return {
    name: words.payments.sheets.providers,
    headings,
    rows,
    footer: rows.length === 0 ? [] : [total, '', ...sums],
  };
}
