import type { LineFinding, VisitAudit } from '../../logs.ts';
import { makesUnclean } from '../../reading/judging/finding.ts';
import { isTime, parseTime, type ReportContext } from '../../report/visit/plain-text.ts';
import { asRecord } from '../../util/json.ts';
import { cleanText, lookup } from '../../words/text.ts';
import { type Cell, csvLine } from '../console/csv.ts';
import { formatFinding } from '../console/findings.ts';
import type { CliWords } from '../words/en.ts';

/** The words of the table; its places are lines or, of a third-party sheet, rows. */
type TableStyle = {
  readonly words: CliWords;
  readonly report: ReportContext;
  readonly isSheet: boolean;
  readonly showsAll: boolean;
  readonly path: string;
};

/** The line of headings, with the mark by which a spreadsheet knows UTF-8. */
export function tableHeading({ findings: { columns } }: CliWords, isSheet: boolean): string {
  const { line, row, ...rest } = columns;
  const { file, ...others } = rest;
  return `\uFEFF${csvLine([file, isSheet ? row : line, ...Object.values(others)])}`;
}

/** The findings of a visit as lines of CSV, one a finding, in the order of the log; the observations where all is shown. */
export function findingRows(result: VisitAudit, style: TableStyle): readonly string[] {
  const { findings } = result.audit;
  const shown = style.showsAll ? findings : findings.filter(makesUnclean);
  return shown.map((finding) => csvLine(toCells(finding, result, style)));
}

function toCells(
  finding: LineFinding,
  { visitId, audit, events = [] }: VisitAudit,
  style: TableStyle,
): readonly Cell[] {
  const { words, report, path } = style;
  const { kind, index, line, rule = '', clause = '' } = finding;
  const event = events[index];
  const { at, by, recordedBy } = asRecord(event?.data);
  const moment = parseTime(at);
  return [
    path === '-' ? '' : path,
    line,
    visitId ?? '',
    audit.state.caseNumber ?? '',
    index,
    event?.metadata?.eventId ?? '',
    event?.type ?? '',
    event === undefined || event === null ? '' : lookup(report.words.events, event.type, event.type),
    makesUnclean(finding) ? words.findings.finding : words.findings.observation,
    words.findings.kinds[kind],
    kind,
    rule,
    clause,
    formatFinding(finding, words, report),
    isTime(moment) ? new Date(report.clock.local(moment)) : cleanText(at),
    cleanText(asRecord(by).role),
    cleanText(asRecord(by).id),
    cleanText(asRecord(recordedBy).role),
    cleanText(asRecord(recordedBy).id),
  ];
}
