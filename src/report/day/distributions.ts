import type { Measure, MeasureName } from '../../reading/index.ts';
import { type Column, chip, table } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { amount } from '../visit/findings.ts';
import type { Digest } from './digest.ts';
import { histogram } from './histogram.ts';

const columns: readonly Column[] = [
  'measure',
  'distribution',
  ['count', 'f'],
  ['median', 'f'],
  ['ninety', 'f'],
  ['greatest', 'f'],
  ['threshold', 'f'],
  ['beyond', 'f'],
];

/** The distribution of each measure over all visits: a histogram with the threshold, and the figures. */
export function distributions(context: Context, visits: readonly Digest[]): Html {
  const { words } = context;
  const names = Object.keys(words.measures) as readonly MeasureName[];
  const byName = new Map<MeasureName, Measure[]>();
  for (const measure of visits.flatMap(({ measures }) => measures)) {
    const known = byName.get(measure.name);
    if (known === undefined) byName.set(measure.name, [measure]);
    else known.push(measure);
  }
  const rows = names.flatMap((name) => {
    const measures = byName.get(name) ?? [];
    return measures[0] === undefined ? [] : [row(context, measures[0], measures)];
  });
  if (rows.length === 0) return html`<p class="m">${words.day.noMeasures}</p>`;
  return html`<div class="h">${table(context, columns, rows)}</div>`;
}

function row(context: Context, { name, threshold }: Measure, measures: readonly Measure[]) {
  const { words } = context;
  // Without valid times there is no lag to draw.
  const values = measures
    .flatMap(({ value }) => (Number.isNaN(value) ? [] : [value]))
    .sort((one, other) => one - other);
  const beyond = measures.filter(({ flagged }) => flagged).length;
  const title = words.day.histogram(words.measures[name], values.length, beyond);
  return [
    words.measures[name],
    histogram(values, threshold, title, (value) => amount(name, value)),
    values.length,
    amount(name, quantile(values, 0.5)),
    amount(name, quantile(values, 0.9)),
    amount(name, values.at(-1)),
    amount(name, threshold),
    beyond === 0 ? html`0` : chip('warn', 'late', beyond),
  ];
}

/** The least of the values that is not below that part of them. */
function quantile(values: readonly number[], part: number): number {
  return values[Math.max(0, Math.ceil(part * values.length) - 1)] ?? 0;
}
