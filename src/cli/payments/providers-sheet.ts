import type { CliWords } from '../words/words.ts';
import { totalCells, totalHeadings } from './cells.ts';
import type { PaymentTotal } from './row.ts';
import { columnLetters, type Formula, type Sheet } from './xlsx.ts';

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
