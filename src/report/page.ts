import { clauses } from '../locale/index.ts';
import type { ClauseId } from '../protocol/index.ts';
import { asArray, asRecord } from '../util/json.ts';
import { defaultPolicy } from '../visit/index.ts';
import { parseTime } from './clock.ts';
import { data, type Level, renderTitle, section, table, text, timeElement } from './components.ts';
import type { Context } from './context.ts';
import { type Html, html, type Part } from './html.ts';
import { withRunningHead } from './running.ts';
import { styleHash, styleSheet } from './style.ts';
import type { LabelName } from './words/en.ts';

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

/** The pictures, drawn once a page; each has its own shape. */
const icons: Html = html`
  <svg class="s" aria-hidden="true" width="0" height="0">
    <symbol id="i-ok" viewBox="0 0 16 16"><path d="M3 8.5l3.2 3.2L13 4.8"/></symbol>
    <symbol id="i-bad" viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8"/></symbol>
    <symbol id="i-lack" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.2" stroke-dasharray="2.6 2.2"/></symbol>
    <symbol id="i-late" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.7"/><path d="M8 4.8V8l2.3 1.6"/></symbol>
    <symbol id="i-note" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.7"/><path d="M8 7.4v3.4M8 4.9v.4"/></symbol>
    <symbol id="i-none" viewBox="0 0 16 16"><path d="M4 8h8"/></symbol>
  </svg>`;

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
    <summary>${renderTitle(2, words.visit.clausesCited)}</summary><dl class="cl">${items}</dl></details></section>`;
}

/** The time zone, the reporting time, and the basis of the report. */
function notes({ words, clock, until }: Context, firstMs: number): Html {
  const ms = until === null ? firstMs || 0 : Date.parse(until);
  return html`
    <p>${words.visit.zone(clock.zone, clock.offset(ms))}</p>
    ${until !== null && html`<p>${words.visit.until(`${clock.day(ms)}, ${clock.time(ms)}`)}</p>`}
    <p>${words.visit.source}</p>`;
}

/** Renders the sources of the report, its version and policy, the time, and the result of verifying the seals. */
export function provenance(context: Context, seals: Part): Html {
  const { words, clock, policy } = context;
  const { sources, version, issuedAt, leftOut } = asRecord(context.provenance);
  const label = (name: LabelName, value: Part) => [words.labels[name], value] as const;
  const issued = (ms: number) => `${clock.day(ms)}, ${clock.time(ms)} (${clock.offset(ms)})`;
  const files = asArray(sources).map(asRecord);
  const rows = files.map(({ file, sha256, bytes }) => [text(file), html`<code>${text(sha256)}</code>`, text(bytes)]);
  const pairs = [
    ...(typeof version === 'string' ? [label('version', text(version))] : []),
    label('policy', text(policy.id ?? defaultPolicy.id)),
    ...(Number.isNaN(parseTime(issuedAt)) ? [] : [label('issuedAt', timeElement(issuedAt, issued))]),
    label('seal', seals),
    ...(typeof leftOut === 'number' && leftOut > 0 ? [label('leftOut', text(leftOut))] : []),
  ];
  return section(
    2,
    words.headings.provenance,
    data(pairs, 'p'),
    rows.length > 0 && html`<div class="src">${table(context, ['file', 'sha256', ['bytes', 'f']], rows)}</div>`,
  );
}

/** Space on paper for the decision of the auditor and their signature; not shown on a screen. */
export function decision({ words }: Context, level: Level): Html {
  const { choices, reasons, name, signature, date } = words.decision;
  const line = (label: string) => html`<div class="ln"><dt>${label}</dt><dd></dd></div>`;
  return html`
    <section class="dec">
      ${renderTitle(level, words.headings.decision)}
      <ul>${choices.map((choice) => html`<li><span class="bx"></span>${choice}</li>`)}</ul>
      <dl>${line(reasons)}<div class="ln"></div>${[name, signature, date].map(line)}</dl>
    </section>`;
}
