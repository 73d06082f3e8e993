import { describe, expect, it } from 'vitest';
import type { Actor, CommandType, Instant, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { reconcile } from '../../src/reconciling/index.ts';
import { boardProjection, orderQueue } from '../../src/service.ts';
import { actors, advance, command, type Point, visitAt } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';

// Written by hand from PROTOCOL §5: a person at a door comes before one at work who cannot go on, these before what is owed, that
// before papers; a debt whose purpose has passed comes last. Of each the one that has waited longest is first.

/** An hour of the morning of 17 March 2026 in Costa Rica. */
const hour = (text: string): Instant => new Date(`2026-03-17T${text}:00-06:00`).toISOString();

const { operator } = actors;
const secondOperator: Actor = { role: 'contact-center', id: 'op-2' };

type Act = readonly [at: string, type: CommandType, data?: object];

/** A visit of some acts, each at its hour. */
type Story = Readonly<{
  visitId: string;
  events: readonly VisitEvent[];
  /** A person records an act, with a signal. */
  then: (at: string, type: CommandType, data?: object, by?: Actor) => Story;
  /** The phone recorded acts by itself, having seen the first events of the log. */
  apart: (basedOn: number, ...acts: readonly Act[]) => Story;
}>;

function story(visitId: string, events: readonly VisitEvent[]): Story {
  const commandOf = ([at, type, data = {}]: Act, actor?: Actor): VisitCommand =>
    command(type, { at: hour(at), ...data, visitId } as never, actor);
  return {
    visitId,
    events,
    then: (at, type, data = {}, actor) => story(visitId, advance(events, commandOf([at, type, data], actor))),
    apart(basedOn, ...acts) {
      const commands = acts.map((act): VisitCommand => {
        const { metadata, ...rest } = commandOf(act);
        return { ...rest, metadata: { ...metadata, commandId: `${visitId} ${act[0]}` } } as VisitCommand;
      });
      const answer = reconcile({ log: events, basedOn, commands });
      if (!answer.ok) throw new Error(JSON.stringify(answer.error));
      return story(visitId, [...events, ...answer.events]);
    },
  };
}

const call = (at: string) => ({ call: { at: hour(at), operatorId: 'op-1' } });
const delay = { issue: 'delay' };
const breakdown = { issue: 'breakdown', resolvable: false };
const rosa = { id: 'prov-2', name: 'Rosa Solano' };
const asRosa: Actor = { role: 'provider', id: 'prov-2' };

/** A visit that was assigned at six, for Luis Mora to arrive by seven. */
const assigned = (visitId: string) => story(visitId, visitAt('in-transit', { visitId, begin: hour('06:00') }).events);

/** A visit at a point of the plain visit, on which each act takes its minutes from an hour on. */
const from = (begin: string, point: Point, visitId: string) =>
  story(visitId, visitAt(point, { visitId, begin: hour(begin) }).events);

/** The client is absent, as the provider says at an hour from before the door. */
const absent = (visitId: string, at: string) =>
  assigned(visitId).then('06:30', 'RecordArrival').then(at, 'ReportClientAbsence', call(at));

/** The queue at an hour, a line an entry. */
function queueAt(now: string, ...visits: readonly Story[]): readonly string[] {
  const rows = visits.flatMap(({ visitId, events }) => {
    const row = boardProjection.row({
      streamName: visitId,
      state: replay(events),
      events,
      integrity: { status: 'unverified' },
    });
    return row === null ? [] : [row];
  });
  return orderQueue(rows, hour(now)).map(({ row, wait, group, count }) =>
    [
      group,
      row.visitId,
      wait.about === undefined || wait.for === 'settle-discrepancy' ? wait.for : `${wait.for} ${wait.about}`,
      ...(wait.passed === undefined ? [] : [wait.passed.reason]),
      ...(count === 1 ? [] : [`×${count}`]),
      ...(wait.overdue ? ['overdue'] : []),
    ].join(' · '),
  );
}

describe('twelve mornings', () => {
  it('1. seven o’clock: an absent client at a door comes before a delay of an hour whose provider arrived', () => {
    const late = assigned('a-late').then('06:02', 'ReportTransitIssue', delay).then('06:20', 'RecordArrival');
    expect(queueAt('07:02', late, absent('b-absent', '06:58'))).toEqual([
      'door · b-absent · give-instruction client-absence',
      'passed · a-late · notify-delay · provider-arrived',
    ]);
  });

  it('2. half past seven: a limit that is exceeded is said, and moves nothing: no paper before a notice', () => {
    const working = from('06:00', 'working', 'a-working');
    const delayed = assigned('b-delayed').then('07:10', 'ReportTransitIssue', delay);
    const fresh = assigned('c-fresh').then('07:29', 'ReportTransitIssue', delay);
    expect(queueAt('07:30', working, fresh, delayed)).toEqual([
      'owed · b-delayed · notify-delay · overdue',
      'owed · c-fresh · notify-delay',
      'papers · a-working · document-photos',
      'papers · a-working · document-start',
    ]);
  });

  it('3. eight o’clock: start calls that two operators took, the older first, and one that both sides noted is one', () => {
    const later = from('06:00', 'on-site', 'a-later').then('07:55', 'ReportStart', call('07:55'), operator);
    const earlier = from('06:00', 'on-site', 'b-earlier').then('07:40', 'ReportStart', call('07:40'), secondOperator);
    const twice = from('06:00', 'on-site', 'c-twice')
      .then('07:50', 'ReportStart', call('07:50'), operator)
      .apart(3, ['07:51', 'ReportStart', call('07:51')]);
    expect(queueAt('08:00', later, earlier, twice)).toEqual([
      'papers · b-earlier · document-start',
      'papers · c-twice · document-start',
      'papers · a-later · document-start',
    ]);
  });

  it('4. nine o’clock: a discrepancy of two hours does not come before a person at a door since a minute', () => {
    const disagreed = assigned('a-disagreed')
      .then('06:40', 'RecordArrival', {}, operator)
      .apart(1, ['06:58', 'RecordArrival'])
      .apart(1, ['06:59', 'RecordArrival']);
    expect(queueAt('09:00', disagreed, absent('b-absent', '08:59'))).toEqual([
      'door · b-absent · give-instruction client-absence',
      'owed · a-disagreed · settle-discrepancy · ×2 · overdue',
    ]);
  });

  it('5. ten o’clock: harm at work waits at the door; harm after the end is owed, and comes before papers', () => {
    const harmed = from('09:00', 'working', 'a-harmed').then('09:58', 'EscalateClientImpact', {
      what: 'se mojó un mueble',
    });
    const ended = from('08:00', 'completed', 'b-ended').then('09:30', 'EscalateClientImpact', { what: 'gotea' });
    expect(queueAt('10:00', ended, harmed)).toEqual([
      'door · a-harmed · take-up-escalation',
      'owed · b-ended · take-up-escalation',
      'papers · b-ended · document-photos',
      'papers · b-ended · document-start',
      'papers · a-harmed · document-photos',
      'papers · a-harmed · document-start',
    ]);
  });

  it('6. seven o’clock: a provider whose car does not go on comes after a door, and before every notice', () => {
    const frozen = assigned('a-frozen').then('06:50', 'ReportTransitIssue', breakdown);
    const told = assigned('b-delayed').then('06:10', 'ReportTransitIssue', delay);
    expect(queueAt('07:00', told, frozen, absent('c-absent', '06:59'))).toEqual([
      'door · c-absent · give-instruction client-absence',
      'stopped · a-frozen · reassign-provider',
      'owed · b-delayed · notify-delay · overdue',
    ]);
  });

  it('7. half past nine: materials in dispute stop who stands there; who went away until they are bought, they do not', () => {
    const disputed = from('09:00', 'in-dispute', 'a-disputed');
    const gone = from('08:00', 'in-dispute', 'b-gone').then('08:30', 'PauseWork', {
      kind: 'second-visit',
      notice: { at: hour('08:30') },
    });
    const inWork = from('08:00', 'awaiting-materials', 'c-in-work').then(
      '08:50',
      'ReportMaterialsRefusal',
      call('08:50'),
    );
    expect(queueAt('09:30', gone, disputed, inWork).filter((line) => !line.startsWith('papers'))).toEqual([
      'stopped · c-in-work · coordinate-materials',
      'stopped · a-disputed · coordinate-materials',
      'owed · b-gone · coordinate-materials',
    ]);
  });

  it('8. eleven o’clock: the papers of a completed visit are wanted for its payment, those of a closed one for nothing', () => {
    const completed = from('09:00', 'completed', 'a-completed');
    const closed = from('08:00', 'explained', 'b-closed')
      .then('08:30', 'GiveInstruction', { about: 'visit', decision: 'cancel', text: 'El cliente ya no lo necesita' })
      .then('08:31', 'CloseVisit');
    const calledOff = assigned('c-called-off')
      .then('07:10', 'ReportTransitIssue', delay)
      .then('07:30', 'GiveInstruction', { about: 'visit', decision: 'cancel', text: 'Llamó el cliente' })
      .then('07:31', 'CloseVisit', {}, operator);
    expect(queueAt('11:00', calledOff, closed, completed)).toEqual([
      'papers · a-completed · document-photos',
      'papers · a-completed · document-start',
      'passed · c-called-off · notify-delay · visit-closed',
      'passed · b-closed · document-photos · visit-closed',
    ]);
  });

  it('9. seven o’clock: a phone whose clock is hours ahead has waited for no time, and comes after who has', () => {
    const ahead = absent('a-ahead', '09:58');
    const waiting = absent('b-waiting', '06:59');
    const aheadToo = absent('c-ahead', '08:58');
    expect(queueAt('07:00', ahead, aheadToo, waiting)).toEqual([
      'door · b-waiting · give-instruction client-absence',
      'door · a-ahead · give-instruction client-absence',
      'door · c-ahead · give-instruction client-absence',
    ]);
  });

  it('10. seven o’clock: of two in the same minute the first by its id, of one visit the first by what it waits for', () => {
    const both = assigned('b-both')
      .then('06:30', 'RecordArrival')
      .then('06:45', 'EscalateClientImpact', { what: 'se metió el agua' })
      .then('06:45', 'ReportClientAbsence', call('06:45'));
    expect(queueAt('07:00', both, absent('c-absent', '06:45'), absent('a-absent', '06:45'))).toEqual([
      'door · a-absent · give-instruction client-absence',
      'door · b-both · give-instruction client-absence',
      'door · b-both · take-up-escalation',
      'door · c-absent · give-instruction client-absence',
    ]);
  });

  it('11. eight o’clock: the notice of a new provider is of use until they arrive; an annulled arrival does not count', () => {
    const changed = (visitId: string) =>
      assigned(visitId)
        .then('06:20', 'ReportTransitIssue', breakdown)
        .then('06:25', 'ReassignProvider', { provider: rosa, arriveBy: hour('08:30') });
    const arrived = changed('a-arrived').then('07:50', 'RecordArrival', {}, asRosa);
    const annulled = changed('c-annulled')
      .then('07:40', 'RecordArrival', {}, asRosa)
      .then('07:45', 'AnnulAct', { act: 'ProviderArrived', recorded: hour('07:40'), reason: 'Era otra casa' });
    expect(queueAt('08:00', arrived, annulled, changed('b-coming'))).toEqual([
      'owed · b-coming · notify-provider-change',
      'owed · c-annulled · notify-provider-change',
      'passed · a-arrived · notify-provider-change · provider-arrived',
    ]);
  });

  it('12. noon: who answered or waits for others waits for nobody here; a delay on the way to a second visit is a new one', () => {
    const answered = absent('a-answered', '06:50').then('06:55', 'GiveInstruction', {
      about: 'client-absence',
      decision: 'wait',
      text: 'Espere diez minutos',
    });
    const shopping = from('11:00', 'explained', 'b-shopping').then('11:40', 'DocumentPhotos', { photoIds: ['f-1'] });
    const rejected = from('11:00', 'on-site', 'c-rejected').then('11:20', 'RejectIdentity', {
      reason: 'no-document',
      ...call('11:20'),
    });
    const leaving = { kind: 'second-visit', notice: { at: hour('07:30') } };
    const gone = (visitId: string) =>
      assigned(visitId)
        .then('06:05', 'ReportTransitIssue', delay)
        .then('06:30', 'RecordArrival')
        .then('07:30', 'PauseWork', leaving);
    const lateAgain = gone('e-late-again').then('11:30', 'ReportTransitIssue', delay);
    expect(queueAt('12:00', lateAgain, gone('d-gone'), answered, shopping, rejected)).toEqual([
      'door · c-rejected · give-instruction identity',
      'owed · e-late-again · notify-delay · overdue',
      'passed · d-gone · notify-delay · provider-arrived',
    ]);
  });
});

describe('a fact that the client denies', () => {
  it('waits at the door while work goes on, and is owed after the end; one that they confirm waits for nobody', () => {
    const saying = (agrees: boolean) => (visit: Story) => {
      const { startedAt } = replay(visit.events).work;
      return visit.then(
        '09:58',
        'AttestFacts',
        { facts: [{ fact: 'start', recorded: startedAt, agrees }] },
        actors.client,
      );
    };
    const working = (visitId: string) => from('09:00', 'working', visitId);
    const visits = [saying(false)(from('08:00', 'completed', 'b-ended')), saying(false)(working('a-denied'))];
    const confirmed = saying(true)(working('c-confirmed'));
    expect(queueAt('10:00', ...visits, confirmed).filter((entry) => !entry.startsWith('papers'))).toEqual([
      'door · a-denied · take-up-escalation',
      'owed · b-ended · take-up-escalation',
    ]);
  });
});
