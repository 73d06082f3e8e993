import { clause as clauseOf } from '../../locale/index.ts';
import type { Verdict, VerdictStatus } from '../../reading/index.ts';
import { citingFindings } from '../../reading/verdict.ts';
import { cleanTexts } from '../../words/text.ts';
import { chip, type IconName, renderEvidence, type Tone, table, text } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import type { VisitView } from '../visit-view.ts';
import { describeFinding } from './findings.ts';

const marks: Readonly<Record<VerdictStatus, readonly [Tone, IconName]>> = {
  satisfied: ['ok', 'ok'],
  missing: ['bad', 'lack'],
  late: ['warn', 'late'],
  contradicted: ['bad', 'bad'],
  waived: ['note', 'note'],
  'not-applicable': ['none', 'none'],
};

/** The verdicts on the clauses that the visit called for, each with its clause and its acts; the others by their ids. */
export function verdicts(context: Context, view: VisitView, all: readonly Verdict[]): Html {
  const { words } = context;
  const applicable = all.filter(({ status }) => status !== 'not-applicable');
  const others = all.filter(({ status }) => status === 'not-applicable');
  const rows = applicable.map((verdict) => verdictRow(context, view, verdict));
  return html`
    ${rows.length > 0 && html`<div class="v">${table(context, ['clause', 'status', 'evidence'], rows)}</div>`}
    ${others.length > 0 && notApplicable(others, words.visit.notApplicable(others.length), context)}`;
}

function verdictRow(context: Context, view: VisitView, verdict: Verdict): readonly Part[] {
  const { words } = context;
  const { clause, status } = verdict;
  const [tone, picture] = marks[status];
  const why = reasons(context, view, verdict).map((reason) => html`<p class="w">${text(reason)}</p>`);
  return [
    html`<b>${clause}</b> <span class="x">${clauseOf(clause).text[words.locale]}</span>`,
    html`${chip(tone, picture, words.statuses[status])}${why}`,
    renderEvidence(context, view, verdict.evidence),
  ];
}

const mostReasons = 3;

/** The reasons of a verdict: the findings that cite the clause. A plain satisfied or missing has none. Before them, the photographs that are not held. */
function reasons(context: Context, { reading }: VisitView, { clause, status, facts }: Verdict): readonly string[] {
  const notHeld = cleanTexts(facts.notHeld);
  const unheld = notHeld.length === 0 ? [] : [context.words.findings.notHeld(notHeld)];
  const isLate = status === 'late';
  const cited = citingFindings(clause, reading).filter((found) => (found.kind === 'measure') === isLate);
  return [...unheld, ...new Set(cited.map((finding) => describeFinding(context, finding)))].slice(0, mostReasons);
}

function notApplicable(others: readonly Verdict[], heading: string, { words }: Context): Html {
  const items = others.map(({ clause }) => html`<li><b>${clause}</b> ${clauseOf(clause).text[words.locale]}</li>`);
  return html`<details class="n"><summary>${heading}</summary><ul>${items}</ul></details>`;
}

/** The number of satisfied clauses among those that the visit called for. */
export function tally(all: readonly Verdict[]): { readonly satisfied: number; readonly of: number } {
  const applicable = all.filter(({ status }) => status !== 'not-applicable');
  return { satisfied: applicable.filter(({ status }) => status === 'satisfied').length, of: applicable.length };
}
