import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { reportHtml } from '../../src/report.ts';
import { anyEvent } from '../../src/testing/arbitraries/anything.ts';
import { illegalHistories } from '../../src/testing/arbitraries/histories.ts';
import { walks } from '../../src/testing/arbitraries/walks.ts';
import { simulate, visitAt } from '../../src/testing.ts';
import { Page, rowsIn } from './page.ts';

const locale = fc.constantFrom('es-CR' as const, 'en' as const);
const isSound = (html: string, acts: number) => {
  const page = new Page(html);
  expect(page.errors).toEqual([]);
  // What the readers find, the report has words for.
  expect(html).not.toMatch(/Hay un detalle|There is a detail/);
  if (acts > 0)
    expect(
      page
        .all('table', 'a')
        .flatMap(rowsIn)
        .filter((row) => row.length > 1),
    ).toHaveLength(acts);
};

describe('a report is made of any log that audit takes', () => {
  it('of lawful logs, under their policies', () => {
    fc.assert(
      fc.property(walks(), locale, ({ events, policy }, language) => {
        const options = policy === undefined ? { locale: language } : { locale: language, policy };
        isSound(reportHtml(events, options), events.length);
      }),
      { numRuns: 25, seed: 21 },
    );
  });

  it('of unlawful ones', () => {
    fc.assert(
      fc.property(illegalHistories(), ({ events }) => isSound(reportHtml(events), events.length)),
      { numRuns: 25, seed: 22 },
    );
  });

  it('of events in any order, cut and doubled, and of anything at all among them', () => {
    const damaged = walks().chain(({ events }) => fc.shuffledSubarray([...events, ...events]));
    const anything = fc.array(fc.oneof(fc.anything(), anyEvent), { maxLength: 20 });
    fc.assert(
      fc.property(fc.oneof(damaged, anything), locale, (log, language) => {
        const events = log.filter((entry) => !Array.isArray(entry)) as readonly VisitEvent[];
        isSound(reportHtml(events, { locale: language }), events.length);
      }),
      { numRuns: 50, seed: 23 },
    );
  });

  it('of events whose fields are anything', () => {
    const odd = fc.oneof(fc.anything(), fc.constantFrom('', ' ', 'other', '2026-03-17T14:00:00.000Z', -1, []));
    const spoilt = fc.tuple(fc.nat(), fc.nat(), odd).map(([place, field, value]) => {
      const events = visitAt('completed').events;
      const { type, data } = events[place % events.length]!;
      const name = Object.keys(data)[field % Object.keys(data).length]!;
      return events.with(place % events.length, { type, data: { ...data, [name]: value } } as unknown as VisitEvent);
    });
    fc.assert(
      fc.property(spoilt, (events) => isSound(reportHtml(events), events.length)),
      { numRuns: 80, seed: 24 },
    );
  });

  it('of several such', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyEvent, { maxLength: 8 }), { minLength: 1, maxLength: 4 }), (logs) => {
        isSound(reportHtml(logs), logs.flat().length);
      }),
      { numRuns: 10, seed: 25 },
    );
  });

  it('always the same, and leaves the log as it was', () => {
    const { events } = visitAt('completed');
    const before = JSON.stringify(events);
    expect(reportHtml(events)).toBe(reportHtml(structuredClone(events)));
    expect(JSON.stringify(events)).toBe(before);
  });
});

describe('a log of thousands', () => {
  /** Whole visits one after the other under one id: nearly all is unlawful. */
  const log = [...simulate({ visits: 200, seed: 3 })]
    .flatMap(({ events }) => events)
    .slice(0, 5_000)
    .map((event) => ({ ...event, data: { ...event.data, visitId: 'v-1' } })) as readonly VisitEvent[];

  it('makes a page whose size grows with it and no faster', () => {
    expect(log).toHaveLength(5_000);
    const [part, whole] = [reportHtml(log.slice(0, 1_000)), reportHtml(log)];
    expect(whole.length).toBeLessThan(6_000_000);
    expect(whole.length).toBeLessThan(5 * part.length);
    isSound(whole, 5_000);
  });
});
