import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { createClock, formatLength, formatWorkedTime } from '../../src/report/clock.ts';
import { createContext } from '../../src/report/context.ts';
import { axisTicks } from '../../src/report/timeline/panels.ts';
import { timeline } from '../../src/report/timeline/timeline.ts';
import { createView } from '../../src/report/visit-view.ts';
import { visitAt } from '../../src/testing/visit-at.ts';
import { advance, command, eventsAfter, minute } from '../../src/testing.ts';
import { operator, placeIn, plain, provider } from '../scenarios/commands.ts';
import { attribute, below, children, classes, Page, reported, rowsIn, storedLog, textOf } from './page.ts';

const events = advance([], plain);
const pictures = (page: Page) => page.all('svg', 'tl');

/** The rows of a picture: what they are called, what they sum up to, and where their bars and marks lie. */
const lanes = (picture: ReturnType<typeof pictures>[number]) =>
  children(picture)
    .filter(({ tagName }) => tagName === 'g')
    .map((lane) => {
      const [label, sum] = children(lane).filter(({ tagName }) => tagName === 'text');
      const bars = children(lane).filter((one) => classes(one).includes('bar'));
      const marks = children(lane).filter((one) => classes(one).includes('mark'));
      const at = (one: (typeof bars)[number], name: string) => Number.parseFloat(attribute(one, name) ?? '');
      return {
        label: textOf(label!),
        sum: textOf(sum!),
        bars: bars.map((bar) => [at(bar, 'x'), at(bar, 'x') + at(bar, 'width')] as const),
        marks: marks.map((mark) => [at(mark, 'x1'), at(mark, 'x2')] as const),
      };
    });

describe('the timeline of a plain visit', () => {
  const page = reported(events);
  const [picture] = pictures(page);

  it('shows what lasts as bars and what happens as marks, in rows that are named', () => {
    expect(lanes(picture!).map(({ label, sum }) => [label, sum])).toEqual([
      ['En camino', '1 min'],
      ['En el lugar', '22 min'],
      ['Trabajo', '5 min'],
      ['Espera de materiales', '1 min'],
      ['Llamadas y avisos', '× 2'],
      ['Fotografías tomadas', '× 1'],
      ['Envíos de fotografías', '× 1'],
      ['Documentar las fotografías', '≥ 15 min'],
      ['Documentar el inicio', '≥ 8 min'],
      ['Entregar los materiales', '1 min'],
    ]);
    expect(
      below(picture!)
        .filter((one) => classes(one).includes('who'))
        .map(textOf),
    ).toEqual(['Responsable: Centro de Contacto', 'Responsable: cliente']);
  });

  it('draws one after the other where it is so in time', () => {
    const [travel, site, work] = lanes(picture!).map(({ bars }) => bars[0]!);
    expect(travel![1]).toBeCloseTo(site![0], 1);
    expect(work![0]).toBeGreaterThan(site![0]);
    expect(work![1]).toBeLessThan(site![1]);
    for (const { bars, marks } of lanes(picture!)) {
      for (const [from, to] of [...bars, ...marks]) {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(100.01);
        expect(from).toBeLessThanOrEqual(to);
      }
    }
  });

  it('has an axis of full local times', () => {
    expect(
      below(picture!)
        .filter((one) => classes(one).includes('tick'))
        .map(textOf),
    ).toEqual(['08:00', '08:05', '08:10', '08:15', '08:20']);
  });

  it('says for those who do not see it what it is and what it shows', () => {
    expect(attribute(picture!, 'role')).toBe('img');
    const named = page.byId(attribute(picture!, 'aria-labelledby')!);
    const described = page.byId(attribute(picture!, 'aria-describedby')!);
    expect(textOf(named)).toBe('Línea de tiempo: martes, 17 de marzo de 2026');
    expect(textOf(described)).toContain('En el lugar: 08:01 – 08:23 (22 min).');
    expect(textOf(described)).toContain(
      'Responsable: Centro de Contacto. Documentar el inicio: 08:15 – sigue (8 min).',
    );
  });

  it('holds nothing of the log but its times', () => {
    expect(textOf(picture!)).not.toMatch(/Ana|Luis|fontanería|EXP|f-1/);
  });

  it('is there in words too', () => {
    const words = below(page.section('Línea de tiempo')).find(({ tagName }) => tagName === 'details')!;
    expect(textOf(words)).toContain('Trabajo17 mar, 08:1617 mar, 08:215 min');
    expect(textOf(words)).toContain('Envíos de fotografías17 mar, 08:08');
  });
});

