import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, fact, minute } from '../../src/testing.ts';
import { agreement, instruct, needed, operator, photo, refusal, substitution } from '../scenarios/commands.ts';
import { debtsOf, materialsAt, stateOf } from '../scenarios/moments.ts';

const center = (type: VisitEvent['type'], data: object) => fact(type, data, operator);
const issue = (data: object) => fact('TransitIssueReported', data);
const toldOfChange = (reached: boolean) => center('ClientNotified', { about: ['provider-change'], reached });
const proceed = center('InstructionGiven', { about: 'visit', decision: 'proceed' });
const toReassign = center('InstructionGiven', { about: 'visit', decision: 'reassign' });
const reassigned = center('ProviderReassigned', substitution.data);
const owed = issue({ issue: 'breakdown', resolvable: false });
const assigned = () => eventsAfter('AssignVisit');
const debts = (...past: readonly (VisitEvent | readonly VisitEvent[])[]) => debtsOf(stateOf(...past));

describe('1.1-22 the photographs to document', () => {
  const send = (minutes: number, ...photoIds: string[]) =>
    command('SubmitPhotos', { at: minute(minutes), photoIds, channel: 'app' });
  const file = (...photoIds: string[]) => command('DocumentPhotos', { photoIds });
  const two = () =>
    advance(eventsAfter('SubmitPhotos'), [command('TakePhotos', { photos: [photo('f-2')] }), send(30, 'f-2')]);

  it('are one debt, open until the last of them is on file', () => {
    expect(stateOf(two()).debts).toEqual([
      { kind: 'document-photos', debtor: 'contact-center', clause: '1.1-22', since: minute(8) },
    ]);
    expect(debts(advance(two(), file('f-2')))).toEqual(['document-photos']);
    expect(debts(advance(two(), [file('f-2'), file('f-1')]))).toEqual([]);
    expect(debts(advance(two(), file('f-1', 'f-2')))).toEqual([]);
  });
  it('are no debt when one on file is sent again', () => {
    expect(debts(advance(two(), [file('f-1', 'f-2'), send(40, 'f-1')]))).toEqual([]);
  });
  it('are a new debt when another is sent', () => {
    const later = advance(two(), [
      file('f-1', 'f-2'),
      command('TakePhotos', { photos: [photo('f-3')] }),
      send(50, 'f-1', 'f-3'),
    ]);
    expect(stateOf(later).debts).toMatchObject([{ kind: 'document-photos', since: minute(50) }]);
  });
  it('of a foreign log: sent though never taken, on file before they were sent, on file though never sent', () => {
    const sent = fact('PhotosSubmitted', { at: minute(50), photoIds: ['x-1'], channel: 'app' });
    const filed = center('PhotosDocumented', { photoIds: ['x-1'] });
    expect(stateOf(assigned(), sent).debts).toMatchObject([{ kind: 'document-photos', since: minute(50) }]);
    expect(debts(assigned(), sent, sent, filed)).toEqual([]);
    expect(debts(assigned(), filed, sent)).toEqual([]);
    expect(debts(eventsAfter('SubmitPhotos'), filed, filed)).toEqual(['document-photos']);
  });
});

describe('1.2-10 1.2-15 a delay of which the client must be told', () => {
  it.each([
    [{ issue: 'breakdown', resolvable: true, exceedsResponseTime: false }],
    [{ issue: 'other', detail: 'x', resolvable: true, exceedsResponseTime: false }],
    [{ issue: 'breakdown', resolvable: false, exceedsResponseTime: true }],
  ])('is none by %j', (data) => {
    expect(debts(assigned(), issue(data))).not.toContain('notify-delay');
  });
  it('keeps the clause that opened it', () => {
    const both = stateOf(
      assigned(),
      issue({ issue: 'breakdown', resolvable: true, exceedsResponseTime: true }),
      issue({ issue: 'delay' }),
    );
    expect(both.debts.map(({ clause }) => clause)).toEqual(['1.2-10']);
  });
});

