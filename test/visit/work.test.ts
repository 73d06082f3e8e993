import { describe, expect, it } from 'vitest';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import {
  absence,
  byOperator,
  byProvider,
  call,
  client,
  instruct,
  pause,
  photo,
  rejection,
  resume,
} from '../scenarios/commands.ts';
import { awaiting, away, back, finished, lacking, onBreak, stateOf, working } from '../scenarios/moments.ts';

const ready = () => eventsBefore('StartWork');
const start = command('StartWork', { at: minute(20) });

describe('1.1-40 the tools are shown to the client as they go in', () => {
  const show = (...tools: string[]) => command('ShowTools', { at: minute(25), tools });

  it('refuses before the arrival, not while away', () => {
    given(eventsBefore('RecordArrival')).when(show('llave')).rejects(['arrived', '1.1-01']);
    given(back()).when(show('llave')).accepts('ToolsShown', byProvider);
  });
  it('1.1-09 refuses while the client is absent', () => {
    given(advance(ready(), absence)).when(show('llave')).rejects(['client-here', '1.1-09']);
  });
  it('lists both rules that fail', () => {
    given(eventsBefore('RecordArrival'), fact('ClientAbsenceReported'))
      .when(show('llave'))
      .rejects(['arrived', '1.1-01'], ['client-here', '1.1-09']);
  });
  it('keeps the union of what was shown, compared exactly', () => {
    const state = given(eventsAfter('ShowTools'))
      .when(show('taladro', 'llave', 'Llave'))
      .accepts('ToolsShown', byProvider);
    expect(state.work.tools).toEqual(['llave', 'sierra', 'taladro', 'Llave']);
    expect(state.work.toolsShownAt).not.toBeNull();
  });
  it('1.2-12 changes nothing by the tools of a provider who is not the one assigned', () => {
    const before = stateOf(eventsBefore('ShowTools'));
    expect(
      stateOf(eventsBefore('ShowTools'), fact('ToolsShown', { tools: ['x'] }, { role: 'provider', id: 'prov-2' })),
    ).toEqual(before);
  });
});

describe('1.1-41 the area is cleared', () => {
  it.each([[[]], [['mesa', 'florero']]])('of what may be damaged: %j', (moved) => {
    const state = given(eventsBefore('ClearArea'))
      .when(command('ClearArea', { at: minute(14), moved }))
      .accepts('AreaCleared', byProvider);
    expect(state.work.areaClearedAt).toBe(minute(14));
  });
});

describe('1.1-26 the contact center is called as the work begins', () => {
  it('refuses a report without the call', () => {
    given(eventsBefore('ReportStart')).when(command('ReportStart', {})).rejects(['call-made', '1.1-26']);
  });
  it('may be called before the materials step: time rules, not page order', () => {
    const state = given(eventsAfter('ShowCredential'))
      .when(command('ReportStart', { at: minute(5), call }))
      .accepts('StartReported', byProvider);
    expect(state.work.startReportedAt).toBe(minute(5));
  });
});

describe('1.1-27 the contact center documents the start call', () => {
  it('refuses when no start was reported', () => {
    given(eventsBefore('ReportStart')).when(command('DocumentStart', {})).rejects(['start-undocumented', '1.1-27']);
  });
  it('documents each start call once, and a second call again', () => {
    const documented = advance(eventsAfter('ReportStart'), command('DocumentStart', {}));
    given(documented).when(command('DocumentStart', {})).rejects(['start-undocumented', '1.1-27']);
    const again = advance(documented, command('ReportStart', { at: minute(18), call }));
    given(again)
      .when(command('DocumentStart', { reference: 'L-2' }))
      .accepts('StartDocumented', byOperator);
  });
});

