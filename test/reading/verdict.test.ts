import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import { dossier } from '../../src/reading/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import type { Policy } from '../../src/visit/index.ts';
import {
  absence,
  assignment,
  failing,
  instruct,
  leave,
  photo,
  rejection,
  relocation,
  step,
  stretch,
  waive,
} from '../scenarios/commands.ts';
import { cited } from '../scenarios/moments.ts';

const on = (clause: ClauseId, events: readonly VisitEvent[], policy?: Policy) => {
  const { payment, protocol } = dossier(events, policy === undefined ? {} : { policy });
  return [...payment, ...protocol].find((verdict) => verdict.clause === clause);
};
const status = (clause: ClauseId, events: readonly VisitEvent[], policy?: Policy) => on(clause, events, policy)?.status;
const reported = (at: number) =>
  command('ReportCompletion', { at: minute(at), call: { at: minute(at) }, caseNumber: 'EXP-1' });

describe('a visit that was closed', () => {
  const waiving: Policy = { id: 'contrato', waive: [{ rule: 'tests-passed', reason: 'contrato' }] };
  const conformed = [...eventsBefore('TestQuality'), fact('ClientConformed', { at: minute(40) })];
  const closed = [...conformed, fact('VisitClosed', { at: minute(41), outcome: 'cancelled' })];

  it('1.1-46 has the tests waived that an act went on without, as before it was closed', () => {
    expect(on('1.1-46', conformed, waiving)).toMatchObject({ status: 'waived', evidence: [conformed.length - 1] });
    expect(on('1.1-46', closed, waiving)).toMatchObject({ status: 'waived', evidence: [conformed.length - 1] });
  });
});

describe('a completion call that names no case', () => {
  const past = eventsBefore('ReportCompletion');
  const called = [...past, fact('CompletionReported', { at: minute(30), call: { at: minute(30) } })];

  it('1.3-02 was made all the same, and 1.3-04 was not carried out', () => {
    expect(status('1.3-02', called)).toBe('satisfied');
    expect(status('1.3-04', called)).toBe('contradicted');
  });
  it('1.3-02 no longer stands once a test fails', () => {
    const failed = command('TestQuality', { withClient: true, tests: [{ name: 'fuga', passed: false }] });
    expect(status('1.3-02', advance(called, failed))).toBe('missing');
  });
});

describe('a verdict is told whole', () => {
  it('1.1-01 of what is proved: its event, and nothing beside it', () => {
    expect(on('1.1-01', eventsAfter('RecordArrival'))).toEqual({
      clause: '1.1-01',
      status: 'satisfied',
      evidence: [1],
      facts: {},
    });
  });
  it('0-02 of the roles: every act proves it, and so none is named', () => {
    expect(on('0-02', eventsAfter('AssignVisit'))).toEqual({
      clause: '0-02',
      status: 'satisfied',
      evidence: [],
      facts: {},
    });
    expect(on('0-02', [])).toEqual({ clause: '0-02', status: 'missing', evidence: [], facts: {} });
  });
  it('1.1-22 of a debt: what opened it and what discharged it', () => {
    const documented = command('DocumentPhotos', { photoIds: ['f-1'] });
    const sent = eventsAfter('SubmitPhotos');
    expect(on('1.1-22', advance(sent, documented))).toEqual({
      clause: '1.1-22',
      status: 'satisfied',
      evidence: [sent.length - 1, sent.length],
      facts: {},
    });
  });
  it('1.1-40 of what is contradicted: its events in the order of the log, whichever prove it', () => {
    const past = eventsBefore('StartWork', { without: ['ShowTools'] });
    const events = [
      ...past,
      fact('WorkStarted', { at: minute(16) }),
      fact('ToolsShown', { at: minute(17), tools: ['llave'] }),
    ];
    expect(on('1.1-40', events)).toEqual({
      clause: '1.1-40',
      status: 'contradicted',
      evidence: [past.length, past.length + 1],
      facts: { rules: ['tools-shown'], against: [past.length] },
    });
  });
  it('1.1-01 by a violation that has facts of its own: those stand with the violation', () => {
    const again = fact('ProviderArrived', { at: minute(2) });
    expect(on('1.1-01', [...eventsAfter('RecordArrival'), again])?.facts).toEqual({
      rules: ['not-arrived'],
      against: [2],
    });
  });
  it('1.1-52 by a deviation: with its facts, and no rule', () => {
    const shown = command('ShowBelongings', { items: ['llave', 'taladro'], clientConfirmed: true });
    const past = eventsBefore('ShowBelongings');
    expect(on('1.1-52', advance(past, shown))).toEqual({
      clause: '1.1-52',
      status: 'contradicted',
      evidence: [past.length],
      facts: { unlisted: ['taladro'], rules: [], against: [past.length] },
    });
  });
});