describe('1.2-13 a change of provider of which the client must be told', () => {
  it.each([
    ['reached while it was owed', [owed, toldOfChange(true), reassigned]],
    ['reached while it was instructed', [toReassign, toldOfChange(true), reassigned]],
  ])('is none when the client was %s', (_, past) => {
    expect(debts(assigned(), past)).toEqual([]);
  });
  it.each([
    ['not reached', [owed, toldOfChange(false), reassigned]],
    ['reached before it was owed', [toldOfChange(true), owed, reassigned]],
    ['reached before it was instructed', [toldOfChange(true), toReassign, reassigned]],
    ['told of a delay alone', [owed, center('ClientNotified', { about: ['delay'], reached: true }), reassigned]],
    ['reached about an earlier change', [owed, toldOfChange(true), reassigned, owed, { ...reassigned }]],
    [
      'reached, and an instruction about the visit was given since',
      [owed, toldOfChange(true), proceed, owed, reassigned],
    ],
    ['reached, and the reassignment instructed anew', [toReassign, toldOfChange(true), toReassign, reassigned]],
  ])('is owed when the client was %s', (_, past) => {
    expect(debts(assigned(), past)).toEqual(['notify-provider-change']);
  });
});

describe('1.1-32 1.1-36 the materials that the client owes', () => {
  it('keep the clause and the beginning of the debt that is open', () => {
    const rejected = materialsAt.rejected();
    const anew = advance(rejected, [
      refusal,
      agreement,
      command('ExplainWork', { at: minute(60), method: 'x', materials: needed }),
    ]);
    expect(stateOf(anew).debts.find(({ kind }) => kind === 'supply-materials')).toEqual({
      kind: 'supply-materials',
      debtor: 'client',
      clause: '1.1-36',
      since: minute(0),
    });
  });
  it('are none when the list is empty', () => {
    expect(debts(materialsAt['not-needed']())).toEqual(['document-photos']);
  });
});

describe('1.3-02 1.1-10 the end lets the debts lapse for which nothing waits', () => {
  const everyDebt = [
    fact('ClientAbsenceReported'),
    fact('IdentityRejected', { reason: 'other' }),
    fact('ClientImpactEscalated', { what: 'x' }),
    fact('MaterialsChangeRefused'),
    fact('PhotosTaken', { photos: [photo('f-9')] }),
    fact('PhotosSubmitted', { photoIds: ['f-9'], channel: 'app' }),
    fact('StartReported'),
    issue({ issue: 'delay' }),
    reassigned,
    fact('ClientAbsenceReported', {}, { role: 'provider', id: 'prov-2' }),
    fact('IdentityRejected', { reason: 'other' }, { role: 'provider', id: 'prov-2' }),
    owed,
    fact('WorkExplained', { method: 'x', materials: needed }),
  ];

  it('all are open before it', () => {
    expect(debts(assigned(), everyDebt).sort()).toEqual([
      'coordinate-materials',
      'document-photos',
      'document-start',
      'give-instruction/client-absence',
      'give-instruction/identity',
      'notify-delay',
      'notify-provider-change',
      'reassign-provider',
      'supply-materials',
      'take-up-escalation',
    ]);
  });
  it.each([
    ['1.3-02 Completed', fact('Completed', {}, { role: 'provider', id: 'prov-2' })],
    ['1.1-10 VisitClosed', fact('VisitClosed', { outcome: 'cancelled' }, operator)],
  ])('after %s the others stay', (_, end) => {
    expect(debts(assigned(), everyDebt, end).sort()).toEqual([
      'document-photos',
      'document-start',
      'notify-delay',
      'notify-provider-change',
      'take-up-escalation',
    ]);
  });
  it('they are discharged after the end', () => {
    const documented = [
      command('DocumentStart', {}),
      command('DocumentPhotos', { photoIds: ['f-1'] }),
      command('EscalateClientImpact', { what: 'sin agua' }),
      instruct('escalation', 'other'),
    ];
    expect(debts(advance(eventsAfter('CompleteVisit'), documented))).toEqual([]);
  });
  it('no debt blocks its creditor', () => {
    expect(debts(eventsAfter('CompleteVisit'))).toEqual(['document-photos', 'document-start']);
  });
});
