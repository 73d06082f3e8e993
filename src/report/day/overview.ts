import { formatWorkedTime } from '../clock.ts';
import { type Column, chip, renderTable, tableRow, text } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import { observedAnchor } from '../visit/found.ts';
import { linkedFindings, openDebts, outcomeOrPhase } from '../visit/header.ts';
import { isFlawless } from '../visit/payment.ts';
import { person } from '../visit/values.ts';
import type { VisitView } from '../visit-view.ts';
import type { Facet } from '../words/en-frame.ts';

const columns: readonly Column[] = [
  'case',
  'client',
  'provider',
  'phase',
  ['worked', 'f'],
  'log',
  'payment',
  ['openDebts', 'f'],
];

/** A row for each visit, in the order in which they were given. */
export function overview(context: Context, visits: readonly { readonly row: Html }[]): Html {
  const rows = visits.map(({ row }) => row);
  return html`<div class="o">${renderTable(context, columns, rows)}</div>`;
}

/** The row of a visit, with the keys by which the page's script filters and sorts it. */
export function indexRow(context: Context, view: VisitView): Html {
  const { client, provider, service } = view.reading.state;
  const { dossier, ordinal } = view;
  const cells = [
    html`<a href="#v${ordinal}">${text(dossier.caseNumber)}</a><span class="x">${text(service)}</span>`,
    person(client),
    person(provider),
    outcomeOrPhase(context, view),
    formatWorkedTime(dossier.workedMs),
    [found(context, view), conduct(context, view)],
    payment(context, view),
    openDebts(view).length,
  ];
  const attributes = html` data-f="${rowFacets(view).join(' ')}" data-w="${dossier.workedMs || 0}" data-h="${view.findings.length}"`;
  return tableRow(context, columns, cells, attributes);
}

function rowFacets(view: VisitView): readonly Facet[] {
  const { clean, dossier } = view;
  const facets: readonly (readonly [Facet, boolean])[] = [
    ['unclean', !clean],
    ['unpayable', !isFlawless(dossier)],
    ['conduct', dossier.conduct.length + dossier.escalations.length + dossier.denials.length > 0],
    ['ongoing', dossier.outcome === null],
    ['owing', openDebts(view).length > 0],
  ];
  return facets.flatMap(([facet, holds]) => (holds ? [facet] : []));
}

/** The number of findings, as a link to them, and of remarks, which leave a log clean. */
function found(context: Context, view: VisitView): Part {
  const { findings, dossier } = view;
  const remarks = findings.length - dossier.violations.length;
  const link = (content: Part) => html`<a href="#${observedAnchor(view)}">${content}</a>`;
  return [
    linkedFindings(context, view),
    remarks > 0 && html`<span class="x">${link(context.words.day.remarks(remarks))}</span>`,
  ];
}

/** The breaches of conduct and the escalations that were reported, and the facts that the client denies. */
function conduct({ words }: Context, { dossier }: VisitView): Part {
  const { conduct: breaches, escalations, denials } = dossier;
  return [
    breaches.length > 0 && html`<span class="x">${chip('bad', 'bad', words.found.breaches(breaches.length))}</span>`,
    escalations.length > 0 &&
      html`<span class="x">${chip('warn', 'note', words.found.escalations(escalations.length))}</span>`,
    denials.length > 0 && html`<span class="x">${chip('bad', 'bad', words.found.denials(denials.length))}</span>`,
  ];
}

/** Payable without remarks, payable, or the reasons against it. */
function payment({ words }: Context, { dossier }: VisitView): Html {
  const { payable, unmetForPayment, outcome, integrity } = dossier;
  if (integrity.status === 'broken') return chip('bad', 'bad', words.day.held);
  if (isFlawless(dossier)) return chip('ok', 'ok', words.day.ready);
  if (payable) return chip('warn', 'late', words.day.withRemarks);
  const isOver = outcome === 'cancelled' || outcome === 'rescheduled';
  return chip(isOver ? 'none' : outcome === null ? 'warn' : 'bad', 'lack', words.day.lacking(unmetForPayment.length));
}
