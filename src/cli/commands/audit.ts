import type { VisitAudit } from '../../logs/index.ts';
import type { Context as ReportContext } from '../../report/context.ts';
import { type Context, complain, say, sayJson } from '../context.ts';
import { EXIT, Failure } from '../failure.ts';
import { findingLine, grouped, isEncoding, isGrave, reporting } from '../findings.ts';
import { mappingAt, policyAt, sourceAt } from '../inputs.ts';
import type { Source } from '../source.ts';
import { type Reading, visitsOf } from '../visits.ts';

export type AuditOptions = { readonly map?: string; readonly policy?: string; readonly all?: boolean };

/** What came of all files. */
type Tally = { visits: number; clean: number; findings: number; notes: number; unplaced: number; exit: number };

/** Everything that one file is audited with. */
type Job = {
  readonly context: Context;
  readonly reading: Reading;
  readonly report: ReportContext;
  readonly showsAll: boolean;
  readonly tally: Tally;
};

/** Audits each file, goes on after one that cannot be read, and sums up. */
export async function audit(files: readonly string[], options: AuditOptions, context: Context): Promise<number> {
  const mapping = await mappingAt(options.map, context);
  const policy = await policyAt(options.policy, context);
  const reading: Reading = { ...(mapping && { mapping }), ...(policy && { policy }) };
  const tally: Tally = { visits: 0, clean: 0, findings: 0, notes: 0, unplaced: 0, exit: EXIT.ok };
  const job: Job = { context, reading, report: reporting(context, policy), showsAll: options.all === true, tally };
  for (const file of files.length === 0 ? [undefined] : files) {
    try {
      await auditFile(await sourceAt(file, context), files.length > 1, job);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await complain(context, error.tell(context.words));
      tally.exit = EXIT.failed;
    }
  }
  if (!context.json) await sumUp(tally, job);
  return tally.exit;
}

async function auditFile(source: Source, isOneOfMany: boolean, job: Job): Promise<void> {
  const { context, reading, tally } = job;
  const { json, words, paint } = context;
  if (isOneOfMany && !json) await say(context, paint('bold', source.name));
  let readable = 0;
  let isGarbled = false;
  for await (const result of visitsOf(source, reading, context)) {
    const { findings } = result.audit;
    readable += result.lines.length - findings.filter(({ kind }) => kind === 'unreadable').length;
    const garbled = isGarbled ? undefined : findings.find(isEncoding);
    if (garbled !== undefined) {
      isGarbled = true;
      await complain(context, [words.failures.notUtf8(source.name, garbled.line)]);
    }
    count(result, tally);
    if (json) await sayJson(context, asJson(source.path, result));
    else await tellVisit(result, job);
  }
  if (readable > 0) return;
  const hint = reading.mapping === undefined ? [words.failures.maybeSheet] : [];
  throw new Failure(({ failures }) => [failures.nothingReadable(source.name), ...hint]);
}

function count({ visitId, continued, lines, audit: { clean, findings } }: VisitAudit, tally: Tally): void {
  const grave = findings.filter(isGrave).length;
  if (visitId === null) tally.unplaced += lines.length;
  else {
    tally.visits += continued ? 0 : 1;
    tally.clean += clean && !continued ? 1 : 0;
  }
  tally.findings += grave;
  tally.notes += findings.length - grave;
  if (!clean) tally.exit = Math.max(tally.exit, EXIT.found);
}

/** What one visit is to another program. */
function asJson(file: string, { visitId, continued, lines, audit }: VisitAudit) {
  const { clean, findings, state, debts } = audit;
  const { phase, caseNumber } = state;
  return {
    file,
    visitId,
    caseNumber,
    phase,
    clean,
    continued,
    first: lines[0],
    last: lines.at(-1),
    entries: lines.length,
    findings,
    debts,
  };
}

/** How many findings of one visit are told, those that say the same together. */
const mostTold = 50;

async function tellVisit(result: VisitAudit, { context, reading, report, showsAll }: Job): Promise<void> {
  const { words, paint } = context;
  const { clean, findings } = result.audit;
  if (clean && !showsAll) return;
  const placeOf = reading.mapping === undefined ? words.tell.line : words.tell.row;
  await say(context, headingOf(result, reading, report, context));
  const told = grouped(showsAll ? findings : findings.filter(isGrave), words, report);
  for (const [first, ...more] of told.slice(0, mostTold)) {
    const place = more.length === 0 ? placeOf(first.line) : words.tell.andMore(placeOf(first.line), more.length);
    await say(context, `  ${findingLine(first, place, words, report, paint)}`);
  }
  if (told.length > mostTold) await say(context, `  ${words.tell.more(told.length - mostTold)}`);
}

function headingOf(
  { visitId, lines, continued, audit }: VisitAudit,
  { mapping }: Reading,
  report: ReportContext,
  context: Context,
) {
  const { words, paint } = context;
  const [first = 0] = lines;
  const range = (mapping === undefined ? words.tell.lines : words.tell.rows)(first, lines.at(-1) ?? first);
  const name = visitId === null ? words.tell.noVisit : words.tell.visit(visitId);
  const phase = visitId === null ? [] : [report.words.phases[audit.state.phase]];
  const mark = audit.clean ? paint('green', '✓') : paint('red', '✗');
  return `${mark} ${paint('bold', name)} · ${[...phase, range, ...(continued ? [words.tell.continued] : [])].join(' · ')}`;
}

async function sumUp({ visits, clean, findings, notes, unplaced }: Tally, { context, showsAll }: Job): Promise<void> {
  const { tell } = context.words;
  const lines = [
    ...(visits > 0 ? [tell.summary(visits, clean, findings)] : []),
    ...(unplaced > 0 ? [tell.unplaced(unplaced)] : []),
    ...(notes > 0 && !showsAll ? [tell.notes(notes)] : []),
  ];
  for (const line of lines) await say(context, line);
}
