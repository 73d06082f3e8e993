import fc from 'fast-check';
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
  script,
} from '../../src/index.ts';
import { memoryStore } from '../../src/memory.ts';
import { visitTimeline } from '../../src/reading/timeline.ts';
import { discrepancies, reconcile, settlement } from '../../src/reconciling/index.ts';
import { reportHtml } from '../../src/report.ts';
import { createService, paymentProjection } from '../../src/service.ts';
import { given } from '../../src/testing.ts';
import { commands, type Policy, ruleIds, waivableRules } from '../../src/visit/index.ts';
import { parsePolicy } from '../../src/wire.ts';
import { runs } from '../support/runs.ts';

const state = initialState();
const command = commands.startWork({ visitId: 'v-1', at: '2026-03-17T14:00:00.000Z' }, { role: 'provider', id: 'p' });

const reason = 'x';

const invalid: readonly (readonly [string, unknown, string])[] = [
  ['a negative threshold', { thresholds: { visits: -1 } }, 'policy.thresholds.visits is a number from 0; got -1'],
  ['NaN', { thresholds: { visits: Number.NaN } }, 'policy.thresholds.visits is a number from 0; got NaN'],
  ['a text', { thresholds: { startCallMinutes: '5' } }, 'policy.thresholds.startCallMinutes is a number from 0; got'],
  ['none', { thresholds: { visits: undefined } }, 'policy.thresholds.visits is a number from 0; got undefined'],
  ['twins within a text', { twinMinutes: '5' }, 'policy.twinMinutes is a number from 0; got string'],
  ['thresholds in a list', { thresholds: [] }, 'policy.thresholds is an object; got object'],
  ['a text to allow', { allow: 'otherwise' }, 'policy.allow is a list; got string'],
  ['a number to allow', { allow: 5 }, 'policy.allow is a list; got 5'],
  ['nothing to allow', { allow: undefined }, 'policy.allow is a list; got undefined'],
  ['a number allowed', { allow: ['other', 5] }, 'policy.allow[1] is a text; got 5'],
  ['a blank allowed', { allow: [' '] }, 'policy.allow[0] is a text; got string'],
  ['a rule to waive', { waive: { rule: 'photos-sent', reason } }, 'policy.waive is a list; got object'],
  ['null to waive', { waive: [null] }, 'policy.waive[0] takes options, an object; got null'],
  [
    'a misspelt rule',
    { waive: [{ rule: 'photo-sent', reason }] },
    'policy.waive[0].rule: photo-sent. Did you mean photos-sent?',
  ],
  [
    'a rule that cannot be waived',
    { waive: [{ rule: 'arrived', reason }] },
    'Unknown waivable rule in policy.waive[0].rule: arrived. Known: credential-shown, ',
  ],
  ['a rule alone', { waive: ['photos-sent'] }, 'policy.waive[0] takes options, an object; got string'],
  ['a rule without a reason', { waive: [{ rule: 'photos-sent' }] }, 'policy.waive[0].reason is a text; got undefined'],
  [
    'a waiver with more',
    { waive: [{ rule: 'photos-sent', reason, until: 1 }] },
    'Unknown option of policy.waive[0]: until.',
  ],
  ['a name that is no text', { id: 7 }, 'policy.id is a text; got 7'],
  ['an unknown field', { allows: [] }, 'Unknown option of policy: allows. Did you mean allow?'],
  ['a zone that is no text', { timeZone: 7 }, 'policy.timeZone is a text; got 7'],
  ['half a greeting', { greeting: { afternoon: '12:00' } }, 'policy.greeting.evening is a time such as 12:00; got'],
  ['noon', { greeting: { afternoon: 'noon', evening: '18:00' } }, 'policy.greeting.afternoon is a time such as 12:00'],
  ['a list', [], 'policy is an object; got object'],
  ['a promise of one', Promise.resolve({}), 'policy is an object; got a promise'],
  ['none', null, 'policy takes options, an object; got null'],
];

const request = { log: [], basedOn: 0, commands: [] };
const settling = {
  discrepancyId: 'd-1',
  taken: [],
  text: 'x',
  at: command.data.at,
  operator: command.metadata.actor,
  commandId: 'c',
};

const takers: readonly (readonly [string, (policy: Policy) => unknown])[] = [
  ['decide', (policy) => decide(command, state, policy)],
  ['reconcile', (policy) => reconcile({ ...request, policy })],
  ['settlement', (policy) => settlement({ log: [], ...settling, policy })],
  ['discrepancies', (policy) => discrepancies([], { policy })],
  ['script', (policy) => script(state, { role: 'provider', policy })],
  ['visitTimeline', (policy) => visitTimeline([], { policy })],
  ['given', (policy) => given([]).when(command, policy)],
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
    for (const call of [() => take(policy as Policy), () => take(policy as Policy)]) {
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

  it('0-02 is checked before the command is looked at', () => {
    for (const next of [command, {}, undefined])
      expect(() => decide(next as never, state, { allow: 5 } as never)).toThrow('policy.allow is a list; got 5');
  });

  it.each(invalid)('parsePolicy refuses it, too: %s', (_, policy) => expect(parsePolicy(policy).ok).toBe(false));

  it('is what parsePolicy accepts, of texts and numbers that are not extreme', () => {
    const text = fc.oneof(fc.constantFrom('otro', ' ', '', 'Europe/Madrid', '12:30', '24:00', 'arrived'), fc.nat(9));
    const number = fc.oneof(fc.constantFrom(0, 0.5, -1, Number.NaN), text);
    const mostly = <T>(valid: fc.Arbitrary<T>, others: fc.Arbitrary<unknown> = text) =>
      fc.oneof({ weight: 8, arbitrary: valid }, { weight: 1, arbitrary: others });
    const words = fc.constantFrom('otro', 'poda');
    const times = fc.constantFrom('00:00', '12:30', '23:59');
    const rules = mostly(fc.constantFrom<unknown>(...waivableRules), fc.constantFrom<unknown>(...ruleIds, 7));
    const waiver = mostly(fc.record({ rule: rules, reason: mostly(words) }));
    const limits = { visits: mostly(fc.nat(9), number), startCallMinutes: mostly(fc.nat(9), number) };
    const any = fc.record(
      {
        id: mostly(words),
        allow: mostly(fc.array(mostly(words), { maxLength: 2 })),
        waive: mostly(fc.array(waiver, { maxLength: 2 })),
        thresholds: mostly(fc.record(limits, { requiredKeys: [] })),
        twinMinutes: mostly(fc.nat(9), number),
        timeZone: mostly(fc.constant('Europe/Madrid'), fc.constantFrom('', ' ', 7)),
        greeting: mostly(fc.record({ afternoon: mostly(times), evening: mostly(times) })),
      },
      { requiredKeys: [] },
    );
    const policies = mostly(any, fc.oneof(text, fc.record({ other: text, id: words }), fc.constant(null)));
    const isTaken = (policy: unknown) => {
      try {
        return decide(command, state, policy as Policy) !== null;
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        return false;
      }
    };
    let taken = 0;
    fc.assert(
      fc.property(policies, (policy) => {
        const is = parsePolicy(policy).ok;
        taken += Number(is);
        expect(isTaken(policy), JSON.stringify(policy)).toBe(is);
      }),
      { numRuns: runs(3000), seed: 5 },
    );
    expect(taken).toBeGreaterThan(runs(500));
    expect(taken).toBeLessThan(2500);
  });
});
