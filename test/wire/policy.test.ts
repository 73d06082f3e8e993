import { describe, expect, it } from 'vitest';
import { defaultPolicy, type Policy, waivableRules } from '../../src/visit/index.ts';
import { isId, parsePolicy } from '../../src/wire.ts';

const whole: Policy = {
  ...defaultPolicy,
  id: 'hogar',
  allow: ['material-purchase'],
  waive: [{ rule: 'start-reported', reason: 'por contrato' }],
};

describe('parsePolicy', () => {
  it.each([[{}], [whole], [{ thresholds: { visits: 3 } }]])('reads %j from text and from a value', (policy) => {
    expect(parsePolicy(policy)).toStrictEqual({ ok: true, value: policy });
    expect(parsePolicy(JSON.stringify(policy))).toStrictEqual({ ok: true, value: policy });
    const parsed = parsePolicy(policy);
    expect(parsed.ok && parsed.value).not.toBe(policy);
  });

  it.each<[unknown, object]>([
    [
      { waive: [{ rule: 'photo-sent', reason: 'x' }] },
      { path: '/waive/0/rule', code: 'invalid-value', nearest: 'photos-sent', allowed: waivableRules },
    ],
    [{ waive: [{ rule: 'role', reason: 'x' }] }, { path: '/waive/0/rule', code: 'invalid-value' }],
    [{ waive: [{ rule: 'photos-sent' }] }, { path: '/waive/0/reason', code: 'missing', expected: 'text' }],
    [{ threshold: {} }, { path: '', code: 'unrecognized-key', key: 'threshold', nearest: 'thresholds' }],
    [{ thresholds: { visit: 2 } }, { path: '/thresholds', code: 'unrecognized-key', key: 'visit', nearest: 'visits' }],
    [{ thresholds: { visits: '2' } }, { path: '/thresholds/visits', code: 'invalid-type', expected: 'number' }],
    [{ thresholds: { visits: -1 } }, { path: '/thresholds/visits', code: 'too-small', limit: 0 }],
    [{ timeZone: 'Mars/Olympus' }, { path: '/timeZone', code: 'invalid-value', expected: 'zone' }],
    [
      { greeting: { afternoon: '25:00', evening: '18:00' } },
      { path: '/greeting/afternoon', code: 'invalid-value', expected: 'local-time' },
    ],
    [{ greeting: { afternoon: '12:00' } }, { path: '/greeting/evening', code: 'missing', expected: 'local-time' }],
    [{ id: 'a\nb' }, { path: '/id', code: 'control-character' }],
    [{ allow: Array(101).fill('a') }, { path: '/allow', code: 'too-many-items', limit: 100 }],
    ['{', { path: '', code: 'invalid-json' }],
    ['{"__proto__":{}}', { path: '', code: 'unrecognized-key' }],
    [' '.repeat(70_000), { path: '', code: 'too-large' }],
    [undefined, { path: '', code: 'not-json' }],
    [null, { path: '', code: 'invalid-type', expected: 'object' }],
  ])('refuses %j', (policy, issue) => {
    expect(parsePolicy(policy)).toMatchObject({ ok: false, issues: [issue] });
  });
});

describe('isId', () => {
  it.each(['v-1', 'A', '7', 'a.b_c:d/e@f+g-h', 'x'.repeat(128)])('%s is one', (id) => expect(isId(id)).toBe(true));
  it.each(['', '-a', 'á', 'a b', 'a\n', 'x'.repeat(129), 7, null, undefined, ['a']])('%j is none', (id) =>
    expect(isId(id)).toBe(false),
  );
});
