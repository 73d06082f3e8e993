import { expect, it } from 'vitest';
import { moved } from '../../../examples/field/phone/src/own-clock.ts';

it('moves what a phone noted by its wrong clock, and nothing that was set by hand', () => {
  const entered = {
    'call.at': ['2020-11-30T14:00:12.345Z'],
    'call.reference': ['14'],
    'notice.at': ['2026-11-30T14:05:00.000Z'],
    'photos.0.takenAt': ['2020-11-30T13:59:58.001Z'],
    returnExpected: ['2026-12-01T13:30:00.250Z'],
  };
  const years = Date.parse('2026-11-30T14:00:00.000Z') - Date.parse('2020-11-30T14:00:00.000Z');
  expect(moved(entered, years)).toEqual({
    ...entered,
    'call.at': ['2026-11-30T14:00:12.345Z'],
    'photos.0.takenAt': ['2026-11-30T13:59:58.001Z'],
  });
});
