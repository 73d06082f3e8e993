import { describe, expect, it } from 'vitest';
import { type Disposal, disposal, type Retention } from '../../src/reading/index.ts';
import { visitAt } from '../../src/testing/visit-at.ts';

const unknown: Disposal = { date: 'unknown', allowed: false };
const table: Retention = { authority: 'CISED', series: 'expedientes', support: 'electronic', trigger: 'end', years: 5 };
const completed = visitAt('completed').state;
const due = '2031-03-17T14:22:00.000Z';

describe('RET-01 the document sets no period: without a table nothing may be disposed of', () => {
  it.each(['unassigned', 'working', 'completed', 'closed'] as const)('%s', (point) => {
    expect(disposal(visitAt(point).state, undefined, '2999-01-01T00:00:00.000Z')).toEqual(unknown);
  });
});

describe('RET-02 paper and electronic documents go by their own table', () => {
  it.each(['paper', 'electronic'] as const)('%s', (support) => {
    expect(disposal(completed, { ...table, support })).toEqual({ date: due, allowed: false });
  });
});

describe('RET-03, RET-04 by the table that the committee decided', () => {
  it('they may go when its term has run from the end of the visit, and not a moment before', () => {
    expect(completed.closing.completedAt).toBe('2026-03-17T14:22:00.000Z');
    expect(disposal(completed, table, '2031-03-17T14:21:59.999Z')).toEqual({ date: due, allowed: false });
    expect(disposal(completed, table, due)).toEqual({ date: due, allowed: true });
  });
  it('not while the visit goes on; from another moment, if the table says so', () => {
    expect(disposal(visitAt('working').state, table, '2999-01-01T00:00:00.000Z')).toEqual(unknown);
    const trigger = { at: '2026-01-01T00:00:00.000Z' };
    expect(disposal(visitAt('working').state, { ...table, trigger })).toEqual({
      date: '2031-01-01T00:00:00.000Z',
      allowed: false,
    });
    expect(disposal(visitAt('closed').state, table).date).toBe('2031-03-17T14:04:00.000Z');
  });
  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1e9])('not by a term of %s years', (years) => {
    expect(disposal(completed, { ...table, years }, '2999-01-01T00:00:00.000Z')).toEqual(unknown);
  });
  it.each([
    ['that moment, told with an offset', '2031-03-17T23:22:00+09:00', true],
    ['one before it whose text comes after', '2031-03-17T20:00:00+09:00', false],
    ['one after it whose text comes before', '2031-03-17T09:00:00-06:00', true],
    ['a word', 'ayer', false],
    ['a date in words, years before it', 'Tue Mar 17 2026 14:22:00 GMT+0000', false],
    ['nothing', '', false],
    ['a word with a year in it', 'Visita 2099', false],
    ['a year', '2099', false],
    ['a day', '2099-01-01', false],
    ['a time of no zone', '2099-01-01T00:00:00', false],
  ])('now as a moment, not as a text: %s', (_, now, allowed) => {
    expect(disposal(completed, table, now)).toEqual({ date: due, allowed });
  });
  it('not by a term that leads beyond the years that an instant can tell', () => {
    expect(disposal(completed, { ...table, years: 7973 }, '2999-01-01T00:00:00.000Z')).toEqual({
      date: '9999-03-17T14:22:00.000Z',
      allowed: false,
    });
    expect(disposal(completed, { ...table, years: 7974 }, '2999-01-01T00:00:00.000Z')).toEqual(unknown);
  });
  it('not from a moment that is none', () => {
    expect(disposal(completed, { ...table, trigger: { at: 'ayer' } })).toEqual(unknown);
  });
});
