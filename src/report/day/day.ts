import { roleName } from '../../locale/index.ts';
import type { DebtSpan } from '../../reading/index.ts';
import { formatWorkedTime, isTime, parseTime } from '../clock.ts';
import { capitalize, chip, data, debtName, section, table, timeElement } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, joinParts, type Part } from '../html.ts';
import { decision, type Frame, provenance } from '../page.ts';
import { runningHeadAround, runningTitle } from '../running.ts';
import { script, scriptHash } from '../script.ts';
import { debtDuration } from '../visit/lists.ts';
import type { OrderName } from '../words/en-frame.ts';
import { type Digest, linkToVisit } from './digest.ts';
import { distributions } from './distributions.ts';
import { conductOfAll, findingsByClause } from './found.ts';
import { overview } from './overview.ts';

/** The frame of the page of several visits. */
export function dayFrame(context: Context, visits: readonly Digest[]): Frame {
  const { day } = context.words;
  const local = findDay(context, visits);
  const title = context.title ?? (local === null ? day.untitled : day.title(local));
  const { first, last } = findDays(context, visits);
  // Of several days the title does not say which.
  const lead =
    (context.title !== null || local === null) &&
    first !== null &&
    html`<p class="lead">${joinParts([...new Set([first, last])], ' – ')}</p>`;
  return { title, lead, running: runningTitle(context, title), script: { text: script, hash: scriptHash } };
}

/** The local day of all the visits, or null where they begin on several. */
function findDay({ clock }: Context, visits: readonly Digest[]): string | null {
  const days = new Set(visits.flatMap(({ begun }) => (isTime(begun) ? [clock.day(begun)] : [])));
  const [day = null, ...others] = days;
  return others.length > 0 ? null : day;
}

/** The first and the last local day on which a visit begins. */
function findDays({ clock }: Context, visits: readonly Digest[]) {
  const times = visits.map(({ begun }) => begun).filter(isTime);
  const [least, most] = times.reduce(([min, max], ms) => [Math.min(min, ms), Math.max(max, ms)], [Infinity, -Infinity]);
  const dayOfTime = (ms: number) => (times.length === 0 ? null : clock.day(ms));
  return { first: dayOfTime(least ?? 0), last: dayOfTime(most ?? 0) };
}

/** The first instant in the logs, or `NaN`. */
export const firstMs = (visits: readonly Digest[]): number =>
  visits.find(({ begun }) => !Number.isNaN(begun))?.begun ?? Number.NaN;

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

/** The numbers of visits whose seal is whole, broken or missing. */
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

/** The orders of the index that are offered: the column, from 0, and the direction. */
const orders: readonly (readonly [OrderName, string])[] = [
  ['case', '0 up'],
  ['provider', '2 up'],
  ['worked', '4 down'],
  ['findings', '5 down'],
  ['debts', '7 down'],
];

/** The controls that the script of the page puts before the index; absent where no script runs. */
function tools({ words: { index } }: Context): Html {
  const { count, pick, failed, loading } = index;
  return html`
    <template id="tools" data-count="${count}" data-pick="${pick}" data-failed="${failed}" data-loading="${loading}">
      <div class="tools np" role="search">
        <label>${index.search} <input type="search" autocomplete="off" spellcheck="false"></label>
        <label>${index.show} <select class="facet"><option value="">${index.all}</option>
          ${Object.entries(index.facets).map(([facet, name]) => html`<option value="${facet}">${name}</option>`)}</select></label>
        <label>${index.sort} <select class="order"><option value="">${index.given}</option>
          ${orders.map(([name, order]) => html`<option value="${order}">${index.orders[name]}</option>`)}</select></label>
        <label class="pk"><input type="checkbox"> ${index.pickAll}</label>
        <button type="button">${index.print}</button>
        <output></output>
      </div>
    </template>`;
}

type Owed = { readonly debt: DebtSpan; readonly visit: Digest };

/** The open debts of all visits by debtor, the oldest first, with their age where the report has a time. */
function pendingBoard(context: Context, visits: readonly Digest[]): Html {
  const owed = visits.flatMap((visit) => visit.debts.map((debt): Owed => ({ debt, visit })));
  owed.sort(({ debt: one }, { debt: other }) => parseTime(one.since) - parseTime(other.since));
  if (owed.length === 0) return html`<p class="m">${context.words.day.noDebts}</p>`;
  const byDebtor = (debtor: DebtSpan['debtor']) => owed.filter(({ debt }) => debt.debtor === debtor);
  const rows = [...byDebtor('contact-center'), ...byDebtor('client')].map(({ debt, visit }) => [
    capitalize(roleName(debt.debtor, context.words.locale)),
    debtName(context, debt),
    linkToVisit(visit),
    timeElement(debt.since, context.clock.short),
    debtDuration(context, debt),
  ]);
  const age = context.until === null ? [] : ([['age', 'f']] as const);
  return table(context, ['debtor', 'debt', 'case', 'since', ...age], rows);
}
