import { describe, expect, it } from 'vitest';
import {
  audit,
  decide,
  dossier,
  evolve,
  initialState,
  replay,
  stateVersion,
  type VisitState,
} from '../../src/index.ts';
import { actors, command } from '../../src/testing.ts';
import { castoreReducer, createVisitDecider, unmetForPayment, worked } from '../../src/visit/index.ts';

const state = initialState();
const older = { ...state, stateVersion: 1 } as unknown as VisitState;
const event = { type: 'FarewellGiven', data: { visitId: 'v-1', at: '2026-03-17T14:00:00.000Z' } };
const call = (of: (none: never) => unknown, none: unknown) => () => of(none as never);
const nones = [undefined, null, {}, 'text', 7];
const came = (none: unknown) => (none === null || typeof none === 'number' ? String(none) : typeof none);
const oldOr = (none: unknown) => (none === older ? '1' : came(none));

describe('what is missing, or another thing, is named', () => {
  it.each<[string, (none: never) => unknown]>([
    ['replay', replay],
    ['audit', audit],
    ['dossier', dossier],
  ])('%s without events', (name, of) => {
    for (const none of nones) {
      expect(call(of, none)).toThrow(TypeError);
      expect(call(of, none)).toThrow(`${name} takes an array of events; got ${came(none)}`);
    }
  });

  it.each([...nones, older])(
    'decide, evolve, replay, unmetForPayment and worked without a state, or with that of another release: %j',
    (none) => {
      const expected = (name: string) => `${name} takes the state, of stateVersion ${stateVersion}; got ${oldOr(none)}`;
      const arrival = command('RecordArrival', {}, actors.provider);
      expect(call((from) => decide(arrival, from), none)).toThrow(expected('decide'));
      expect(call((from) => evolve(from, event as never), none)).toThrow(expected('evolve'));
      expect(call((from) => createVisitDecider().evolve(from, event as never), none)).toThrow(expected('evolve'));
      expect(call(unmetForPayment, none)).toThrow(expected('unmetForPayment'));
      expect(call((of) => worked(of), none)).toThrow(expected('worked'));
      if (none !== undefined) expect(call((from) => replay([], from), none)).toThrow(expected('replay'));
    },
  );

  it('a promise that was not awaited', () => {
    expect(call(replay, Promise.resolve([]))).toThrow('replay takes an array of events; got a promise');
    expect(call(replay, [JSON.stringify(event)])).toThrow('replay takes events, not their JSON; got object');
  });

  it.each([undefined, null, {}, 'text', { type: 'FarewellGiven' }])('evolve without an event: %j', (none) => {
    expect(call((one) => evolve(state, one), none)).toThrow(`evolve takes an event; got ${came(none)}`);
  });

  it.each([undefined, null, { type: 'WorkStarted' }, { type: 'ProviderArrived', data: { visitId: 'v-1' } }])(
    'an event that lacks what its type asks for: %j',
    (none) => {
      const replayed = () => replay([none as never]);
      expect(replayed).toThrow(TypeError);
      expect(replayed).toThrow('replay takes events that can be read: ');
    },
  );

  it('an event given to evolve', () => {
    const event = { type: 'ProviderArrived', data: { visitId: 'v-1' } };
    expect(() => evolve(state, event as never)).toThrow('evolve takes events that can be read: ');
    expect(() => evolve(state, event as never)).toThrow(expect.objectContaining({ cause: expect.any(TypeError) }));
  });

  it('an error that the caller throws passes unchanged', () => {
    const events: Iterable<never> = {
      [Symbol.iterator]: () => {
        throw new RangeError('mine');
      },
    };
    expect(() => replay(events)).toThrow(new RangeError('mine'));
  });

  it('the first event of an aggregate needs no state', () => {
    const detail = { type: event.type, payload: event.data, aggregateId: 'v-1', version: 1, timestamp: event.data.at };
    expect(castoreReducer(undefined, detail as never).version).toBe(1);
  });

  it('any iterable of events is folded', () => {
    expect(replay(new Set())).toEqual(state);
    expect(replay((function* () {})(), state)).toEqual(state);
  });
});
