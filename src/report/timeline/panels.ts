import { type Clock, isTime, parseTime } from '../clock.ts';
import type { VisitView } from '../visit-view.ts';
import type { Stretch } from './days.ts';
import { clipToDay, dayNumber, findLocalDay, type LocalDay } from './days.ts';
import type { Lane } from './lanes.ts';

/**
 * One local day of a visit, as wide as its acts, and its non-empty rows: of each span the part within that day, even if
 * it exceeds the width.
 */
export type Panel = {
  readonly from: number;
  readonly to: number;
  readonly day: LocalDay;
  readonly lanes: readonly Lane[];
};

type Panels = { readonly panels: readonly Panel[]; readonly more: number };

const shortest = 20 * 60_000;
const margin = 0.03;
const wholeDay = 86_400_000;

/** The rows whose span over midnight is drawn up to it, on both days. */
const continuing: readonly Lane['tone'][] = ['site', 'work'];

/** The first days on which something was done, in order, and how many more there are. */
export function createPanels({ reading }: VisitView, lanes: readonly Lane[], clock: Clock, most: number): Panels {
  const days = new Map<number, [from: number, to: number]>();
  const dayOf = (ms: number) => dayNumber(ms, clock);
  const widen = (key: number, ms: number) => {
    const known = days.get(key);
    if (known === undefined) days.set(key, [ms, ms]);
    else days.set(key, [Math.min(known[0], ms), Math.max(known[1], ms)]);
  };
  for (const { event } of reading.entries) {
    const ms = parseTime(event.data.at);
    if (isTime(ms)) widen(dayOf(ms), ms);
  }
  for (const ms of lanes.flatMap(({ moments }) => moments)) {
    if (days.has(dayOf(ms))) widen(dayOf(ms), ms);
  }
  const inOrder = [...days.values()].sort(([one], [other]) => one - other);
  const through = lanes
    .filter(({ tone }) => continuing.includes(tone))
    .flatMap(({ stretches }) => stretches.filter(({ to }) => days.has(dayOf(to))));
  const panels = inOrder.slice(0, most).map(([first, last]) => {
    const day = findLocalDay(first, clock);
    return panel(day, findWidth(day, first, last, through), lanes);
  });
  return { panels, more: inOrder.length - panels.length };
}

/** The times from the first act to the last, with a margin; up to midnight where a span goes on over it. */
function findWidth(day: LocalDay, first: number, last: number, through: readonly Stretch[]): LocalDay {
  const goesOnAt = (ms: number) => through.some(({ from, to }) => from < ms && ms < to);
  const begin = goesOnAt(day.from) ? day.from : first;
  const end = goesOnAt(day.to) ? day.to : last;
  const pad = Math.max(margin * (end - begin), (shortest - (end - begin)) / 2);
  return { from: begin === day.from ? begin : begin - pad, to: end === day.to ? end : end + pad };
}

function panel(day: LocalDay, { from, to }: LocalDay, lanes: readonly Lane[]): Panel {
  const within = lanes.map((lane) => ({
    ...lane,
    stretches: clipToDay(day, lane.stretches),
    moments: lane.moments.filter((ms) => ms >= from && ms <= to),
  }));
  return { from, to, day, lanes: within.filter(({ stretches, moments }) => stretches.length + moments.length > 0) };
}

/** Merges stretches that cannot be distinguished at the width of a picture. */
export function mergeClose(stretches: readonly Stretch[], gap: number): readonly Stretch[] {
  const joined: Stretch[] = [];
  for (const next of [...stretches].sort((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last === undefined || next.from - last.to > gap) joined.push(next);
    else
      joined[joined.length - 1] = {
        from: last.from,
        to: Math.max(last.to, next.to),
        isOpen: last.isOpen || next.isOpen,
      };
  }
  return joined;
}

const steps = [5, 10, 15, 30, 60, 120, 180, 240, 360, 720].map((minutes) => minutes * 60_000);
const mostTicks = 5;

/** The full local times that an axis names: at most five. */
export function axisTicks({ from, to }: Pick<Panel, 'from' | 'to'>, clock: Clock): readonly number[] {
  const step = steps.find((size) => (to - from) / size <= mostTicks) ?? wholeDay;
  const offset = clock.local(from) - Math.floor(from / 1000) * 1000;
  const ticks: number[] = [];
  for (let local = Math.ceil((from + offset) / step) * step; local - offset <= to; local += step) {
    ticks.push(local - offset);
  }
  return ticks;
}
