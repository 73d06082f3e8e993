import { formatWorkedTime } from '../clock.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import type { Stretch } from './days.ts';
import { totalLength } from './days.ts';
import type { Lane } from './lanes.ts';
import { axisTicks, mergeClose, type Panel } from './panels.ts';

/**
 * Across, all is in per cent of the width, and down in pixels: so the picture fits any screen, and its letters stay as
 * large as those around it.
 */
const laneHeight = 32;
const headingHeight = 24;
const axisHeight = 26;
const trackTop = 17;
/** Marks nearer to each other than that, in parts of the width, are drawn as one. */
const finest = 0.004;
const finestMarks = 0.02;

const percent = (part: number) => `${Math.round(part * 10_000) / 100}%`;

type Scale = { readonly at: (ms: number) => number; readonly width: number };

function createScale({ from, to }: Panel): Scale {
  return { at: (ms) => Math.min(1, Math.max(0, (ms - from) / (to - from))), width: to - from };
}

/** The panel of one day, with its title and a text alternative. */
export function renderPanel(context: Context, panel: Panel, id: string): Html {
  const scale = createScale(panel);
  let height = 0;
  const rows = panel.lanes.map((lane, place) => {
    const isHeaded = lane.group !== null && lane.group !== panel.lanes[place - 1]?.group;
    const heading = isHeaded && html`<text class="who" x="0" y="${height + 18}">${lane.group}</text>`;
    const drawn = row(context, panel, lane, isHeaded ? height + headingHeight : height);
    height += isHeaded ? headingHeight + laneHeight : laneHeight;
    return [heading, drawn];
  });
  const title = `${context.words.headings.timeline}: ${context.clock.day((panel.from + panel.to) / 2)}`;
  return html`
    <svg class="tl" role="img" aria-labelledby="${id}" aria-describedby="${id}-d" width="100%" height="${height + axisHeight}">
      <title id="${id}">${title}</title>
      <desc id="${id}-d">${panel.lanes.map((lane) => sentence(context, panel, lane)).join(' ')}</desc>
      ${axis(context, panel, scale, height)}
      ${rows}
    </svg>`;
}

function axis({ clock }: Context, panel: Panel, { at }: Scale, height: number): Part {
  return axisTicks(panel, clock).map((tick) => {
    const x = at(tick);
    const anchor = x < 0.05 ? 'start' : x > 0.95 ? 'end' : 'middle';
    return html`
      <line class="grid" x1="${percent(x)}" x2="${percent(x)}" y1="${trackTop}" y2="${height + 4}"/>
      <text class="tick" x="${percent(x)}" y="${height + 18}" text-anchor="${anchor}">${clock.time(tick)}</text>`;
  });
}

function row(context: Context, panel: Panel, lane: Lane, top: number): Html {
  const scale = createScale(panel);
  const { tone, label, stretches, moments } = lane;
  const bars = mergeClose(stretches, finest * scale.width).map((stretch) => bar(context, panel, stretch, top));
  const instants = moments.map((ms) => ({ from: ms, to: ms, isOpen: false }));
  const dots = mergeClose(instants, finestMarks * scale.width).map((stretch) => mark(context, stretch, scale, top));
  return html`
    <g class="${tone}">
      <text x="0" y="${top + 12}">${label}</text>
      <text class="sum" x="100%" y="${top + 12}" text-anchor="end">${sum(context, lane)}</text>
      <rect class="track" x="0" y="${top + trackTop}" width="100%" height="8" rx="2"/>
      ${bars}${dots}
    </g>`;
}

function bar(context: Context, panel: Panel, stretch: Stretch, top: number): Part {
  const { at } = createScale(panel);
  const x = at(stretch.from);
  if (stretch.to < panel.from || stretch.from > panel.to) return null;
  const width = percent(at(stretch.to) - x);
  return html`<rect class="bar" x="${percent(x)}" y="${top + trackTop}" width="${width}" height="8" rx="2"><title>${ends(context, panel, stretch)}</title></rect>`;
}

/** A dot, or a pill where several are too near to each other to be distinguished. */
function mark(context: Context, { from, to }: Stretch, { at }: Scale, top: number): Html {
  const y = top + trackTop + 4;
  const { time } = context.clock;
  const title = from === to ? time(from) : `${time(from)} – ${time(to)}`;
  return html`<line class="mark" x1="${percent(at(from))}" x2="${percent(at(to))}" y1="${y}" y2="${y}"><title>${title}</title></line>`;
}

/** The hours of a span on that day: one that continues after it ends at 24:00. */
function ends({ clock, words }: Context, { day }: Panel, { from, to, isOpen }: Stretch): string {
  const end = isOpen ? words.visit.goesOn : to === day.to ? '24:00' : clock.time(to);
  return `${clock.time(from)} – ${end} (${formatWorkedTime(to - from)})`;
}

/** The number of letters that fit next to each other on a phone. */
const mostLetters = 42;

/**
 * The count or duration of the day, and the total if it differs and a phone has room for it; the table of days has it,
 * too. An open span lasts at least that long.
 */
function sum({ words }: Context, { label, stretches, moments, totalMs }: Lane): string {
  if (stretches.length === 0) return `× ${moments.length}`;
  const ms = totalLength(stretches);
  const isOpen = stretches.some((stretch) => stretch.isOpen);
  const own = isOpen ? `≥ ${formatWorkedTime(ms)}` : formatWorkedTime(ms);
  const both = words.visit.partOf(own, formatWorkedTime(totalMs));
  return ms < totalMs && label.length + both.length <= mostLetters ? both : own;
}

const mostTold = 6;

function sentence(context: Context, panel: Panel, lane: Lane): string {
  const { stretches, moments } = lane;
  const shown = [
    ...stretches.slice(0, mostTold).map((stretch) => ends(context, panel, stretch)),
    ...moments.slice(0, mostTold).map(context.clock.time),
  ];
  const more = stretches.length + moments.length - shown.length;
  return `${fullLabel(lane)}: ${shown.join('; ')}${more > 0 ? `; ${context.words.visit.several(more)}` : ''}.`;
}

/** The label of a row outside its group. */
export const fullLabel = ({ group, label }: Lane): string => (group === null ? label : `${group}. ${label}`);
