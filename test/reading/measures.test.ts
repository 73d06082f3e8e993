import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier, type MeasureName } from '../../src/reading/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import type { Policy } from '../../src/visit/index.ts';
import { assignment, irresolvable, operator, photo, plain, substitution } from '../scenarios/commands.ts';

const call = (minutes: number) => ({ at: minute(minutes) });
const minutesOf = (name: MeasureName, events: readonly VisitEvent[], policy?: Policy) =>
  dossier(events, policy === undefined ? {} : { policy })
    .measures.filter((measure) => measure.name === name)
    .map(({ value, flagged }) => [value / 60_000, flagged]);
const odd = (events: readonly VisitEvent[]) =>
  audit(events)
    .findings.filter(({ kind }) => kind === 'measure')
    .map(({ index, clause, facts: { measure, ...facts } }) => ({
      index,
      measure,
      ...(clause && { clause }),
      ...facts,
    }));
const replaced = (...others: readonly VisitCommand[]) =>
  plain.map((step) => others.find(({ type }) => type === step.type) ?? step);
const until = (type: string, commands: readonly VisitCommand[]) =>
  commands.slice(0, commands.findIndex((step) => step.type === type) + 1);

describe('1.1-19 a photograph, from taken to its first submission', () => {
  const taken = (...ids: string[]) =>
    advance(eventsBefore('TakePhotos'), command('TakePhotos', { at: minute(10), photos: ids.map((id) => photo(id)) }));
  const sent = (at: number, ...photoIds: string[]) =>
    command('SubmitPhotos', { at: minute(at), photoIds, channel: 'app' });
  it('takes no more than fifteen minutes', () => {
    expect(minutesOf('photo-sent', advance(taken('a'), sent(25, 'a')))).toEqual([[15, false]]);
    expect(minutesOf('photo-sent', advance(taken('a'), sent(26, 'a')))).toEqual([[16, true]]);
  });
  it('is measured for each photograph, and once', () => {
    const events = advance(taken('a', 'b'), [sent(12, 'a'), sent(40, 'a', 'b')]);
    expect(minutesOf('photo-sent', events)).toEqual([
      [2, false],
      [30, true],
    ]);
    expect(odd(events)).toMatchObject([
      { index: events.length - 1, measure: 'photo-sent', clause: '1.1-19', photoId: 'b' },
    ]);
  });
  it('may take what the host allows', () => {
    const policy = { thresholds: { photoSentMinutes: 60 } };
    expect(minutesOf('photo-sent', advance(taken('a'), sent(40, 'a')), policy)).toEqual([[30, false]]);
  });
  it('is never sent before it was taken: then a clock is off', () => {
    const events = advance(taken('a'), sent(9, 'a'));
    expect(minutesOf('photo-sent', events)).toEqual([[0, false]]);
    expect(odd(events)).toMatchObject([
      { measure: 'clock-skew', what: 'same-recorder' },
      { measure: 'clock-skew', what: 'photo', photoId: 'a' },
    ]);
  });
});

describe('1.2-10, 1.2-15 a client who is told of a delay', () => {
  const told = (at: number, reached = true) => command('NotifyClient', { at: minute(at), about: ['delay'], reached });
  const delay = command('ReportTransitIssue', { at: minute(1), issue: 'delay' });
  const breakdown = command('ReportTransitIssue', {
    at: minute(1),
    issue: 'breakdown',
    resolvable: true,
    exceedsResponseTime: true,
  });
  it.each([
    [delay, '1.2-15'],
    [breakdown, '1.2-10'],
  ])('is told within fifteen minutes of the report', (issue, clause) => {
    const events = advance(eventsAfter('AssignVisit'), [issue, told(10, false), told(17)]);
    expect(minutesOf('client-told', events)).toEqual([[16, true]]);
    expect(odd(events)).toMatchObject([{ index: 3, measure: 'client-told', clause }]);
    expect(minutesOf('client-told', advance(eventsAfter('AssignVisit'), [issue, told(16)]))).toEqual([[15, false]]);
  });
  it('is not measured until the client is told', () => {
    expect(minutesOf('client-told', advance(eventsAfter('AssignVisit'), delay))).toEqual([]);
  });
});

