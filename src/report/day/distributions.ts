import type { Measure, MeasureName } from '../../reading/index.ts';
import { type Column, chip, table } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { amount } from '../visit/findings.ts';
import type { Digest } from './digest.ts';

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

const bins = 24;
const height = 34;
const margin = 0.01;

const percent = (part: number) => `${Math.round((margin + (1 - 2 * margin) * part) * 10_000) / 100}%`;
const wide = `${Math.round(((1 - 2 * margin) * 8400) / bins) / 100}%`;

/**
 * A histogram of values from 0 on, in ascending order; the threshold is a line, and values beyond it have another
 * colour. If it is beyond all values, the axis ends shortly after it.
 */
export function histogram(
  values: readonly number[],
  threshold: number,
  title: string,
  tell: (value: number) => string,
): Html {
  const end = Math.max(values.at(-1) ?? 0, threshold * 1.1, 1);
  const limit = percent(threshold / end);
  return html`
    <svg class="hg" role="img" width="100%" height="${height + 18}">
      <title>${title}</title>
      ${bars(values, threshold, end)}
      <line class="base" x1="0" x2="100%" y1="${height + 0.5}" y2="${height + 0.5}"/>
      <line class="limit" x1="${limit}" x2="${limit}" y1="0" y2="${height + 4}"/>
      <text x="0" y="${height + 15}">0</text>
      <text x="100%" y="${height + 15}" text-anchor="end">${tell(Math.max(values.at(-1) ?? 0, threshold))}</text>
    </svg>`;
}

function bars(values: readonly number[], threshold: number, end: number): readonly Html[] {
  const counts = new Map<number, readonly [all: number, beyond: number]>();
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.floor((value / end) * bins));
    const [all, beyond] = counts.get(bin) ?? [0, 0];
    counts.set(bin, [all + 1, beyond + (value > threshold ? 1 : 0)]);
  }
  const most = [...counts.values()].reduce((greatest, [all]) => Math.max(greatest, all), 1);
  const tall = (count: number) => Math.max(2, Math.round((count / most) * height));
  const bar = (kind: string, bin: number, count: number) =>
    count > 0 &&
    html`<rect class="${kind}" x="${percent((bin + 0.08) / bins)}" y="${height - tall(count)}" width="${wide}" height="${tall(count)}"/>`;
  return [...counts].map(([bin, [all, beyond]]) => html`${bar('bar', bin, all)}${bar('over', bin, beyond)}`);
}
