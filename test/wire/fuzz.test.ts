import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOfDecision } from '../../scripts/fuzz/core.ts';
import { faultOf } from '../../scripts/fuzz/oracle.ts';
import { badLines } from '../../src/testing.ts';
import { type Decision, initialState, type Rejection } from '../../src/visit/index.ts';
import { runs } from '../support/runs.ts';
import { event } from './samples.ts';

describe('bad lines', () => {
  it('are answered without a fault, thousands of them', () => {
    const faults = fc
      .sample(badLines, { numRuns: runs(10_000), seed: 42 })
      .flatMap((line) => faultOf(line).fault ?? []);
    expect(faults).toEqual([]);
  });

  it('are seen when they do harm', () => {
    Reflect.set(Object.prototype, 'polluted', true);
    const { fault } = faultOf('{}');
    Reflect.deleteProperty(Object.prototype, 'polluted');
    expect(fault).toBe('a prototype was touched');
  });
});

describe('a decision', () => {
  const accepted = (made: object): Decision => ({ ok: true, events: [made] }) as unknown as Decision;
  const refused = (violations: object[]): Decision => ({
    ok: false,
    rejection: { violations } as unknown as Rejection,
  });
  const { metadata: _metadata, ...assigned } = event('AssignVisit');

  it.each<[string, Decision, RegExp | undefined]>([
    ['as it should be', accepted(assigned), undefined],
    ['to an event that cannot be read', accepted({ type: 'Assigned', data: {} }), /the wire refuses/],
    ['to an event that is not in its normal form', accepted(event('LocateFault', { where: 'e\u0301' })), /changes/],
    ['refused for no reason', refused([]), /without a rule/],
    ['refused with facts that JSON cannot hold', refused([{ rule: 'on-site', facts: { at: undefined } }]), /by JSON/],
  ])('%s', (_, decision, fault) => {
    const found = faultOfDecision(decision, initialState());
    if (fault === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(fault);
  });
});
