import { describe, expect, it } from 'vitest';
import { edition } from '../../src/protocol/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import { evolve, initialState, replay } from '../../src/visit/index.ts';
import {
  arrival,
  assignment,
  by,
  byOperator,
  byProvider,
  client,
  instruct,
  irresolvable,
  operator,
  photo,
  plain,
  provider,
} from '../scenarios/commands.ts';

describe('1.1-13 the contact center assigns the visit', () => {
  it('keeps what was assigned', () => {
    const assigned = command('AssignVisit', assignment);
    expect(
      given()
        .when(assigned)
        .accepts('VisitAssigned', { ...byOperator, edition }),
    ).toEqual({
      ...initialState(),
      phase: 'in-transit',
      visitId: 'visit-1',
      edition,
      ...assignment,
    });
  });
  it('keeps what may be said besides', () => {
    const more = { instructions: 'tocar el timbre', requiredShots: ['antes'], policyId: 'host-1' };
    const visit = given()
      .when(command('AssignVisit', { ...assignment, ...more }))
      .accepts('VisitAssigned', { ...byOperator, edition });
    expect(visit).toMatchObject(more);
  });
  it.each([provider, client])('0-02 refuses one that is recorded by the $role', (actor) => {
    given()
      .when(command('AssignVisit', assignment, actor))
      .rejects(['role', '0-02']);
  });
  it('has no effect in a log a second time, even for another visit', () => {
    const again = { ...assignment, caseNumber: 'EXP-2', provider: { id: 'prov-2', name: 'Rosa Solano' }, edition };
    const visit = replay(eventsAfter('RecordArrival'));
    expect(evolve(visit, fact('VisitAssigned', again, operator))).toEqual(visit);
    expect(evolve(visit, fact('VisitAssigned', { ...again, visitId: 'v-2' }, operator))).toEqual(visit);
    const ended = replay(advance([], plain));
    expect(evolve(ended, fact('VisitAssigned', again, operator))).toEqual(ended);
  });
  it('takes what a log tells before it as having happened', () => {
    const early = fact('PhotosTaken', { photos: [photo('f-1')] });
    expect(replay([early]).phase).toBe('unassigned');
    const visit = replay([early, ...eventsAfter('AssignVisit')]);
    expect(visit).toMatchObject({ phase: 'in-transit', caseNumber: 'EXP-1', photos: { unsent: 1 } });
  });
});

describe('0-01 a visit is judged by the edition that it was assigned under', () => {
  it('keeps the edition that is given', () => {
    const other = 'b'.repeat(64);
    const visit = given()
      .when(command('AssignVisit', { ...assignment, edition: other }))
      .accepts('VisitAssigned', { ...byOperator, edition: other });
    expect(visit.edition).toBe(other);
  });
});

describe('1.1-13 the contact center amends the assignment', () => {
  const another = {
    caseNumber: 'EXP-9',
    client: { name: 'Eva Soto' },
    service: 'electricidad',
    instructions: 'preguntar por Eva',
    place: 'Heredia centro',
    arriveBy: minute(90),
    requiredShots: ['antes', 'después'],
  };
  const fields = Object.entries(another).map(([field, value]) => [field, { [field]: value }] as const);

  it.each(fields)('replaces %s, and nothing else', (_, change) => {
    const before = replay(eventsAfter('AssignVisit'));
    const visit = given(eventsAfter('AssignVisit'))
      .when(command('AmendAssignment', change))
      .accepts('AssignmentAmended', byOperator);
    expect(visit).toEqual({ ...before, ...change });
  });
  it('replaces all of them at once, and once more', () => {
    const past = advance(eventsAfter('AssignVisit'), command('AmendAssignment', { place: 'San Rafael' }));
    const visit = given(past).when(command('AmendAssignment', another)).accepts('AssignmentAmended', byOperator);
    expect(visit).toMatchObject(another);
  });
  it('1.3-04 replaces the case number: a call after it names the new one, and one before it stands', () => {
    const renumbered = command('AmendAssignment', { caseNumber: 'EXP-9' });
    const called = given(advance(eventsAfter('ReportCompletion'), renumbered))
      .when(command('CompleteVisit', {}))
      .accepts('Completed', { by: provider });
    expect(called).toMatchObject({ caseNumber: 'EXP-9', closing: { caseNumberNamed: 'EXP-1' } });
    const call = (caseNumber: string) => command('ReportCompletion', { caseNumber, call: { at: minute(40) } });
    const before = advance(eventsBefore('ReportCompletion'), renumbered);
    given(before).when(call('EXP-1')).rejects(['case-number-named', '1.3-04']);
    const visit = given(before).when(call('EXP-9')).accepts('CompletionReported', { by: provider });
    expect(visit.closing.caseNumberNamed).toBe('EXP-9');
  });
  it('replaces the required shots as a whole, even by none', () => {
    const past = advance(eventsAfter('AssignVisit'), command('AmendAssignment', { requiredShots: ['antes'] }));
    const visit = given(past)
      .when(command('AmendAssignment', { requiredShots: [] }))
      .accepts('AssignmentAmended', byOperator);
    expect(visit.requiredShots).toEqual([]);
  });
  it('refuses an amendment of nothing', () => {
    given(eventsAfter('AssignVisit')).when(command('AmendAssignment', {})).rejects(['something-amended', '1.1-13']);
  });
  it('0-02 refuses one by the provider, beside what else fails', () => {
    given(eventsAfter('AssignVisit'))
      .when(command('AmendAssignment', {}, provider))
      .rejects(['role', '0-02'], ['something-amended', '1.1-13']);
  });
  it('is neither frozen nor closed', () => {
    const change = command('AmendAssignment', { service: 'electricidad' });
    given(advance(eventsAfter('AssignVisit'), [irresolvable, instruct('visit', 'cancel')]))
      .when(change)
      .accepts('AssignmentAmended', byOperator);
  });
});

