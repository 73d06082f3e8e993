import { type Context, EXIT, Failure, printError } from '../console/context.ts';
import { type Cell, csvLine } from '../console/csv.ts';
import { reporting } from '../console/findings.ts';
import { type Output, writingTo } from '../console/output.ts';
import { sanitize } from '../console/text.ts';
import { correctionText } from '../dossier/lists.ts';
import { findSelected, type Selected, type SelectedVisit, type VisitOptions } from '../input/select-visits.ts';
import { describeFault, listHeadings, type SheetStyle, toCells, totalCells, totalHeadings } from '../payments/cells.ts';
import { createTotals, type PaymentRow, type PaymentTotal, paymentRow } from '../payments/row.ts';
import { marks, tableHeading, tableLine, totalLines } from '../payments/table.ts';
import { createWorkbook, providersSheet } from '../payments/workbook.ts';

export type PaymentsOptions = VisitOptions & {
  readonly csv?: boolean;
  readonly xlsx?: boolean;
  readonly totals?: boolean;
  readonly output?: string;
};

/** One row a visit with its payment data, and the totals of each provider. */
export async function payments(files: readonly string[], options: PaymentsOptions, context: Context): Promise<number> {
  const format = options.csv ? '--csv' : '--xlsx';
  if (context.json && (options.csv || options.xlsx)) throw new Failure(({ usage }) => usage.conflict('--json', format));
  if (options.xlsx && options.output === undefined && process.stdout.isTTY === true) {
    throw new Failure(({ failures }) => failures.workbookToTerminal);
  }
  const selected = await findSelected(files, options, { dossier: true }, context);
  return writingTo(options.output, context, undefined, (output) => writeRows(selected, options, output, context));
}

/** Writes the rows and the totals; answers with the exit code. */
async function writeRows(
  { visits, policy, isSheet, exitCode }: Selected,
  options: PaymentsOptions,
  output: Output,
  context: Context,
): Promise<number> {
  const { words } = context;
  const report = reporting(context, policy);
  const writer = createWriter(options, output, { report, isSheet, context });
  const totals = createTotals();
  const fileOf = new Map<string, string>();
  const heldFiles = new Set<string>();
  async function reportHeld({ source }: SelectedVisit, row: PaymentRow): Promise<void> {
    const fault = describeFault(row, report, isSheet);
    if (fault === null) return;
    if (row.integrity.line !== undefined) {
      await printError(context, [words.failures.heldVisit(sanitize(row.visitId), fault)]);
    } else if (!heldFiles.has(source.name)) {
      heldFiles.add(source.name);
      await printError(context, [words.failures.heldFile(source.name)]);
    }
  }
  let twice = 0;
  for await (const visit of visits) {
    if (visit.dossier === undefined) continue;
    const row = paymentRow(visit, visit.dossier);
    totals.add(row);
    await reportHeld(visit, row);
    const earlier = fileOf.get(row.visitId);
    if (earlier === undefined) fileOf.set(row.visitId, row.file);
    else {
      await printError(context, [
        words.failures.visitTwice(sanitize(row.visitId), sanitize(earlier), sanitize(row.file)),
      ]);
      twice += 1;
    }
    await writer.add(row);
  }
  await writer.end(totals.all());
  return twice === 0 ? exitCode() : EXIT.found;
}

/** Takes row after row, and at the end the totals. */
type Writer = {
  readonly add: (row: PaymentRow) => Promise<void>;
  readonly end: (totals: readonly PaymentTotal[]) => Promise<void>;
};

function createWriter(options: PaymentsOptions, output: Output, style: SheetStyle): Writer {
  if (options.csv) return csvWriter(options.totals === true, output, style);
  if (options.xlsx) return xlsxWriter(output, style);
  return style.context.json ? jsonWriter(output) : tableWriter(options.totals === true, output, style);
}

const clausesOf = ({ clauses }: PaymentRow) => Object.keys(clauses);

/** The visits, or with `--totals` the totals: a CSV is one table. With a mark, by which a spreadsheet knows UTF-8. */
function csvWriter(isTotals: boolean, output: Output, style: SheetStyle): Writer {
  const { words } = style.context;
  let isFirst = true;
  const write = async (headings: readonly string[], cells: readonly Cell[]) => {
    if (isFirst) await output.line(`\uFEFF${csvLine(headings)}`);
    isFirst = false;
    await output.line(csvLine(cells));
  };
  return {
    add: async (row) => {
      if (!isTotals) await write(listHeadings(words, clausesOf(row)), toCells(row, style));
    },
    end: async (totals) => {
      for (const total of isTotals ? totals : []) await write(totalHeadings(words), totalCells(total));
    },
  };
}

/** Holds the cells of all visits: a workbook is written whole. */
function xlsxWriter(output: Output, style: SheetStyle): Writer {
  const { words } = style.context;
  const rows: (readonly Cell[])[] = [];
  let clauses: readonly string[] = [];
  return {
    add: async (row) => {
      clauses = clausesOf(row);
      rows.push(toCells(row, style));
    },
    end: async (totals) => {
      const visits = { name: words.payments.sheets.visits, headings: listHeadings(words, clauses), rows };
      await output.bytes(await createWorkbook([visits, providersSheet(totals, visits, words)]));
    },
  };
}

/** One line a visit, and one with the totals. */
function jsonWriter(output: Output): Writer {
  return {
    add: (row) => output.json(row),
    end: (totals) => output.json({ totals }),
  };
}

function tableWriter(isTotals: boolean, output: Output, style: SheetStyle): Writer {
  const { report, context } = style;
  const { paint } = context;
  let clauses: readonly string[] = [];
  return {
    add: async (row) => {
      if (isTotals) return;
      if (clauses.length === 0) await output.line(tableHeading(context, clausesOf(row)));
      clauses = clausesOf(row);
      await output.line(tableLine(row, style));
      for (const one of row.corrections) {
        await output.line(paint('dim', `  · ${sanitize(correctionText(one, report, context))}`));
      }
    },
    end: async (totals) => {
      const { statuses } = report.words;
      const legend = Object.entries(marks).map(
        ([status, [mark]]) => `${mark} ${statuses[status as keyof typeof statuses]}`,
      );
      if (!isTotals) for (const line of [paint('dim', legend.join('   ')), '']) await output.line(line);
      for (const line of totalLines(totals, context)) await output.line(line);
    },
  };
}
