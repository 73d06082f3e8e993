import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/report/context.ts';
import { html } from '../../src/report/html.ts';
import type { Kind } from '../../src/report/visit/shapes.ts';
import { renderValue } from '../../src/report/visit/values.ts';

const context = createContext({ locale: 'en', policy: { timeZone: 'UTC' } });
const said = (kind: Kind, value: unknown) =>
  html`${renderValue(context, kind, value)}`.markup.replace(/<[^>]*>/g, '').replace('&#39;', "'");

const at = '2026-03-17T14:01:02.000Z';

describe('what an act says is told in words, however little or odd it is', () => {
  it.each<[Kind, unknown, string]>([
    ['text', 'a', 'a'],
    ['text', 7, '7'],
    ['text', '', '—'],
    ['text', null, ''],
    ['text', undefined, ''],
    ['hash', 'a', 'a'],
    ['texts', ['a', 'b'], 'a, b'],
    ['texts', [], ''],
    ['texts', 'a', ''],
    ['moved', ['a', 'b'], 'a, b'],
    ['moved', [], 'nothing to move'],
    ['flag', true, 'yes'],
    ['flag', false, 'no'],
    ['flag', 'a', 'a'],
    ['moment', 'a', '—'],
    ['person', { name: 'Ana' }, 'Ana'],
    ['person', { name: 'Ana', title: 'doña' }, 'doña Ana'],
    ['person', { name: 'Luis', title: 'don' }, 'don Luis'],
    ['person', { name: 'Ana', title: 'x' }, 'Ana'],
    ['contact', { at }, '14:01:02'],
    ['contact', { at, reference: 'L' }, '14:01:02, L'],
    ['contact', { at, operatorId: 'op' }, '14:01:02, answered by op'],
    ['contact', { at, reference: 'L', operatorId: 7 }, '14:01:02, L'],
    ['position', { latitude: 1, longitude: 2 }, '1, 2'],
    ['position', { latitude: 1, longitude: 2, accuracyMeters: 3 }, '1, 2 (± 3 m)'],
    ['photos', [{ photoId: 'f' }, { photoId: 'g', shot: 's' }], 'f, g (s)'],
    ['photos', [], ''],
    ['materials', [], 'none'],
    ['materials', [{ item: 'a', quantity: 2 }], 'a: 2'],
    ['materials', [{ item: 'a', quantity: 2, unit: 'm', kind: 'k', quality: 'q' }], 'a: 2 m (k, q)'],
    ['materials', [{ item: 'a', quantity: 2, unit: 3, kind: 4, quality: 'q' }, { item: 'b' }], 'a: 2 (q), b: —'],
    [
      'tests',
      [
        { name: 'a', passed: true },
        { name: 'b', passed: 'yes' },
      ],
      'a: passed, b: failed',
    ],
    ['tests', [], ''],
    ['mismatches', [{ item: 'a' }, { item: 'b', reasons: ['kind', 'z'], note: 'n' }], 'a, b (kind, z): n'],
    ['mismatches', [], ''],
    ['rules', ['credential-shown', 'arrived', 7], 'the credential, arrived, 7'],
    ['rules', [], ''],
    ['pause', 'break', 'break'],
    ['pause', 'x', 'x'],
    ['notification', ['delay', 'x'], 'the delay, x'],
    ['notification', [], ''],
  ])('%s %j: %s', (kind, value, words) => {
    expect(said(kind, value)).toBe(words);
  });

  it('moments in the zone of the report', () => {
    expect(said('moment', at)).toMatch(/14:01/);
  });
});
