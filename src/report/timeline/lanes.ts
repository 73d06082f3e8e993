import { roleName } from '../../locale/index.ts';
import { type FactName, factSpans, listMarks, type MarkName } from '../../reading/timeline-spans.ts';
import { asRecord } from '../../util/json.ts';
import { isTime, parseTime } from '../clock.ts';
import { debtName } from '../components.ts';
import type { Context } from '../context.ts';
import type { VisitView } from '../visit-view.ts';
import type { LaneName } from '../words/en.ts';
import { type Stretch, totalLength } from './days.ts';

/** A row of the picture: bars where something lasts, marks where it happens. `tone` is a name of the style sheet. */
export type Lane = {
  /** The debtor, of a debt. */
  readonly group: string | null;
  readonly label: string;
  readonly tone: LaneName | 'contact-center' | 'client';
  readonly stretches: readonly Stretch[];
  readonly moments: readonly number[];
  /** The total duration of its stretches over all days. */
  readonly totalMs: number;
};

/** The rows of a visit, without those in which nothing happens. */
export function createLanes(context: Context, view: VisitView): readonly Lane[] {
  const { lanes } = context.words;
  const lasting: Readonly<Record<FactName | 'work', readonly Stretch[]>> = {
    ...factStretches(view, context),
    work: workSpans(view, context),
  };
  const happening = { ...markMoments(view), ...correctedTimes(view) };
  const bars = (['travel', 'site', 'work', 'materials', 'break', 'away'] as const).map(
    (tone): Lane => ({
      group: null,
      label: lanes[tone],
      tone,
      stretches: lasting[tone],
      moments: [],
      totalMs: totalLength(lasting[tone]),
    }),
  );
  const marks = (['calls', 'instructions', 'taken', 'sent', 'recorded', 'corrected'] as const).map(
    (tone): Lane => ({ group: null, label: lanes[tone], tone, stretches: [], moments: happening[tone], totalMs: 0 }),
  );
  return [...bars, ...marks, ...debtLanes(context, view)].filter(
    ({ stretches, moments }) => stretches.length > 0 || moments.length > 0,
  );
}

/** The last time of the picture: that of the last act, or that of the report. */
function lastMoment({ reading }: VisitView, { until }: Context): number {
  const acts = reading.entries.map(({ event }) => parseTime(event.data.at)).filter(isTime);
  return acts.reduce((latest, ms) => Math.max(latest, ms), parseTime(until) || Number.NEGATIVE_INFINITY);
}

function factStretches(view: VisitView, context: Context): Readonly<Record<FactName, readonly Stretch[]>> {
  const last = lastMoment(view, context);
  const spans = factSpans(view.reading, view.revisions);
  const listStretches = (fact: FactName) =>
    spans[fact]
      .map(({ from, to }) => ({ from: parseTime(from), to: to === null ? last : parseTime(to), isOpen: to === null }))
      .filter(({ from, to }) => from < to);
  return {
    travel: listStretches('travel'),
    site: listStretches('site'),
    break: listStretches('break'),
    materials: listStretches('materials'),
    away: listStretches('away'),
  };
}

/** The worked time, and the interval that still runs at the end of the log. */
function workSpans(view: VisitView, context: Context): readonly Stretch[] {
  const { intervals, running } = view.dossier;
  const known = intervals.map(({ from, to }) => ({ from: parseTime(from), to: parseTime(to), isOpen: false }));
  const begun = running ? parseTime(view.reading.state.work.intervals.at(-1)?.from) : Number.NaN;
  const open = { from: begun, to: lastMoment(view, context), isOpen: true };
  return [...known.filter(({ from }) => !running || from !== begun), open].filter(({ from, to }) => from < to);
}

/** One row for each debt, those of one debtor together. */
function debtLanes(context: Context, view: VisitView): readonly Lane[] {
  const { words } = context;
  const last = lastMoment(view, context);
  const rows = new Map<string, Lane & { readonly stretches: Stretch[] }>();
  for (const debt of view.dossier.debts) {
    const label = debtName(context, debt);
    const group = words.visit.owes(roleName(debt.debtor, words.locale));
    const row = rows.get(label) ?? { group, label, tone: debt.debtor, stretches: [], moments: [], totalMs: 0 };
    rows.set(label, row);
    const { since, until } = debt;
    const stretch = { from: parseTime(since), to: until === null ? last : parseTime(until), isOpen: until === null };
    if (stretch.from < stretch.to) row.stretches.push(stretch);
  }
  const summed = [...rows.values()].map((row) => ({ ...row, totalMs: totalLength(row.stretches) }));
  const byDebtor = (debtor: Lane['tone']) => summed.filter(({ tone }) => tone === debtor);
  return [...byDebtor('contact-center'), ...byDebtor('client')];
}

type Marks = Record<MarkName, number[]>;

function markMoments({ reading }: VisitView): Marks {
  const marks: Marks = { calls: [], instructions: [], taken: [], sent: [] };
  for (const { event } of reading.entries) {
    const [name, at] = listMarks(event);
    for (const ms of at.map(parseTime).filter(isTime)) marks[name].push(ms);
  }
  return marks;
}

/** The times that were recorded first, and those that corrections put in their places. */
function correctedTimes({ log, revisions }: VisitView): Readonly<Record<'recorded' | 'corrected', readonly number[]>> {
  const recorded: number[] = [];
  const corrected: number[] = [];
  for (const [index, { now }] of revisions) {
    const { at } = asRecord(asRecord(log[index]).data);
    if (now === null || now === at) continue;
    recorded.push(parseTime(at));
    corrected.push(parseTime(now));
  }
  return { recorded: recorded.filter(isTime), corrected: corrected.filter(isTime) };
}
