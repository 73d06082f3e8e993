import { describe, expect, it } from 'vitest';
import type { VisitCommand } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, fact, given, minute } from '../../src/testing.ts';
import { evolve, unmetForPayment } from '../../src/visit/index.ts';
import {
  byOperator,
  byProvider,
  client,
  close,
  instruct,
  irresolvable,
  operator,
  otherProvider,
  plain,
  provider,
  report,
  reported,
  settle,
  substitute,
  substitution,
} from '../scenarios/commands.ts';
import { debtsOf, stateOf } from '../scenarios/moments.ts';

const cancel = instruct('visit', 'cancel');
const onTheWay = () => eventsAfter('AssignVisit');
const completed = () => advance([], plain);
const credential = reported('CredentialShown');
const telling = reported('StartReported', { violations: [], twinOf: 2 });
const two = [credential, reported('ToolsShown', { commandId: 'c-2' }, { tools: [] })];
const open = () => advance(onTheWay(), report(two));
const owed = {
  kind: 'settle-discrepancy',
  debtor: 'contact-center',
  clause: '1.1-10',
  about: 'd-1',
  since: minute(62),
};

describe('1.1-10 what was recorded apart is reported', () => {
  it('opens a debt of the contact center, about its id, and keeps the types of the acts', () => {
    const state = given(onTheWay()).when(report(two)).accepts('DiscrepancyReported', byProvider);
    expect(state).toEqual({
      ...stateOf(onTheWay()),
      debts: [owed],
      discrepancies: [
        {
          discrepancyId: 'd-1',
          acts: [
            { type: 'CredentialShown', taken: false },
            { type: 'ToolsShown', taken: false },
          ],
        },
      ],
    });
  });
  it('keeps the visit from being payable until it is settled', () => {
    const conditions = (...more: readonly VisitCommand[]) => unmetForPayment(stateOf(advance(completed(), more)));
    expect(conditions()).not.toContain('discrepancy-open');
    expect(conditions(report([credential]))).toEqual([...conditions(), 'discrepancy-open']);
    expect(conditions(report([credential]), settle([]))).toEqual(conditions());
  });
  it('owes nothing for twins alone, and does for one act among them', () => {
    const twins = given(onTheWay())
      .when(report([telling]))
      .accepts('DiscrepancyReported', byProvider);
    expect(twins.debts).toEqual([]);
    expect(twins.discrepancies).toHaveLength(1);
    const both = given(onTheWay())
      .when(report([telling, credential]))
      .accepts('DiscrepancyReported', byProvider);
    expect(both.debts).toEqual([owed]);
  });
  it('is the own act of a client', () => {
    given(onTheWay())
      .when(report(two, 'd-1', client))
      .accepts('DiscrepancyReported', { by: client });
  });
  it('is never recorded by the contact center', () => {
    given(onTheWay())
      .when(report(two, 'd-1', operator))
      .rejects(['role', '0-02']);
  });
  it('1.2-12 is a provider assigned now, or before; not another', () => {
    const over = advance(onTheWay(), [irresolvable, substitution]);
    given(over).when(report(two)).accepts('DiscrepancyReported', byProvider);
    given(over)
      .when(report(two, 'd-1', otherProvider))
      .accepts('DiscrepancyReported', { by: otherProvider });
    given(over)
      .when(report(two, 'd-1', { role: 'provider', id: 'prov-9' }))
      .rejects({
        rule: 'reporter-assigned',
        clause: '1.2-12',
        facts: { assigned: substitute.id, former: [provider.id] },
      });
    given(onTheWay())
      .when(report(two, 'd-1', otherProvider))
      .rejects(['reporter-assigned', '1.2-12']);
  });
  it('1.2-12 a provider who was changed twice is remembered once', () => {
    const back = command('ReassignProvider', { provider: { id: 'prov-1', name: 'Luis' }, arriveBy: minute(90) });
    const again = command('ReassignProvider', { provider: substitute, arriveBy: minute(95) });
    const reassign = instruct('visit', 'reassign');
    const events = advance(onTheWay(), [reassign, substitution, reassign, back, reassign, again]);
    expect(stateOf(events).formerProviders).toEqual(['prov-1', 'prov-2']);
  });
  it('1.2-12 remembers nobody where nobody was assigned', () => {
    const event = fact('ProviderReassigned', { provider: substitute, arriveBy: minute(9) }, operator);
    expect(stateOf([event]).formerProviders).toEqual([]);
  });
  it('is refused under an id that was reported before, settled or not', () => {
    const known = { rule: 'discrepancy-new', clause: '1.1-10', facts: { discrepancyId: 'd-1' } } as const;
    given(open())
      .when(report([telling]))
      .rejects(known);
    given(advance(open(), settle([])))
      .when(report([telling]))
      .rejects(known);
    const state = given(open())
      .when(report([credential], 'd-2'))
      .accepts('DiscrepancyReported', byProvider);
    expect(debtsOf(state)).toEqual(['settle-discrepancy/d-1', 'settle-discrepancy/d-2']);
  });
  it('lists both rules where both fail', () => {
    given(open())
      .when(report(two, 'd-1', { role: 'provider', id: 'prov-9' }))
      .rejects(['reporter-assigned', '1.2-12'], ['discrepancy-new', '1.1-10']);
  });
  it('a second DiscrepancyReported of an id changes nothing', () => {
    const before = stateOf(open());
    expect(evolve(before, fact('DiscrepancyReported', report([telling, telling]).data))).toBe(before);
  });
  it.each([
    ['1.3-02 after the end', completed],
    ['1.1-10 under an instruction to cancel', () => advance(onTheWay(), cancel)],
    ['1.1-10 after the closing', () => advance(onTheWay(), [cancel, close])],
    ['1.2-12 while a reassignment is owed', () => advance(onTheWay(), irresolvable)],
  ])('is accepted %s: it is no provider act', (_, past) => {
    given(past()).when(report(two)).accepts('DiscrepancyReported', byProvider);
  });
  it('1.1-13 is refused before the assignment', () => {
    given().when(report(two)).rejects(['assigned-first', '1.1-13']);
  });
});

