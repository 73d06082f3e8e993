import { describe, expect, it } from 'vitest';
import type { CommandType, VisitEvent } from '../../src/messages/index.ts';
import { type MissingOptions, missing } from '../../src/reading/index.ts';
import { points, visitAt } from '../../src/testing/visit-at.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import { initialState, replay, type VisitState } from '../../src/visit/index.ts';
import {
  absence,
  instruct,
  irresolvable,
  leave,
  operator,
  plain,
  policyWaiving,
  stretch,
  without,
} from '../scenarios/commands.ts';

const acts = (events: readonly VisitEvent[], options?: MissingOptions): readonly CommandType[] | string => {
  const found = missing(replay(events), options);
  return found.found ? found.acts : found.reason;
};
const closing: readonly CommandType[] = [
  'RecordConformity',
  'HandOverSite',
  'ShowBelongings',
  'ReportCompletion',
  'CompleteVisit',
];
const payable = { goal: 'payable' } as const;
const typesFrom = (...acts: readonly [first: CommandType, last?: CommandType]) =>
  stretch(...acts).map(({ type }) => type);
/** The fewest acts of a visit. */
const whole = typesFrom('AssignVisit').filter(
  (type) => !['SupplyMaterials', 'AcceptMaterials', 'GiveFarewell'].includes(type),
);

it('1.3-04 a snapshot of version 1, which does not say which case was named, is not payable', () => {
  const { closing: ended, ...state } = replay([...advance([], plain), fact('StartDocumented', {}, operator)]);
  const { caseNumberNamed: _, ...old } = ended;
  expect(missing({ ...state, closing: ended } as VisitState, payable)).toEqual({ found: true, acts: [] });
  expect(missing({ ...state, closing: old } as VisitState, payable)).toMatchObject({ reason: 'ended' });
});

describe('what is missing for a visit to be completed', () => {
  it('1.3-02 at every act of the plain visit is no more than the rest of it', () => {
    const from = typesFrom('AcceptMaterials').filter((type) => type !== 'GiveFarewell');
    for (const [index, type] of from.slice(0, -1).entries()) {
      expect(acts(eventsBefore(type))).toEqual(from.slice(index));
    }
  });
  it('1.1-29 leaves the materials out where nothing was asked for', () => {
    expect(acts(eventsBefore('ExplainWork')).slice(0, 3)).toEqual(['ExplainWork', 'ShowTools', 'ClearArea']);
  });
  it.each<[string, VisitEvent[], readonly CommandType[]]>([
    [
      '1.1-49 away',
      advance(eventsAfter('TestQuality'), leave),
      ['RecordArrival', 'ResumeWork', 'TestQuality', ...closing],
    ],
    [
      '1.1-50 an objection',
      advance(eventsAfter('RecordConformity'), command('RecordObjection', { what: 'x' })),
      ['TestQuality', ...closing],
    ],
    ['1.1-09 an absence', advance(eventsAfter('TestQuality'), absence), ['RecordClientReturn', ...closing]],
    [
      '1.1-10 an instruction to cancel',
      advance(eventsAfter('TestQuality'), instruct('visit', 'cancel')),
      ['GiveInstruction', ...closing],
    ],
  ])('%s', (_, events, missed) => {
    expect(acts(events)).toEqual(missed);
  });
  it('1.2-12 another provider, or the word that the first one goes on', () => {
    const events = advance(eventsAfter('AssignVisit'), irresolvable);
    expect(acts(events)).toHaveLength(whole.length);
    expect(['ReassignProvider', 'GiveInstruction']).toContain(acts(events)[0]);
  });
  it('1.1-29 no materials, rather than those that were asked for', () => {
    const fewest = ['ExplainWork', ...typesFrom('ShowTools', 'TestQuality'), ...closing];
    expect(acts(eventsAfter('ExplainWork'))).toEqual(fewest);
  });
  it('1.1-18 one round of photographs, however many shots are required', () => {
    const shots = command('AmendAssignment', { requiredShots: ['fachada', 'techo', 'fuga'] });
    const wanted = acts(advance(eventsAfter('LocateFault'), shots));
    expect([...wanted].filter((type) => type === 'TakePhotos' || type === 'SubmitPhotos')).toHaveLength(2);
  });
  it('nothing, when it is', () => {
    expect(acts(advance([], plain))).toEqual([]);
  });
  it('1.1-10 nothing helps a visit that was closed', () => {
    expect(acts(advance(eventsAfter('ShowCredential'), [instruct('visit', 'cancel'), command('CloseVisit', {})]))).toBe(
      'ended',
    );
  });
  it('leaves out what the policy waives, and waives nothing itself', () => {
    const past = eventsBefore('ShowTools');
    expect(acts(past)).toContain('ShowTools');
    expect(acts(past, { policy: policyWaiving('tools-shown') })).not.toContain('ShowTools');
  });
});

