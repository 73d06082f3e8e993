import { describe, expect, it } from 'vitest';
import { advance, command, eventsAfter, given, minute } from '../../src/testing.ts';
import { byOperator, instruct, irresolvable, substitution } from '../scenarios/commands.ts';
import { debtsOf } from '../scenarios/moments.ts';

const reassign = instruct('visit', 'reassign');
const changeOwed = { kind: 'notify-provider-change', debtor: 'contact-center', clause: '1.2-13', since: minute(30) };
const delay = command('ReportTransitIssue', { at: minute(5), issue: 'delay' });
const onTheWay = () => eventsAfter('AssignVisit');

describe('1.2-10 1.2-15 the client is told of the delay', () => {
  const late = () => advance(onTheWay(), delay);
  const notice = (reached: boolean, ...about: ('delay' | 'provider-change')[]) =>
    command('NotifyClient', { about, reached, channel: 'teléfono' });
  it.each([
    ['discharges it when he is reached', notice(true, 'delay'), []],
    ['discharges it when he is told of more', notice(true, 'provider-change', 'delay'), []],
    ['is an attempt when he is not reached', notice(false, 'delay'), ['notify-delay']],
    ['does not discharge it when he is told of something else', notice(true, 'provider-change'), ['notify-delay']],
  ])('%s', (_, next, owed) => {
    expect(debtsOf(given(late()).when(next).accepts('ClientNotified', byOperator))).toEqual(owed);
  });
  it('accepts a notice that nobody is owed, at any time, and again', () => {
    given(onTheWay()).when(notice(true, 'delay')).accepts('ClientNotified', byOperator);
    given(eventsAfter('StartWork'))
      .when(notice(false, 'delay', 'provider-change'))
      .accepts('ClientNotified', byOperator);
    given(advance(late(), notice(true, 'delay')))
      .when(notice(true, 'delay'))
      .accepts('ClientNotified', byOperator);
  });
});

describe('1.2-13 the client is told that another provider comes', () => {
  const told = command('NotifyClient', { about: ['provider-change'], reached: true });
  const missed = command('NotifyClient', { about: ['provider-change'], reached: false });
  const delayed = command('NotifyClient', { about: ['delay'], reached: true });
  const escalation = command('EscalateClientImpact', { what: 'el cliente lleva prisa' });
  const owed = ['notify-provider-change'];

  it.each([
    ['reached while it was owed', [irresolvable, told], []],
    ['reached while it was instructed', [reassign, told], []],
    [
      'reached, and an instruction about something else followed',
      [irresolvable, told, escalation, instruct('escalation', 'wait')],
      [],
    ],
    ['not reached', [irresolvable, missed], owed],
    ['reached about the delay alone', [irresolvable, delayed], owed],
    ['reached before it was owed', [told, irresolvable], owed],
    ['reached before it was instructed', [told, reassign], owed],
    ['reached, and an instruction about the visit followed', [irresolvable, told, reassign], owed],
    ['reached under an instruction to cancel', [instruct('visit', 'cancel'), told, reassign], owed],
  ])('when the client was %s', (_, acts, debts) => {
    const visit = given(advance(onTheWay(), acts)).when(substitution).accepts('ProviderReassigned', byOperator);
    expect(debtsOf(visit)).toEqual(debts);
    expect(visit.transit.changeTold).toBe(false);
  });
  it('keeps that the client was reached', () => {
    const visit = given(advance(onTheWay(), irresolvable)).when(told).accepts('ClientNotified', byOperator);
    expect(visit.transit.changeTold).toBe(true);
    expect(debtsOf(visit)).toEqual(['reassign-provider']);
    expect(given(onTheWay()).when(told).accepts('ClientNotified', byOperator).transit.changeTold).toBe(false);
  });
  it('owes it anew for the next change', () => {
    const first = advance(onTheWay(), [irresolvable, told, substitution, reassign]);
    const back = command('ReassignProvider', { provider: { id: 'prov-1', name: 'Luis Mora' }, arriveBy: minute(200) });
    expect(debtsOf(given(first).when(back).accepts('ProviderReassigned', byOperator))).toEqual(owed);
  });
  it('is discharged when the client is reached afterwards', () => {
    const past = advance(onTheWay(), [irresolvable, substitution]);
    expect(given(past).when(missed).accepts('ClientNotified', byOperator).debts).toEqual([changeOwed]);
    expect(given(past).when(delayed).accepts('ClientNotified', byOperator).debts).toEqual([changeOwed]);
    expect(given(past).when(told).accepts('ClientNotified', byOperator).debts).toEqual([]);
  });
});
