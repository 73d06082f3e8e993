import { describe, expect, it } from 'vitest';
import type { VisitCommand } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import { evolve, replay } from '../../src/visit/index.ts';
import {
  absence,
  arrival,
  by,
  byOperator,
  call,
  instruct,
  irresolvable,
  leave,
  otherProvider,
  photo,
  provider,
  rejection,
  substitute,
  substitution,
  validation,
} from '../scenarios/commands.ts';
import { debtsOf } from '../scenarios/moments.ts';

const reassign = instruct('visit', 'reassign');
const changeOwed = { kind: 'notify-provider-change', debtor: 'contact-center', clause: '1.2-13', since: minute(30) };
const onTheWay = () => eventsAfter('AssignVisit');

describe('1.2-12 the visit is given to another provider when that is owed or instructed', () => {
  it.each([
    ['owed', irresolvable],
    ['instructed', reassign],
  ])('accepts it when it is %s', (_, reason) => {
    const visit = given(advance(onTheWay(), reason)).when(substitution).accepts('ProviderReassigned', byOperator);
    expect(visit).toMatchObject({
      phase: 'in-transit',
      provider: substitute,
      formerProviders: ['prov-1'],
      arriveBy: minute(120),
      instruction: null,
      debts: [changeOwed],
    });
  });
  it('accepts it when it was instructed about anything', () => {
    const past = advance(eventsAfter('ShowCredential'), [absence, instruct('client-absence', 'reassign')]);
    given(past).when(substitution).accepts('ProviderReassigned', byOperator);
  });
  it('accepts it while an instruction to cancel stands, if it is owed', () => {
    const past = advance(onTheWay(), [irresolvable, instruct('visit', 'cancel')]);
    expect(given(past).when(substitution).accepts('ProviderReassigned', byOperator).instruction).toBeNull();
  });
  it('refuses it otherwise', () => {
    given(onTheWay()).when(substitution).rejects(['reassignment-due', '1.2-12']);
    given(advance(onTheWay(), instruct('visit', 'cancel')))
      .when(substitution)
      .rejects(['reassignment-due', '1.2-12']);
    given(advance(onTheWay(), [irresolvable, instruct('visit', 'proceed')]))
      .when(substitution)
      .rejects(['reassignment-due', '1.2-12']);
  });
  it('refuses it a second time', () => {
    given(advance(onTheWay(), [irresolvable, substitution]))
      .when(command('ReassignProvider', { provider: { id: 'p-3', name: 'Raúl Vega' }, arriveBy: minute(200) }))
      .rejects(['reassignment-due', '1.2-12']);
  });
  const same = command('ReassignProvider', { provider: { id: 'prov-1', name: 'Otro Nombre' }, arriveBy: minute(90) });
  it('refuses the provider who is assigned already', () => {
    given(advance(onTheWay(), irresolvable)).when(same).rejects(['another-provider', '1.2-12']);
    given(onTheWay()).when(same).rejects(['reassignment-due', '1.2-12'], ['another-provider', '1.2-12']);
  });
  it('may return to the first provider', () => {
    given(advance(onTheWay(), [irresolvable, substitution, reassign]))
      .when(same)
      .accepts('ProviderReassigned', byOperator);
  });
});

describe('1.2-12 what the change of provider undoes before the start', () => {
  const past = () =>
    advance(eventsBefore('StartWork'), [absence, instruct('client-absence', 'proceed-with-representative'), reassign]);
  it('arrival, credential, identity, tools, the absence, the representative and the instruction, and nothing else', () => {
    const before = replay(past());
    const visit = given(past()).when(substitution).accepts('ProviderReassigned', byOperator);
    expect(visit).toEqual({
      ...before,
      phase: 'in-transit',
      provider: substitute,
      formerProviders: ['prov-1'],
      arriveBy: minute(120),
      transit: { ...before.transit, changeTold: false },
      arrival: { ...before.arrival, arrivedAt: null, credentialShownAt: null, absentSince: null },
      identity: { validatedAt: null, person: null, rejectedAt: null, representativeAllowed: false },
      instruction: null,
      work: { ...before.work, tools: [], toolsShownAt: null },
      debts: [...before.debts, changeOwed],
    });
    expect(before.inspection.announcedAt).toBe(minute(4));
    expect(before.work.startReportedAt).toBe(minute(15));
  });
  it('questions of an absence and of an identity', () => {
    const asked = advance(eventsAfter('ValidateIdentity'), [absence, rejection, reassign]);
    expect(debtsOf(replay(asked))).toEqual(['give-instruction/client-absence', 'give-instruction/identity']);
    const visit = given(asked).when(substitution).accepts('ProviderReassigned', byOperator);
    expect(visit.debts).toEqual([changeOwed]);
    expect(visit.identity.rejectedAt).toBeNull();
    const done = advance(asked, substitution);
    given(done).when(instruct('client-absence', 'wait')).rejects(['question-open', '1.1-10']);
    given(done).when(instruct('identity', 'wait')).rejects(['question-open', '1.1-10']);
  });
  it('a second visit that was announced', () => {
    const left = advance(eventsAfter('ValidateIdentity'), [leave, reassign]);
    expect(replay(left).phase).toBe('away');
    const visit = given(left).when(substitution).accepts('ProviderReassigned', byOperator);
    expect([visit.phase, visit.work.away]).toEqual(['in-transit', false]);
  });
});