describe('1.1-43 the work starts once, when all is ready', () => {
  it('starts', () => {
    const state = given(ready()).when(start).accepts('WorkStarted', byProvider);
    expect(state.work.startedAt).toBe(minute(20));
    expect(state.phase).toBe('working');
  });
  it('needs no debt of the contact center to be paid', () => {
    expect(stateOf(ready()).debts.map(({ kind }) => kind)).toEqual(['document-photos', 'document-start']);
    given(ready()).when(start).accepts('WorkStarted', byProvider);
  });
  it.each([
    ['started before', () => eventsAfter('StartWork'), ['not-started', '1.1-43']],
    ['an absence without its instruction', () => advance(ready(), absence), ['absence-answered', '1.1-09']],
    ['an identity rejected since', () => advance(ready(), rejection), ['identity-valid', '1.1-08']],
    ['a service not announced', () => lacking(ready(), 'ServiceAnnounced'), ['service-announced', '1.1-12']],
    ['no photograph sent', () => lacking(ready(), 'PhotosSubmitted'), ['photos-sent', '1.1-19']],
    [
      'a photograph not sent',
      () => advance(ready(), command('TakePhotos', { photos: [photo('f-2')] })),
      ['photos-sent', '1.1-19'],
    ],
    [
      'a required shot not sent',
      () => advance(ready(), command('AmendAssignment', { requiredShots: ['fachada'] })),
      ['photos-sent', '1.1-19'],
    ],
    ['work not explained', () => lacking(ready(), 'WorkExplained'), ['work-explained', '1.1-25']],
    ['materials not accepted', () => lacking(ready(), 'MaterialsAccepted'), ['materials-settled', '1.1-33']],
    ['tools not shown', () => lacking(ready(), 'ToolsShown'), ['tools-shown', '1.1-40']],
    ['an area not cleared', () => lacking(ready(), 'AreaCleared'), ['area-cleared', '1.1-41']],
    ['no start call', () => lacking(ready(), 'StartReported'), ['start-reported', '1.1-26']],
  ] as const)('refuses by one rule alone: %s', (_, past, refused) => {
    given(past()).when(start).rejects(refused);
  });
  it('1.1-09 starts while the client is absent, once the instruction is there', () => {
    const absent = advance(ready(), [absence, instruct('client-absence', 'proceed')]);
    const state = given(absent).when(start).accepts('WorkStarted', byProvider);
    expect(state.arrival.absentSince).toBe(minute(31));
  });
  it('lists every rule that fails, in the order of the protocol', () => {
    given(eventsAfter('AssignVisit'))
      .when(start)
      .rejects(
        ['arrived', '1.1-01'],
        ['identity-valid', '1.1-08'],
        ['service-announced', '1.1-12'],
        ['photos-sent', '1.1-19'],
        ['work-explained', '1.1-25'],
        ['materials-settled', '1.1-33'],
        ['tools-shown', '1.1-40'],
        ['area-cleared', '1.1-41'],
        ['start-reported', '1.1-26'],
      );
  });
  it('lists all of them at once, the general ones first', () => {
    const worst = [
      fact('WorkStarted'),
      fact('Paused', { kind: 'second-visit' }),
      fact('ClientAbsenceReported'),
      fact('InstructionGiven', { about: 'visit', decision: 'cancel' }),
      fact('MaterialsChangeRefused'),
    ];
    given(eventsAfter('AssignVisit'), worst)
      .when(start)
      .rejects(
        ['not-closing', '1.1-10'],
        ['arrived', '1.1-01'],
        ['not-away', '1.1-49'],
        ['not-started', '1.1-43'],
        ['absence-answered', '1.1-09'],
        ['identity-valid', '1.1-08'],
        ['service-announced', '1.1-12'],
        ['photos-sent', '1.1-19'],
        ['work-explained', '1.1-25'],
        ['materials-settled', '1.1-38'],
        ['tools-shown', '1.1-40'],
        ['area-cleared', '1.1-41'],
        ['start-reported', '1.1-26'],
      );
  });
});

describe('1.1-43 a break on the same day', () => {
  it.each([
    ['before the start', ready],
    ['on a break', onBreak],
    ['away', away],
    ['awaiting materials', awaiting],
  ])('is refused %s', (_, past) => {
    given(past()).when(pause).rejects(['running', '1.1-43']);
  });
  it('begins and ends without a notice', () => {
    expect(stateOf(onBreak())).toMatchObject({ phase: 'on-break', work: { onBreak: true, away: false } });
    const resumed = given(onBreak()).when(resume).accepts('Resumed', byProvider);
    expect(resumed).toMatchObject({ phase: 'working', work: { onBreak: false } });
  });
  it('cannot end when there is none', () => {
    given(working()).when(resume).rejects(['on-break', '1.1-43']);
    given(back()).when(resume).rejects(['on-break', '1.1-43']);
  });
  it('leaves everything done so far', () => {
    const { closing } = stateOf(advance(finished(), [pause, resume]));
    expect(closing).toEqual(stateOf(finished()).closing);
  });
  it('0-02 is not for the client to record', () => {
    given(working())
      .when(command('PauseWork', { kind: 'break' }, client))
      .rejects(['role', '0-02']);
  });
});
