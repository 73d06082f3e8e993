import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Actor, ReportStart, StartWork, TakePhotos, VisitCommand } from '../../src/messages/index.ts';
import { eventsBefore, minute } from '../../src/testing.ts';
import { type Creator, commands, commandTypes, createCommand, decide } from '../../src/visit/index.ts';
import { secondHalf } from '../scenarios/act-table.ts';
import { call, plain, provider, visitId } from '../scenarios/commands.ts';
import { stateOf } from '../scenarios/moments.ts';

const at = minute(16);
type Any = (data: object, actor: Actor, commandId?: string) => VisitCommand;
const creatorOf = (type: string) => Object.entries(commands).find(([name]) => name === uncapitalised(type))?.[1] as Any;
const uncapitalised = (type: string) => type.charAt(0).toLowerCase() + type.slice(1);

describe('0-02 a creator for every command', () => {
  it('by its name, in the order of the protocol, and nothing else', () => {
    expect(Object.keys(commands)).toEqual(commandTypes.map(uncapitalised));
    expect(Object.isFrozen(commands)).toBe(true);
  });
  it.each(plain)('$type makes the envelope of the plain visit', ({ type, data, metadata: { actor } }) => {
    expect(creatorOf(type)(data, actor)).toStrictEqual({ type, data, metadata: { actor } });
  });
  it.each(secondHalf)('$clause $type', ({ type, data }) => {
    const given = { visitId, at, ...data };
    expect(creatorOf(type)(given, provider, 'k-1')).toStrictEqual({
      type,
      data: given,
      metadata: { actor: provider, commandId: 'k-1' },
    });
  });
});

describe('1.1-43 commands.startWork', () => {
  it('makes the envelope, with the id of the command where there is one', () => {
    const without = commands.startWork({ visitId, at }, provider);
    expect(without).toStrictEqual({ type: 'StartWork', data: { visitId, at }, metadata: { actor: provider } });
    expect(commands.startWork({ visitId, at }, provider, 'k-1').metadata).toStrictEqual({
      actor: provider,
      commandId: 'k-1',
    });
  });
  it('makes what decide takes', () => {
    expect(decide(commands.startWork({ visitId, at }, provider), stateOf(eventsBefore('StartWork'))).ok).toBe(true);
  });
  it('is typed by its command', () => {
    expectTypeOf(commands.startWork).toEqualTypeOf<Creator<'StartWork'>>();
    expectTypeOf(commands.startWork({ visitId, at }, provider)).toEqualTypeOf<StartWork>();
    expectTypeOf(commands.takePhotos({ visitId, at, photos: [] }, provider)).toEqualTypeOf<TakePhotos>();
    expectTypeOf(commands.reportStart({ visitId, at, call }, provider)).toEqualTypeOf<ReportStart>();
  });
});

describe('0-02 what does not compile', () => {
  /** Never called: the compiler alone reads it, and refuses a line that does compile. */
  const refused = () => [
    // @ts-expect-error the time at which it happened is missing
    commands.startWork({ visitId }, provider),
    // @ts-expect-error the visit is missing
    commands.startWork({ at }, provider),
    // @ts-expect-error the actor is missing
    commands.startWork({ visitId, at }),
    // @ts-expect-error an actor has a role
    commands.startWork({ visitId, at }, { id: 'prov-1' }),
    // @ts-expect-error the list of photographs is missing
    commands.takePhotos({ visitId, at }, provider),
    // @ts-expect-error a photograph has a time
    commands.takePhotos({ visitId, at, photos: [{ photoId: 'f-1', sha256: 'a' }] }, provider),
    // @ts-expect-error a pause is of one of two kinds
    commands.pauseWork({ visitId, at, kind: 'lunch' }, provider),
    // @ts-expect-error the tests are missing
    commands.testQuality({ visitId, at, withClient: true }, provider),
    // @ts-expect-error an optional field is absent, not undefined
    commands.reportStart({ visitId, at, call: undefined }, provider),
    // @ts-expect-error whether all passed is derived, not said
    commands.testQuality({ visitId, at, tests: [], passed: true }, provider),
    // @ts-expect-error there is no such command
    commands.workStarted({ visitId, at }, provider),
  ];

  it('is read by the compiler', () => {
    expect(refused).toBeTypeOf('function');
  });
});

describe('createCommand', () => {
  const aProvider = { role: 'provider', id: 'prov-1' } as const;
  const data = { visitId: 'visit-1', at: '2026-03-17T14:00:00.000Z' };

  it('creates what the creator of the type does', () => {
    expect(createCommand('StartWork', data, aProvider)).toEqual(commands.startWork(data, aProvider));
    expect(createCommand('StartWork', data, aProvider, { commandId: 'c-1' })).toEqual(
      commands.startWork(data, aProvider, 'c-1'),
    );
  });

  it('refuses a type and a field of the metadata that it does not know', () => {
    expect(() => createCommand('Dance' as never, data as never, aProvider)).toThrow('Unknown command Dance');
    expect(() => createCommand('StartWork', data, aProvider, { comandId: 'c-1' } as never)).toThrow(
      'Unknown option of createCommand: comandId. Did you mean commandId?',
    );
  });

  it('takes a type that is known at run time only, and the data of its type alone', () => {
    const type: 'StartWork' | 'CompleteVisit' = commandTypes.includes('StartWork') ? 'StartWork' : 'CompleteVisit';
    expect(createCommand(type, data, aProvider).type).toBe('StartWork');
    // @ts-expect-error: the data of another type
    expect(createCommand('LocateFault', data, aProvider).type).toBe('LocateFault');
  });
});
