/** The shapes of a server's answers: what is wrong with one is named. */
import { describe, expect, it } from 'vitest';
import { checkedAssignments, checkedEvents, checkedSyncAnswer } from '../../src/replica/remote/answers.ts';
import { RemoteError } from '../../src/replica.ts';

const serverTime = '2026-03-17T14:00:00.000Z';
const event = (visitId = 'v-1') => ({ type: 'ProviderArrived', data: { visitId } });
const page = { events: [event()], version: 3, serverTime };
const batch = { visitId: 'v-1', basedOn: 2, commands: [{}], device: 'd' } as never;
const accepted = { outcome: 'accepted', position: 3 };
const violation = { rule: 'a', clause: '1.1-01', facts: {}, remedy: [] };

const thrownBy = (call: () => unknown) => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};
const faultOf = (call: () => unknown) => {
  const error = thrownBy(call);
  if (!(error instanceof RemoteError)) return null;
  const { kind, reason, message } = error;
  expect(kind).toBe('unavailable');
  expect(message).toMatch(/^The answer of the server has another shape than expected: /);
  return [message.slice(message.indexOf(': ') + 2), reason];
};

describe('an answer with events', () => {
  it.each<[object, string | null]>([
    [{}, null],
    [{ version: 4 }, null],
    [{ visitId: 'v-1', own: [event()], lead: 'phone-1' }, null],
    [{ events: [], version: 1 }, null],
    [{ lead: null }, null],
    [{ visitId: 'v-2' }, 'visitId'],
    [{ version: -1 }, 'version'],
    [{ version: 1.5 }, 'version'],
    [{ version: '3' }, 'version'],
    [{ events: {} }, 'events'],
    [{ version: 2 }, 'events'],
    [{ version: 1 }, 'events'],
    [{ own: {} }, 'own'],
    [{ lead: 7 }, 'lead'],
    [{ events: [event('v-2')] }, 'an event of another visit'],
    [{ own: [event('v-2')] }, 'an event of another visit'],
    [{ serverTime: 'soon' }, 'serverTime'],
    [{ serverTime: 7 }, 'serverTime'],
  ])('%j', (change, fault) => {
    const found = faultOf(() => checkedEvents({ ...page, ...change }, 'v-1', 2));
    expect(found).toEqual(fault === null ? null : [fault, 'unusable-answer']);
  });

  it.each([undefined, null, 7, 'x'])('is no answer if it is %j', (answer) => {
    expect(faultOf(() => checkedEvents(answer, 'v-1', 2))).toEqual(['version', 'unusable-answer']);
  });
});

describe('an answer to a batch', () => {
  it.each<[unknown, string | null]>([
    [accepted, null],
    [{ outcome: 'refused', violations: [violation] }, null],
    [{ outcome: 'repeated', first: accepted }, null],
    [{ outcome: 'refused', violations: [] }, 'an outcome'],
    [{ outcome: 'refused' }, 'an outcome'],
    [{ outcome: 'twin', twinOf: 1 }, null],
    [{ outcome: 'repeated', first: { outcome: 'refused', violations: [violation] } }, null],
    [{ outcome: 'accepted' }, 'an outcome'],
    [{ outcome: 'accepted', position: 0 }, 'an outcome'],
    [{ outcome: 'twin', twinOf: -1 }, 'an outcome'],
    [{ outcome: 'twin', position: 1 }, 'an outcome'],
    [{ outcome: 'refused', violations: [violation, {}] }, 'an outcome'],
    [{ outcome: 'refused', violations: [{ rule: 'a' }] }, 'an outcome'],
    [{ outcome: 'refused', violations: [{ clause: '1.1-01' }] }, 'an outcome'],
    [{ outcome: 'lost', violations: [violation] }, 'an outcome'],
    [{ outcome: 'lost' }, 'an outcome'],
    [{ outcome: 'lost', violations: [] }, 'an outcome'],
    [{ outcome: 'repeated' }, 'an outcome'],
    [{ outcome: 'repeated', first: { outcome: 'repeated' } }, 'an outcome'],
    [null, 'an outcome'],
  ])('has an outcome of each command: %j', (outcome, fault) => {
    const found = faultOf(() => checkedSyncAnswer({ ...page, outcomes: [outcome] }, batch));
    expect(found).toEqual(fault === null ? null : [fault, 'unusable-answer']);
  });

  it('has as many as there are commands', () => {
    for (const outcomes of [[], [accepted, accepted], undefined, {}]) {
      expect(faultOf(() => checkedSyncAnswer({ ...page, outcomes }, batch))).toEqual([
        'not as many outcomes as commands',
        'incomplete-answer',
      ]);
    }
  });
});

describe('a page of assignments', () => {
  const visits = [{ visitId: 'v-1', version: 3 }];
  const assignments = { visits, cursor: 'c-2', more: false, serverTime };

  it.each<[object, string | null]>([
    [{}, null],
    [{ more: true }, null],
    [{ visits: [] }, null],
    [{ cursor: 'c-1' }, null],
    [{ visits: {} }, 'visits'],
    [{ visits: [{ visitId: '', version: 3 }] }, 'visits'],
    [{ visits: [{ visitId: 7, version: 3 }] }, 'visits'],
    [{ visits: [{ visitId: 'v-1', version: -1 }] }, 'visits'],
    [{ visits: [null] }, 'visits'],
    [{ cursor: 7 }, 'cursor'],
    [{ more: 1 }, 'more'],
    [{ more: true, visits: [] }, 'more'],
    [{ more: true, cursor: 'c-1' }, 'more'],
    [{ serverTime: '' }, 'serverTime'],
  ])('%j', (change, fault) => {
    const found = faultOf(() => checkedAssignments({ ...assignments, ...change }, 'c-1'));
    expect(found).toEqual(fault === null ? null : [fault, 'unusable-answer']);
  });
});