describe('a lag counts against its clause', () => {
  it('1.1-19 the largest of several', () => {
    const taken = command('TakePhotos', { at: minute(10), photos: [photo('a'), photo('b')] });
    const sent = (at: number, id: string) =>
      command('SubmitPhotos', { at: minute(at), photoIds: [id], channel: 'app' });
    expect(on('1.1-19', advance(eventsBefore('TakePhotos'), [taken, sent(26, 'a'), sent(50, 'b')]))).toMatchObject({
      status: 'late',
      facts: { measure: 'photo-sent', value: 40 * 60_000, threshold: 15 * 60_000 },
    });
    const slowFirst = advance(eventsBefore('TakePhotos'), [
      command('TakePhotos', { at: minute(10), photos: [{ ...photo('a'), takenAt: minute(0) }, photo('b')] }),
      command('SubmitPhotos', { at: minute(30), photoIds: ['a', 'b'], channel: 'app' }),
    ]);
    expect(on('1.1-19', slowFirst)?.facts).toMatchObject({ value: 30 * 60_000 });
  });
  it('1.3-02 and against no other', () => {
    const events = advance(eventsBefore('ReportCompletion'), reported(100));
    expect([status('1.3-02', events), status('1.3-04', events), status('1.1-01', events)]).toEqual([
      'late',
      'satisfied',
      'satisfied',
    ]);
  });
  it('1.1-01 and not where the arrival was undone since: then it is missing', () => {
    const late = advance(eventsAfter('AssignVisit'), command('RecordArrival', { at: minute(75) }));
    expect(status('1.1-01', late)).toBe('late');
    expect(status('1.1-01', advance(late, relocation))).toBe('missing');
  });
  it('1.3-02 of the completion call that stands, though another act is dated as it is', () => {
    const shown = command('ShowBelongings', { at: minute(100), items: ['llave'], clientConfirmed: true });
    expect(status('1.3-02', advance(eventsBefore('ShowBelongings'), [shown, reported(100)]))).toBe('late');
  });
  it('1.3-02 and of none, when none stands', () => {
    const objection = command('RecordObjection', { at: minute(110), what: 'gotea' });
    expect(status('1.3-02', advance(eventsBefore('ReportCompletion'), [reported(100), objection]))).toBe('missing');
  });
});

describe('what is owed is proved when all of it was discharged', () => {
  const both = () => advance(eventsAfter('ShowCredential'), [absence, rejection]);
  it('1.1-10 one instruction of two', () => {
    const events = advance(both(), instruct('client-absence', 'wait', { at: minute(33) }));
    expect(on('1.1-10', events)).toMatchObject({ status: 'missing', evidence: [3, 4, 5] });
  });
  it('1.1-10 both', () => {
    const about = (topic: 'client-absence' | 'identity') => instruct(topic, 'wait', { at: minute(33) });
    expect(status('1.1-10', advance(both(), [about('client-absence'), about('identity')]))).toBe('satisfied');
  });
});

describe('what is missing stays so', () => {
  it('1.1-50 whatever else an instruction waived', () => {
    const events = advance(eventsBefore('ShowTools'), [waive('tools-shown'), ...stretch('ClearArea', 'StartWork')]);
    expect([status('1.1-40', events), status('1.1-50', events)]).toEqual(['waived', 'missing']);
  });
  it('1.1-07, 1.1-08 though nobody had to be there: an identity is waived by its own rules alone', () => {
    const events = advance(eventsAfter('ShowCredential'), [absence, waive('client-here'), step('ShowTools')]);
    expect([status('1.1-09', events), status('1.1-07', events), status('1.1-08', events)]).toEqual([
      'waived',
      'missing',
      'missing',
    ]);
  });
  it('1.1-28, 1.1-29 though no materials had to be settled: the repair was to be explained all the same', () => {
    const past = advance(eventsBefore('ExplainWork'), [
      waive('materials-settled'),
      ...stretch('ShowTools', 'ReportStart'),
    ]);
    const events = [...past, fact('WorkStarted', { at: minute(50) })];
    expect((['1.1-25', '1.1-28', '1.1-29', '1.1-33'] as const).map((clause) => status(clause, events))).toEqual([
      'contradicted',
      'missing',
      'missing',
      'waived',
    ]);
  });
  it('1.1-12 whatever the contract allows beside the service', () => {
    const policy = { allow: ['podar'] };
    const events = advance(
      eventsAfter('ShowCredential'),
      command('PerformOffContractAct', { activity: 'podar' }),
      policy,
    );
    expect([status('1.1-30', events, policy), status('1.1-12', events, policy)]).toEqual(['waived', 'missing']);
  });
  it('1.1-49 alone, while the visit is away: what was proved before is proved', () => {
    const events = advance(eventsAfter('StartWork'), leave);
    expect(
      (['1.1-03', '1.1-08', '1.1-40', '1.1-43', '1.1-49'] as const).map((clause) => status(clause, events)),
    ).toEqual(['satisfied', 'satisfied', 'satisfied', 'satisfied', 'missing']);
  });
});

