import { type Finding, makesUnclean } from '../../reading/judging/finding.ts';
import { actTime, chip, type Level, linkTo, nameEntry, section, table, text } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import { readEntryAt, type VisitView } from '../visit-view.ts';
import type { LabelName } from '../words/en.ts';
import { findingLevel, groupEqual, times } from './findings.ts';

/** The most findings that are listed; each stands at its act, too. */
const mostListed = 300;

/** The findings of a log, and apart from them its observations: each with its clause, its act and its place in the file. */
export function findings(context: Context, view: VisitView, level: Level): Html {
  const { headings, found } = context.words;
  const grave = view.findings.filter(makesUnclean);
  const others = view.findings.filter((finding) => !makesUnclean(finding));
  const body = grave.length === 0 ? html`<p>${found.none}</p>` : listed(context, view, grave, 'finding');
  return html`
    <div id="${foundAnchor(view)}">${section(level, headings.findings, body)}</div>
    ${
      others.length > 0 &&
      html`<div id="${observedAnchor(view)}">${section(level, headings.observations, listed(context, view, others, 'observation'))}</div>`
    }`;
}

/** The anchor of the findings of a visit, and of its observations. */
export const foundAnchor = ({ ordinal }: Pick<VisitView, 'ordinal'>): string => `v${ordinal}-f`;
export const observedAnchor = ({ ordinal }: Pick<VisitView, 'ordinal'>): string => `v${ordinal}-o`;

function listed(context: Context, view: VisitView, inOrder: readonly Finding[], name: 'finding' | 'observation'): Html {
  const isPlaced = view.origins.some(({ number }) => number !== null);
  const columns: readonly LabelName[] = [name, 'clause', 'act', ...(isPlaced ? (['where'] as const) : [])];
  const shown = inOrder.slice(0, mostListed);
  const rows = groupEqual(context, shown).map(({ finding, said, count }) => [
    chip(...findingLevel(finding), [text(said), times(count)]),
    finding.clause,
    actAt(context, view, finding),
    ...(isPlaced ? [formatPlace(context, view, finding.index)] : []),
  ]);
  const more = inOrder.length - shown.length;
  return html`
    <div class="fs">${table(context, columns, rows)}</div>
    ${more > 0 && html`<p class="m">${context.words.found.more(more)}</p>`}`;
}

/** The act of a finding by its number, name and time; nothing where it stands after the last. */
function actAt(context: Context, view: VisitView, { index }: Finding): Part {
  if (index >= view.log.length) return null;
  const { type } = readEntryAt(view, index);
  const tell = view.isLong ? context.clock.short : context.clock.time;
  return html`${linkTo(view, index)} ${nameEntry(context, type)}, ${actTime(context, view, index, tell)}`;
}

/** The place of an entry in its file, `log.ndjson, line 34`. */
function formatPlace({ words }: Context, { origins }: VisitView, index: number): Part {
  const { file, sheet, number, isRow } = origins[index] ?? { file: null, sheet: null, number: null, isRow: false };
  if (number === null) return null;
  const { place } = words.found;
  return [
    file !== null && [text(file), ', '],
    sheet !== null && [place.sheet, ' ', text(sheet), ', '],
    isRow ? place.row : place.line,
    ' ',
    number,
  ];
}