describe('1.1-10 a discrepancy is settled', () => {
  it('discharges its debt, and marks what was taken', () => {
    const state = given(open())
      .when(settle([1]))
      .accepts('DiscrepancySettled', byOperator);
    expect(state.debts).toEqual([]);
    expect(state.discrepancies[0]?.acts.map(({ taken }) => taken)).toEqual([false, true]);
  });
  it('takes nothing, and more later, each act once', () => {
    const left = advance(open(), settle([]));
    const taken = advance(left, settle([0]));
    expect(stateOf(taken).discrepancies[0]?.acts.map((act) => act.taken)).toEqual([true, false]);
    given(taken)
      .when(settle([1]))
      .accepts('DiscrepancySettled', byOperator);
    given(taken)
      .when(settle([0, 1]))
      .rejects({ rule: 'acts-untaken', clause: '1.1-10', facts: { refused: [0] } });
  });
  it('leaves the debt of another', () => {
    const both = advance(open(), report([credential], 'd-2'));
    const state = given(both)
      .when(settle([0], 'd-2'))
      .accepts('DiscrepancySettled', byOperator);
    expect(state.debts).toEqual([owed]);
  });
  it('may take a twin', () => {
    const twins = advance(onTheWay(), report([telling]));
    const state = given(twins)
      .when(settle([0]))
      .accepts('DiscrepancySettled', byOperator);
    expect(state.discrepancies[0]?.acts).toEqual([{ type: 'StartReported', taken: true }]);
  });
  it('is refused of an id that was not reported, by that rule alone', () => {
    given(open())
      .when(settle([7], 'd-9'))
      .rejects({ rule: 'discrepancy-reported', clause: '1.1-10', facts: { discrepancyId: 'd-9' } });
  });
  it.each([[[2]], [[0, 2]], [[-1]]])('is refused of the positions %j, which name no act', (taken) => {
    given(open()).when(settle(taken)).rejects(['acts-untaken', '1.1-10']);
  });
  it.each([provider, client])('is not for the $role', (actor) => {
    given(open())
      .when({ ...settle([]), metadata: { actor } } as never)
      .rejects({ rule: 'role', clause: '0-02' });
  });
  it('a DiscrepancySettled of an id that was not reported changes nothing', () => {
    const before = stateOf(open());
    expect(evolve(before, fact('DiscrepancySettled', settle([0], 'd-9').data, operator))).toBe(before);
  });
  it('an unlawful one marks what it names, and no more', () => {
    const state = stateOf([...open(), fact('DiscrepancySettled', settle([1, 5]).data, operator)]);
    expect(state.discrepancies[0]?.acts.map(({ taken }) => taken)).toEqual([false, true]);
  });
});

describe('1.1-10 1.3-02 after the end only what may be accepted then is taken', () => {
  const late = [
    reported('StartReported'),
    reported('PhotosSubmitted', { commandId: 'c-2' }, { photoIds: ['f-1'] }),
    reported('FarewellGiven', { commandId: 'c-3' }),
    reported('ClientImpactEscalated', { commandId: 'c-4' }, { what: 'sin agua' }),
    reported('Completed', { commandId: 'c-5' }),
  ];
  const over = () => advance(completed(), report(late));

  it('takes nothing, or those', () => {
    given(over()).when(settle([])).accepts('DiscrepancySettled', byOperator);
    given(over())
      .when(settle([1, 2, 3]))
      .accepts('DiscrepancySettled', byOperator);
  });
  it('is refused with the types that the end excludes', () => {
    given(over())
      .when(settle([0, 2, 4]))
      .rejects({ rule: 'acts-not-ended', clause: '1.1-10', facts: { refused: ['StartReported', 'Completed'] } });
  });
  it('takes them once the end is annulled', () => {
    const reopened = advance(over(), command('AnnulAct', { act: 'Completed', recorded: minute(23), reason: 'x' }));
    given(reopened)
      .when(settle([0, 2]))
      .accepts('DiscrepancySettled', byOperator);
  });
  it('lists the positions that name no act, too', () => {
    given(over())
      .when(settle([0, 9]))
      .rejects(['acts-untaken', '1.1-10'], ['acts-not-ended', '1.1-10']);
    given(over())
      .when(settle([0], 'd-9'))
      .rejects(['discrepancy-reported', '1.1-10']);
  });
});
