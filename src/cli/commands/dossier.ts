import { clause as clauseOf } from '../../locale/index.ts';
import type { LineFinding } from '../../logs.ts';
import type { Dossier, Verdict, VerdictStatus } from '../../reading/index.ts';
import { makesUnclean } from '../../reading/judging/finding.ts';
import { formatWorkedTime, isTime, parseTime, type ReportContext, standing } from '../../report/visit/plain-text.ts';
import { type Context, printJson, printText } from '../console/context.ts';
import { findingLine, formatWhere, reporting, sealsFirst } from '../console/findings.ts';
import type { Style } from '../console/terminal.ts';
import { sanitize } from '../console/text.ts';
import {
  attemptLines,
  conductLines,
  correctionLines,
  debtLines,
  declinedLines,
  discrepancyLines,
  factsText,
  measureLines,
  photoLines,
} from '../dossier/lists.ts';
import { type Heads, sealLine } from '../input/seals.ts';
import { findSelected, type SelectedVisit, type VisitOptions } from '../input/select-visits.ts';
import { whyNot } from '../payments/cells.ts';
import { integrityIn } from '../payments/row.ts';

/** Everything that rendering a dossier takes. */
type FormatOptions = {
  readonly visit: SelectedVisit;
  readonly drawn: Dossier;
  readonly isSheet: boolean;
  readonly heads: Heads;
  readonly report: ReportContext;
  readonly context: Context;
};

/** Shows the evidence in the log of each visit. */
export async function dossier(files: readonly string[], options: VisitOptions, context: Context): Promise<number> {
  const extras = { dossier: true, events: true };
  const { visits, policy, isSheet, heads, exitCode } = await findSelected(files, options, extras, context);
  const report = reporting(context, policy);
  let isFirst = true;
  for await (const visit of visits) {
    const { visitId, lines, dossier: drawn, source } = visit;
    if (context.json) await printJson(context, { file: source.path, visitId, lines, dossier: drawn });
    else if (drawn !== undefined) {
      if (!isFirst) await printText(context, '');
      for (const line of formatLines({ visit, drawn, isSheet, heads, report, context })) await printText(context, line);
    }
    isFirst = false;
  }
  return exitCode();
}

/** Prints the head of a dossier: the seal, the findings, and the reported conduct. */
function formatLines(given: FormatOptions): readonly string[] {
  const { visit, drawn, isSheet, heads, report, context } = given;
  const { words, paint } = context;
  const { headings } = report.words;
  const { output } = words;
  return [
    formatHeading(given),
    ...(isSheet ? [] : [sealLine(visit, heads, context)]),
    ...formatList(output.findings, findingLines(given, makesUnclean), context),
    ...formatList(output.conduct, conductLines(visit, drawn, report, context), context),
    ...evidenceLines(given),
    ...formatList(headings.facts, factsText(drawn, report), context),
    ...formatList(headings.measures, measureLines(drawn, report), context),
    ...formatList(output.remarks, findingLines(given, isRemark), context),
    ...formatList(headings.debts, debtLines(drawn, report, context), context),
    ...formatList(output.deviations, findingLines(given, isDeviation), context),
    ...formatList(headings.corrections, correctionLines(visit, drawn, report, context), context),
    ...formatList(headings.discrepancies, discrepancyLines(visit, drawn, report, context), context),
    ...formatList(headings.declined, declinedLines(visit, drawn, report), context),
    ...formatList(headings.photos, photoLines(drawn, report, context), context),
    ...formatList(headings.attempts, attemptLines(visit, drawn, report), context),
    paint('dim', formatFooter(given)),
  ];
}

const isRemark = (finding: LineFinding) =>
  !makesUnclean(finding) && finding.kind !== 'deviation' && finding.kind !== 'correction';
const isDeviation = ({ kind }: LineFinding) => kind === 'deviation';
const isShown = ({ status }: Verdict) => status !== 'not-applicable';

/** The time of the first act, or `NaN`. */
const findBegin = ({ visit }: FormatOptions) =>
  (visit.events ?? []).map((event) => parseTime(event?.data.at)).find(isTime) ?? Number.NaN;

