import { roleName } from '../../locale/index.ts';
import { makesUnclean } from '../../reading/judging/finding.ts';
import { asRecord } from '../../util/json.ts';
import { isTime, parseTime, storedLater } from '../clock.ts';
import { actTime, capitalize, chip, data, linkTo, nameEntry, text } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, joinParts, type Part } from '../html.ts';
import { findAct, findNumber, formatAnchor, readEntryAt, type VisitView } from '../visit-view.ts';
import type { LabelName } from '../words/en.ts';
import { findingLevel, groupEqual, times } from './findings.ts';
import { labelField, listFields } from './shapes.ts';
import { renderValue } from './values.ts';

const columns: readonly LabelName[] = ['number', 'time', 'act', 'who', 'clauses'];

/** Every entry of the log in its order: time, act, author, clauses and findings. */
export function acts(context: Context, view: VisitView): Html {
  const heads = columns.map((column) => html`<th scope="col">${context.words.labels[column]}</th>`);
  return html`<table class="a"><thead><tr>${heads}</tr></thead>${days(context, view)}</table>`;
}

/** The rows, with a heading wherever the local day is another than before. */
function days(context: Context, view: VisitView): readonly Html[] {
  const bodies: { day: string; rows: Html[] }[] = [];
  for (const index of view.log.keys()) {
    const ms = parseTime(readEntryAt(view, index).data.at);
    const last = bodies.at(-1);
    const day = isTime(ms) ? context.clock.day(ms) : (last?.day ?? context.clock.day(ms));
    if (last?.day === day) last.rows.push(row(context, view, index));
    else bodies.push({ day, rows: [row(context, view, index)] });
  }
  const heading = (day: string) =>
    html`<tr><th class="day" scope="rowgroup" colspan="${columns.length}">${day}</th></tr>`;
  return bodies.map(({ day, rows }) => html`<tbody>${heading(day)}${rows}</tbody>`);
}

function row(context: Context, view: VisitView, index: number): Html {
  const { words } = context;
  const { type, data: said } = readEntryAt(view, index);
  const found = groupEqual(context, view.findingsAt.get(index) ?? []).map(({ finding, said, count }) => {
    const lead = !makesUnclean(finding) && `${words.labels.observation}: `;
    const clause = finding.clause !== undefined && html` <span class="m">(${finding.clause})</span>`;
    return html`<li>${chip(...findingLevel(finding), [lead, text(said), times(count), clause])}</li>`;
  });
  return html`
    <tr id="${formatAnchor(view, index)}">
      <td class="f">${findNumber(view, index)}</td>
      <td class="f">${actTime(context, view, index, context.clock.seconds)}</td>
      <th scope="row"><b>${nameEntry(context, type)}</b>${revised(context, view, index)}${details(context, type, said)}
        ${found.length > 0 && html`<ul class="r">${found}</ul>`}</th>
      <td>${who(context, view, said)}${stored(context, view, index)}</td>
      <td>${clauses(type)}</td>
    </tr>`;
}

/** A note at an act that was annulled or whose time was corrected, with the correction. */
function revised({ words }: Context, view: VisitView, index: number): Part {
  const revision = view.revisions.get(index);
  if (revision === undefined) return null;
  const { annulled, corrected } = words.corrections;
  return chip('note', 'note', [revision.now === null ? annulled : corrected, ' (', linkTo(view, revision.by), ')']);
}

/** The data of an act, by name. */
export function details(context: Context, type: unknown, said: Readonly<Record<string, unknown>>): Part {
  const act = findAct(type);
  if (act === undefined) return null;
  const pairs = listFields(act.event, said).flatMap(([field, kind]) => {
    const value = Object.hasOwn(context.words.fields, field) ? renderValue(context, kind, said[field]) : null;
    return value === null ? [] : [[labelField(context.words, field, kind), value] as const];
  });
  return pairs.length === 0 ? null : data(pairs, 'd');
}

/** The author of an act, and its recorder where that is another person. */
function who(context: Context, view: VisitView, { by, recordedBy }: Readonly<Record<string, unknown>>): Part {
  if (by === undefined) return null;
  const recorder = recordedBy !== undefined && joinParts(actor(context, view, recordedBy), ', ');
  return html`
    ${actor(context, view, by).map((line, place) => html`<div class="${place === 0 ? '' : 'm'}">${line}</div>`)}
    ${recorder !== false && html`<div class="m">${context.words.visit.recordedBy} ${recorder}</div>`}`;
}

/** The time at which an act was stored, where it is far from its own. */
function stored({ clock, words }: Context, view: VisitView, index: number): Part {
  const ms = storedLater(view.log[index]);
  return isTime(ms) && html`<div class="m">${words.visit.storedAt(clock.short(ms))}</div>`;
}

/** A person who acts: by name, where that is known, and role. */
export function actor({ words }: Context, { names }: VisitView, value: unknown): readonly Part[] {
  const { role, id } = asRecord(value);
  const called = roleName(role as never, words.locale);
  if (role === 'client' && id === 'client') return [capitalize(called)];
  return [text((role === 'provider' ? names.get(id) : undefined) ?? id), called];
}

function clauses(type: unknown): Part {
  return joinParts(findAct(type)?.clauses.map((clause) => html`<a href="#c-${clause}">${clause}</a>`) ?? [], ' ');
}
