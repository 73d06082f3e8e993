import type { LineFinding, RowProblemCode } from '../../logs.ts';
import { createContext, describeFinding, type ReportContext } from '../../report/visit/plain-text.ts';
import { asArray, asRecord } from '../../util/json.ts';
import type { Policy } from '../../visit/index.ts';
import { cleanText, lookup } from '../../words/text.ts';
import type { CliWords } from '../words/en.ts';
import { type Context, Failure, type Wording } from './context.ts';
import { sanitize } from './text.ts';

/** The words and the clock of the reports, in the language of the command line. */
export const reporting = ({ locale }: Context, policy: Policy | undefined): ReportContext =>
  createContext(policy === undefined ? { locale } : { locale, policy });

/** The failure of a file without any event: one line where it has a line that is longer than any event, else with what it may be. */
export const nothingReadable = (file: string, isSheet: boolean, oversizedAt: number | null): Failure =>
  new Failure(({ failures }) => {
    if (oversizedAt !== null) return failures.oversized(file, oversizedAt);
    return [failures.nothingReadable(file), ...(isSheet ? [] : [failures.maybeSheet, failures.maybeStore])];
  });

/** True if the finding is about bytes that are not UTF-8. */
export const isEncoding = (finding: LineFinding): boolean => hasIssue(finding, ['lone-surrogate', 'not-utf8']);

/** True if the finding is about a line that is longer than any event. */
export const isOversized = (finding: LineFinding): boolean => hasIssue(finding, ['too-large']);

const hasIssue = ({ facts }: LineFinding, codes: readonly string[]) =>
  [...asArray(facts.issues), ...asArray(facts.problems)].some((issue) =>
    codes.includes(cleanText(asRecord(issue).code)),
  );

const marks = {
  repeated: ['cyan', '·'],
  measure: ['yellow', '~'],
  deviation: ['cyan', '·'],
  signature: ['yellow', '~'],
  correction: ['cyan', '·'],
} as const;

/** A finding in one line: its mark, position and text, with its rule and clause. */
export function findingLine(
  finding: LineFinding,
  place: string,
  report: ReportContext,
  { words, paint }: Wording,
): string {
  const { kind, rule, clause } = finding;
  const [style, mark] = lookup<readonly ['red' | 'yellow' | 'cyan', string]>(marks, kind, ['red', '✗']);
  const cited = [rule, clause].filter((one) => one !== undefined).join(', ');
  const source = cited === '' ? '' : ` ${paint('dim', `(${sanitize(cited)})`)}`;
  return `${paint(style, mark)} ${place}: ${sanitize(formatFinding(finding, words, report))}${source}`;
}

const mostIssues = 3;

/** The text of a finding. */
export function formatFinding(finding: LineFinding, words: CliWords, report: ReportContext): string {
  const issues = [...asArray(finding.facts.issues), ...asArray(finding.facts.problems)];
  if (issues.length === 0) return describeFinding(report, finding);
  return issues
    .slice(0, mostIssues)
    .map((issue) => formatIssue(issue, finding.facts.command !== undefined, words))
    .join('; ');
}

function formatIssue(issue: unknown, isCommand: boolean, { output, problems }: CliWords): string {
  const { path, column, code, key } = asRecord(issue);
  const isOurs = isCommand && code === 'unknown-type';
  const what = isOurs ? output.command : lookup(problems, code as RowProblemCode, problems.unreadable);
  const named = cleanText(key) === '' ? what : `${what}: ${cleanText(key)}`;
  return output.issue(cleanText(column) || formatField(cleanText(path)), named);
}

/** `/data/client/name` as `client.name`; `/data` itself as `data`. */
export const formatField = (path: string) => path.replace(/^\/(?:data\/)?/, '').replaceAll('/', '.');

/** The largest number of places that are named for equal findings. */
const mostNamed = 10;

/** The places of findings in a file: all of them, or the first of many and how to see the rest. */
export function formatWhere(file: string, lines: readonly number[], isSheet: boolean, { output }: CliWords): string {
  const places = [...new Set(lines)];
  const named = places.slice(0, mostNamed).map(String);
  return `${sanitize(file)}, ${(isSheet ? output.atRows : output.atLines)(named, places.length - named.length)}`;
}

const mostPlaces = 5;

/** Formats the first of some lines, or ids. */
export const formatPlaces = (lines: readonly (number | string)[]): string =>
  [...lines.slice(0, mostPlaces), ...(lines.length > mostPlaces ? ['…'] : [])].join(', ');

/** Findings with those of the seal first, since the others depend on them. */
export const sealsFirst = (findings: readonly LineFinding[]): readonly LineFinding[] => [
  ...findings.filter(({ kind }) => kind === 'chain'),
  ...findings.filter(({ kind }) => kind !== 'chain'),
];

/** Groups findings of the same text, in the order of the first of each. */
export function groupFindings(
  findings: readonly LineFinding[],
  words: CliWords,
  report: ReportContext,
): readonly (readonly [LineFinding, ...LineFinding[]])[] {
  const groups = new Map<string, [LineFinding, ...LineFinding[]]>();
  for (const finding of findings) {
    const key = `${finding.kind} ${finding.rule} ${finding.clause} ${formatFinding(finding, words, report)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}