describe('1.2-12 what the change of provider undoes after the start', () => {
  const finished = () => advance(eventsBefore('CompleteVisit'), reassign);
  it('what was undone before it, and the whole of the end; the visit is away', () => {
    const before = replay(finished());
    const visit = given(finished()).when(substitution).accepts('ProviderReassigned', byOperator);
    expect(visit).toMatchObject({
      phase: 'away',
      arrival: { arrivedAt: null, credentialShownAt: null },
      identity: { validatedAt: null },
      work: {
        tools: [],
        toolsShownAt: null,
        startedAt: minute(16),
        startReportedAt: minute(15),
        away: true,
        onBreak: false,
        intervals: [{ from: minute(16), to: minute(30) }],
      },
      closing: {
        tests: null,
        conformedAt: null,
        handedOverAt: null,
        belongingsShownAt: null,
        belongingsConfirmed: false,
        completionReportedAt: null,
      },
    });
    expect(visit.photos).toEqual(before.photos);
    expect(visit.materials).toEqual(before.materials);
    expect(visit.inspection).toEqual(before.inspection);
  });
  it('a break', () => {
    const onBreak = advance(eventsAfter('StartWork'), [
      command('PauseWork', { at: minute(20), kind: 'break' }),
      reassign,
    ]);
    const visit = given(onBreak).when(substitution).accepts('ProviderReassigned', byOperator);
    expect(visit.work).toMatchObject({
      onBreak: false,
      away: true,
      intervals: [{ from: minute(16), to: minute(20) }],
    });
  });
  it('not that the work awaits materials', () => {
    const extra = command('RequestExtraMaterials', { materials: [{ item: 'Codo', quantity: 1 }] });
    const visit = given(advance(eventsAfter('StartWork'), [extra, reassign]))
      .when(substitution)
      .accepts('ProviderReassigned', byOperator);
    expect(visit.materials).toMatchObject({ awaited: true, status: 'requested' });
  });
  it('the one who takes over arrives, shows credential and tools, validates and resumes', () => {
    const resume = by(otherProvider, command('ResumeWork', { at: minute(41), kind: 'second-visit', notice: call }));
    const steps: readonly VisitCommand[] = [
      arrival,
      command('ShowCredential', {}),
      validation,
      command('ShowTools', { tools: ['sierra'] }),
    ].map((step) => by(otherProvider, step));
    const past = advance(finished(), substitution);
    given(past)
      .when(resume)
      .rejects(
        ['arrived', '1.1-01'],
        ['credential-shown', '1.1-03'],
        ['identity-valid', '1.1-08'],
        ['tools-shown', '1.1-40'],
      );
    const back = advance(past, steps);
    given(back)
      .when(by(otherProvider, command('ClearArea', { moved: [] })))
      .rejects(['not-away', '1.1-49']);
    const visit = given(back).when(resume).accepts('Resumed', { by: otherProvider });
    expect(visit).toMatchObject({ phase: 'working', work: { startedAt: minute(16), tools: ['sierra'] } });
    given(advance(back, resume))
      .when(by(otherProvider, command('StartWork', {})))
      .rejects(['not-started', '1.1-43']);
  });
});

describe('1.2-12 an act of a provider who is not assigned changes nothing', () => {
  const theirs = [
    ['arrival', fact('ProviderArrived', { at: minute(40) }, otherProvider)],
    ['credential', fact('CredentialShown', { at: minute(40) }, otherProvider)],
    ['tools', fact('ToolsShown', { at: minute(40), tools: ['taladro'] }, otherProvider)],
  ] as const;
  it.each(theirs)('the %s of a provider who is assigned later', (_, event) => {
    const visit = replay(eventsAfter('AssignVisit'));
    expect(evolve(visit, event)).toEqual(visit);
  });
  it.each(theirs)('the %s of a former provider', (_, event) => {
    const visit = replay(advance(onTheWay(), [irresolvable, substitution]));
    const former = { ...event, data: { ...event.data, by: provider } } as typeof event;
    expect(evolve(visit, former)).toEqual(visit);
    expect(evolve(visit, event)).not.toEqual(visit);
  });
  it('other acts of a former provider are folded as what happened', () => {
    const taken = fact('PhotosTaken', { photos: [photo('f-7')] }, otherProvider);
    expect(evolve(replay(onTheWay()), taken).photos.unsent).toBe(1);
  });
});
