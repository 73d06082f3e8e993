import type { LineFinding, VisitAudit } from '../../logs.ts';
import type { Id } from '../../messages/index.ts';
import type { Locale } from '../../protocol/index.ts';
import { makesUnclean } from '../../reading/judging/finding.ts';
import { createContext, type ReportContext } from '../../report/visit/plain-text.ts';
import type { Policy } from '../../visit/index.ts';
import { selectWords } from '../console/context.ts';
import { findingLine, formatWhere, groupFindings, isEncoding, isOversized, sealsFirst } from '../console/findings.ts';
import { type Paint, painter } from '../console/terminal.ts';
import { safeJson } from '../console/text.ts';
import { type Heads, sealJson, sealText } from '../input/seals.ts';
import type { CliWords } from '../words/en.ts';
import { findingRows } from './findings-table.ts';

/** Options of rendering the visits of a log. Plain data: a worker gets it as it is. */
export type FormatOptions = {
  readonly locale: Locale;
  readonly json: boolean;
  /** A table of findings. */
  readonly csv: boolean;
  readonly quiet: boolean;
  readonly isColoured: boolean;
  readonly showsAll: boolean;
  readonly isSheet: boolean;
  /** The name of the log for people, and its path for programs. */
  readonly name: string;
  readonly path: string;
  readonly policy?: Policy;
  readonly heads: Heads;
  /** The only visit to report on. */
  readonly wanted?: Id;
};

/** Counts of some visits and their findings. */
export type Tally = {
  visits: number;
  clean: number;
  findings: number;
  notes: number;
  /** Lines of which the visit is not known, and lines that could be read. */
  unplaced: number;
  readable: number;
  isClean: boolean;
  /** The first line that is longer than any event. */
  oversizedAt: number | null;
  /** Visits that carry a seal, those of them of which it is broken, and the others with an unsealed beginning. */
  sealed: number;
  broken: number;
  sealedLate: number;
  /** The visits of which a head was kept, as far as they were found. */
  readonly headed: Id[];
};

export const emptyTally = (): Tally => ({
  visits: 0,
  clean: 0,
  findings: 0,
  notes: 0,
  unplaced: 0,
  readable: 0,
  isClean: true,
  oversizedAt: null,
  sealed: 0,
  broken: 0,
  sealedLate: 0,
  headed: [],
});

/** Adds the counts of other visits. */
export function addTally(tally: Tally, other: Tally): void {
  tally.visits += other.visits;
  tally.clean += other.clean;
  tally.findings += other.findings;
  tally.notes += other.notes;
  tally.unplaced += other.unplaced;
  tally.readable += other.readable;
  tally.isClean &&= other.isClean;
  tally.oversizedAt ??= other.oversizedAt;
  tally.sealed += other.sealed;
  tally.broken += other.broken;
  tally.sealedLate += other.sealedLate;
  for (const visitId of other.headed) tally.headed.push(visitId);
}

/** A formatted visit: its lines, and the first line of its log that is not UTF-8. */
export type FormattedVisit = { readonly lines: readonly string[]; readonly garbledAt: number | null };

/** Counts a visit and formats it. */
export type Formatter = (result: VisitAudit, tally: Tally) => FormattedVisit;

type Formatting = FormatOptions & { readonly words: CliWords; readonly paint: Paint; readonly report: ReportContext };

export function createFormatter(options: FormatOptions): Formatter {
  const { locale, policy, isColoured } = options;
  const report = createContext(policy === undefined ? { locale } : { locale, policy });
  const style: Formatting = { ...options, words: selectWords(locale), paint: painter(isColoured), report };
  return (result, tally) => {
    const isWanted = options.wanted === undefined || options.wanted === result.visitId;
    countReadable(result, tally);
    if (!isWanted) return { lines: [], garbledAt: null };
    count(result, options.heads, tally);
    return { lines: formatLines(result, style), garbledAt: result.audit.findings.find(isEncoding)?.line ?? null };
  };
}

function countReadable({ lines, audit: { findings } }: VisitAudit, tally: Tally): void {
  tally.readable += lines.length - findings.filter(({ kind }) => kind === 'unreadable').length;
  tally.oversizedAt ??= findings.find(isOversized)?.line ?? null;
}

function count(
  { visitId, continued, lines, chain, audit: { clean, findings } }: VisitAudit,
  { byVisit }: Heads,
  tally: Tally,
): void {
  const grave = findings.filter(makesUnclean).length;
  if (visitId === null) tally.unplaced += lines.length;
  else {
    tally.visits += continued ? 0 : 1;
    tally.clean += clean && !continued ? 1 : 0;
  }
  tally.findings += grave;
  tally.notes += findings.length - grave;
  tally.isClean &&= clean;
  if (chain !== undefined && !continued) tally.sealed += 1;
  if (chain?.intact === false) tally.broken += 1;
  if (chain?.intact && chain.sealedFrom > 0) tally.sealedLate += 1;
  if (visitId !== null && byVisit.has(visitId)) tally.headed.push(visitId);
}

/** A visit for another program. */
function asJson(file: string, { visitId, continued, lines, audit, chain }: VisitAudit) {
  const { clean, findings, state, debts } = audit;
  const { phase, caseNumber } = state;
  return {
    file,
    visitId,
    caseNumber,
    phase,
    clean,
    chain: sealJson(chain),
    continued,
    first: lines[0],
    last: lines.at(-1),
    entries: lines.length,
    findings,
    debts,
  };
}

/** The largest number of findings of one visit that are printed; equal ones count once. */
const mostShown = 50;

function formatLines(result: VisitAudit, style: Formatting): readonly string[] {
  if (style.quiet) return [];
  if (style.csv) return findingRows(result, style);
  if (style.json) return [safeJson(asJson(style.path, result))];
  return result.audit.clean && !style.showsAll ? [] : formatText(result, style);
}

function formatText(result: VisitAudit, style: Formatting): readonly string[] {
  const { words, report, showsAll, isSheet, name } = style;
  const { findings } = result.audit;
  const listed = (shown: readonly LineFinding[]) => {
    const groups = groupFindings(shown, words, report);
    const lines = groups.slice(0, mostShown).map((group) => {
      const places = group.map(({ line }) => line);
      return `  ${findingLine(group[0], formatWhere(name, places, isSheet, words), report, style)}`;
    });
    const rest = groups.length - lines.length;
    return rest > 0 ? [...lines, `  ${words.output.more(rest)}`] : lines;
  };
  const remarks = showsAll ? listed(findings.filter((finding) => !makesUnclean(finding))) : [];
  return [
    formatHeading(result, style),
    ...listed(sealsFirst(findings.filter(makesUnclean))),
    ...(remarks.length > 0 ? [`  ${style.paint('bold', words.output.remarks)}`, ...remarks] : []),
  ];
}

function formatHeading({ visitId, lines, continued, audit, chain }: VisitAudit, style: Formatting): string {
  const { words, report, paint, isSheet, heads } = style;
  const [first = 0] = lines;
  const range = (isSheet ? words.output.rows : words.output.lines)(first, lines.at(-1) ?? first);
  const name = visitId === null ? words.output.noVisit : words.output.visit(visitId);
  const phase = visitId === null ? [] : [report.words.phases[audit.state.phase]];
  const mark = audit.clean ? paint('green', '✓') : paint('red', '✗');
  const seal = chain === undefined ? [] : [sealText(visitId, chain, heads, style)];
  return `${mark} ${paint('bold', name)} · ${[...seal, ...phase, range, ...(continued ? [words.output.continued] : [])].join(' · ')}`;
}
