import type { LineFinding, VisitAudit } from '../../logs/index.ts';
import { clause as clauseOf } from '../../protocol/index.ts';
import { actName, type Dossier, roleName, type Verdict, type VerdictStatus } from '../../reading/index.ts';
import { workOf } from '../../report/clock.ts';
import type { Context as ReportContext } from '../../report/context.ts';
import { amount } from '../../report/visit/findings.ts';
import { debtName } from '../../report/visit/lists.ts';
import { type Context, say, sayJson } from '../context.ts';
import { EXIT } from '../failure.ts';
import { findingLine, isGrave, reporting, sealsFirst } from '../findings.ts';
import { plain } from '../plain.ts';
import { sealLine } from '../seal-text.ts';
import type { Style } from '../terminal.ts';
import { selectedIn, type VisitOptions } from './selected.ts';

/** Shows what the log of each visit proves. */
export async function dossier(file: string | undefined, options: VisitOptions, context: Context): Promise<number> {
  const { visits, policy, isSheet, heads } = await selectedIn([file], options, { dossier: true }, context);
  const report = reporting(context, policy);
  let isFirst = true;
  for await (const visit of visits) {
    const { visitId, lines, dossier: drawn } = visit;
    if (context.json) await sayJson(context, { visitId, lines, dossier: drawn });
    else if (drawn !== undefined) {
      if (!isFirst) await say(context, '');
      const [heading = '', ...lines] = linesOf(visit, drawn, isSheet, report, context);
      const { words, paint } = context;
      const seal = isSheet ? [] : [sealLine(visitId, visit.chain, heads, words, paint)];
      for (const line of [heading, ...seal, ...lines]) await say(context, line);
    }
    isFirst = false;
  }
  return EXIT.ok;
}

function linesOf(
  visit: VisitAudit,
  drawn: Dossier,
  isSheet: boolean,
  report: ReportContext,
  context: Context,
): readonly string[] {
  const { headings } = report.words;
  const { tell } = context.words;
  const found = (isTold: (finding: LineFinding) => boolean) => findingLines(visit, isTold, isSheet, report, context);
  return [
    headingOf(visit, drawn, report, context),
    ...evidenceLines(visit, drawn, report, context),
    ...listOf(headings.measures, measureLines(drawn, report), context),
    ...listOf(headings.debts, debtLines(drawn, report, context), context),
    ...listOf(tell.findings, found(isGrave), context),
    ...listOf(tell.deviations, found(isDeviation), context),
    context.paint('dim', isSheet ? tell.brackets.rows : tell.brackets.lines),
  ];
}

const isShown = ({ status }: Verdict) => status !== 'not-applicable';

/** Payment evidence apart from protocol evidence. */
function evidenceLines(visit: VisitAudit, drawn: Dossier, report: ReportContext, context: Context): readonly string[] {
  const { headings, visit: words } = report.words;
  const verdicts = (all: readonly Verdict[]) =>
    all.filter(isShown).map((verdict) => verdictLine(verdict, visit, report, context));
  const notApplicable = drawn.protocol.filter((verdict) => !isShown(verdict)).length;
  return [
    context.paint('bold', headings.payment),
    ...verdicts(drawn.payment),
    `  ${headings.worked}: ${workOf(drawn.workedMs)}${drawn.running ? ` ${words.running}` : ''}`,
    `  ${missingOf(drawn, report, context)}`,
    context.paint('bold', headings.protocol),
    ...verdicts(drawn.protocol),
    context.paint('dim', `  ${words.notApplicable(notApplicable)}`),
  ];
}

function headingOf(
  { visitId }: VisitAudit,
  { caseNumber, phase }: Dossier,
  { words: { phases } }: ReportContext,
  { words, paint }: Context,
) {
  const parts = [words.tell.visit(plain(visitId ?? '')), plain(caseNumber ?? ''), phases[phase]];
  const [first = '', ...rest] = parts.filter(Boolean);
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

function verdictLine(
  { clause, status, evidence }: Verdict,
  { lines }: VisitAudit,
  report: ReportContext,
  context: Context,
): string {
  const { paint, locale } = context;
  const places = evidence.slice(0, mostEvidence).map((index) => lines[index]);
  const proof = places.length === 0 ? '' : ` [${places.join(', ')}${evidence.length > mostEvidence ? ', …' : ''}]`;
  const told = paint(styles[status], report.words.statuses[status].padEnd(13));
  return `  ${clause.padEnd(6)}  ${told} ${clauseOf(clause).text[locale]}${paint('dim', proof)}`;
}

function missingOf({ missing }: Dossier, { words: { visit } }: ReportContext, { locale, words }: Context): string {
  if (!missing.found) return words.tell.unpayable[missing.reason];
  if (missing.acts.length === 0) return visit.nothingMissing;
  return visit.missing(missing.acts.map((act) => actName(act, locale)).join(', '));
}

const measureLines = ({ measures }: Dossier, { words }: ReportContext): readonly string[] =>
  measures.map(({ name, value, flagged }) => `${flagged ? '~' : '·'} ${words.measures[name]}: ${amount(name, value)}`);

const debtLines = ({ debts }: Dossier, report: ReportContext, { locale }: Context): readonly string[] =>
  debts.map((debt) => {
    const { visit } = report.words;
    const end =
      debt.endedBy === null
        ? visit.openStill
        : debt.lapsed
          ? visit.lapsed
          : report.clock.short(Date.parse(debt.until ?? ''));
    return `· ${debtName(report, debt)} (${roleName(debt.debtor, locale)}, ${debt.clause}): ${end}`;
  });

const isDeviation = ({ kind }: LineFinding) => kind === 'deviation';

function findingLines(
  { audit }: VisitAudit,
  isTold: (finding: LineFinding) => boolean,
  isSheet: boolean,
  report: ReportContext,
  { words, paint }: Context,
): readonly string[] {
  const placeOf = isSheet ? words.tell.row : words.tell.line;
  return sealsFirst(audit.findings)
    .filter(isTold)
    .map((finding) => findingLine(finding, placeOf(finding.line), words, report, paint));
}

const listOf = (heading: string, lines: readonly string[], { paint }: Context): readonly string[] =>
  lines.length === 0 ? [] : [paint('bold', heading), ...lines.map((line) => `  ${line}`)];
