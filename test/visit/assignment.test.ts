import { describe, expect, it } from 'vitest';
import { edition } from '../../src/protocol/index.ts';
import { evolve, initialState, replay } from '../../src/visit/index.ts';
import { andThen, arrival, by, fact, instruct, irresolvable } from '../scenarios/first-half.ts';
import {
  assignment,
  byOperator,
  byProvider,
  client,
  command,
  given,
  history,
  minute,
  operator,
  photo,
  plain,
  provider,
  through,
  upTo,
} from '../support/visit.ts';

describe('1.1-13 the contact center assigns the visit', () => {
  it('keeps what was assigned', () => {
    const assigned = command('AssignVisit', assignment);
    expect(
      given()
        .when(assigned)
        .then('VisitAssigned', { ...byOperator, edition }),
    ).toEqual({
      ...initialState(),
      phase: 'in-transit',
      visitId: 'v-1',
      caseNumber: 'EXP-1',
      edition,
      client: { name: 'Ana Rojas', title: 'doña' },
      provider: { id: 'p-1', name: 'Luis Mora' },
      service: 'fontanería',
      place: 'Barva, Heredia',
      arriveBy: minute(60),
    });
  });
  it('keeps what may be said besides', () => {
    const more = { instructions: 'tocar el timbre', requiredShots: ['antes'], policyId: 'host-1' };
    const visit = given()
      .when(command('AssignVisit', { ...assignment, ...more }))
      .then('VisitAssigned', { ...byOperator, edition });
    expect(visit).toMatchObject(more);
  });
  it.each([provider, client])('0-02 refuses one that is recorded by the $role', (actor) => {
    given()
      .when(command('AssignVisit', assignment, actor))
      .rejects(['role', '0-02']);
  });
  it('has no effect in a log a second time, even for another visit', () => {
    const again = { ...assignment, caseNumber: 'EXP-2', provider: { id: 'p-2', name: 'Rosa Solano' }, edition };
    const visit = replay(through('RecordArrival'));
    expect(evolve(visit, fact('VisitAssigned', again, operator))).toEqual(visit);
    expect(evolve(visit, fact('VisitAssigned', { ...again, visitId: 'v-2' }, operator))).toEqual(visit);
    const ended = replay(history(plain));
    expect(evolve(ended, fact('VisitAssigned', again, operator))).toEqual(ended);
  });
  it('takes what a log tells before it as having happened', () => {
    const early = fact('PhotosTaken', { photos: [photo('f-1')] });
    expect(replay([early]).phase).toBe('unassigned');
    const visit = replay([early, ...through('AssignVisit')]);
    expect(visit).toMatchObject({ phase: 'in-transit', caseNumber: 'EXP-1', photos: { unsent: 1 } });
  });
});

describe('0-01 a visit is judged by the edition that it was assigned under', () => {
  it('keeps the edition that is given', () => {
    const other = 'b'.repeat(64);
    const visit = given()
      .when(command('AssignVisit', { ...assignment, edition: other }))
      .then('VisitAssigned', { ...byOperator, edition: other });
    expect(visit.edition).toBe(other);
  });
});

describe('1.1-13 the contact center amends the assignment', () => {
  const another = {
    client: { name: 'Eva Soto' },
    service: 'electricidad',
    instructions: 'preguntar por Eva',
    place: 'Heredia centro',
    arriveBy: minute(90),
    requiredShots: ['antes', 'después'],
  };
  const fields = Object.entries(another).map(([field, value]) => [field, { [field]: value }] as const);

  it.each(fields)('replaces %s, and nothing else', (_, change) => {
    const before = replay(through('AssignVisit'));
    const visit = given(through('AssignVisit'))
      .when(command('AmendAssignment', change))
      .then('AssignmentAmended', byOperator);
    expect(visit).toEqual({ ...before, ...change });
  });
  it('replaces all of them at once, and once more', () => {
    const past = andThen(through('AssignVisit'), command('AmendAssignment', { place: 'San Rafael' }));
    const visit = given(past).when(command('AmendAssignment', another)).then('AssignmentAmended', byOperator);
    expect(visit).toMatchObject(another);
  });
  it('replaces the required shots as a whole, even by none', () => {
    const past = andThen(through('AssignVisit'), command('AmendAssignment', { requiredShots: ['antes'] }));
    const visit = given(past)
      .when(command('AmendAssignment', { requiredShots: [] }))
      .then('AssignmentAmended', byOperator);
    expect(visit.requiredShots).toEqual([]);
  });
  it('refuses an amendment of nothing', () => {
    given(through('AssignVisit')).when(command('AmendAssignment', {})).rejects(['something-amended', '1.1-13']);
  });
  it('0-02 refuses one by the provider, beside what else fails', () => {
    given(through('AssignVisit'))
      .when(command('AmendAssignment', {}, provider))
      .rejects(['role', '0-02'], ['something-amended', '1.1-13']);
  });
  it('is neither frozen nor closed', () => {
    const change = command('AmendAssignment', { service: 'electricidad' });
    given(andThen(through('AssignVisit'), irresolvable, instruct('visit', 'cancel')))
      .when(change)
      .then('AssignmentAmended', byOperator);
  });
});