describe('the timeline of other visits', () => {
  it('has a picture for each local day on which something was done', async () => {
    const page = reported(await storedLog('v-2026-0317-23'));
    expect(page.all('figcaption').map(textOf)).toEqual([
      'martes, 17 de marzo de 2026',
      'miércoles, 18 de marzo de 2026',
    ]);
    const [first, second] = pictures(page).map(lanes);
    const away = (rows: ReturnType<typeof lanes>) => rows.find(({ label }) => label.startsWith('Fuera'))!;
    expect(away(first!).bars[0]![1]).toBeCloseTo(100, 1);
    expect(away(second!).bars[0]![0]).toBe(0);
    expect([away(first!).sum, away(second!).sum]).toEqual(['7 h 39 min', '10 h 22 min']);
    const rows = below(page.section('Línea de tiempo')).filter(({ tagName }) => tagName === 'tr');
    const daily = rows
      .map((row) => children(row).map(textOf))
      .filter(([what, , length]) => /^Fuera/.test(what!) && length);
    expect(daily.slice(0, 3).map(([, day, length]) => [day, length])).toEqual([
      ['martes, 17 de marzo de 2026', '7 h 39 min'],
      ['miércoles, 18 de marzo de 2026', '10 h 22 min'],
      ['En total', '18 h 2 min'],
    ]);
  });

  it('reaches midnight with the work that goes on over it', () => {
    const moved = events.map((event, place) => {
      const later = (place < placeIn(events, 'QualityTested') ? 15 : 17) * 60 + 30;
      const at = new Date(Date.parse(event.data.at) + later * 60_000).toISOString();
      return { ...event, data: { ...event.data, at } } as VisitEvent;
    });
    const shown = pictures(reported(moved)).map((picture) => ({
      ticks: below(picture)
        .filter((one) => classes(one).includes('tick'))
        .map(textOf),
      rows: lanes(picture).filter(({ label }) => label === 'En el lugar' || label === 'Trabajo'),
    }));
    expect(shown.map(({ rows }) => rows.map(({ sum }) => sum))).toEqual([
      ['29 min de 2 h 22 min', '14 min de 2 h 5 min'],
      ['1 h 53 min de 2 h 22 min', '1 h 51 min de 2 h 5 min'],
    ]);
    expect([shown[0]!.ticks.at(-1), shown[1]!.ticks[0]]).toEqual(['00:00', '00:00']);
    for (const { rows } of shown) {
      const [[[from, to]], [[began, ended]]] = rows.map(({ bars }) => bars) as [[[number, number]], [[number, number]]];
      const long = rows === shown[0]!.rows ? 14 / 29 : 111 / 113;
      expect((ended - began) / (to - from)).toBeCloseTo(long, 2);
    }
  });

  it('shows breaks, waits for materials and instructions', () => {
    const log = advance(eventsAfter('StartWork'), [
      command('PauseWork', { at: minute(18), kind: 'break' }),
      command('ResumeWork', { at: minute(20), kind: 'break' }),
      command('RequestExtraMaterials', { at: minute(22), materials: [{ item: 'codo', quantity: 1 }] }),
      command('GiveInstruction', { at: minute(24), about: 'visit', decision: 'proceed', text: 'Espere' }),
    ]);
    const rows = lanes(pictures(reported(log, { until: minute(30) }))[0]!);
    expect(rows.filter(({ label }) => /Pausas|Espera|Trabajo|Instru/.test(label))).toMatchObject([
      { label: 'Trabajo', sum: '4 min', bars: [{}, {}] },
      { label: 'Espera de materiales', sum: '≥ 9 min', bars: [{}, {}] },
      { label: 'Pausas', sum: '2 min' },
      { label: 'Instrucciones', sum: '× 1' },
    ]);
  });

  it('shows work that goes on up to the moment of the report', () => {
    const { events: working } = visitAt('working');
    const work = (until?: string) =>
      lanes(pictures(reported(working, until === undefined ? {} : { until }))[0]!).find(
        ({ label }) => label === 'Trabajo',
      );
    expect(work()).toBeUndefined();
    expect(work('2026-03-17T14:30:00.000Z')?.sum).toBe('≥ 14 min');
  });

  it('shows no way before the assignment, and none by another act than the arrival', () => {
    const farewell = {
      type: 'FarewellGiven',
      data: { visitId: 'visit-1', at: minute(-30), by: provider },
    } as VisitEvent;
    const [travel] = lanes(pictures(reported([farewell, ...events.slice(0, 2)]))[0]!);
    expect(travel).toMatchObject({ label: 'En camino', sum: '1 min' });
  });

  it('shows nothing that ends when it begins, or before', () => {
    const away = (back: number) =>
      advance(eventsAfter('StartWork'), [
        command('ReportClientAbsence', { at: minute(18), call: { at: minute(18) } }),
        command('GiveInstruction', { at: minute(18), about: 'client-absence', decision: 'wait', text: 'Espere' }),
        command('PauseWork', { at: minute(20), kind: 'break' }),
        command('ResumeWork', { at: minute(back), kind: 'break' }),
      ]);
    const labels = (back: number) => lanes(pictures(reported(away(back)))[0]!).map(({ label }) => label);
    expect(labels(21)).toContain('Pausas');
    for (const back of [20, 19]) expect(labels(back)).not.toContain('Pausas');
    expect(labels(21).filter((label) => label.startsWith('Dar una instrucción'))).toEqual([]);
  });

  it('shows the work before a break, and what runs since, up to the last moment that is known', () => {
    const log = advance(eventsAfter('StartWork'), [
      command('PauseWork', { at: minute(18), kind: 'break' }),
      command('ResumeWork', { at: minute(20), kind: 'break' }),
      command('EscalateClientImpact', { at: minute(26), what: 'humo' }),
      command('EscalateClientImpact', { at: minute(25), what: 'agua' }),
    ]);
    const work = (until?: string) =>
      lanes(pictures(reported(log, until === undefined ? {} : { until }))[0]!).find(({ label }) => label === 'Trabajo');
    expect(work()).toMatchObject({ sum: '≥ 8 min', bars: [{}, {}] });
    expect(work(minute(22))).toMatchObject({ sum: '≥ 8 min', bars: [{}, {}] });
    expect(work(minute(32))).toMatchObject({ sum: '≥ 14 min', bars: [{}, {}] });
  });

  it('passes over an act without a time', () => {
    const timeless = events.map((event) =>
      event.type === 'ProviderArrived' ? { ...event, data: { ...event.data, at: 'mañana' } } : event,
    );
    const rows = lanes(pictures(reported(timeless as never))[0]!);
    expect(rows.slice(0, 2)).toMatchObject([
      { label: 'En camino', sum: '2 min' },
      { label: 'En el lugar', sum: '21 min' },
    ]);
    expect(rows.find(({ label }) => label === 'Documentar el inicio')).toMatchObject({ sum: '≥ 8 min' });
  });

  it('draws as one what is too near to be createView apart, and counts all of it', () => {
    const sent = Array.from({ length: 40 }, (_, place) => ({
      type: 'ClientNotified',
      data: {
        visitId: 'visit-1',
        at: minute(24).replace('00.000Z', `${10 + place}.000Z`),
        about: ['delay'],
        reached: true,
        by: { role: 'contact-center', id: 'o' },
      },
    }));
    const calls = lanes(pictures(reported([...events, ...sent] as never))[0]!).find(
      ({ label }) => label === 'Llamadas y avisos',
    );
    expect(calls!.sum).toBe('× 42');
    expect(calls!.marks.length).toBeLessThan(5);
  });

  it('tells no more than four hundred bars and marks in words, and how many more there are', () => {
    const inWords = (count: number) => {
      const notices = Array.from({ length: count }, (_, place) => ({
        type: 'ClientNotified',
        data: { visitId: 'visit-1', at: minute(place), about: ['delay'], reached: false, by: operator },
      }));
      const context = createContext({});
      const whole = createView([...events.slice(0, 1), ...notices] as never, 1, context);
      const [words] = new Page(timeline(context, whole)!.markup).all('details');
      return [
        rowsIn(words!).length,
        below(words!)
          .filter((one) => classes(one).includes('m'))
          .map(textOf),
      ];
    };
    expect(inWords(399)).toEqual([400, []]);
    expect(inWords(401)).toEqual([400, ['y 2 más']]);
  });

  it('is left out where nothing lasts, and no one is called', () => {
    const farewell = { type: 'FarewellGiven', data: { visitId: 'visit-1', at: minute(0), by: provider } } as VisitEvent;
    expect(reported([farewell]).all('h2').map(textOf)).not.toContain('Línea de tiempo');
  });

  it('is left out where no act has a time, and keeps to some days where there are many', () => {
    const timeless = events.map((event) => ({ ...event, data: { ...event.data, at: 'mañana' } })) as never;
    expect(reported(timeless).all('h2').map(textOf)).not.toContain('Línea de tiempo');
    const years = Array.from({ length: 40 }, (_, place) => ({
      type: 'FarewellGiven',
      data: { visitId: 'visit-1', at: minute(24 + place * 1440), by: { role: 'provider', id: 'prov-1' } },
    }));
    const page = reported([...events, ...years] as never);
    expect(pictures(page)).toHaveLength(12);
    expect(textOf(page.section('Línea de tiempo'))).toContain('Hay actos en 28 días más; están en la lista de actos.');
  });
});

