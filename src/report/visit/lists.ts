import { requirementName, roleName } from '../../locale/index.ts';
import type { DebtSpan, Measure } from '../../reading/index.ts';
import { defaultPolicy, isWaivable } from '../../visit/index.ts';
import { lookup } from '../../words/text.ts';
import { formatLength, formatWorkedTime, parseTime } from '../clock.ts';
import { capitalize, chip, debtName, linkTo, table, text, timeElement } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import type { VisitView } from '../visit-view.ts';
import { amount, times } from './findings.ts';

/** A list of a visit: null when there is nothing in it. */
export type List = (context: Context, told: VisitView) => Html | null;

type Columns = Parameters<typeof table>[1];

const listed = (context: Context, columns: Columns, rows: readonly (readonly Part[])[]): Html | null =>
  rows.length === 0 ? null : table(context, columns, rows);

/** The intervals of worked time. */
export const intervals: List = (context, { dossier }) => {
  const { time, day } = context.clock;
  const rows = dossier.intervals.map(({ from, to }) => [
    html`${timeElement(from, day)}`,
    timeElement(from, time),
    timeElement(to, time),
    formatWorkedTime(parseTime(to) - parseTime(from)),
  ]);
  return listed(context, ['at', 'from', 'to', ['length', 'f']], rows);
};

/** The measures, those of one act together: of several photographs the slowest is shown. */
export const measures: List = (context, told) => {
  const groups = new Map<string, [Measure, ...Measure[]]>();
  for (const measure of told.dossier.measures) {
    const key = `${measure.index} ${measure.name} ${measure.clause}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [measure]);
    else group.push(measure);
  }
  const rows = [...groups.values()].map((group) => measureRow(context, told, group));
  return listed(context, ['measure', 'act', 'clause', ['value', 'f'], ['threshold', 'f'], 'status'], rows);
};

function measureRow({ words }: Context, told: VisitView, group: readonly [Measure, ...Measure[]]): readonly Part[] {
  const { name, clause, index, threshold, value, flagged } = group.reduce((most, one) =>
    one.value > most.value ? one : most,
  );
  return [
    html`${words.measures[name]}${times(group.length)}`,
    linkTo(told, index),
    clause,
    amount(name, value),
    amount(name, threshold),
    flagged ? chip('warn', 'late', words.visit.flagged) : chip('ok', 'ok', words.visit.within),
  ];
}

/** The debts: each with its debtor, its opening and its end. */
export const debts: List = (context, told) => {
  const { words, clock } = context;
  const rows = told.dossier.debts.map((debt) => [
    debtName(context, debt),
    capitalize(roleName(debt.debtor, words.locale)),
    debt.clause,
    html`${timeElement(debt.since, clock.short)} (${linkTo(told, debt.openedBy)})`,
    ending(context, told, debt),
    debtDuration(context, debt),
  ]);
  return listed(context, ['debt', 'debtor', 'clause', 'since', 'until', ['length', 'f']], rows);
};

/** The duration of a debt; of an open one, up to the time of the report, if that is later. */
export function debtDuration({ until }: Context, debt: DebtSpan): string {
  const length = parseTime(debt.until ?? until) - parseTime(debt.since);
  return formatLength(length < 0 ? Number.NaN : length);
}

function ending({ words, clock }: Context, told: VisitView, { until, endedBy, lapsed }: DebtSpan): Part {
  if (endedBy === null) return chip('bad', 'lack', words.visit.openStill);
  const at = html`${timeElement(until, clock.short)} (${linkTo(told, endedBy)})`;
  return lapsed ? [at, ' ', html`<span class="m">${words.visit.lapsed}</span>`] : at;
}

/** The requirements that an instruction waived, since when, and those that the policy waives. */
export const waivers: List = (context, { dossier }) => {
  const { words, clock, policy } = context;
  const instructed = dossier.waivers.map(({ rule, at }) => [
    requirementName(rule, words.locale),
    timeElement(at, clock.short),
  ]);
  const id = policy.id ?? defaultPolicy.id;
  const always = (policy.waive ?? []).flatMap(({ rule, reason }) =>
    isWaivable(rule)
      ? [[requirementName(rule, words.locale), [words.labels.policy, ' ', text(id), ': ', text(reason)]]]
      : [],
  );
  return listed(context, ['requirement', 'since'], [...instructed, ...always]);
};

export const declined: List = (context, told) => {
  const { words, clock } = context;
  const rows = told.dossier.declined.map(({ index, at, activity, detail }) => [
    lookup<Part>(words.codes.activity, activity, text(activity)),
    text(detail),
    timeElement(at, clock.short),
    linkTo(told, index),
  ]);
  return listed(context, ['activity', 'what', 'at', 'act'], rows);
};

export const attempts: List = (context, told) => {
  const { words, clock } = context;
  const rows = told.dossier.attempts.map(({ index, arrivedAt, endedBy, endedAt, end }) => [
    words.ends[end],
    html`${timeElement(arrivedAt, clock.short)} (${linkTo(told, index)})`,
    html`${timeElement(endedAt, clock.short)} (${linkTo(told, endedBy)})`,
  ]);
  return listed(context, ['end', 'arrived', 'until'], rows);
};