describe('1.1-12 another service before the start has to be announced', () => {
  const electricity = command('AmendAssignment', { service: 'electricidad' });
  it('undoes the announcement, and nothing else', () => {
    const visit = given(eventsBefore('StartWork')).when(electricity).accepts('AssignmentAmended', byOperator);
    const before = replay(eventsBefore('StartWork'));
    expect(visit).toEqual({
      ...before,
      service: 'electricidad',
      inspection: { ...before.inspection, announcedAt: null },
    });
    given(advance(eventsBefore('StartWork'), electricity))
      .when(command('StartWork', {}))
      .rejects(['service-announced', '1.1-12']);
  });
  it('is announced as it is assigned now', () => {
    const past = advance(eventsBefore('StartWork'), electricity);
    given(past)
      .when(command('AnnounceService', { service: 'fontanería' }))
      .rejects(['service-as-assigned', '1.1-13']);
    given(past)
      .when(command('AnnounceService', { service: 'electricidad' }))
      .accepts('ServiceAnnounced', byProvider);
  });
  it('undoes nothing if it is the same, or after the start', () => {
    given(advance(eventsBefore('StartWork'), command('AmendAssignment', { service: 'fontanería' })))
      .when(command('StartWork', {}))
      .accepts('WorkStarted', byProvider);
    const visit = given(eventsAfter('StartWork')).when(electricity).accepts('AssignmentAmended', byOperator);
    expect(visit.inspection.announcedAt).toBe(minute(4));
  });
});

describe('1.1-01 at another place before the start the provider has to arrive', () => {
  const move = command('AmendAssignment', { place: 'Heredia centro' });
  it('undoes the arrival, and nothing else', () => {
    const before = replay(eventsBefore('StartWork'));
    const visit = given(eventsBefore('StartWork')).when(move).accepts('AssignmentAmended', byOperator);
    expect(visit).toEqual({
      ...before,
      phase: 'in-transit',
      place: 'Heredia centro',
      arrival: { ...before.arrival, arrivedAt: null },
    });
  });
  it('the arrival is accepted anew', () => {
    given(advance(eventsBefore('StartWork'), move))
      .when(command('StartWork', {}))
      .rejects(['arrived', '1.1-01']);
    given(advance(eventsBefore('StartWork'), move))
      .when(arrival)
      .accepts('ProviderArrived', byProvider);
  });
  it('undoes nothing if it is the same, or after the start', () => {
    const same = command('AmendAssignment', { place: assignment.place });
    expect(given(eventsBefore('StartWork')).when(same).accepts('AssignmentAmended', byOperator).phase).toBe('on-site');
    const visit = given(eventsAfter('StartWork')).when(move).accepts('AssignmentAmended', byOperator);
    expect(visit.arrival.arrivedAt).toBe(minute(1));
  });
});

describe('1.1-19 required shots count from when they are required', () => {
  it('refuses a start without one that an amendment asks for', () => {
    given(advance(eventsBefore('StartWork'), by(operator, command('AmendAssignment', { requiredShots: ['tablero'] }))))
      .when(command('StartWork', {}))
      .rejects(['photos-sent', '1.1-19']);
  });
  it('accepts it once it is no longer asked for', () => {
    const asked = command('AmendAssignment', { requiredShots: ['tablero'] });
    const dropped = command('AmendAssignment', { requiredShots: [] });
    given(advance(eventsBefore('StartWork'), [asked, dropped]))
      .when(command('StartWork', {}))
      .accepts('WorkStarted', byProvider);
  });
});
