import { clauses } from '../locale/index.ts';
import type { ClauseId } from '../protocol/index.ts';
import { titled } from './components.ts';
import type { Context } from './context.ts';
import { type Html, html, type Part } from './html.ts';
import { icons } from './icons.ts';
import { withRunningHead } from './running.ts';
import { styleHash, styleSheet } from './style.ts';

/** The frame of a page. */
export type Frame = {
  readonly title: string;
  /** A line under the title. */
  readonly lead: Part;
  /** The line at the top of each printed page that is of no visit among others. */
  readonly running: Part;
  /** The script of the index, if the page has one, and its hash. */
  readonly script: { readonly text: string; readonly hash: string } | null;
};

/** Nothing is fetched, sent or framed, and nothing runs but the script of that hash; the style stands in the page. */
const contentPolicy = ({ script }: Frame): string =>
  [
    "default-src 'none'",
    ...(script === null ? [] : [`script-src '${script.hash}'`]),
    `style-src '${styleHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** A page up to its body. */
export function opening({ words: { locale } }: Context, frame: Frame): string {
  const { title, lead } = frame;
  const { markup } = html`
    <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="${contentPolicy(frame)}">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <meta name="robots" content="noindex, nofollow">
      <title>${title}</title>
      ${styleSheet}
    </head>`;
  const { markup: begun } = html`<header><h1>${title}</h1>${lead}</header>`;
  return `<!doctype html>\n<html lang="${locale}">${markup}<body>${icons.markup}${begun}<main>`;
}

/** A page from its body on: the clauses that it cites, its notes, and its script. */
export function closing(
  context: Context,
  cited: Iterable<ClauseId>,
  { script, running }: Frame,
  firstMs: number,
): string {
  const { markup } = html`${withRunningHead(running, citedClauses(context, new Set(cited)))}`;
  const { markup: foot } = html`<footer>${notes(context, firstMs)}</footer>`;
  const run = script === null ? '' : `<script>${script.text}</script>`;
  return `${markup}</main>${foot}${run}</body></html>\n`;
}

/** The clauses cited by the entries and the findings, once a page. */
function citedClauses({ words }: Context, ids: ReadonlySet<ClauseId>): Part {
  if (ids.size === 0) return null;
  const items = clauses
    .filter(({ id }) => ids.has(id))
    .map(({ id, text }) => html`<div id="c-${id}"><dt>${id}</dt><dd>${text[words.locale]}</dd></div>`);
  return html`<section><details class="n">
    <summary>${titled(2, words.visit.clausesCited)}</summary><dl class="cl">${items}</dl></details></section>`;
}

/** The time zone, the reporting time, and the basis of the report. */
function notes({ words, clock, until }: Context, firstMs: number): Html {
  const ms = until === null ? firstMs || 0 : Date.parse(until);
  return html`
    <p>${words.visit.zone(clock.zone, clock.offset(ms))}</p>
    ${until !== null && html`<p>${words.visit.until(`${clock.day(ms)}, ${clock.time(ms)}`)}</p>`}
    <p>${words.visit.source}</p>`;
}
