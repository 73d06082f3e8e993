import type { VerdictStatus } from '../../reading/index.ts';
import type { Context } from '../console/context.ts';
import type { Style } from '../console/terminal.ts';
import { sanitize } from '../console/text.ts';
import { type SheetStyle, whyNot } from './cells.ts';
import type { PaymentRow, PaymentTotal } from './row.ts';

/** The marks of the verdicts, for columns that are too narrow for their names. */
export const marks: Readonly<Record<VerdictStatus, readonly [mark: string, style: Style]>> = {
  satisfied: ['✓', 'green'],
  missing: ['?', 'red'],
  contradicted: ['✗', 'red'],
  late: ['~', 'yellow'],
  waived: ['·', 'cyan'],
  'not-applicable': ['–', 'dim'],
};

const widths = { visit: 14, caseNumber: 16, provider: 12, minutes: 9, clause: 7, count: 8 };

const padded = (text: string, width: number) => `${text.padEnd(width)} `;
const right = (value: number, width: number, locale: string) => `${value.toLocaleString(locale).padStart(width)} `;

export function tableHeading({ words, paint }: Context, clauses: readonly string[]): string {
  const { columns } = words.payments;
  const names = [
    padded(columns.visit, widths.visit),
    padded(columns.caseNumber, widths.caseNumber),
    padded(columns.provider, widths.provider),
    padded(columns.minutesShort.padStart(widths.minutes), widths.minutes),
    ...clauses.map((clause) => padded(clause, widths.clause)),
    padded(columns.visitsShort.padStart(widths.count), widths.count),
    padded(columns.wastedShort.padStart(widths.count), widths.count),
    columns.payable,
  ];
  return paint('bold', names.join('').trimEnd());
}

/** A row of the table, as wide as it needs to be: nothing is cut. */
export function tableLine(row: PaymentRow, { context, report, isSheet }: SheetStyle): string {
  const { words, paint, locale } = context;
  const { payments } = words;
  const verdicts = Object.values(row.clauses).map((status) => {
    const [mark, style] = marks[status];
    return `${paint(style, mark)}${' '.repeat(widths.clause)}`;
  });
  const answer = row.payable ? paint('green', payments.yes) : paint('red', payments.no);
  const why = row.payable ? '' : `: ${whyNot(row, payments, report, isSheet)}`;
  return [
    padded(sanitize(row.visitId), widths.visit),
    padded(sanitize(row.caseNumber ?? '—'), widths.caseNumber),
    padded(sanitize(row.provider?.id ?? '—'), widths.provider),
    right(row.workedMinutes, widths.minutes, locale),
    ...verdicts,
    right(row.visits, widths.count, locale),
    right(row.wastedTrips, widths.count, locale),
    answer,
    why,
  ].join('');
}

/** The totals by provider, as lines of a table. */
export function totalLines(totals: readonly PaymentTotal[], { words, paint, locale }: Context): readonly string[] {
  const { payments } = words;
  const names = Object.values(payments.totals);
  const line = (first: string, cells: readonly string[]) =>
    padded(first, 31) + cells.map((cell, place) => `${cell.padStart(names[place]?.length ?? 0)}  `).join('');
  return [
    paint('bold', line(payments.byProvider, names).trimEnd()),
    ...totals.map(({ provider, ...total }) => {
      const name = provider === null ? '—' : [provider.id, provider.name ?? ''].filter(Boolean).join(' · ');
      const { visits, payable, held, unverified, workedMinutes, payableMinutes, wastedTrips } = total;
      const figures = [visits, payable, held, unverified, workedMinutes, payableMinutes, wastedTrips];
      const cells = figures.map((figure) => figure.toLocaleString(locale));
      return line(sanitize(name), cells).trimEnd();
    }),
  ];
}
