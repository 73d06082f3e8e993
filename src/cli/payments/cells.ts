import type { ReportContext } from '../../report/plain-text.ts';
import type { PaymentCondition } from '../../visit/index.ts';
import type { Context } from '../context.ts';
import { correctionText } from '../dossier/lists.ts';
import type { CliWords } from '../words/words.ts';
import type { PaymentRow, PaymentTotal } from './row.ts';

/** The content of a cell. */
export type Cell = string | number;

/** The headings of the sheet of visits, and its cells, row by row. */
export function headingsOf({ payments: { columns } }: CliWords, clauses: readonly string[]): readonly string[] {
  return [
    columns.visit,
    columns.caseNumber,
    columns.provider,
    columns.name,
    columns.phase,
    columns.minutes,
    ...clauses,
    columns.visits,
    columns.wasted,
    columns.payable,
    columns.why,
    columns.corrections,
    columns.findings,
    columns.seal,
  ];
}

export function cellsOf(
  row: PaymentRow,
  { words, locale }: Pick<Context, 'words' | 'locale'>,
  report: ReportContext,
): readonly Cell[] {
  const { payments } = words;
  const { statuses, phases } = report.words;
  return [
    row.visitId,
    row.caseNumber ?? '',
    row.provider?.id ?? '',
    row.provider?.name ?? '',
    phases[row.phase],
    row.workedMinutes,
    ...Object.values(row.clauses).map((status) => statuses[status]),
    row.visits,
    row.wastedTrips,
    row.payable ? payments.yes : payments.no,
    whyNot(row, payments),
    row.corrections.map((one) => correctionText(one, report, { words, locale })).join(' | '),
    row.findings,
    row.chain === null ? '' : row.chain.intact ? payments.intact : payments.broken,
  ];
}

/** The conditions of payment that a visit does not meet. The record of a call that was not made is not named. */
export function whyNot({ unmet }: Pick<PaymentRow, 'unmet'>, { unmet: words }: CliWords['payments']): string {
  const isImplied = (condition: PaymentCondition) =>
    condition === 'start-documented' && unmet.includes('start-reported');
  return unmet
    .filter((condition) => !isImplied(condition))
    .map((condition) => words[condition])
    .join('; ');
}

export function totalHeadings({ payments: { columns, totals } }: CliWords): readonly string[] {
  const { visits, payable, minutes, payableMinutes, wasted } = totals;
  return [columns.provider, columns.name, visits, payable, minutes, payableMinutes, wasted];
}

export const totalCells = (total: PaymentTotal): readonly Cell[] => [
  total.provider?.id ?? '',
  total.provider?.name ?? '',
  total.visits,
  total.payable,
  total.workedMinutes,
  total.payableMinutes,
  total.wastedTrips,
];
