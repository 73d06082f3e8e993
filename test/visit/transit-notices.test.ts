import { describe, expect, it } from 'vitest';
import { andThen, instruct, irresolvable, substitution } from '../scenarios/first-half.ts';
import { byOperator, command, debtsOf, given, minute, through } from '../support/visit.ts';

const reassign = instruct('visit', 'reassign');
const changeOwed = { kind: 'notify-provider-change', debtor: 'contact-center', clause: '1.2-13', since: minute(30) };
const delay = command('ReportTransitIssue', { at: minute(5), issue: 'delay' });
const onTheWay = () => through('AssignVisit');

describe('1.2-10 1.2-15 the client is told of the delay', () => {
  const late = () => andThen(onTheWay(), delay);
  const notice = (reached: boolean, ...about: ('delay' | 'provider-change')[]) =>
    command('NotifyClient', { about, reached, channel: 'teléfono' });
  it.each([
    ['discharges it when he is reached', notice(true, 'delay'), []],
    ['discharges it when he is told of more', notice(true, 'provider-change', 'delay'), []],
    ['is an attempt when he is not reached', notice(false, 'delay'), ['notify-delay']],
    ['does not discharge it when he is told of something else', notice(true, 'provider-change'), ['notify-delay']],
  ])('%s', (_, next, owed) => {
    expect(debtsOf(given(late()).when(next).then('ClientNotified', byOperator))).toEqual(owed);
  });
  it('accepts a notice that nobody is owed, at any time, and again', () => {
    given(onTheWay()).when(notice(true, 'delay')).then('ClientNotified', byOperator);
    given(through('StartWork'))
      .when(notice(false, 'delay', 'provider-change'))
      .then('ClientNotified', byOperator);
    given(andThen(late(), notice(true, 'delay')))
      .when(notice(true, 'delay'))
      .then('ClientNotified', byOperator);
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
  ])('when he was %s', (_, acts, debts) => {
    const visit = given(andThen(onTheWay(), ...acts))
      .when(substitution)
      .then('ProviderReassigned', byOperator);
    expect(debtsOf(visit)).toEqual(debts);
    expect(visit.transit.changeTold).toBe(false);
  });
  it('keeps that he was reached', () => {
    const visit = given(andThen(onTheWay(), irresolvable)).when(told).then('ClientNotified', byOperator);
    expect(visit.transit.changeTold).toBe(true);
    expect(debtsOf(visit)).toEqual(['reassign-provider']);
    expect(given(onTheWay()).when(told).then('ClientNotified', byOperator).transit.changeTold).toBe(false);
  });
  it('owes it anew for the next change', () => {
    const first = andThen(onTheWay(), irresolvable, told, substitution, reassign);
    const back = command('ReassignProvider', { provider: { id: 'p-1', name: 'Luis Mora' }, arriveBy: minute(200) });
    expect(debtsOf(given(first).when(back).then('ProviderReassigned', byOperator))).toEqual(owed);
  });
  it('is discharged when he is reached afterwards', () => {
    const past = andThen(onTheWay(), irresolvable, substitution);
    expect(given(past).when(missed).then('ClientNotified', byOperator).debts).toEqual([changeOwed]);
    expect(given(past).when(delayed).then('ClientNotified', byOperator).debts).toEqual([changeOwed]);
    expect(given(past).when(told).then('ClientNotified', byOperator).debts).toEqual([]);
  });
});