describe('1.1-12 another service before the start has to be announced', () => {
  const electricity = command('AmendAssignment', { service: 'electricidad' });
  it('undoes the announcement, and nothing else', () => {
    const visit = given(upTo('StartWork')).when(electricity).then('AssignmentAmended', byOperator);
    const before = replay(upTo('StartWork'));
    expect(visit).toEqual({
      ...before,
      service: 'electricidad',
      inspection: { ...before.inspection, announcedAt: null },
    });
    given(andThen(upTo('StartWork'), electricity))
      .when(command('StartWork', {}))
      .rejects(['service-announced', '1.1-12']);
  });
  it('is announced as it is assigned now', () => {
    const past = andThen(upTo('StartWork'), electricity);
    given(past)
      .when(command('AnnounceService', { service: 'fontanería' }))
      .rejects(['service-as-assigned', '1.1-13']);
    given(past)
      .when(command('AnnounceService', { service: 'electricidad' }))
      .then('ServiceAnnounced', byProvider);
  });
  it('undoes nothing if it is the same, or after the start', () => {
    given(andThen(upTo('StartWork'), command('AmendAssignment', { service: 'fontanería' })))
      .when(command('StartWork', {}))
      .then('WorkStarted', byProvider);
    const visit = given(through('StartWork')).when(electricity).then('AssignmentAmended', byOperator);
    expect(visit.inspection.announcedAt).toBe(minute(4));
  });
});

describe('1.1-01 at another place before the start the provider has to arrive', () => {
  const move = command('AmendAssignment', { place: 'Heredia centro' });
  it('undoes the arrival, and nothing else', () => {
    const before = replay(upTo('StartWork'));
    const visit = given(upTo('StartWork')).when(move).then('AssignmentAmended', byOperator);
    expect(visit).toEqual({
      ...before,
      phase: 'in-transit',
      place: 'Heredia centro',
      arrival: { ...before.arrival, arrivedAt: null },
    });
  });
  it('lets him arrive anew', () => {
    given(andThen(upTo('StartWork'), move))
      .when(command('StartWork', {}))
      .rejects(['arrived', '1.1-01']);
    given(andThen(upTo('StartWork'), move))
      .when(arrival)
      .then('ProviderArrived', byProvider);
  });
  it('undoes nothing if it is the same, or after the start', () => {
    const same = command('AmendAssignment', { place: assignment.place });
    expect(given(upTo('StartWork')).when(same).then('AssignmentAmended', byOperator).phase).toBe('on-site');
    const visit = given(through('StartWork')).when(move).then('AssignmentAmended', byOperator);
    expect(visit.arrival.arrivedAt).toBe(minute(1));
  });
});

describe('1.1-19 required shots count from when they are required', () => {
  it('refuses a start without one that an amendment asks for', () => {
    given(andThen(upTo('StartWork'), by(operator, command('AmendAssignment', { requiredShots: ['tablero'] }))))
      .when(command('StartWork', {}))
      .rejects(['photos-sent', '1.1-19']);
  });
  it('accepts it once it is no longer asked for', () => {
    const asked = command('AmendAssignment', { requiredShots: ['tablero'] });
    const dropped = command('AmendAssignment', { requiredShots: [] });
    given(andThen(upTo('StartWork'), asked, dropped))
      .when(command('StartWork', {}))
      .then('WorkStarted', byProvider);
  });
});