describe('2.2-08 what affects the client, from noticed to reported', () => {
  it.each([
    [20, 15, false],
    [21, 16, true],
  ])('at minute %i', (at, lag, flagged) => {
    const escalation = command('EscalateClientImpact', { at: minute(at), what: 'mancha', noticedAt: minute(5) });
    expect(minutesOf('escalation', advance(eventsAfter('RecordArrival'), escalation))).toEqual([[lag, flagged]]);
  });
  it('is not measured when nobody said when it was noticed', () => {
    const escalation = command('EscalateClientImpact', { what: 'mancha' });
    expect(minutesOf('escalation', advance(eventsAfter('RecordArrival'), escalation))).toEqual([]);
  });
});

describe('1.1-48, 1.1-49 a second visit', () => {
  const leave = (notice: number, at = 30) =>
    command('PauseWork', { at: minute(at), kind: 'second-visit', notice: call(notice) });
  const back = (at: number, notice: number) => [
    command('RecordArrival', { at: minute(at) }),
    command('ResumeWork', { at: minute(at), kind: 'second-visit', notice: call(notice) }),
  ];
  it('is told within fifteen minutes of leaving, and of coming back', () => {
    const events = advance(eventsAfter('StartWork'), [leave(46), ...back(100, 115)]);
    expect(minutesOf('exit-notice', events)).toEqual([[16, true]]);
    expect(minutesOf('reentry-notice', events)).toEqual([[15, false]]);
  });
  it('told before is no lag', () => {
    expect(minutesOf('exit-notice', advance(eventsAfter('StartWork'), leave(20)))).toEqual([[0, false]]);
  });
  it('that is the third to the place is found', () => {
    const events = advance(eventsAfter('StartWork'), [leave(30), ...back(60, 60), leave(70, 70)]);
    const visits = dossier(events).measures.filter(({ name }) => name === 'visits');
    expect(visits.map(({ value, threshold, flagged }) => [value, threshold, flagged])).toEqual([
      [2, 2, false],
      [3, 2, true],
    ]);
    const found = odd(events).filter(({ measure }) => measure === 'visits');
    expect(found).toMatchObject([{ clause: '1.1-49', value: 3 }]);
  });
  it('has no time to arrive by', () => {
    expect(minutesOf('arrival', advance(eventsAfter('StartWork'), [leave(30), ...back(600, 600)]))).toEqual([
      [0, false],
    ]);
  });
  it('1.1-43 a break is no visit, and has no notice', () => {
    const paused = command('PauseWork', { at: minute(30), kind: 'break' });
    const events = advance(eventsAfter('StartWork'), [
      paused,
      command('ResumeWork', { at: minute(50), kind: 'break' }),
    ]);
    expect(dossier(events).measures.map(({ name }) => name)).toEqual(['arrival', 'photo-sent', 'start-call']);
  });
});

describe('1.1-26 the start call', () => {
  const calling = (at: number, called: number) => command('ReportStart', { at: minute(at), call: call(called) });
  const starting = (at: number) => command('StartWork', { at: minute(at) });
  it.each([
    [15, 45, 30, false],
    [15, 46, 31, true],
  ])('at minute %i for a start at minute %i', (called, start, lag, flagged) => {
    const events = advance([], until('StartWork', replaced(calling(15, called), starting(start))));
    expect(minutesOf('start-call', events)).toEqual([[lag, flagged]]);
  });
  it('counts by the time of the call, not by that of its record; the last of several', () => {
    const events = advance(eventsBefore('ReportStart'), [calling(20, 1), calling(21, 18), starting(30)]);
    expect(minutesOf('start-call', events)).toEqual([[12, false]]);
  });
  it('is early before photographs, materials and tools', () => {
    const events = advance(eventsBefore('SubmitPhotos'), calling(9, 9));
    expect(odd(events)).toEqual([
      {
        index: events.length - 1,
        measure: 'early-start-call',
        clause: '1.1-26',
        unmet: ['photos-sent', 'materials-settled', 'tools-shown'],
      },
    ]);
    const onTime = odd(advance(eventsBefore('ReportStart'), calling(15, 15)));
    expect(onTime.filter(({ measure }) => measure === 'early-start-call')).toEqual([]);
  });
});

