import { isTime, timeOf, workOf } from '../clock.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import { data, section, text } from '../show.ts';
import type { Told } from '../told.ts';
import { phase } from '../visit/header.ts';
import { visitBody } from '../visit/visit.ts';
import { board } from './board.ts';
import { distributions } from './distributions.ts';
import { overview } from './overview.ts';

/** Several visits: the list of them, what is owed, how the measures spread, and each visit to be unfolded. */
export function dayBody(context: Context, visits: readonly Told[]): Html {
  const { day } = context.words;
  return html`
    ${totals(context, visits)}
    ${section(2, day.visits, overview(context, visits))}
    ${section(2, day.debts, board(context, visits))}
    ${section(2, day.distributions, distributions(context, visits))}
    ${section(
      2,
      day.each,
      html`<p class="m np">${day.toPrint}</p>`,
      visits.map((visit) => folded(context, visit)),
    )}`;
}

/** The local day of all the visits, or null where they begin on several. */
export function dayOf({ clock }: Context, visits: readonly Told[]): string | null {
  const begun = visits.map(({ reading }) => timeOf(reading.entries[0]?.event.data.at)).filter(isTime);
  const days = new Set(begun.map(clock.day));
  const [day = null, ...others] = days;
  return others.length > 0 ? null : day;
}

function totals({ words }: Context, visits: readonly Told[]): Html {
  const { day, labels } = words;
  const count = (isSo: (visit: Told) => boolean) => visits.filter(isSo).length;
  const worked = visits.reduce((sum, { dossier }) => sum + (dossier.workedMs || 0), 0);
  const pairs: readonly (readonly [string, Part])[] = [
    [day.total, visits.length],
    [day.completed, count(({ dossier }) => dossier.outcome === 'completed')],
    [day.closed, count(({ dossier }) => dossier.outcome !== null && dossier.outcome !== 'completed')],
    [day.ongoing, count(({ dossier }) => dossier.outcome === null)],
    [labels.worked, workOf(worked)],
    [day.unclean, count(({ clean }) => !clean)],
  ];
  return data(pairs, 'g');
}

function folded(context: Context, told: Told): Html {
  const { client, service } = told.reading.state;
  return html`
    <details class="visit" id="v${told.ordinal}">
      <summary><h3>${text(told.dossier.caseNumber)}</h3> <span>${text(client?.name)} · ${text(service)}</span> ${phase(context, told)}</summary>
      ${visitBody(context, told, 4)}
    </details>`;
}
