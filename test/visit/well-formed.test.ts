import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VisitCommand } from '../../src/messages/index.ts';
import { advance, command, eventsAfter } from '../../src/testing.ts';
import { isInstant } from '../../src/util/instant.ts';
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

describe('0-02 a time is an instant as the parser writes it', () => {
  const at = (text: unknown) => ({ type, data: { visitId: 'visit-1', at: text }, metadata });

  it.each([
    'ayer',
    '',
    '2026-03-17',
    '2026-03-17T14:00:00Z',
    '2026-03-17T14:00:00.00Z',
    '2026-03-17T14:00:00.0000Z',
    '2026-03-17T14:00:00.000z',
    '2026-03-17t14:00:00.000Z',
    '2026-03-17T08:00:00.000-06:00',
    '2026-03-17T14:00:00.000+00:00',
    '2026-3-17T14:00:00.0000Z',
    '2026-02-29T14:00:00.000Z',
    '1900-02-29T14:00:00.000Z',
    '2026-04-31T14:00:00.000Z',
    '2026-00-17T14:00:00.000Z',
    '2026-13-17T14:00:00.000Z',
    '2026-03-00T14:00:00.000Z',
    '2026-03-32T14:00:00.000Z',
    '2026-03-17T24:00:00.000Z',
    '2026-03-17T14:60:00.000Z',
    '2026-12-31T23:59:60.000Z',
    '+002026-03-17T14:00:00.0Z',
    ' 2026-03-17T14:00:00.00Z',
    '2026-03-17T14:00:00.000Z\n',
    '٢٠٢٦-03-17T14:00:00.000Z',
  ])('%j is refused by that rule alone', (text) => {
    for (const past of [[], eventsAfter('AssignVisit'), advance([], plain)])
      expect(refused(at(text), replay(past))).toEqual(malformed('data.at'));
  });

  it.each([
    '0000-02-29T00:00:00.000Z',
    '2000-02-29T23:59:59.999Z',
    '2024-02-29T12:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
  ])('%s is one', (text) => expect(refused(at(text), replay(eventsAfter('AssignVisit')))).toBe('accepted'));

  it('is every time that a Date writes, and no other', () => {
    const seen = fc.date({
      min: new Date('0000-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.oneof(seen, fc.date({ noInvalidDate: true })), (date) => {
        const text = date.toISOString();
        expect(isInstant(text)).toBe(text.length === 24);
      }),
    );
    const changed = fc.tuple(seen, fc.nat(23), fc.constantFrom(...'0123456789-:.TZ ')).map(([date, place, sign]) => {
      const text = date.toISOString();
      return `${text.slice(0, place)}${sign}${text.slice(place + 1)}`;
    });
    fc.assert(
      fc.property(changed, (text) => {
        const ms = Date.parse(text);
        expect(isInstant(text)).toBe(!Number.isNaN(ms) && new Date(ms).toISOString() === text);
      }),
      { numRuns: 2000 },
    );
  });

  it('other times are left to the parser', () => {
    const state = replay(eventsAfter('RecordArrival'));
    expect(refused(command('ShowCredential', {}), state)).toBe('accepted');
    expect(refused(command('ReportClientAbsence', { call: { at: 'ayer' } }), state)).toBe('accepted');
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
