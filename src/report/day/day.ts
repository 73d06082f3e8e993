import { formatWorkedTime, isTime } from '../clock.ts';
import { chip, data, section } from '../components.ts';
import type { Context } from '../context.ts';
import { decision } from '../decision.ts';
import { type Html, html, type Part } from '../html.ts';
import type { Frame } from '../page.ts';
import { provenance } from '../provenance.ts';
import { runningHeadAround } from '../running.ts';
import { pendingBoard } from './board.ts';
import type { Digest } from './digest.ts';
import { distributions } from './distributions.ts';
import { conductOfAll, findingsByClause } from './found.ts';
import { overview } from './overview.ts';
import { tools } from './tools.ts';

/**
 * Several visits: the findings, the index, the pending items, the distribution of the measures, and each visit, folded. Part by part,
 * so that other tasks may run between two.
 */
export function* dayParts(
  context: Context,
  visits: readonly Digest[],
  each: readonly Html[],
  note: Part,
  { running }: Frame,
): Generator<Html> {
  const { day, headings } = context.words;
  const [begun, ended] = runningHeadAround(running);
  yield begun;
  yield totals(context, visits);
  const conduct = conductOfAll(context, visits);
  if (conduct !== null) yield section(2, headings.conduct, conduct);
  yield section(2, headings.findings, findingsByClause(context, visits));
  yield section(2, day.visits, tools(context), overview(context, visits));
  yield section(2, day.debts, pendingBoard(context, visits));
  yield section(2, day.distributions, distributions(context, visits));
  yield provenance(context, seals(context, visits));
  yield decision(context, 2);
  yield ended;
  yield html`<section class="each"><h2>${day.each}</h2><p class="m np">${day.toPrint}</p>${note}<div id="each">${each}</div></section>`;
}

/** The local day of all the visits, or null where they begin on several. */
export function dayOf({ clock }: Context, visits: readonly Digest[]): string | null {
  const days = new Set(visits.flatMap(({ begun }) => (isTime(begun) ? [clock.day(begun)] : [])));
  const [day = null, ...others] = days;
  return others.length > 0 ? null : day;
}

function totals({ words }: Context, visits: readonly Digest[]): Html {
  const { day, labels } = words;
  const count = (isSo: (visit: Digest) => boolean) => visits.filter(isSo).length;
  const worked = visits.reduce((sum, { workedMs }) => sum + (workedMs || 0), 0);
  const pairs: readonly (readonly [string, Part])[] = [
    [day.total, visits.length],
    [day.completed, count(({ outcome }) => outcome === 'completed')],
    [day.closed, count(({ outcome }) => outcome !== null && outcome !== 'completed')],
    [day.ongoing, count(({ outcome }) => outcome === null)],
    [labels.worked, formatWorkedTime(worked)],
    [day.unclean, count(({ clean }) => !clean)],
    [day.payable, count(({ payable }) => payable)],
    [day.held, count(({ integrity }) => integrity.status === 'broken')],
  ];
  return data(pairs, 'g');
}

/** In how many visits the seal is whole, and in how many it is broken. */
function seals({ words: { seals: words } }: Context, visits: readonly Digest[]): Part {
  const count = (seal: Digest['seal']) => visits.filter((visit) => visit.seal === seal).length;
  const [whole, broken, none] = [count('whole'), count('broken'), count('none')];
  if (whole + broken === 0) return words.unverified;
  return [
    whole > 0 && html`<div>${chip('ok', 'ok', words.sealed(whole))}</div>`,
    broken > 0 && html`<div>${chip('bad', 'bad', words.broken(broken))}</div>`,
    none > 0 && html`<div>${chip('note', 'note', words.withoutSeals(none))}</div>`,
  ];
}
