import { describe, expect, it } from 'vitest';
import { createClock, isTime, parseTime } from '../../src/report/clock.ts';
import { createContext } from '../../src/report/context.ts';
import { histogram } from '../../src/report/day/distributions.ts';
import type { Stretch } from '../../src/report/timeline/days.ts';
import { renderPanel } from '../../src/report/timeline/draw.ts';
import type { Lane } from '../../src/report/timeline/lanes.ts';
import { axisTicks, createPanels, mergeClose } from '../../src/report/timeline/panels.ts';
import type { VisitView } from '../../src/report/visit-view.ts';

const min = 60_000;
const at = (minutes: number) => Date.UTC(2026, 2, 17, 14, minutes);
const clock = createClock('en', 'America/Costa_Rica');
const context = createContext({ locale: 'en' });

const stretch = (from: number, to: number, isOpen = false): Stretch => ({ from: at(from), to: at(to), isOpen });
const lane = (stretches: readonly Stretch[], moments: readonly number[] = []): Lane => ({
  group: null,
  label: 'Work',
  tone: 'work',
  stretches,
  moments: moments.map(at),
  totalMs: stretches.reduce((sum, { from, to }) => sum + to - from, 0),
});

/** A log with acts at these times. */
const log = (...times: readonly (number | string)[]) => {
  const entries = times.map((time) => ({
    event: { data: { at: typeof time === 'number' ? new Date(at(time)).toISOString() : time } },
  }));
  return { reading: { entries } } as unknown as VisitView;
};

/** The panels of the days of a log, in minutes from the beginning. */
const panels = (told: VisitView, lanes: readonly Lane[] = [], most = 9) => {
  const { panels: shown, more } = createPanels(told, lanes, clock, most);
  return { panels: shown.map(({ from, to }) => [(from - at(0)) / min, (to - at(0)) / min]), more };
};

describe('the panels of a picture', () => {
  const day = 1440;

  it('are as wide as what happened on their day, with a margin, and never narrower than twenty minutes', () => {
    expect(panels(log(0, 60, 100))).toEqual({ panels: [[-3, 103]], more: 0 });
    expect(panels(log(5, 10))).toEqual({ panels: [[-2.5, 17.5]], more: 0 });
  });

  it('are in the order of the days, whatever that of the acts, and no more than asked for', () => {
    const told = log(day, 100, 0, day + 100, 'mañana', 2 * day, 2 * day + 100);
    expect(panels(told).panels).toEqual([
      [-3, 103],
      [day - 3, day + 103],
      [2 * day - 3, 2 * day + 103],
    ]);
    expect(panels(told, [], 2)).toEqual({ panels: panels(told).panels.slice(0, 2), more: 1 });
    expect(panels(log('mañana'))).toEqual({ panels: [], more: 0 });
  });

  it('reach to what is marked on their day, and to no other day', () => {
    expect(panels(log(0, 50), [lane([], [-25, 75, day])]).panels).toEqual([[-28, 78]]);
  });

  it('hold the bars of the day and the marks that lie within, and the rows that have any', () => {
    const rows = [
      lane([stretch(-600, -490), stretch(-490, -470), stretch(940, 980, true)]),
      lane([stretch(-600, -480), stretch(960, 1200)]),
      lane([], [50]),
    ];
    const { lanes, day } = createPanels(log(0, 100), rows, clock, 1).panels[0]!;
    expect([day.from, day.to]).toEqual([at(-480), at(960)]);
    expect(lanes).toEqual([{ ...lane([stretch(-480, -470), stretch(940, 960)]), totalMs: 170 * min }, lane([], [50])]);
  });

  it('hold the marks of the next day that still fit in their margin, and of the day before', () => {
    const midnight = 16 * 60;
    const marks = (act: number, ...moments: readonly number[]) =>
      createPanels(log(act), [lane([], moments)], clock, 1).panels[0]!.lanes;
    expect(marks(midnight - 5, midnight + 5, midnight + 6)).toEqual([lane([], [midnight + 5])]);
    expect(marks(midnight + 5, midnight - 5, midnight - 6)).toEqual([lane([], [midnight - 5])]);
    expect(marks(midnight + 5, midnight - 6)).toEqual([]);
  });
});

describe('stretches that are too near to be distinguished', () => {
  it('become one up to that gap, in any order, as far as the farthest, and open if one of them is', () => {
    const ranges = [stretch(30, 40), stretch(0, 20, true), stretch(5, 10), stretch(22, 25)];
    expect(mergeClose(ranges, 2 * min)).toEqual([stretch(0, 25, true), stretch(30, 40)]);
    expect(mergeClose(ranges, 5 * min)).toEqual([stretch(0, 40, true)]);
    expect(mergeClose([stretch(0, 10), stretch(9, 20, true)], 0)).toEqual([stretch(0, 20, true)]);
    expect(mergeClose([stretch(0, 10), stretch(9, 20)], 0)).toEqual([stretch(0, 20)]);
  });
});

