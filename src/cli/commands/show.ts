import type { VerifiedVisit } from '../../logs/by-visit.ts';
import type { VisitAudit } from '../../logs/index.ts';
import type { VisitEvent } from '../../messages/index.ts';
import { among, textOf } from '../../reading/explain/facts.ts';
import { roleName } from '../../reading/index.ts';
import { timeOf } from '../../report/clock.ts';
import type { Context as ReportContext } from '../../report/context.ts';
import { type Context, say, sayJson } from '../context.ts';
import { EXIT } from '../failure.ts';
import { findingLine, reporting } from '../findings.ts';
import type { Heads } from '../log/seals.ts';
import { plain } from '../plain.ts';
import { sealLine } from '../seal-text.ts';
import { selectedIn, type VisitOptions } from './selected.ts';

/** Shows the acts of each visit in local time, each with what was found at it. */
export async function show(file: string | undefined, options: VisitOptions, context: Context): Promise<number> {
  const { visits, policy, isSheet, heads } = await selectedIn([file], options, { events: true }, context);
  const report = reporting(context, policy);
  let isFirst = true;
  for await (const visit of visits) {
    if (context.json) await sayJson(context, asJson(visit));
    else await tellVisit(visit, isFirst, isSheet ? null : heads, report, context);
    isFirst = false;
  }
  return EXIT.ok;
}

function asJson({ visitId, lines, events = [], chain, audit: { findings, state } }: VerifiedVisit) {
  const entries = lines.map((line, index) => ({
    line,
    event: events[index] ?? null,
    findings: findings.filter((finding) => finding.index === index),
  }));
  const seal = chain === undefined ? null : { intact: chain.faults.length === 0, head: chain.head };
  return { visitId, caseNumber: state.caseNumber, phase: state.phase, chain: seal, entries };
}

async function tellVisit(
  visit: VerifiedVisit,
  isFirst: boolean,
  heads: Heads | null,
  report: ReportContext,
  context: Context,
) {
  const { words, paint } = context;
  const { events = [], lines, audit } = visit;
  if (!isFirst) await say(context, '');
  await say(context, headingOf(visit, report, context));
  if (heads !== null) await say(context, sealLine(visit.visitId, visit.chain, heads, words, paint));
  let day = '';
  for (const [index, event] of events.entries()) {
    const today = event === null ? day : report.clock.day(timeOf(event.data.at));
    if (today !== day) await say(context, paint('dim', today));
    day = today;
    await say(context, `  ${event === null ? paint('dim', '  —  ') : eventLine(event, report, context)}`);
    for (const finding of audit.findings.filter((found) => found.index === index)) {
      const place = (heads === null ? words.tell.row : words.tell.line)(lines[index] ?? 0);
      await say(context, `         ${findingLine(finding, place, words, report, paint)}`);
    }
  }
}

function headingOf(
  { visitId, audit }: VisitAudit,
  { words: { phases }, clock }: ReportContext,
  { words, paint }: Context,
): string {
  const { caseNumber, service, client, phase } = audit.state;
  const parts = [words.tell.visit(visitId ?? ''), caseNumber, service, client?.name, phases[phase], clock.zone];
  const [first = '', ...rest] = parts.map((part) => plain(textOf(part))).filter(Boolean);
  return [paint('bold', first), ...rest].join(' · ');
}

const widest = 36;

function eventLine({ type, data }: VisitEvent, { clock, words }: ReportContext, context: Context): string {
  const { by, recordedBy } = data;
  const typed = recordedBy === undefined ? '' : `, ${context.words.tell.recordedBy(actorOf(recordedBy, context))}`;
  const detail = plain(detailOf(data as Readonly<Record<string, unknown>>));
  const name = among(words.events, type, type).padEnd(widest);
  const told = `${clock.time(timeOf(data.at))}  ${name} ${context.paint('dim', `${actorOf(by, context)}${typed}`)}`;
  return detail === '' ? told : `${told}  ${detail}`;
}

const actorOf = ({ role, id }: VisitEvent['data']['by'], { words, locale }: Context) =>
  words.tell.actor(roleName(role, locale), plain(id));

/** The texts by which people tell one act from another of its kind. */
const details = ['service', 'where', 'diagnosis', 'method', 'what', 'text', 'reason', 'detail', 'place'];

function detailOf(data: Readonly<Record<string, unknown>>): string {
  return details.map((field) => textOf(data[field])).find((text) => text !== '') ?? '';
}
