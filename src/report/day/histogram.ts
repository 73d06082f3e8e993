import { type Html, html } from '../html.ts';

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