describe('1.3-02 the completion call, from the client’s conformity', () => {
  it.each([
    [48, 30, false],
    [49, 31, true],
  ])('at minute %i', (at, lag, flagged) => {
    const reported = command('ReportCompletion', { at: minute(at), call: call(at), caseNumber: 'EXP-1' });
    const events = advance([], until('ReportCompletion', replaced(reported)));
    expect(minutesOf('completion-call', events)).toEqual([[lag, flagged]]);
  });
});

describe('1.1-01, 2.2-09 the arrival, against the time to arrive by', () => {
  const arriving = (at: number, ...before: VisitCommand[]) =>
    advance([], [command('AssignVisit', assignment), ...before, command('RecordArrival', { at: minute(at) })]);
  it('in time is nothing', () => {
    expect(minutesOf('arrival', arriving(60))).toEqual([[0, false]]);
    expect(odd(arriving(60))).toEqual([]);
  });
  it('late, and nobody told, is found twice: the lag, and that it was not reported', () => {
    expect(minutesOf('arrival', arriving(75))).toEqual([[15, true]]);
    expect(odd(arriving(75))).toMatchObject([
      { index: 1, measure: 'arrival', clause: '1.1-01' },
      { index: 1, measure: 'unreported-lateness', clause: '2.2-09', lagMs: 900_000 },
    ]);
  });
  it('late, and reported on the way, is a lag alone', () => {
    const delay = command('ReportTransitIssue', { at: minute(50), issue: 'delay' });
    expect(odd(arriving(75, delay)).map(({ measure }) => measure)).toEqual(['arrival']);
  });
  it('holds to the latest time: amended, or of the provider who takes over and reports the arrival', () => {
    const amended = command('AmendAssignment', { arriveBy: minute(80) });
    expect(minutesOf('arrival', arriving(75, amended))).toEqual([[0, false]]);
    const events = [
      ...advance([], [command('AssignVisit', assignment), irresolvable, substitution]),
      fact('ProviderArrived', { at: minute(130) }, { role: 'provider', id: 'prov-2' }),
    ];
    expect(odd(events).map(({ measure }) => measure)).toEqual(['arrival', 'unreported-lateness']);
  });
  it('says from when to when', () => {
    const [measured] = dossier(arriving(75)).measures.filter(({ name }) => name === 'arrival');
    expect(measured?.facts).toEqual({ from: minute(60), to: minute(75) });
  });
  it('leaves a few minutes where the host does', () => {
    const policy = { thresholds: { lateArrivalMinutes: 15 } };
    expect(minutesOf('arrival', arriving(75), policy)).toEqual([[15, false]]);
  });
});

describe('clocks that are off', () => {
  it('an act before the assignment', () => {
    const assigned = command('AssignVisit', { ...assignment, at: minute(10) });
    const events = advance([], [assigned, command('RecordArrival', { at: minute(5) })]);
    expect(odd(events)).toEqual([
      { index: 1, measure: 'clock-skew', what: 'assignment', at: minute(5), after: minute(10) },
    ]);
  });
  it('an act before the previous one of the same recorder, not of another', () => {
    const events = advance(eventsAfter('ShowCredential'), [
      command('ReportClientAbsence', { at: minute(1), call: call(1) }, operator),
      command('RecordClientReturn', { at: minute(1) }),
    ]);
    expect(odd(events)).toEqual([
      { index: 4, measure: 'clock-skew', what: 'same-recorder', at: minute(1), after: minute(2) },
    ]);
  });
  it('an act dated before the previous one of the same recorder, whoever of that role acted between; not one at the same time', () => {
    const assigned = advance([], command('AssignVisit', { ...assignment, at: minute(10) }));
    const by = (id: string, minutes: number) => ({
      type: 'ConductBreachReported',
      data: { visitId: 'visit-1', at: minute(minutes), kind: 'smoking', by: { role: 'contact-center', id } },
    });
    const skews = (...acts: object[]) =>
      odd([...assigned, ...(acts as VisitEvent[])]).map(({ index, ...facts }) => {
        const { what, after } = facts as { what?: string; after?: string };
        return [index, what, after];
      });
    expect(skews(by('op-2', 20), by('op-3', 30), by('op-2', 10))).toEqual([[3, 'same-recorder', minute(20)]]);
    expect(skews(by('op-1', 5))).toEqual([
      [1, 'assignment', minute(10)],
      [1, 'same-recorder', minute(10)],
    ]);
  });
});
