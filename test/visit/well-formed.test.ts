import { describe, expect, it } from 'vitest';
import type { VisitCommand } from '../../src/messages/index.ts';
import { advance, command, eventsAfter } from '../../src/testing/index.ts';
import {
  createVisitDecider,
  decide,
  initialState,
  replay,
  VisitError,
  type VisitState,
} from '../../src/visit/index.ts';
import { assignment, operator, plain, provider } from '../scenarios/commands.ts';

const refused = (next: unknown, state: VisitState = initialState()) => {
  const decision = decide(next as VisitCommand, state);
  return decision.ok ? 'accepted' : decision.rejection.violations;
};
const malformed = (...fields: string[]) => [{ rule: 'well-formed', clause: '0-02', facts: { fields } }];
const data = { visitId: 'visit-1', at: '2026-03-17T14:00:00.000Z' };
const metadata = { actor: provider };
const type = 'RecordArrival';

describe('0-02 a command that the rules cannot read', () => {
  it('lets an error through that is not about its shape', () => {
    const command = Object.defineProperty({ type, metadata }, 'data', {
      get: () => {
        throw new RangeError('of the caller');
      },
    });
    expect(() => decide(command as never, initialState())).toThrow(new RangeError('of the caller'));
  });

  it.each<[string, unknown, readonly string[]]>([
    ['no command', undefined, ['type', 'data.visitId', 'data.at', 'metadata.actor.role', 'metadata.actor.id']],
    ['null', null, ['type', 'data.visitId', 'data.at', 'metadata.actor.role', 'metadata.actor.id']],
    ['no type', { data, metadata }, ['type']],
    ['a type that is no text', { type: 7, data, metadata }, ['type']],
    ['no data', { type, metadata }, ['data.visitId', 'data.at']],
    ['no visit', { type, data: { at: data.at }, metadata }, ['data.visitId']],
    ['no time', { type, data: { visitId: 'visit-1' }, metadata }, ['data.at']],
    ['a time that is a Date', { type, data: { ...data, at: new Date(0) }, metadata }, ['data.at']],
    ['no metadata', { type, data }, ['metadata.actor.role', 'metadata.actor.id']],
    ['no actor', { type, data, metadata: {} }, ['metadata.actor.role', 'metadata.actor.id']],
    ['an actor without an id', { type, data, metadata: { actor: { role: 'provider' } } }, ['metadata.actor.id']],
    ['a role that is null', { type, data, metadata: { actor: { role: null, id: 'p' } } }, ['metadata.actor.role']],
  ])('%s is refused by that rule alone, before and after the assignment', (_, next, fields) => {
    for (const past of [[], eventsAfter('AssignVisit'), advance([], plain)])
      expect(refused(next, replay(past))).toEqual(malformed(...fields));
  });

  it.each([
    command('TakePhotos', { photos: undefined as never }),
    command('TakePhotos', { photos: [null] as never }),
    command('SubmitPhotos', { photoIds: 7 as never, channel: 'app' }),
    command('ExplainWork', { method: 'm', materials: null as never }),
    command('TestQuality', { withClient: true, tests: 'fuga' as never }),
    command('RejectMaterials', { mismatches: [null] as never }),
    command('ShowBelongings', { items: ['llave'], clientConfirmed: Symbol('s') as never, at: 3 as never }),
    command('NotifyClient', { about: 9 as never, reached: true }),
  ])('$type with data of another shape is refused by it too, wherever a rule reads them', (next) => {
    const seen = [...plain.keys()].map((length) => refused(next, replay(advance([], plain.slice(0, length)))));
    const rules = seen.map((found) => (found === 'accepted' ? found : found.map(({ rule }) => rule).join(' ')));
    expect(rules.filter((rule) => rule.includes('well-formed') && rule !== 'well-formed')).toEqual([]);
    expect(() => refused(next, replay(advance([], plain)))).not.toThrow();
  });

  it('a photograph that is none: not even when everything else holds', () => {
    const located = replay(eventsAfter('InspectArea'));
    expect(refused(command('TakePhotos', { photos: [null] as never }), located)).toEqual(malformed());
  });

  it('is answered as 400 by the decider that throws, though nothing is assigned', () => {
    const { decide: deciding } = createVisitDecider();
    const thrown = (next: unknown) => {
      try {
        deciding(next as VisitCommand, initialState());
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(thrown({ type, metadata })).toBeInstanceOf(VisitError);
    expect(thrown({ type, metadata })).toMatchObject({ errorCode: 400, message: '0-02 well-formed' });
    expect(thrown({ type, data, metadata })).toMatchObject({ errorCode: 404 });
  });
});

describe('0-02 a state that is none is a mistake of the caller, and not of the command', () => {
  it.each([[undefined], [null], [{}], ['visit-1'], [{ stateVersion: 0 }]])('%j', (state) => {
    for (const next of [command('RecordArrival', {}), {}])
      expect(() => decide(next as VisitCommand, state as never)).toThrow(/^decide takes the state/);
  });
  it('a state that can be read is no mistake', () => {
    expect(decide(command('AssignVisit', assignment, operator), initialState()).ok).toBe(true);
  });
});
