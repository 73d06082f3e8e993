import { type Level, section } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import { timeline } from '../timeline/timeline.ts';
import type { VisitView } from '../visit-view.ts';
import type { HeadingName } from '../words/en.ts';
import { acts } from './acts.ts';
import { conduct } from './conduct.ts';
import { discrepancies } from './discrepancies.ts';
import { findings } from './found.ts';
import { figures, particulars } from './header.ts';
import * as lists from './lists.ts';
import { corrections, photoTable } from './lists.ts';
import { verdicts } from './verdicts.ts';

/** The lists of a visit in their order. */
const all: readonly (readonly [HeadingName, lists.List])[] = [
  ['corrections', corrections],
  ['discrepancies', discrepancies],
  ['facts', lists.facts],
  ['worked', lists.intervals],
  ['debts', lists.debts],
  ['measures', lists.measures],
  ['waivers', lists.waivers],
  ['declined', lists.declined],
  ['attempts', lists.attempts],
  ['photos', photoTable],
];

/** The whole report of one visit, under headings of that level. */
export function visitBody(context: Context, view: VisitView, level: Level): Html {
  const { words } = context;
  const { headings } = words;
  const { payment, protocol } = view.dossier;
  if (view.log.length === 0) return html`<p class="next">${words.visit.empty}</p>`;
  const reported = conduct(context, view);
  const picture = timeline(context, view);
  return html`
    ${particulars(context, view)}
    ${figures(context, view)}
    ${reported !== null && section(level, headings.conduct, reported)}
    ${findings(context, view, level)}
    ${section(level, headings.payment, verdicts(context, view, payment))}
    ${picture !== null && section(level, headings.timeline, picture)}
    ${listed(context, view, level)}
    ${section(level, headings.protocol, verdicts(context, view, protocol))}
    ${section(level, headings.acts, html`<p class="m">${numbering(context, view)}</p>`, acts(context, view))}`;
}

/** The lists that have something in them, and in one sentence those that have not. */
function listed(context: Context, view: VisitView, level: Level): Part {
  const { words } = context;
  const made = all.map(([name, list]) => [words.headings[name], list(context, view)] as const);
  const empty = made.filter(([, content]) => content === null).map(([heading]) => heading.toLowerCase());
  const sections = made.map(([heading, content]) => content !== null && section(level, heading, content));
  const absent = words.visit.absent(empty);
  return [...sections, empty.length > 0 && html`<p class="m">${absent}</p>`];
}

/** The unit of the numbers of the acts. */
function numbering({ words }: Context, { numbering: kind, origins }: VisitView): string {
  return kind === 'place' ? words.numbering.place : words.numbering[kind](origins[0]?.file ?? '');
}
