import { isTime } from '../clock.ts';
import type { Context } from '../context.ts';
import { between, html } from '../html.ts';
import type { Frame } from '../page.ts';
import { runningTitle } from '../running.ts';
import { script, scriptHash } from '../script.ts';
import { dayOf } from './day.ts';
import type { Digest } from './digest.ts';

/** The frame of the page of several visits. */
export function dayFrame(context: Context, visits: readonly Digest[]): Frame {
  const { day } = context.words;
  const local = dayOf(context, visits);
  const title = context.title ?? (local === null ? day.untitled : day.title(local));
  const { first, last } = daysIn(context, visits);
  // Of several days the title does not say which.
  const lead =
    (context.title !== null || local === null) &&
    first !== null &&
    html`<p class="lead">${between([...new Set([first, last])], ' – ')}</p>`;
  return { title, lead, running: runningTitle(context, title), script: { text: script, hash: scriptHash } };
}

/** The first and the last local day on which a visit begins. */
function daysIn({ clock }: Context, visits: readonly Digest[]) {
  const times = visits.map(({ begun }) => begun).filter(isTime);
  const [least, most] = times.reduce(([min, max], ms) => [Math.min(min, ms), Math.max(max, ms)], [Infinity, -Infinity]);
  const dayOfTime = (ms: number) => (times.length === 0 ? null : clock.day(ms));
  return { first: dayOfTime(least ?? 0), last: dayOfTime(most ?? 0) };
}

/** The first instant in the logs; `NaN` if there is none. */
export const firstMs = (visits: readonly Digest[]): number =>
  visits.find(({ begun }) => !Number.isNaN(begun))?.begun ?? Number.NaN;
