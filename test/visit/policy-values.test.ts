import { describe, expect, it } from 'vitest';
import {
  audit,
  createVisitDecider,
  decide,
  defaultPolicy,
  dossier,
  guide,
  initialState,
  missing,
} from '../../src/index.ts';
import { reportHtml } from '../../src/report/index.ts';
import { createService, paymentProjection } from '../../src/service/index.ts';
import { memoryStore } from '../../src/stores/memory/index.ts';
import { commands, type Policy } from '../../src/visit/index.ts';

const state = initialState();
const command = commands.startWork({ visitId: 'v-1', at: '2026-03-17T14:00:00.000Z' }, { role: 'provider', id: 'p' });

const invalid: readonly (readonly [string, object, string])[] = [
  ['a negative threshold', { thresholds: { visits: -1 } }, 'The threshold visits is a number from 0; got -1'],
  ['NaN', { thresholds: { visits: Number.NaN } }, 'The threshold visits is a number from 0; got NaN'],
  [
    'a text',
    { thresholds: { startCallMinutes: '5' } },
    'The threshold startCallMinutes is a number from 0; got string',
  ],
  ['none', { thresholds: { visits: undefined } }, 'The threshold visits is a number from 0; got undefined'],
  ['twins within a text', { twinMinutes: '5' }, 'twinMinutes is a number from 0; got string'],
  ['a text to allow', { allow: 'material-purchase' }, 'policy takes { allow, waive }, each a list; got string'],
  ['a rule to waive', { waive: { rule: 'photos-sent', reason: 'x' } }, 'policy takes { allow, waive }, each a list'],
  ['an unknown rule', { waive: [{ rule: 'photo-sent', reason: 'x' }] }, 'Unknown rule of waive: photo-sent. Known: '],
  ['a rule without a reason', { waive: ['photos-sent'] }, 'Unknown rule of waive: undefined.'],
];

const takers: readonly (readonly [string, (policy: Policy) => unknown])[] = [
  ['audit', (policy) => audit([], { policy })],
  ['dossier', (policy) => dossier([], { policy })],
  ['guide', (policy) => guide(state, { role: 'provider', policy })],
  ['missing', (policy) => missing(state, { policy })],
  ['createVisitDecider', (policy) => createVisitDecider(policy)],
  ['createService', (policy) => createService({ store: memoryStore(), policy })],
  ['paymentProjection', (policy) => paymentProjection(policy)],
  ['reportHtml', (policy) => reportHtml([], { policy })],
];

describe.each(invalid)('a policy with an invalid value: %s', (_, policy, message) => {
  it.each(takers)('is refused by %s, each time', (_, take) => {
    for (const call of [() => take(policy), () => take(policy)]) {
      expect(call).toThrow(TypeError);
      expect(call).toThrow(message);
    }
  });
});

it('a policy that is null, a text or a number is refused as none', () => {
  for (const none of [null, 'default', 5]) {
    expect(() => createVisitDecider(none as never)).toThrow(/^policy takes options, an object; got /);
    expect(() => guide(state, { role: 'provider', policy: none as never })).toThrow(TypeError);
  }
});

describe('a policy with valid values', () => {
  const policy = { thresholds: { visits: Number.POSITIVE_INFINITY, lateArrivalMinutes: 0 }, allow: [], waive: [] };

  it.each(takers)('is taken by %s', (_, take) => {
    expect(() => take(policy)).not.toThrow();
    expect(() => take(defaultPolicy)).not.toThrow();
  });

  it('no rule computes with thresholds: decide reads names alone', () => {
    const thresholds = { visits: Number.NaN };
    expect(decide(command, state, { thresholds })).toEqual(decide(command, state));
  });
});
