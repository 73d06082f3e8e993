import { describe, expect, it } from 'vitest';
import type { EventType, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import {
  assignment,
  call,
  instruct,
  operator,
  otherProvider,
  photo,
  provider,
  stretch,
  substitute,
  without,
} from '../scenarios/commands.ts';

const at = (minutes: number) => ({ at: minute(minutes) });
const measured = (events: readonly VisitEvent[]) =>
  dossier(events).measures.map(({ name, clause, index, value, facts: { from: _, to: __, ...facts } }) => ({
    name,
    clause,
    index,
    minutes: name === 'visits' ? value : value / 60_000,
    ...facts,
  }));
/** The measures at the last event, which is parsed. */
const atLast = (events: readonly VisitEvent[]) => {
  expect(audit(events).findings.filter(({ kind }) => kind === 'unreadable')).toEqual([]);
  return measured(events)
    .filter(({ index }) => index === events.length - 1)
    .map(({ name, minutes }) => [name, minutes]);
};
const odd = (events: readonly VisitEvent[]) =>
  audit(events)
    .findings.filter(({ kind, facts }) => kind === 'measure' && facts.measure === 'clock-skew')
    .map(({ index, facts: { what, after } }) => [index, what, after]);
const leave = (minutes: number) => command('PauseWork', { ...at(minutes), kind: 'second-visit', notice: at(minutes) });
const resume = command('ResumeWork', { ...at(110), kind: 'second-visit', notice: at(112) });

describe('every measure names its clause, its event and how long it took', () => {
  it('of a visit in which all are taken', () => {
    const told = { about: ['delay'], reached: true } as const;
    const events = advance(
      [],
      [
        command('AssignVisit', assignment),
        command('ReportTransitIssue', { ...at(0), issue: 'delay' }),
        command('NotifyClient', { ...at(1), ...told }),
        ...stretch('RecordArrival', 'StartWork'),
        command('EscalateClientImpact', { ...at(30), what: 'mancha', noticedAt: minute(25) }),
        command('PauseWork', { ...at(40), kind: 'second-visit', notice: at(43) }),
        command('RecordArrival', at(109)),
        resume,
        command('TestQuality', { ...at(120), withClient: true, tests: [{ name: 'presión', passed: true }] }),
        command('RecordConformity', at(121)),
        command('HandOverSite', { ...at(122), structuralConditionPreserved: true }),
        command('ReportCompletion', { ...at(140), call: at(130), caseNumber: 'EXP-1' }),
      ],
    );
    const first = (type: EventType) => events.findIndex((event) => event.type === type);
    expect(measured(events)).toEqual([
      { name: 'client-told', clause: '1.2-15', index: first('ClientNotified'), minutes: 1 },
      { name: 'arrival', clause: '1.1-01', index: first('ProviderArrived'), minutes: 0 },
      { name: 'photo-sent', clause: '1.1-19', index: first('PhotosSubmitted'), minutes: 1, photoId: 'f-1' },
      { name: 'start-call', clause: '1.1-26', index: first('WorkStarted'), minutes: 1 },
      { name: 'escalation', clause: '2.2-08', index: first('ClientImpactEscalated'), minutes: 5 },
      { name: 'exit-notice', clause: '1.1-48', index: first('Paused'), minutes: 3 },
      { name: 'visits', clause: '1.1-49', index: first('Paused'), minutes: 2 },
      { name: 'reentry-notice', clause: '1.1-49', index: first('Resumed'), minutes: 2 },
      { name: 'completion-call', clause: '1.3-02', index: first('CompletionReported'), minutes: 9 },
    ]);
  });
});

describe('what cannot be measured, or is no lag, is left out', () => {
  const onBreak = () => advance(eventsAfter('StartWork'), command('PauseWork', { ...at(30), kind: 'break' }));
  const away = () => advance(eventsAfter('StartWork'), [leave(30), command('RecordArrival', at(100))]);
  const unknown = { ...at(9), photoIds: ['f-9'], channel: 'app' };
  it.each<[string, () => readonly VisitEvent[]]>([
    [
      '2.2-08 an escalation of which nobody said when it was noticed',
      () => advance(eventsAfter('RecordArrival'), command('EscalateClientImpact', { ...at(3), what: 'mancha' })),
    ],
    ['1.1-43 a break', onBreak],
    [
      '1.1-43 a break with a notice',
      () => advance(eventsAfter('StartWork'), command('PauseWork', { ...at(30), kind: 'break', notice: at(50) })),
    ],
    ['1.1-43 the end of a break', () => advance(onBreak(), command('ResumeWork', { ...at(40), kind: 'break' }))],
    [
      '1.1-43 the end of a break with a notice',
      () => advance(onBreak(), command('ResumeWork', { ...at(40), kind: 'break', notice: at(60) })),
    ],
    ['1.1-49 a re-entry without its notice', () => [...away(), fact('Resumed', { ...at(101), kind: 'second-visit' })]],
    ['1.1-49 the arrival of a return', away],
    ['1.1-26 a second start', () => [...eventsAfter('StartWork'), fact('WorkStarted', at(90))]],
    ['1.1-26 a start without its call', () => [...eventsBefore('ReportStart'), fact('WorkStarted', at(16))]],
    [
      '1.3-02 a completion call without conformity',
      () => [...eventsBefore('RecordConformity'), fact('CompletionReported', { ...at(21), call, caseNumber: 'EXP-1' })],
    ],
    ['1.1-01 a second arrival', () => [...eventsAfter('RecordArrival'), fact('ProviderArrived', at(90))]],
    [
      '1.1-01 the arrival of another provider',
      () => [...eventsAfter('AssignVisit'), fact('ProviderArrived', at(90), otherProvider)],
    ],
    ['1.1-01 an arrival before the assignment', () => [fact('ProviderArrived', at(90))]],
    ['1.1-19 a photograph that nobody took', () => [...eventsBefore('SubmitPhotos'), fact('PhotosSubmitted', unknown)]],
    [
      '1.1-19 a photograph on file that nobody took',
      () => [
        ...eventsBefore('SubmitPhotos'),
        fact('PhotosDocumented', unknown, operator),
        fact('PhotosSubmitted', unknown),
      ],
    ],
  ])('%s', (_, events) => {
    expect(atLast(events())).toEqual([]);
  });
  it('1.1-48 a foreign second visit without a notice counts as one all the same', () => {
    expect(atLast([...eventsAfter('StartWork'), fact('Paused', { ...at(30), kind: 'second-visit' })])).toEqual([
      ['visits', 2],
    ]);
  });
  it('1.1-19 beside a photograph that nobody took, those that were taken are measured', () => {
    const sent = fact('PhotosSubmitted', { ...at(25), photoIds: ['f-9', 'f-1', 'f-1'], channel: 'app' });
    expect(atLast([...eventsBefore('SubmitPhotos'), sent])).toEqual([['photo-sent', 18]]);
  });
});

describe('what a call counts by', () => {
  const start = command('StartWork', at(46));
  it('1.1-26 its own time, whatever is done between it and the start', () => {
    const rest = without(stretch('ClearArea', 'StartWork'), 'ClearArea', 'ReportStart', 'StartWork');
    const events = advance(eventsAfter('ShowTools'), [
      command('ReportStart', { ...at(15), call: at(15) }),
      ...rest,
      command('ClearArea', { ...at(40), moved: [] }),
      start,
    ]);
    expect(atLast(events)).toEqual([['start-call', 31]]);
  });
  it('1.1-26, 1.3-02 that of its record where a foreign log does not say when it was made', () => {
    expect(atLast(advance([...eventsBefore('ReportStart'), fact('StartReported', at(15))], start))).toEqual([
      ['start-call', 31],
    ]);
    const reported = fact('CompletionReported', { ...at(58), caseNumber: 'EXP-1' });
    expect(atLast([...eventsBefore('ReportCompletion'), reported])).toEqual([['completion-call', 40]]);
  });
});

describe('1.1-49 visits are one and the second visits that were announced', () => {
  const visits = (...acts: readonly VisitCommand[]) => atLast(advance(eventsAfter('StartWork'), acts)).at(-1);
  it('not the breaks', () => {
    const pause = command('PauseWork', { ...at(20), kind: 'break' });
    const goOn = command('ResumeWork', { ...at(25), kind: 'break' });
    expect(visits(pause, goOn, leave(30))).toEqual(['visits', 2]);
  });
  it('not the coming of another provider', () => {
    const person = { person: 'client', fullNameGiven: true, documentShown: true } as const;
    const another = [
      instruct('visit', 'reassign', at(20)),
      command('ReassignProvider', { ...at(30), provider: substitute, arriveBy: minute(100) }),
      command('RecordArrival', at(90), otherProvider),
      command('ShowCredential', at(91), otherProvider),
      command('ValidateIdentity', { ...at(92), ...person }, otherProvider),
      command('ShowTools', { ...at(93), tools: ['llave'] }, otherProvider),
      command('ResumeWork', { ...at(94), kind: 'second-visit', notice: at(94) }, otherProvider),
    ];
    const left = command('PauseWork', { ...at(99), kind: 'second-visit', notice: at(99) }, otherProvider);
    expect(visits(...another, left)).toEqual(['visits', 2]);
  });
});

describe('a clock is off only where time runs backwards', () => {
  it('not at the moment of the assignment, nor at that of the recorder’s act before', () => {
    const events = advance(
      [],
      [command('AssignVisit', assignment), command('RecordArrival', at(0)), command('ShowCredential', at(0))],
    );
    expect(odd(events)).toEqual([]);
  });
  it('1.1-13 goes by the assignment, whatever a foreign log puts before it', () => {
    const assigned = advance([], command('AssignVisit', { ...assignment, ...at(10) }));
    const events = [fact('ServiceAnnounced', { ...at(5), service: 'x' }), ...assigned, fact('ProviderArrived', at(7))];
    expect(odd(events)).toEqual([[2, 'assignment', minute(10)]]);
  });
  it('1.1-19 not of a photograph that is sent as it is taken', () => {
    const taken = command('TakePhotos', { ...at(10), photos: [photo('a')] });
    const sent = command('SubmitPhotos', { ...at(10), photoIds: ['a'], channel: 'app' });
    expect(odd(advance(eventsBefore('TakePhotos'), [taken, sent]))).toEqual([]);
  });
  it('1.1-22 nor of one that is put on file: that is no sending', () => {
    const taken = command('TakePhotos', { ...at(7), photos: [photo('a')] });
    const filed = fact('PhotosDocumented', { ...at(8), photoIds: ['a'] }, operator);
    expect(odd([...advance(eventsBefore('TakePhotos'), taken), filed])).toEqual([]);
  });
  it('1.1-09 goes by who records, not by whose act it is', () => {
    const typed = fact('ClientAbsenceReported', { ...at(1), call, recordedBy: operator }, provider);
    expect(odd([...eventsAfter('ShowCredential'), typed])).toEqual([]);
  });
});

describe('2.2-09 lateness that nobody reported', () => {
  const lateness = (events: readonly VisitEvent[]) =>
    dossier(events).remarks.filter(({ facts }) => facts.measure === 'unreported-lateness');
  it('is that of an arrival, and of no other lag', () => {
    const sent = command('SubmitPhotos', { ...at(90), photoIds: ['f-1'], channel: 'app' });
    expect(lateness(advance(eventsBefore('SubmitPhotos'), sent))).toEqual([]);
    expect(lateness([...eventsAfter('AssignVisit'), fact('ProviderArrived', at(90))])).toMatchObject([
      { index: 1, clause: '2.2-09', facts: { lagMs: 30 * 60_000 } },
    ]);
  });
  it('1.1-49 is none of a return', () => {
    expect(lateness(advance(eventsAfter('StartWork'), [leave(30), command('RecordArrival', at(900))]))).toEqual([]);
  });
});
