import { type ClauseId, clauses } from '../protocol/index.ts';
import { recordOf } from '../reading/explain/facts.ts';
import { timeOf } from './clock.ts';
import type { Context } from './context.ts';
import { type Html, html, type Part } from './html.ts';
import { icons } from './icons.ts';
import { titled } from './show.ts';
import { style } from './style.ts';
import { actOf, type Told } from './told.ts';

/** Nothing is fetched, run, sent or framed; the style stands in the page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The whole page. */
export function page(context: Context, title: string, visits: readonly Told[], lead: Part, body: Html): string {
  const { locale } = context.words;
  const { markup } = html`
    <html lang="${locale}">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="robots" content="noindex, nofollow">
        <title>${title}</title>
        ${style}
      </head>
      <body>
        ${icons}
        <header><h1>${title}</h1>${lead}</header>
        <main>${body}${cited(context, visits)}</main>
        <footer>${notes(context, visits)}</footer>
      </body>
    </html>`;
  return `<!doctype html>\n${markup}\n`;
}

/** The clauses that the entries and what was found cite, once a page. */
function cited({ words }: Context, visits: readonly Told[]): Part {
  const ids = new Set<ClauseId>();
  for (const { reading, log } of visits) {
    for (const { clause } of reading.findings) if (clause !== undefined) ids.add(clause);
    for (const clause of log.flatMap(behind)) ids.add(clause);
  }
  if (ids.size === 0) return null;
  const items = clauses
    .filter(({ id }) => ids.has(id))
    .map(({ id, text }) => html`<div id="c-${id}"><dt>${id}</dt><dd>${text[words.locale]}</dd></div>`);
  return html`<section><details class="n">
    <summary>${titled(2, words.visit.clausesCited)}</summary><dl class="cl">${items}</dl></details></section>`;
}

function behind(entry: unknown): readonly ClauseId[] {
  return actOf(recordOf(entry).type)?.clauses ?? [];
}

/** In which zone the times are, as of when the report is, and what it stands on. */
function notes({ words, clock, until }: Context, visits: readonly Told[]): Html {
  const [first] = visits.flatMap(({ reading }) => reading.entries);
  const ms = timeOf(until ?? first?.event.data.at) || 0;
  return html`
    <p>${words.visit.zone(clock.zone, clock.offset(ms))}</p>
    ${until !== null && html`<p>${words.visit.until(`${clock.day(ms)}, ${clock.time(ms)}`)}</p>`}
    <p>${words.visit.source}</p>`;
}
