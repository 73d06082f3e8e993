import { formatWorkedTime } from '../clock.ts';
import { table } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import type { VisitView } from '../visit-view.ts';
import { totalLength } from './days.ts';
import { fullLabel, renderPanel } from './draw.ts';
import { createLanes, type Lane } from './lanes.ts';
import { createPanels, type Panel } from './panels.ts';

const mostDays = 12;

/** The picture of a visit, a panel for each local day, and the same in words. Null where no act has a time. */
export function timeline(context: Context, view: VisitView): Html | null {
  const lanes = createLanes(context, view);
  const { panels, more } = createPanels(view, lanes, context.clock, mostDays);
  if (panels.length === 0 || lanes.length === 0) return null;
  const figures = panels.map((panel, place) => {
    const heading = context.clock.day((panel.from + panel.to) / 2);
    return html`<figure><figcaption>${heading}</figcaption>${renderPanel(context, panel, `v${view.ordinal}-t${place + 1}`)}</figure>`;
  });
  return html`
    ${figures}
    ${more > 0 && html`<p class="m">${context.words.visit.moreDays(more)}</p>`}
    ${panels.length + more > 1 && byDay(context, panels, lanes)}
    ${inWords(context, lanes)}`;
}

/** The duration of each lane by day: the days that are shown, the others together, and the total. */
function byDay(context: Context, panels: readonly Panel[], lanes: readonly Lane[]): Part {
  const { words, clock } = context;
  const lasting = lanes.filter(({ stretches }) => stretches.length > 0);
  if (lasting.length === 0) return null;
  const rows = lasting.flatMap((lane) => {
    const days = panels.map(({ day, lanes: shown }): readonly [string, number] => {
      const own = shown.find((one) => fullLabel(one) === fullLabel(lane));
      return [clock.day(day.from), totalLength(own?.stretches ?? [])];
    });
    const rest = lane.totalMs - days.reduce((sum, [, ms]) => sum + ms, 0);
    const parts = [...days, [words.visit.otherDays, rest] as const].filter(([, ms]) => ms > 0);
    return [...parts, [words.visit.inAll, lane.totalMs] as const].map(([day, ms]) => [
      fullLabel(lane),
      day,
      formatWorkedTime(ms),
    ]);
  });
  return html`<details class="n"><summary>${words.visit.byDay}</summary>${table(context, ['lane', 'day', ['length', 'f']], rows)}</details>`;
}

const mostRows = 400;

/** The picture in words: each bar with its ends, each mark with its time. */
function inWords(context: Context, lanes: readonly Lane[]): Html {
  const { words, clock } = context;
  const rows = lanes.flatMap((lane) => [
    ...lane.stretches.map(({ from, to, isOpen }) => [
      fullLabel(lane),
      clock.short(from),
      isOpen ? words.visit.goesOn : clock.short(to),
      formatWorkedTime(to - from),
    ]),
    ...lane.moments.map((ms) => [fullLabel(lane), clock.short(ms), '', '']),
  ]);
  const shown = table(context, ['lane', 'from', 'to', ['length', 'f']], rows.slice(0, mostRows));
  const more = rows.length > mostRows && html`<p class="m">${words.visit.several(rows.length - mostRows)}</p>`;
  return html`<details class="n"><summary>${words.visit.inWords}</summary>${shown}${more}</details>`;
}
