import type { Instant } from '../../messages/index.ts';
import { integrityFault, integrityText, type ReportContext } from '../../report/visit/plain-text.ts';
import type { PaymentCondition } from '../../visit/index.ts';
import type { Context } from '../console/context.ts';
import type { Cell } from '../console/csv.ts';
import { correctionText, factsText } from '../dossier/lists.ts';
import type { CliWords } from '../words/en.ts';
import type { PaymentRow, PaymentTotal } from './row.ts';

/** The headings of the sheet of visits, and its cells, row by row. */
export function listHeadings({ payments: { columns } }: CliWords, clauses: readonly string[]): readonly string[] {
  return [
    columns.visit,
    columns.caseNumber,
    columns.client,
    columns.service,
    columns.provider,
    columns.name,
    columns.phase,
    columns.started,
    columns.ended,
    columns.completionCall,
    columns.minutes,
    ...clauses,
    columns.visits,
    columns.wasted,
    columns.payable,
    columns.why,
    columns.corrections,
    columns.words,
    columns.findings,
    columns.integrity,
  ];
}

/** The words of a sheet; its places are lines or, of a third-party sheet, rows. */
export type SheetStyle = {
  readonly context: Context;
  readonly report: ReportContext;
  readonly isSheet: boolean;
};

export function toCells(row: PaymentRow, { context, report, isSheet }: SheetStyle): readonly Cell[] {
  const { words, locale } = context;
  const { payments } = words;
  const { statuses, phases } = report.words;
  const local = (at: Instant | null): Cell => (at === null ? '' : new Date(report.clock.local(Date.parse(at))));
  return [
    row.visitId,
    row.caseNumber ?? '',
    row.client ?? '',
    row.service ?? '',
    row.provider?.id ?? '',
    row.provider?.name ?? '',
    phases[row.phase],
    local(row.startedAt),
    local(row.endedAt),
    local(row.completionReportedAt),
    row.workedMinutes,
    ...Object.values(row.clauses).map((status) => statuses[status]),
    row.visits,
    row.wastedTrips,
    row.payable ? payments.yes : payments.no,
    whyNot(row, payments, report, isSheet),
    row.corrections.map((one) => correctionText(one, report, { words, locale })).join(' | '),
    factsText(row, report).join(' | '),
    row.findings,
    describeFault(row, report, isSheet) ?? integrityText(report, row.integrity) ?? '',
  ];
}

/** The fault that breaks the integrity of the log of a visit, at its line or row; null for one that is not broken. */
export function describeFault(
  { integrity }: Pick<PaymentRow, 'integrity'>,
  report: ReportContext,
  isSheet: boolean,
): string | null {
  return integrityFault(report, integrity, isSheet ? 'row' : 'line', (at) => integrity.line ?? at + 1);
}

/**
 * The reasons why a visit is not payable: the conditions of payment that it does not meet, and what a person has to look at first.
 * The record of a call that was not made is not named.
 */
export function whyNot(
  { unmet, integrity }: Pick<PaymentRow, 'unmet' | 'integrity'>,
  { unmet: words }: CliWords['payments'],
  report: ReportContext,
  isSheet: boolean,
): string {
  const fault = describeFault({ integrity }, report, isSheet);
  const isImplied = (condition: PaymentCondition) =>
    condition === 'start-documented' && unmet.includes('start-reported');
  const lacking = unmet.filter((condition) => !isImplied(condition)).map((condition) => words[condition]);
  return [...(fault === null ? [] : [report.words.integrity.hold(fault)]), ...lacking].join('; ');
}

export function totalHeadings({ payments: { columns, totals } }: CliWords): readonly string[] {
  const { visits, payable, held, unverified, minutes, payableMinutes, wasted } = totals;
  return [columns.provider, columns.name, visits, payable, held, unverified, minutes, payableMinutes, wasted];
}

export const totalCells = (total: PaymentTotal): readonly Cell[] => [
  total.provider?.id ?? '',
  total.provider?.name ?? '',
  total.visits,
  total.payable,
  total.held,
  total.unverified,
  total.workedMinutes,
  total.payableMinutes,
  total.wastedTrips,
];