/** The meaning of the numbers in brackets, and the zone of the times. */
function formatFooter(given: FormatOptions): string {
  const { isSheet, report, context } = given;
  const { brackets } = context.words.output;
  const begin = findBegin(given);
  const zone = isTime(begin) ? ` ${report.words.visit.zone(report.clock.zone, report.clock.offset(begin))}` : '';
  return `${isSheet ? brackets.rows : brackets.lines}${zone}`;
}

/** Payment evidence apart from protocol evidence. */
function evidenceLines(given: FormatOptions): readonly string[] {
  const { drawn, report, context } = given;
  const { headings, visit: words } = report.words;
  const verdicts = (all: readonly Verdict[]) => all.filter(isShown).map((verdict) => verdictLine(verdict, given));
  const isHeld = !drawn.payable && drawn.unmetForPayment.length === 0;
  const notApplicable = drawn.protocol.filter((verdict) => !isShown(verdict)).length;
  return [
    context.paint('bold', headings.payment),
    ...verdicts(drawn.payment),
    `  ${headings.worked}: ${formatWorkedTime(drawn.workedMs)}${drawn.running ? ` ${words.running}` : ''}`,
    `  ${formatPayable(given)}`,
    ...(isHeld ? [] : [`  ${formatMissing(drawn, report, context)}`]),
    context.paint('bold', headings.protocol),
    ...verdicts(drawn.protocol),
    context.paint('dim', `  ${words.notApplicable(notApplicable)}`),
  ];
}

function formatHeading(given: FormatOptions): string {
  const { visit, drawn, report, context } = given;
  const { words, paint } = context;
  const { caseNumber, phase } = drawn;
  const parts = [words.output.visit(sanitize(visit.visitId)), sanitize(caseNumber ?? ''), report.words.phases[phase]];
  const begin = findBegin(given);
  const day = isTime(begin) ? report.clock.day(begin) : '';
  const [first = '', ...rest] = [...parts, day, visit.source.name].filter(Boolean);
  return [paint('bold', first), ...rest].join(' · ');
}

const styles: Readonly<Record<VerdictStatus, Style>> = {
  satisfied: 'green',
  missing: 'red',
  late: 'yellow',
  contradicted: 'red',
  waived: 'cyan',
  'not-applicable': 'dim',
};

const mostEvidence = 6;

function verdictLine({ clause, status, evidence }: Verdict, { visit, report, context }: FormatOptions): string {
  const { paint, locale } = context;
  const places = evidence.slice(0, mostEvidence).map((index) => visit.lines[index]);
  const proof = places.length === 0 ? '' : ` [${places.join(', ')}${evidence.length > mostEvidence ? ', …' : ''}]`;
  const shown = paint(styles[status], report.words.statuses[status].padEnd(13));
  return `  ${clause.padEnd(6)}  ${shown} ${clauseOf(clause).text[locale]}${paint('dim', proof)}`;
}

/** The answer to whether the visit is payable, with the reasons of the payment sheet. */
function formatPayable({ visit, drawn, isSheet, report, context }: FormatOptions): string {
  const { payments } = context.words;
  const why = whyNot({ unmet: drawn.unmetForPayment, integrity: integrityIn(visit) }, payments, report, isSheet);
  return `${payments.columns.payable}: ${drawn.payable ? payments.yes : `${payments.no}: ${why}`}`;
}

/**
 * The acts that the payment still needs, in the words of the report; nothing is missing only if no payment clause
 * contradicts it.
 */
function formatMissing(drawn: Dossier, report: ReportContext, { words }: Context): string {
  return drawn.missing.found ? standing(report, drawn, null) : words.output.unpayable[drawn.missing.reason];
}

function findingLines(given: FormatOptions, isTold: (finding: LineFinding) => boolean): readonly string[] {
  const { visit, isSheet, report, context } = given;
  const formatPlace = ({ line }: LineFinding) => formatWhere(visit.source.name, [line], isSheet, context.words);
  return sealsFirst(visit.audit.findings)
    .filter(isTold)
    .map((finding) => findingLine(finding, formatPlace(finding), report, context));
}

const formatList = (heading: string, lines: readonly string[], { paint }: Context): readonly string[] =>
  lines.length === 0 ? [] : [paint('bold', heading), ...lines.map((line) => `  ${line}`)];
