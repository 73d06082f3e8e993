import type { DebtSpan } from '../reading/index.ts';
import { lookup } from '../words/text.ts';
import { isTime, parseTime } from './clock.ts';
import type { Context } from './context.ts';
import { type Html, html, type Part } from './html.ts';
import { findNumber, formatAnchor, readEntryAt, type VisitView } from './visit-view.ts';
import type { LabelName } from './words/en.ts';

/** The tone of a part: in order, worth a look, wrong, or only worth knowing. */
export type Tone = 'ok' | 'warn' | 'bad' | 'note' | 'none';

/** The pictures that go with words, never instead of them. */
export type IconName = 'ok' | 'bad' | 'lack' | 'late' | 'note' | 'none';

const nothing = html`<span class="m">—</span>`;

/** A text of the log, apart from the direction of its neighbours; a dash without one. */
export function text(value: unknown): Html {
  if (typeof value === 'number') return html`${value}`;
  return typeof value === 'string' && value !== '' ? html`<bdi>${value}</bdi>` : nothing;
}

/** An instant as local time; a dash if invalid. */
export function timeElement(at: unknown, tell: (ms: number) => string): Html {
  const ms = parseTime(at);
  return isTime(ms) ? html`<time datetime="${new Date(ms).toISOString()}">${tell(ms)}</time>` : nothing;
}

/** The time of an act of the log; where it was corrected, the corrected one, and the first one after it. */
export function actTime(context: Context, view: VisitView, index: number, tell: (ms: number) => string): Part {
  const { at } = readEntryAt(view, index).data;
  const now = view.revisions.get(index)?.now ?? null;
  if (now === null || now === at) return timeElement(at, tell);
  const { day, short } = context.clock;
  const isSameDay = day(parseTime(now)) === day(parseTime(at));
  const first = timeElement(at, isSameDay ? tell : short);
  return [
    timeElement(now, isSameDay ? tell : short),
    html` <small class="m">(${context.words.corrections.first} ${first})</small>`,
  ];
}

/** Begins words of ours with a capital letter. */
export const capitalize = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function icon(name: IconName): Html {
  return html`<svg class="i" aria-hidden="true"><use href="#i-${name}"/></svg>`;
}

export function chip(tone: Tone, picture: IconName, words: Part): Html {
  return html`<span class="c ${tone}">${icon(picture)}<span>${words}</span></span>`;
}

/** The name of an entry of the log. */
export function nameEntry({ words }: Context, type: unknown): string {
  if (typeof type !== 'string') return words.visit.unreadable;
  return lookup(words.events, type, words.visit.unknownAct(type));
}

/** The name of a debt, with its topic. */
export function debtName({ words }: Context, { kind, about }: DebtSpan): string {
  return about === undefined ? words.debts[kind] : `${words.debts[kind]} (${lookup(words.topics, about, about)})`;
}

const mostEvidence = 8;

/** Links to acts, each with its name and time. */
export function renderEvidence(context: Context, view: VisitView, indexes: readonly number[]): Part {
  if (indexes.length === 0) return nothing;
  const tell = view.isLong ? context.clock.short : context.clock.time;
  const shown = indexes.slice(0, mostEvidence).map((index) => {
    const { type } = readEntryAt(view, index);
    return html`<li>${linkTo(view, index)} ${nameEntry(context, type)}, ${actTime(context, view, index, tell)}</li>`;
  });
  const more = indexes.length - shown.length;
  return html`<ul class="e">${shown}${more > 0 && html`<li class="m">${context.words.visit.several(more)}</li>`}</ul>`;
}

export function linkTo(view: VisitView, index: number): Html {
  return html`<a href="#${formatAnchor(view, index)}">${findNumber(view, index)}</a>`;
}

/** The level of a heading: of a page, or of a visit among others. */
export type Level = 2 | 4;

/** A heading of a level, and its content. */
export function section(level: Level, heading: Part, ...body: readonly Part[]): Html {
  return html`<section>${renderTitle(level, heading)}${body}</section>`;
}

export function renderTitle(level: Level, heading: Part): Html {
  return level === 2 ? html`<h2>${heading}</h2>` : html`<h4>${heading}</h4>`;
}

/** A column: its heading, and `f` where its cells are figures. */
export type Column = LabelName | readonly [LabelName, 'f'];

/** A table whose first column names its rows; on a narrow screen each row is a card, each cell with its heading. */
export function table(context: Context, columns: readonly Column[], rows: readonly (readonly Part[])[]): Html {
  return renderTable(
    context,
    columns,
    rows.map((cells) => tableRow(context, columns, cells)),
  );
}

/** A table of rows that were written before. */
export function renderTable({ words }: Context, columns: readonly Column[], rows: readonly Html[]): Html {
  const head = columns.map((column) => {
    const [name, kind] = readColumn(column);
    return html`<th scope="col" class="${kind}">${words.labels[name]}</th>`;
  });
  return html`<table class="t"><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
}

/** A row of a table, with its attributes. */
export function tableRow(
  { words }: Context,
  columns: readonly Column[],
  [first, ...others]: readonly Part[],
  attributes: Part = null,
): Html {
  const cells = columns.slice(1).map((column, place) => {
    const [name, kind] = readColumn(column);
    return html`<td data-l="${words.labels[name]}" class="${kind}"><div>${others[place]}</div></td>`;
  });
  return html`<tr${attributes}><th scope="row">${first}</th>${cells}</tr>`;
}

const readColumn = (column: Column) => (typeof column === 'string' ? ([column, ''] as const) : column);

/** A definition list: names and values. */
export function data(pairs: readonly (readonly [name: string, value: Part])[], kind: string): Html {
  return html`<dl class="${kind}">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
