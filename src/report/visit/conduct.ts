import type { DeniedFact, Escalation, ReportedBreach } from '../../reading/index.ts';
import { lookup } from '../../words/text.ts';
import { chip, linkTo, table, text, timeElement } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, joinParts, type Part } from '../html.ts';
import type { VisitView } from '../visit-view.ts';
import { actor } from './acts.ts';
import type { List } from './lists.ts';

const columns = ['reported', 'what', 'at', 'who', 'act'] as const;

/**
 * The reported breaches of conduct (2.2-11), the escalations (2.2-08) and the facts that the client denies; null where there is
 * nothing of them.
 */
export const conduct: List = (context, view) => {
  const rows = conductRows(context, view);
  return rows.length === 0 ? null : html`<div class="cd">${table(context, columns, rows)}</div>`;
};

/** A row for each. */
export function conductRows(context: Context, view: VisitView): readonly (readonly Part[])[] {
  const { conduct: breaches, escalations, denials } = view.dossier;
  return [
    ...breaches.map((one) => breach(context, view, one)),
    ...escalations.map((one) => escalated(context, view, one)),
    ...denials.map((one) => denied(context, view, one)),
  ];
}

function breach(context: Context, view: VisitView, reported: ReportedBreach): readonly Part[] {
  const { words } = context;
  const kind = lookup<Part>(words.codes.breach, reported.kind, text(reported.kind));
  const what = chip('bad', 'bad', [words.found.breach, ': ', kind, ' (2.2-11)']);
  return [what, text(reported.detail), ...whenAndWho(context, view, reported)];
}

function escalated(context: Context, view: VisitView, matter: Escalation): readonly Part[] {
  const what = chip('warn', 'note', [context.words.found.escalation, ' (2.2-08)']);
  return [what, text(matter.what), ...whenAndWho(context, view, matter)];
}

function denied(context: Context, view: VisitView, denial: DeniedFact): readonly Part[] {
  const { words, clock } = context;
  const fact = lookup<Part>(words.codes.fact, denial.fact, text(denial.fact));
  const what = chip('bad', 'bad', [
    words.found.denial,
    ': ',
    fact,
    ' (',
    timeElement(denial.recorded, clock.short),
    ')',
  ]);
  return [what, text(denial.what), ...whenAndWho(context, view, denial)];
}

function whenAndWho(
  context: Context,
  view: VisitView,
  { at, by, index }: ReportedBreach | Escalation | DeniedFact,
): readonly [Html, Part, Html] {
  return [timeElement(at, context.clock.short), joinParts(actor(context, view, by), ', '), linkTo(view, index)];
}
