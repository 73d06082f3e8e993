import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { createClock } from '../../src/report/clock.ts';
import { createContext } from '../../src/report/context.ts';
import { clipToDay, dayNumber, findLocalDay, type Stretch, totalLength } from '../../src/report/timeline/days.ts';
import { createLanes } from '../../src/report/timeline/lanes.ts';
import { createPanels } from '../../src/report/timeline/panels.ts';
import { createView } from '../../src/report/visit-view.ts';
import { illegalHistories } from '../../src/testing/arbitraries/histories.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { runs } from '../support/runs.ts';
import { storedDay } from './page.ts';

const hour = 3_600_000;
const at = (text: string) => Date.parse(text);
const days = (from: string, zone: string) => {
  const day = findLocalDay(at(from), createClock('en', zone));
  return [new Date(day.from).toISOString(), (day.to - day.from) / hour];
};

describe('a local day', () => {
  it.each([
    ['2026-03-17T14:00:00Z', 'America/Costa_Rica', '2026-03-17T06:00:00.000Z', 24],
    ['2026-03-18T05:59:59.999Z', 'America/Costa_Rica', '2026-03-17T06:00:00.000Z', 24],
    ['2026-03-18T06:00:00Z', 'America/Costa_Rica', '2026-03-18T06:00:00.000Z', 24],
    ['2026-03-08T12:00:00Z', 'America/New_York', '2026-03-08T05:00:00.000Z', 23],
    ['2026-11-01T12:00:00Z', 'America/New_York', '2026-11-01T04:00:00.000Z', 25],
    ['2026-03-17T14:00:00Z', 'Asia/Kolkata', '2026-03-16T18:30:00.000Z', 24],
    // No midnight: clocks went from 24:00 to 01:00.
    ['2018-11-04T12:00:00Z', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', 23],
    // 23:00 to 24:00 twice.
    ['2018-02-17T12:00:00Z', 'America/Sao_Paulo', '2018-02-17T02:00:00.000Z', 25],
    // The day after 29 December was 31 December.
    ['2011-12-29T20:00:00Z', 'Pacific/Apia', '2011-12-29T10:00:00.000Z', 24],
  ])('of %s in %s begins at %s and has %d hours', (moment, zone, from, hours) => {
    expect(days(moment, zone)).toEqual([from, hours]);
  });

  it('ends where a date can tell no more', () => {
    for (const ms of [8.64e15, -8.64e15]) {
      const { from, to } = findLocalDay(ms, createClock('en', 'America/Costa_Rica'));
      expect(from).toBeLessThanOrEqual(ms);
      expect(to).toBeGreaterThanOrEqual(ms);
    }
  });
});

const zones = fc.constantFrom(
  'America/Costa_Rica',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'UTC',
  'Pacific/Apia',
);
const stretches = fc.array(
  fc.record({
    from: fc.integer({ min: at('2017-10-01T00:00:00Z'), max: at('2018-03-01T00:00:00Z') }),
    length: fc.integer({ min: 1, max: 12 * 24 * hour }),
    isOpen: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('the parts of what lasts', () => {
  it('add up over the days to the whole, each within its day', () => {
    fc.assert(
      fc.property(stretches, zones, (given, zone) => {
        const clock = createClock('en', zone);
        const all = given.map(({ from, length, isOpen }): Stretch => ({ from, to: from + length, isOpen }));
        let sum = 0;
        const end = Math.max(...all.map(({ to }) => to));
        for (let ms = Math.min(...all.map(({ from }) => from)); ms < end; ) {
          const day = findLocalDay(ms, clock);
          expect(day.from).toBeLessThanOrEqual(ms);
          expect(day.to).toBeGreaterThan(ms);
          for (const part of clipToDay(day, all)) {
            expect(dayNumber(part.from, clock)).toBe(dayNumber(part.to - 1, clock));
          }
          sum += totalLength(clipToDay(day, all));
          ms = day.to;
        }
        expect(sum).toBe(totalLength(all));
      }),
      { numRuns: runs(60), seed: 51 },
    );
  });
});

describe('the lanes of a picture', () => {
  const sums = (log: readonly VisitEvent[], zone: string) => {
    const context = createContext({ policy: { timeZone: zone } });
    const whole = createView(log, 1, context);
    const lanes = createLanes(context, whole);
    const { panels, more } = createPanels(whole, lanes, context.clock, 400);
    expect(more).toBe(0);
    const shown = (label: string, group: string | null) =>
      panels.flatMap((panel) => panel.lanes.filter((lane) => lane.label === label && lane.group === group));
    /** The parts in the days without an act. */
    const others = (all: readonly Stretch[]) => {
      const known = new Set(panels.map(({ day }) => day.from));
      let sum = 0;
      for (const { from, to } of all) {
        for (let ms = from; ms < to; ms = findLocalDay(ms, context.clock).to) {
          const day = findLocalDay(ms, context.clock);
          if (!known.has(day.from)) sum += totalLength(clipToDay(day, [{ from, to, isOpen: false }]));
        }
      }
      return sum;
    };
    return { whole, lanes, shown, others };
  };
  const spread = fc.tuple(walks(), fc.integer({ min: 1, max: 90 })).map(([{ events }, stretched]) => {
    const first = at(events[0]?.data.at ?? '2026-03-17T14:00:00.000Z');
    return events.map((event) => {
      const moved = first + (at(event.data.at) - first) * stretched;
      return { ...event, data: { ...event.data, at: new Date(moved).toISOString() } } as VisitEvent;
    });
  });

  it('add up over the days to the whole, those without an act among them', async () => {
    const unlawful = illegalHistories().map(({ events }) => events as readonly VisitEvent[]);
    fc.assert(
      fc.property(fc.oneof(spread, unlawful), zones, (log, zone) => {
        const { lanes, shown, others } = sums(log, zone);
        for (const { label, group, totalMs, stretches: all } of lanes) {
          const daily = totalLength(shown(label, group).flatMap((lane) => lane.stretches));
          expect(totalMs).toBe(totalLength(all));
          expect(daily + others(all)).toBe(totalMs);
        }
      }),
      { numRuns: runs(40), seed: 52 },
    );
    for (const log of await storedDay()) {
      const { lanes, whole } = sums(log, 'America/Costa_Rica');
      const work = lanes.find(({ tone }) => tone === 'work');
      if (!whole.dossier.running) expect(work?.totalMs ?? 0).toBe(whole.dossier.workedMs);
    }
  });
});