describe('the ticks of an axis', () => {
  const at = (text: string) => Date.parse(text);
  const ticks = (from: string, to: string, zone: string) => {
    const clock = createClock('en', zone);
    return axisTicks({ from: at(from), to: at(to) }, clock).map(clock.time);
  };

  it('are full local times, whatever the offset of the zone', () => {
    expect(ticks('2026-03-17T14:05:00Z', '2026-03-17T18:50:00Z', 'America/Costa_Rica')).toEqual([
      '09:00',
      '10:00',
      '11:00',
      '12:00',
    ]);
    expect(ticks('2026-03-17T14:05:00Z', '2026-03-17T18:50:00Z', 'Asia/Kathmandu')).toEqual([
      '20:00',
      '21:00',
      '22:00',
      '23:00',
      '00:00',
    ]);
    expect(ticks('1900-01-01T00:00:00Z', '1900-01-02T00:00:00Z', 'UTC')).toEqual([
      '00:00',
      '06:00',
      '12:00',
      '18:00',
      '00:00',
    ]);
  });

  it('are few', () => {
    for (const minutes of [20, 45, 61, 200, 600, 1440]) {
      const to = new Date(at('2026-03-17T14:07:00Z') + minutes * 60_000).toISOString();
      const { length } = ticks('2026-03-17T14:07:00Z', to, 'America/Costa_Rica');
      expect(length).toBeGreaterThan(0);
      expect(length).toBeLessThan(7);
    }
  });
});

describe('a length of time', () => {
  it.each([
    [0, '0 s', '0 s'],
    [-5, '0 s', '0 s'],
    [400, '0 s', '0 s'],
    [59_600, '1 min', '1 min'],
    [61_000, '1 min 1 s', '1 min 1 s'],
    [3_600_000, '1 h', '1 h'],
    [3_660_000, '1 h 1 min', '1 h 1 min'],
    [90_000_000, '1 d 1 h', '25 h'],
    [Number.NaN, '—', '—'],
    [Number.POSITIVE_INFINITY, '—', '—'],
  ])('%d ms is %s, and as work %s', (ms, length, work) => {
    expect([formatLength(ms), formatWorkedTime(ms)]).toEqual([length, work]);
  });
});
