import { describe, expect, it } from 'vitest';
import type { CommandType, VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/index.ts';
import { actors, advance, command, eventsAfter, eventsBefore, fact, minute, visitAt } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import { actOfCommand, actOfEvent, plainPath } from '../../src/visit/table.ts';
import { assignment, operator, photo, stretch } from '../scenarios/commands.ts';

const notice = { at: minute(0) };

describe('the clauses that an act proves, of those that it carries out', () => {
  it.each<[CommandType, object, readonly string[]]>([
    ['AmendAssignment', { place: 'Heredia' }, ['1.1-13']],
    ['ReportTransitIssue', { issue: 'delay' }, ['1.2-01', '1.2-02', '1.2-04', '1.2-06', '1.2-07', '1.2-09', '2.2-09']],
    [
      'ReportTransitIssue',
      { issue: 'breakdown', resolvable: false },
      ['1.2-01', '1.2-02', '1.2-03', '1.2-04', '1.2-06', '1.2-07', '1.2-09', '2.2-09'],
    ],
    [
      'ReportTransitIssue',
      { issue: 'other', resolvable: true },
      ['1.2-01', '1.2-02', '1.2-03', '1.2-04', '1.2-05', '1.2-06', '1.2-07', '1.2-09', '2.2-09'],
    ],
    ['NotifyClient', { about: ['delay'], reached: true }, ['1.2-10', '1.2-15']],
    ['NotifyClient', { about: ['provider-change'], reached: true }, ['1.2-13']],
    ['NotifyClient', { about: ['delay', 'provider-change'], reached: true }, ['1.2-10', '1.2-13', '1.2-15']],
    ['NotifyClient', { about: ['delay', 'provider-change'], reached: false }, []],
    ['ReportClientAbsence', {}, ['1.1-09']],
    ['RecordClientReturn', {}, []],
    ['GiveInstruction', { about: 'visit' }, ['1.1-10']],
    ['GiveInstruction', { about: 'materials' }, ['1.1-10', '1.1-39']],
    ['GiveInstruction', { about: 'escalation' }, ['1.1-10', '2.2-08']],
    ['ValidateIdentity', { fullNameGiven: true, documentShown: true }, ['1.1-07', '1.1-08', '1.1-11']],
    ['ValidateIdentity', { fullNameGiven: true }, ['1.1-08', '1.1-11']],
    ['ValidateIdentity', { documentShown: true }, ['1.1-08', '1.1-11']],
    ['RejectIdentity', {}, ['1.1-08']],
    ['InspectArea', { clientPresent: true }, ['1.1-16', '1.1-17', '1.1-23']],
    ['InspectArea', { clientPresent: false }, ['1.1-16', '1.1-23']],
    ['SubmitPhotos', { channel: 'app' }, ['1.1-19', '1.1-20']],
    ['SubmitPhotos', { channel: 'email' }, ['1.1-19', '1.1-20', '1.1-21']],
    ['SupplyMaterials', { suppliedBy: 'client' }, ['1.1-31', '1.1-32']],
    ['SupplyMaterials', { suppliedBy: 'provider' }, ['1.1-32']],
    ['ReportStart', { call: notice }, ['1.1-26']],
    ['ReportStart', {}, []],
    ['PauseWork', { kind: 'second-visit', notice }, ['1.1-48']],
    ['PauseWork', { kind: 'second-visit' }, []],
    ['PauseWork', { kind: 'break', notice }, []],
    ['ResumeWork', { kind: 'second-visit', notice }, ['1.1-49']],
    ['ResumeWork', { kind: 'second-visit' }, []],
    ['ResumeWork', { kind: 'break', notice }, []],
    ['TestQuality', { passed: true }, ['1.1-46', '1.1-47']],
    ['TestQuality', { passed: false }, ['1.1-46']],
    ['RecordConformity', {}, ['1.1-50']],
    ['RecordObjection', {}, []],
    ['HandOverSite', { structuralConditionPreserved: true }, ['1.1-44', '1.1-45']],
    ['HandOverSite', { structuralConditionPreserved: false }, ['1.1-44']],
    ['ShowBelongings', { clientConfirmed: true }, ['1.1-51', '1.1-52', '1.1-53']],
    ['ShowBelongings', { clientConfirmed: false }, ['1.1-51', '1.1-52']],
    ['ReportCompletion', { caseNumber: 'EXP-1' }, ['1.3-02', '1.3-03', '1.3-04']],
    ['ReportCompletion', { caseNumber: 'EXP-2' }, ['1.3-02', '1.3-03']],
    ['CompleteVisit', {}, []],
    ['CloseVisit', {}, []],
    ['DeclineOffContractRequest', { activity: 'material-purchase' }, ['1.1-30', '1.1-31']],
    ['DeclineOffContractRequest', { activity: 'other' }, ['1.1-30']],
    ['PerformOffContractAct', { activity: 'podar' }, []],
    ['ShowTools', {}, ['1.1-40']],
    ['AnnulAct', {}, []],
    ['CorrectTime', {}, []],
    ['ReportDiscrepancy', {}, []],
    ['SettleDiscrepancy', {}, []],
    ['AttestFacts', { facts: [] }, []],
  ])('%s %j', (type, data, proved) => {
    const act = actOfCommand(type);
    const unproven = act?.unprovenClauses(data as never, replay(eventsAfter('AssignVisit'))) ?? [];
    expect(act?.clauses.filter((clause) => !unproven.includes(clause))).toEqual(proved);
    expect(unproven.filter((clause) => !act?.clauses.includes(clause))).toEqual([]);
  });
});

describe('what an act of the plain path is for', () => {
  const shots = (...taken: (string | undefined)[]) =>
    advance(
      advance(
        [],
        [
          command('AssignVisit', { ...assignment, requiredShots: ['fachada', 'cocina'] }),
          ...stretch('RecordArrival', 'InspectArea'),
        ],
      ),
      command('TakePhotos', { photos: taken.map((shot, index) => photo(`f-${index}`, shot)) }),
    );
  const stands = (type: CommandType, events: readonly VisitEvent[]) =>
    actOfCommand(type)?.isFulfilled?.(replay(events));

  it.each(plainPath.map(({ command }) => command))('%s is fulfilled once it is done, and not before', (type) => {
    expect(stands(type, eventsBefore(type))).toBe(false);
    expect(stands(type, eventsAfter(type))).toBe(true);
  });
  it('1.1-18 photographs stand with every shot that is required', () => {
    expect(stands('TakePhotos', eventsBefore('TakePhotos'))).toBe(false);
    expect(stands('TakePhotos', eventsAfter('TakePhotos'))).toBe(true);
    expect(stands('TakePhotos', shots('fachada'))).toBe(false);
    expect(stands('TakePhotos', shots(undefined, 'fachada'))).toBe(false);
    expect(stands('TakePhotos', shots('fachada', 'otra', 'cocina'))).toBe(true);
    const receipt = fact('PhotosSubmitted', { photoIds: ['x'], channel: 'app' });
    expect(stands('TakePhotos', [...shots('fachada'), receipt])).toBe(false);
    expect(stands('TakePhotos', [...shots('fachada', 'cocina'), receipt])).toBe(true);
  });
  it('1.1-19 and the sending of them; after the start, of one', () => {
    const two = advance(eventsBefore('SubmitPhotos'), command('TakePhotos', { photos: [photo('f-9')] }));
    const one = advance(two, command('SubmitPhotos', { photoIds: ['f-1'], channel: 'app' }));
    expect([stands('SubmitPhotos', two), stands('SubmitPhotos', one)]).toEqual([false, false]);
    expect(stands('SubmitPhotos', advance(one, command('SubmitPhotos', { photoIds: ['f-9'], channel: 'app' })))).toBe(
      true,
    );
    expect(stands('SubmitPhotos', [...two, fact('WorkStarted')])).toBe(false);
    expect(stands('SubmitPhotos', [...one, fact('WorkStarted')])).toBe(true);
    expect(stands('TakePhotos', [...eventsBefore('TakePhotos'), fact('WorkStarted')])).toBe(false);
    expect(stands('TakePhotos', [...shots('fachada'), fact('WorkStarted')])).toBe(true);
  });
  it('1.3-04 the completion call stands once it names the case', () => {
    const unnamed = [...eventsBefore('ReportCompletion'), fact('CompletionReported', { caseNumber: 'EXP-2' })];
    expect(stands('ReportCompletion', unnamed)).toBe(false);
    expect(stands('ReportCompletion', [...unnamed, fact('CompletionReported', { caseNumber: 'EXP-1' })])).toBe(true);
  });
});

describe('0-01 a second assignment', () => {
  it('is a violation, and no deviation of edition or policy', () => {
    const again = fact('VisitAssigned', { ...assignment, edition: 'b'.repeat(64), policyId: 'P-9' }, operator);
    expect(audit([...eventsAfter('AssignVisit'), again]).findings).toMatchObject([
      { kind: 'violation', rule: 'assigned-once' },
    ]);
  });
});

it('1.1-27 the start put on record is proved only while a start call waits for it', () => {
  const { unprovenClauses } = actOfEvent('StartDocumented')!;
  const data = { visitId: 'visit-1', at: '2026-03-17T14:00:00.000Z', by: actors.operator };
  expect(unprovenClauses(data, visitAt('ready-to-start').state)).toEqual([]);
  expect(unprovenClauses(data, visitAt('on-site').state)).toEqual(['1.1-27']);
});
