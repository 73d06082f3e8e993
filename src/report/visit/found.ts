import { type Finding, makesUnclean } from '../../reading/judging/finding.ts';
import { actTime, chip, type Level, linkTo, nameOf, section, table, text } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import { readEntryAt, type VisitView } from '../visit-view.ts';
import type { LabelName } from '../words/words.ts';
import { findingLevel, times, toldTogether } from './findings.ts';

/** The most findings that are listed; each stands at its act, too. */
const mostListed = 300;

/** All findings of a log, grave ones first: each with its clause, its act and its place in the file. */
export function findings(context: Context, told: VisitView, level: Level): Html {
  const { words } = context;
  const heading = words.headings.findings;
  const body = told.findings.length === 0 ? html`<p>${words.found.none}</p>` : listed(context, told);
  return html`<div id="${foundAnchor(told)}">${section(level, heading, body)}</div>`;
}

/** The anchor of the findings of a visit. */
export const foundAnchor = ({ ordinal }: Pick<VisitView, 'ordinal'>): string => `v${ordinal}-f`;

function listed(context: Context, told: VisitView): Html {
  const inOrder = [...told.findings.filter(makesUnclean), ...told.findings.filter((finding) => !makesUnclean(finding))];
  const isPlaced = told.origins.some(({ number }) => number !== null);
  const columns: readonly LabelName[] = ['finding', 'clause', 'act', ...(isPlaced ? (['where'] as const) : [])];
  const shown = inOrder.slice(0, mostListed);
  const rows = toldTogether(context, shown).map(({ finding, said, count }) => [
    chip(...findingLevel(finding), [text(said), times(count)]),
    finding.clause,
    actAt(context, told, finding),
    ...(isPlaced ? [placeOf(context, told, finding.index)] : []),
  ]);
  const more = inOrder.length - shown.length;
  return html`
    <div class="fs">${table(context, columns, rows)}</div>
    ${more > 0 && html`<p class="m">${context.words.found.more(more)}</p>`}`;
}

/** The act of a finding by its number, name and time; nothing where it stands after the last. */
function actAt(context: Context, told: VisitView, { index }: Finding): Part {
  if (index >= told.log.length) return null;
  const { type } = readEntryAt(told, index);
  const tell = told.isLong ? context.clock.short : context.clock.time;
  return html`${linkTo(told, index)} ${nameOf(context, type)}, ${actTime(context, told, index, tell)}`;
}

/** The place of an entry in its file, `log.ndjson, line 34`. */
function placeOf({ words }: Context, { origins }: VisitView, index: number): Part {
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
