import { formOf, formsEn } from 'auxilio/forms';
import { describe, expect, it } from 'vitest';
import { fromTimeOfDay, hourSaid, spanSaid, whenSaid } from '../../../examples/field/ui/time.ts';
import { askerOfTimes } from '../../../examples/field/ui/to-come.ts';

const now = '2026-12-01T14:53:00.000Z';
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

describe('a time in a sentence', () => {
  it.each([
    ['2026-12-01T14:30:00.000Z', 'las 8:30 a. m.', '8:30 AM'],
    ['2026-12-01T19:05:00.000Z', 'la 1:05 p. m.', '1:05 PM'],
    ['2026-12-01T04:41:00.000Z', 'las 10:41 p. m. del lun, 30 nov', '10:41 PM on Mon, Nov 30'],
    ['2020-12-01T14:30:00.000Z', 'las 8:30 a. m. del mar, 1 dic 2020', '8:30 AM on Tue, Dec 1, 2020'],
  ])('of %s has its article and its day', (at, spanish, english) => {
    expect([hourSaid(at, now, 'es-CR'), hourSaid(at, now, 'en')].map(plain)).toEqual([spanish, english]);
  });

  it('has the year of another year', () => {
    expect(plain(whenSaid('2020-12-01T14:53:00.000Z', now, 'es-CR'))).toBe('mar, 1 dic 2020, 8:53 a. m.');
    expect(plain(whenSaid('2027-01-01T05:59:00.000Z', '2027-01-01T07:00:00.000Z', 'en'))).toBe(
      'Thu, Dec 31, 2026, 11:59 PM',
    );
  });
});

describe('a span of time', () => {
  it('names each day that is not today, once', () => {
    const [evening, midnight] = ['2026-11-30T22:41:00.000Z', '2026-12-01T07:10:00.000Z'];
    expect(plain(spanSaid(evening, midnight, now, 'es-CR'))).toBe('4:41 p. m. del lun, 30 nov – 1:10 a. m.');
    expect(plain(spanSaid(evening, '2026-12-01T03:47:00.000Z', now, 'en'))).toBe('4:41 PM – 9:47 PM on Mon, Nov 30');
    expect(plain(spanSaid(midnight, now, now, 'es-CR'))).toBe('1:10 a. m. – 8:53 a. m.');
  });
});

describe('a time of day alone', () => {
  it.each([
    ['00:10', '23:55', '2026-11-30T23:55', 'was before midnight', '2026-12-01T23:55'],
    ['08:53', '08:30', '2026-12-01T08:30', 'was today'],
    ['20:00', '22:50', '2026-12-01T22:50', 'is asked for where the clock is hours behind'],
    ['23:40', '00:30', '2026-12-01T00:30', 'was after midnight, or comes then', '2026-12-02T00:30'],
    ['23:40', '23:55', '2026-12-01T23:55', 'comes today'],
    ['20:00', '07:00', '2026-12-01T07:00', 'was this morning', '2026-12-02T07:00'],
    ['07:00', '20:00', '2026-11-30T20:00', 'was yesterday evening', '2026-12-01T20:00'],
  ])('at %s, %s, is %s: it %s', (clock, time, past, _, toCome = past) => {
    const on = (local: string) => new Date(`${local}:00.000-06:00`).toISOString();
    const read = (isPast: boolean) => fromTimeOfDay(time, on(`2026-12-01T${clock}`), isPast);
    expect([read(true), read(false)]).toEqual([on(past), on(toCome)]);
  });
});

describe('a time that is to come', () => {
  it('is asked for again, once, unless it is later than the act', () => {
    const unasked = askerOfTimes();
    const pause = formOf('PauseWork', formsEn);
    const at = '2026-12-01T14:00:00.000Z';
    const asked = (returnExpected?: string) => unasked(pause, { at, ...(returnExpected && { returnExpected }) });
    expect([asked(), asked('2026-12-01T14:30:00.000Z')]).toEqual([[], []]);
    expect(asked(at)).toEqual(['returnExpected']);
    expect(asked(at)).toEqual([]);
    expect(asked('2026-12-01T08:00:00.000Z')).toEqual(['returnExpected']);
    const report = { at, what: 'humo', noticedAt: '2026-12-01T13:00:00.000Z' };
    expect(unasked(formOf('EscalateClientImpact', formsEn), report)).toEqual([]);
  });
});
