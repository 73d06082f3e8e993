import { roleName } from '../../locale/index.ts';
import type { VisitEvent } from '../../messages/index.ts';
import { listCorrections } from '../../reading/judging/corrections.ts';
import { makesUnclean } from '../../reading/judging/finding.ts';
import {
  describeFields,
  parseTime,
  type ReportContext,
  type Revision,
  revisionsOf,
} from '../../report/visit/plain-text.ts';
import { cleanText, lookup } from '../../words/text.ts';
import { type Context, EXIT, printJson, printText } from '../console/context.ts';
import { findingLine, formatWhere, reporting } from '../console/findings.ts';
import { sanitize } from '../console/text.ts';
import { storedText } from '../dossier/lists.ts';
import { type Heads, sealJson, sealLine } from '../input/seals.ts';
import { findSelected, type SelectedVisit, type VisitOptions } from '../input/select-visits.ts';

/** Shows the acts of each visit in local time, each with its findings. */
export async function show(files: readonly string[], options: VisitOptions, context: Context): Promise<number> {
  const { visits, policy, isSheet, heads } = await findSelected(files, options, { events: true }, context);
  const report = reporting(context, policy);
  let isFirst = true;
  for await (const visit of visits) {
    if (!context.json && !isFirst) await printText(context, '');
    if (context.json) await printJson(context, asJson(visit));
    else await printVisit(visit, isSheet ? null : heads, report, context);
    isFirst = false;
  }
  return EXIT.ok;
}

function asJson({ visitId, lines, events = [], source, chain, audit: { findings, state } }: SelectedVisit) {
  const entries = lines.map((line, index) => ({
    line,
    event: events[index] ?? null,
    findings: findings.filter((finding) => finding.index === index),
  }));
  return {
    file: source.path,
    visitId,
    caseNumber: state.caseNumber,
    phase: state.phase,
    chain: sealJson(chain),
    entries,
    // What is missing at the end of a sealed log has no entry.
    beyond: findings.filter(({ index }) => index >= lines.length),
  };
}

async function printVisit(visit: SelectedVisit, heads: Heads | null, report: ReportContext, context: Context) {
  const { words, paint } = context;
  const { events = [], lines, audit, source } = visit;
  await printText(context, formatHeading(visit, report, context));
  if (heads !== null) await printText(context, sealLine(visit, heads, context));
  const printFindings = async (isHere: (index: number) => boolean) => {
    for (const finding of audit.findings.filter(({ index }) => isHere(index))) {
      const place = formatWhere(source.name, [finding.line], heads === null, words);
      const lead = makesUnclean(finding) ? '' : `${words.findings.observation} · `;
      await printText(context, `         ${findingLine(finding, `${lead}${place}`, report, context)}`);
    }
  };
  const revisions = revisionsOf(listCorrections(audit.findings));
  let day = '';
  for (const [index, event] of events.entries()) {
    const today = event === null ? day : report.clock.day(parseTime(event.data.at));
    if (today !== day) await printText(context, paint('dim', today));
    day = today;
    await printText(
      context,
      `  ${event === null ? paint('dim', '  —  ') : eventLine(event, revisions.get(index), report, context)}`,
    );
    for (const [name, text] of event === null ? [] : describeFields(event, report)) {
      await printText(context, `           ${paint('dim', `${name}: ${sanitize(text).trim()}`)}`);
    }
    await printFindings((at) => at === index);
  }
  await printFindings((at) => at >= lines.length);
}

function formatHeading(
  { visitId, audit, source }: SelectedVisit,
  { words: { phases }, clock }: ReportContext,
  { words, paint }: Context,
): string {
  const { caseNumber, service, client, phase } = audit.state;
  const said = [words.output.visit(visitId), caseNumber, service, client?.name, phases[phase], clock.zone];
  const [first = '', ...rest] = [...said, source.name].map((part) => sanitize(cleanText(part))).filter(Boolean);
  return [paint('bold', first), ...rest].join(' · ');
}

const widest = 36;

function eventLine(event: VisitEvent, revision: Revision | undefined, report: ReportContext, context: Context): string {
  const { type, data } = event;
  const { clock, words } = report;
  const { by, recordedBy } = data;
  const typed =
    recordedBy === undefined ? '' : `, ${context.words.output.recordedBy(formatActor(recordedBy, context))}`;
  const stored = storedText(event, report);
  const reached = stored === '' ? '' : `, ${stored}`;
  const name = lookup(words.events, type, type).padEnd(widest);
  const { annulled, corrected } = words.corrections;
  const now = revision?.now ?? null;
  const revised = now === null ? annulled : `${corrected}: ${clock.short(parseTime(now))}`;
  const note = revision === undefined ? '' : ` ${context.paint('cyan', `· ${revised}`)}`;
  return `${clock.time(parseTime(data.at))}  ${name} ${context.paint('dim', `${formatActor(by, context)}${typed}${reached}`)}${note}`;
}

/** A client without an id of their own is only that. */
function formatActor({ role, id }: VisitEvent['data']['by'], { words, locale }: Context): string {
  const called = roleName(role, locale);
  return role === 'client' && id === 'client' ? called : words.output.actor(called, sanitize(id));
}
