import { actName, explain, guide as guideOf, requirementName, roleName } from '../../locale/index.ts';
import type { LineFinding, VisitAudit } from '../../logs.ts';
import type { Id, Instant, Role } from '../../messages/index.ts';
import type { ClosedAct, Guide, OpenAct } from '../../reading/index.ts';
import type { ReportContext } from '../../report/visit/plain-text.ts';
import type { VisitState } from '../../visit/index.ts';
import { type Context, EXIT, Failure, printError, printJson, printText } from '../console/context.ts';
import { formatPlaces, reporting } from '../console/findings.ts';
import { sanitize } from '../console/text.ts';
import { findSelected, type VisitOptions } from '../input/select-visits.ts';

export type GuideCommandOptions = VisitOptions & {
  readonly role: Role;
  readonly actor?: string;
  readonly now?: Instant;
};

/** Prints the acts open to a role in a visit; exits with another code where unreadable lines may change them. */
export async function guide(file: string | undefined, options: GuideCommandOptions, context: Context): Promise<number> {
  const { visits, policy, isSheet, leftOut } = await findSelected([file], options, {}, context);
  const states: VisitState[] = [];
  const ids: Id[] = [];
  let unread: Unread = { name: '', lines: [] };
  let seal: VisitAudit['chain'];
  for await (const { visitId, audit, source, chain } of visits) {
    seal = chain;
    states.push(audit.state);
    ids.push(visitId);
    unread = { name: source.name, lines: audit.findings.filter(isUnread).map(({ line }) => line) };
  }
  const [state, ...more] = states;
  const [visitId = ''] = ids;
  if (state === undefined || more.length > 0) throw new Failure(({ failures }) => failures.whichVisit(named(ids)));
  const { role, actor, now } = options;
  await warn(unread, isSheet, context);
  const faults = seal?.faults.length ?? 0;
  if (faults > 0) await printError(context, [context.words.failures.brokenSeal(sanitize(visitId), faults)]);
  const answer = guideOf(state, {
    role,
    locale: context.locale,
    ...(actor !== undefined && { actorId: actor }),
    ...(now !== undefined && { now }),
    ...(policy && { policy }),
  });
  if (context.json) await printJson(context, { visitId, role, ...answer });
  else await tellGuide(visitId, role, answer, reporting(context, policy), context);
  return unread.lines.length + leftOut() + faults === 0 ? EXIT.ok : EXIT.found;
}

/** The lines of the visit that hold no event that we know. */
type Unread = { readonly name: string; readonly lines: readonly number[] };

const isUnread = ({ kind }: LineFinding) => kind === 'unreadable' || kind === 'unknown-event';

/** Unreadable lines may hold acts that were done, and the service would decide nothing on such a visit. */
async function warn({ name, lines }: Unread, isSheet: boolean, context: Context): Promise<void> {
  if (lines.length === 0) return;
  await printError(context, [context.words.failures.unread(name, lines.length, isSheet, formatPlaces(lines))]);
}

const mostNamed = 10;

function named(ids: readonly Id[]): string {
  const first = ids.slice(0, mostNamed).map(sanitize).join(', ');
  return ids.length > mostNamed ? `${first}, …` : first;
}

async function tellGuide(visitId: Id, role: Role, answer: Guide, report: ReportContext, context: Context) {
  const { words, paint, locale } = context;
  const { output } = words;
  const { suggested, phase, open, closed, debts } = answer;
  const heading = [paint('bold', output.visit(sanitize(visitId))), report.words.phases[phase]];
  const lines = [
    [...heading, roleName(role, locale)].join(' · '),
    paint('cyan', suggested === null ? output.nothingSuggested : output.suggested(actName(suggested, locale))),
    '',
    paint('bold', output.open),
    ...open.flatMap((act) => openLines(act, context)),
    '',
    paint('bold', output.closed),
    ...closed.flatMap((act) => closedLines(act, role, context)),
    '',
    debts.length === 0 ? output.nothingOwed : paint('bold', output.owed),
    ...debts.map((debt) => `  · ${report.words.debts[debt.kind]} (${roleName(debt.debtor, locale)}, ${debt.clause})`),
  ];
  for (const line of lines) await printText(context, line);
}

const openLines = ({ command, say: said, ask }: OpenAct, { words: { output }, paint, locale }: Context) => [
  `  ${paint('green', '✓')} ${actName(command, locale)}`,
  ...said.map((line) => `      ${paint('dim', `${output.say}:`)} ${sanitize(line)}`),
  ...ask.map((line) => `      ${paint('dim', `${output.ask}:`)} ${sanitize(line)}`),
];

function closedLines(act: ClosedAct, role: Role, { words: { output }, paint, locale }: Context) {
  const { command, violations, remedy, waiver } = act;
  const named = (items: readonly string[]) => items.join(', ');
  const isCenter = role === 'contact-center';
  const why = violations.map((violation) => explain(violation, locale, role).split('\n')[0] ?? '');
  return [
    `  ${paint('red', '✗')} ${actName(command, locale)}`,
    ...why.map((line) => `      ${sanitize(line)}`),
    ...(remedy.length === 0
      ? []
      : [`      ${paint('dim', output.remedy(named(remedy.map((act) => actName(act, locale)))))}`]),
    ...(waiver === null
      ? []
      : [
          `      ${paint('dim', output.waiver(named(waiver.waives.map((rule) => requirementName(rule, locale))), isCenter))}`,
        ]),
  ];
}