describe('what is missing for a visit to be payable', () => {
  it('1.1-27 the record of the start call, before the end or after it', () => {
    expect(acts(advance([], plain), payable)).toEqual(['DocumentStart']);
    expect(acts(eventsAfter('ReportCompletion'), payable)).toEqual(['DocumentStart', 'CompleteVisit']);
    expect(acts(advance([], [...plain, command('DocumentStart', {})]), payable)).toEqual([]);
  });
  it('1.1-26 the start call, though the policy waives it', () => {
    const policy = policyWaiving('start-reported');
    const events = advance([], without(stretch('AssignVisit', 'HandOverSite'), 'ReportStart'), policy);
    expect(acts(events, { ...payable, policy })).toEqual([
      'ReportStart',
      'DocumentStart',
      'ShowBelongings',
      'ReportCompletion',
      'CompleteVisit',
    ]);
    const ended = advance(
      [],
      plain.filter(({ type }) => type !== 'ReportStart'),
      policy,
    );
    expect(acts(ended, { ...payable, policy })).toBe('ended');
  });
});

describe('the acts that are missing are told in the order of the protocol', () => {
  it('of a visit that is to be assigned', () => {
    expect(missing(initialState())).toEqual({ found: true, acts: whole });
  });
  it('1.2-12 of one that waits for another provider', () => {
    expect(acts(advance(eventsAfter('AssignVisit'), irresolvable)).slice(1)).toEqual(whole.slice(1));
  });
  it('1.1-49 as far as that is lawful: the re-entry comes before what needs the provider on site', () => {
    expect(acts(advance(eventsAfter('AcceptMaterials'), leave))).toEqual([
      'RecordArrival',
      'ShowTools',
      'ResumeWork',
      ...typesFrom('ClearArea', 'TestQuality'),
      ...closing,
    ]);
  });
});

describe('the search', () => {
  it('has a bound, and says when it reaches it', () => {
    expect(missing(initialState(), { limit: 3 })).toEqual({ found: false, reason: 'limit' });
    expect(acts(eventsBefore('CompleteVisit'), { limit: 1 })).toEqual(['CompleteVisit']);
    expect(acts(eventsBefore('CompleteVisit'), { limit: 0 })).toBe('limit');
  });
  it('1.2-11 tries another provider, who ends more than one trouble at once', () => {
    const waive = (['credential-shown', 'identity-valid', 'tools-shown'] as const).map((rule) => ({
      rule,
      reason: 'contrato',
    }));
    const troubled = advance(eventsAfter('StartWork'), [absence, leave, instruct('visit', 'reassign')]);
    const onBreak = fact('Paused', { at: minute(50), kind: 'break' });
    expect(acts([...troubled, onBreak], { policy: { waive } })).toEqual([
      'ReassignProvider',
      'RecordArrival',
      'ResumeWork',
      'TestQuality',
      ...closing,
    ]);
  });
  it('says where no way leads: of a foreign visit without a provider, whom none can be owed', () => {
    const nobody = { ...replay(eventsAfter('AssignVisit')), provider: null };
    expect(missing(nobody)).toEqual({ found: false, reason: 'no-way' });
  });
  it('finds a way from every named point but a visit that was closed', () => {
    for (const point of points) {
      for (const goal of ['completed', 'payable'] as const) {
        expect(missing(visitAt(point).state, { goal }).found, point).toBe(point !== 'closed');
      }
    }
  });
});