describe('what is missing depends on what stands, not on how it came to that', () => {
  const sent = (...photoIds: string[]) => command('SubmitPhotos', { at: minute(34), photoIds, channel: 'app' });
  const taken = (...ids: string[]) =>
    command('TakePhotos', { at: minute(33), photos: ids.map((id) => ({ ...photo(id), takenAt: minute(33) })) });

  it('1.1-47 a test that failed, alone, after one that passed, and before leaving', () => {
    const [failed, again] = [
      advance(eventsBefore('TestQuality'), failing),
      advance(eventsAfter('TestQuality'), failing),
    ];
    const away = advance(again, leave);
    expect([failed, again, away].map((events) => status('1.1-47', events))).toEqual(['missing', 'missing', 'missing']);
  });
  it('1.1-19 photographs taken later that were not sent, or a part of them', () => {
    const unsent = advance(eventsAfter('SubmitPhotos'), taken('f-2', 'f-3'));
    const some = advance(unsent, sent('f-2'));
    expect([unsent, some, advance(some, sent('f-3'))].map((events) => status('1.1-19', events))).toEqual([
      'missing',
      'missing',
      'satisfied',
    ]);
  });
  it('1.1-19 a submission of no photograph', () => {
    const none = [
      ...eventsBefore('TakePhotos'),
      fact('PhotosSubmitted', { at: minute(30), photoIds: [], channel: 'app' }),
    ];
    expect(status('1.1-19', none)).toBe('missing');
  });
  it('1.1-18 a required shot that was asked for before the photographs, or after them', () => {
    const asked = command('AmendAssignment', { at: minute(32), requiredShots: ['tablero'] });
    const [before, after] = [
      [asked, taken('f-2')],
      [taken('f-2'), asked],
    ];
    for (const acts of [before, after]) {
      expect(status('1.1-18', advance(eventsBefore('TakePhotos'), acts))).toBe('missing');
    }
  });
  it('1.1-51, 1.1-52 belongings that were shown and then disputed, but not once the visit is left', () => {
    const disputed = command('ShowBelongings', { at: minute(40), items: ['llave'], clientConfirmed: false });
    const shown = advance(eventsAfter('ShowBelongings'), disputed);
    const left = advance(shown, leave);
    expect([status('1.1-51', shown), status('1.1-52', shown)]).toEqual(['satisfied', 'satisfied']);
    expect([status('1.1-51', left), status('1.1-52', left)]).toEqual(['missing', 'missing']);
  });
});

describe('the findings of a dossier are parted', () => {
  const events = () => [
    ...advance([], command('AssignVisit', { ...assignment, policyId: 'P-8' })),
    fact('ProviderArrived', { at: minute(75) }),
    fact('AreaCleared', { at: minute(76), moved: [] }),
    fact('WorkStarted', { at: minute(77) }),
  ];
  it('into deviations, remarks and violations, each in one of them', () => {
    const { deviations, remarks, violations } = dossier(events());
    expect(deviations.map(({ index, clause }) => [index, clause])).toEqual([[0, '0-01']]);
    expect(remarks.map(({ index, facts }) => [index, facts.measure])).toEqual([
      [1, 'arrival'],
      [1, 'unreported-lateness'],
    ]);
    const refused = cited(events().slice(0, -1), command('StartWork', { at: minute(77) }));
    expect(refused.slice(0, 2)).toEqual(['identity-valid 1.1-08', 'service-announced 1.1-12']);
    expect(violations.map(({ index, rule, clause }) => `${index} ${rule} ${clause}`)).toEqual(
      refused.map((one) => `3 ${one}`),
    );
  });
});

describe('what is missing of a visit that a policy judges', () => {
  it('1.1-40 leaves out what the policy waives', () => {
    const policy: Policy = { waive: [{ rule: 'tools-shown', reason: 'contrato' }] };
    const acts = (options: { policy?: Policy }) => {
      const { missing } = dossier(eventsBefore('ShowTools'), options);
      return missing.found ? missing.acts : [];
    };
    expect(acts({})).toContain('ShowTools');
    expect(acts({ policy })).not.toContain('ShowTools');
    expect(acts({ policy })).toContain('DocumentStart');
  });
});