describe('the ticks of a picture', () => {
  const ticks = (from: number, to: number) =>
    axisTicks({ from: at(from), to: at(to) }, clock).map((tick) => (tick - at(0)) / min);

  it('are at most five steps apart, from the first full time to the last', () => {
    expect(ticks(0, 25)).toEqual([0, 5, 10, 15, 20, 25]);
    expect(ticks(0, 26)).toEqual([0, 10, 20]);
    expect(ticks(0, 2.5 * 1440)).toEqual([4, 16, 28, 40, 52].map((hours) => hours * 60));
    expect(ticks(0, 6 * 1440)).toEqual([16, 40, 64, 88, 112, 136].map((hours) => hours * 60));
    expect(axisTicks({ from: at(0) + 1, to: at(20) }, clock)[0]).toBe(at(5));
  });
});

describe('a panel', () => {
  const panel = (from: number, to: number, ...lanes: readonly Lane[]) =>
    renderPanel(context, { from: at(from), to: at(to), day: { from: at(-480), to: at(2000) }, lanes }, 'p').markup;

  it('names the ticks at its edges towards the middle', () => {
    const anchors = (from: number) =>
      [...panel(from, from + 600).matchAll(/text-anchor="(\w+)"/g)].map(([, one]) => one);
    expect(anchors(-29)).toEqual(['start', 'middle', 'middle', 'middle', 'middle']);
    expect(anchors(-30)).toEqual(['middle', 'middle', 'middle', 'middle', 'middle']);
    expect(anchors(-90)).toEqual(['middle', 'middle', 'middle', 'middle', 'middle']);
    expect(anchors(-91)).toEqual(['middle', 'middle', 'middle', 'middle', 'end']);
  });

  it('draws as one the bars that a two hundred and fiftieth of its width parts, and the marks that a fiftieth does', () => {
    const count = (what: string, one: Lane) => panel(0, 1000, one).split(`class="${what}"`).length - 1;
    expect(count('bar', lane([stretch(0, 10), stretch(14, 20)]))).toBe(1);
    expect(count('bar', lane([stretch(0, 10), stretch(15, 20)]))).toBe(2);
    expect(count('bar', lane([stretch(-90, -10), stretch(1010, 1020)]))).toBe(0);
    expect(count('mark', lane([], [0, 20]))).toBe(1);
    expect(count('mark', lane([], [0, 21]))).toBe(2);
  });

  it('tells in words the first six bars and the first six marks, and of the others how many', () => {
    const bars = Array.from({ length: 8 }, (_, place) => stretch(place * 100, place * 100 + 50));
    const told = panel(0, 1000, lane(bars, [0, 100, 200, 300, 400, 500, 600]));
    const [, sentence = ''] = /<desc[^>]*>(.*)<\/desc>/.exec(told) ?? [];
    expect(sentence.split('; ')).toHaveLength(13);
    expect(sentence).toMatch(/^Work: .*; and 3 more\.$/);
    expect(panel(0, 1000, lane(bars.slice(0, 6)))).not.toContain('more');
  });
});

describe('a histogram', () => {
  const bars = (values: readonly number[], threshold: number) =>
    [
      ...histogram(values, threshold, 't', String).markup.matchAll(
        /class="(bar|over)" x="([\d.]+)%" .*?height="(\d+)"/g,
      ),
    ].map(([, kind, x, height]) => [kind, Number(x), Number(height)]);

  it('colours what is beyond the threshold, and not what is at it', () => {
    expect(bars([10, 10, 11], 10)).toEqual([
      ['bar', 87.08, 34],
      ['bar', 95.24, 17],
      ['over', 95.24, 17],
    ]);
    expect(bars([10, 11, 11], 11.5).every(([kind]) => kind === 'bar')).toBe(true);
  });

  it('shows one of many too', () => {
    expect(bars([...Array(40).fill(0), 24], 1).map(([, , height]) => height)).toEqual([34, 2, 2]);
  });

  it('is drawn of nothing but noughts', () => {
    expect(bars([0, 0], 0)).toEqual([['bar', 1.33, 34]]);
    expect(histogram([0], 0, 't', String).markup).toContain('<line class="limit" x1="1%" x2="1%"');
  });
});

describe('the clock', () => {
  it('tells local time as if it were that of Greenwich', () => {
    expect(clock.local(Date.UTC(2026, 0, 1, 5, 4, 3))).toBe(Date.UTC(2025, 11, 31, 23, 4, 3));
  });

  it('knows instants as far as a date can tell', () => {
    expect([8.64e15, -8.64e15, 8.64e15 + 1, Number.NaN].map(isTime)).toEqual([true, true, false, false]);
    expect(parseTime(7)).toBeNaN();
    expect([clock.time(Number.NaN), clock.day(Number.POSITIVE_INFINITY)]).toEqual(['—', '—']);
  });
});
