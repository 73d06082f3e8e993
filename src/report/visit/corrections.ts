import type { Correction } from '../../reading/index.ts';
import { asArray } from '../../util/json.ts';
import { lookup } from '../../words/text.ts';
import { type Column, capitalize, linkTo, table, text, timeElement } from '../components.ts';
import type { Context } from '../context.ts';
import { between, html, type Part } from '../html.ts';
import { readEntryAt, type VisitView } from '../visit-view.ts';
import { actor } from './acts.ts';
import type { List } from './lists.ts';

const columns: readonly Column[] = ['what', 'first', 'now', 'who', 'at', 'why', 'act'];

/** The corrections: what was first recorded, what stands now, who made it, when and why. */
export const corrections: List = (context, told) => {
  const rows = told.dossier.corrections.map((one) => [
    ...change(context, told, one),
    between(actor(context, told, one.by), ', '),
    timeElement(one.at, context.clock.short),
    text(one.reason),
    linkTo(told, one.index),
  ]);
  return rows.length === 0 ? null : table(context, columns, rows);
};

/** The matter of a correction, what was first recorded, and what stands now. */
function change({ words, clock }: Context, told: VisitView, one: Correction): readonly [Part, Part, Part] {
  const of = linkTo(told, one.of);
  if (one.kind === 'settled') {
    const reported = asArray(readEntryAt(told, one.of).data.acts).length;
    return [
      [words.fields.discrepancyId, ' ', text(one.discrepancyId)],
      html`${words.corrections.acts(reported)} (${of})`,
      words.corrections.outcome(one.taken.length, one.left.length),
    ];
  }
  const what =
    one.kind === 'annulled'
      ? lookup(words.codes.annulled, one.act, one.act)
      : lookup(words.codes.time, one.what, one.what);
  const before =
    one.first !== one.recorded && html`, ${words.corrections.later} ${timeElement(one.recorded, clock.short)}`;
  return [
    capitalize(what),
    html`${timeElement(one.first, clock.short)} (${of})${before}`,
    one.kind === 'annulled' ? words.corrections.annulled : timeElement(one.now, clock.short),
  ];
}
