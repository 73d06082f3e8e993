import { explainPast } from '../../locale/explain.ts';
import { type Discrepancy, type Fate, listDiscrepancies, type ReportedAct } from '../../reading/reported-acts.ts';
import { cleanText } from '../../words/text.ts';
import { isTime, parseTime, storedLater } from '../clock.ts';
import { type Column, chip, linkTo, nameEntry, table, text, timeElement } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, joinParts, type Part } from '../html.ts';
import { readEntryAt, type VisitView } from '../visit-view.ts';
import { actor, details } from './acts.ts';
import { type Cause, type CauseOf, causesIn } from './causes.ts';
import type { List } from './lists.ts';

const columns: readonly Column[] = ['act', 'rules', 'lawfulThen', 'settled'];

/** The most acts of a discrepancy that are listed. */
const mostActs = 300;

/** The discrepancies: each act that was reported, the rules that refused it, and what was settled. */
export const discrepancies: List = (context, view) => {
  const { entries } = view.reading;
  const events = entries.map(({ index, event }) => [index, event] as const);
  const found = listDiscrepancies(events, view.dossier.corrections);
  if (found.length === 0) return null;
  const causes = causesIn(view, context.policy);
  return html`${found.map((one) => discrepancy(context, view, one, causes))}`;
};

function discrepancy(context: Context, view: VisitView, one: Discrepancy, causes: CauseOf): Html {
  const { words, clock } = context;
  const reported = words.corrections.reported(cleanText(one.discrepancyId), clock.short(parseTime(one.at)));
  const who = joinParts(actor(context, view, one.by), ', ');
  const later = storedLater(view.log[one.index]);
  const stored = isTime(later) && `, ${words.visit.storedAt(clock.short(later))}`;
  const rows = one.acts
    .slice(0, mostActs)
    .map((act, position) => [
      reportedAct(context, act, position),
      [rules(context, act), cause(context, view, one, causes(one.discrepancyId, position))],
      act.lawfulThen ? words.visit.yes : words.visit.no,
      settled(context, view, act.fate),
    ]);
  const more = one.acts.length - rows.length;
  return html`
    <p><b>${text(reported)}</b> (${linkTo(view, one.index)}) <span class="m">${who}, ${words.corrections.knew(one.basedOn)}${stored}</span></p>
    ${table(context, columns, rows)}
    ${more > 0 && html`<p class="m">${words.visit.several(more)}</p>`}`;
}

/** A reported act: its number, name and time, its data, and the leave by which it was done despite a refusal. */
function reportedAct(context: Context, { type, data, despite }: ReportedAct, position: number): Part {
  const { clock, words } = context;
  const leave = despite && words.corrections.despite(cleanText(despite.by), cleanText(despite.reason));
  return [
    html`${position + 1}. <b>${nameEntry(context, type)}</b>, ${timeElement(data.at, clock.short)}`,
    details(context, type, data),
    leave !== null && html`<p class="w">${text(leave)}</p>`,
  ];
}

/** The rules that refused it, in words, each with its clause. */
function rules({ words }: Context, { violations }: ReportedAct): Part {
  return violations.map(
    (violation) =>
      html`<p class="w">${text(explainPast(violation, words.locale))} <span class="m">(${text(violation.clause)})</span></p>`,
  );
}

/** The acts against which it stands, or those that it follows from. */
function cause(context: Context, view: VisitView, { discrepancyId }: Discrepancy, found: Cause | null): Part {
  const { against, follows, refusedAnyway, undetermined } = context.words.corrections;
  switch (found?.kind) {
    case undefined:
      return null;
    case 'against':
      return listed(
        context,
        against,
        found.indexes.map(
          (index) => html`${nameEntry(context, readEntryAt(view, index).type)} (${linkTo(view, index)})`,
        ),
      );
    case 'follows':
      return listed(
        context,
        follows,
        found.acts.map((act) => {
          const report = act.discrepancyId !== discrepancyId && [text(act.discrepancyId), ', '];
          return html`${report}${act.position + 1}. ${nameEntry(context, act.type)}`;
        }),
      );
    case 'refused-anyway':
      return html`<p class="w m">${refusedAnyway}</p>`;
    case 'undetermined':
      return html`<p class="w m">${undetermined}</p>`;
  }
}

/** The most acts that are named after one another. */
const mostNamed = 8;

function listed({ words }: Context, heading: string, acts: readonly Html[]): Html {
  const more = acts.length - mostNamed;
  const named = acts.slice(0, mostNamed).map((act, nth) => [nth > 0 && ', ', act]);
  return html`<p class="w m">${heading}: ${named}${more > 0 && [' ', words.visit.several(more)]}</p>`;
}

function settled({ words }: Context, view: VisitView, fate: Fate): Part {
  const { taken, left, open, twin } = words.corrections;
  switch (fate.kind) {
    case 'taken':
      return chip('ok', 'ok', [taken, ' (', linkTo(view, fate.onRecord ?? fate.by), ')']);
    case 'left':
      return chip('none', 'none', [left, ' (', linkTo(view, fate.by), ')']);
    case 'twin':
      return chip('note', 'note', [twin, ' ', fate.of < view.log.length ? linkTo(view, fate.of) : fate.of + 1]);
    case 'open':
      return chip('bad', 'lack', open);
  }
}
