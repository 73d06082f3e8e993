import { describe, expect, it } from 'vitest';
import type { InstructionDecision, WaivableRule } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import { replay, ruleIds, waivableRules } from '../../src/visit/index.ts';
import {
  absence,
  arrival,
  by,
  byOperator,
  byProvider,
  instruct,
  irresolvable,
  leave,
  needed,
  operator,
  otherProvider,
  policyWaiving,
  rejection,
  relocation,
  substitution,
  validation,
  waive,
} from '../scenarios/commands.ts';

/** The closed list of the protocol. */
const waivable: readonly WaivableRule[] = [
  'credential-shown',
  'identified',
  'identity-valid',
  'client-here',
  'client-present',
  'photos-sent',
  'enough-supplied',
  'materials-settled',
  'tools-shown',
  'area-cleared',
  'start-reported',
  'structure-preserved',
  'tested-with-client',
  'tests-passed',
  'conformity',
  'handed-over',
  'belongings-checked',
  'belongings-confirmed',
];
const others = ruleIds.filter((rule) => !(waivable as readonly string[]).includes(rule));
const onTheWay = () => eventsAfter('AssignVisit');
const told = (decision: InstructionDecision, waives: readonly string[]) =>
  fact('InstructionGiven', { at: minute(5), about: 'visit', decision, text: 'siga', waives }, operator);

describe('1.1-10 an instruction to proceed waives rules for this visit', () => {
  it.each(waivable)('keeps that %s is waived, and since when', (rule) => {
    const visit = given(onTheWay())
      .when(instruct('visit', 'proceed', { at: minute(5), waives: [rule] }))
      .accepts('InstructionGiven', byOperator);
    expect(visit.waivers).toEqual([{ rule, at: minute(5) }]);
  });
  it('keeps each of them, and those of instructions before', () => {
    const past = advance(onTheWay(), instruct('visit', 'proceed', { at: minute(5), waives: ['photos-sent'] }));
    const visit = given(past)
      .when(instruct('visit', 'proceed', { at: minute(6), waives: ['tools-shown', 'area-cleared'] }))
      .accepts('InstructionGiven', byOperator);
    expect(visit.waivers).toEqual([
      { rule: 'photos-sent', at: minute(5) },
      { rule: 'tools-shown', at: minute(6) },
      { rule: 'area-cleared', at: minute(6) },
    ]);
  });
  it.each([
    ['visit', 'proceed-with-representative', []],
    ['client-absence', 'proceed', [absence]],
    ['client-absence', 'proceed-with-representative', [absence]],
    ['identity', 'proceed', [rejection]],
    ['escalation', 'proceed', [command('EscalateClientImpact', { what: 'gotea' })]],
  ] as const)('accepts it about %s: %s', (about, decision, acts) => {
    const visit = given(advance(eventsAfter('ShowCredential'), acts))
      .when(instruct(about, decision, { at: minute(5), waives: ['identified'] }))
      .accepts('InstructionGiven', byOperator);
    expect(visit.waivers).toEqual([{ rule: 'identified', at: minute(5) }]);
  });
  it.each(['wait', 'reschedule', 'cancel', 'reassign', 'other'] as const)('refuses it with %s', (decision) => {
    given(onTheWay())
      .when(instruct('visit', decision, { waives: ['photos-sent'] }))
      .rejects(['waiver-proceeds', '1.1-10']);
    given(onTheWay())
      .when(instruct('identity', decision, { waives: ['photos-sent'] }))
      .rejects(['question-open', '1.1-10'], ['waiver-proceeds', '1.1-10']);
  });
  it('accepts any decision that waives nothing', () => {
    given(onTheWay())
      .when(instruct('visit', 'wait', { waives: [] }))
      .accepts('InstructionGiven', byOperator);
  });
});

describe('1.1-10 a waiver that is given otherwise, or of anything else, has no effect', () => {
  it.each(['wait', 'reschedule', 'cancel', 'reassign', 'other'] as const)('in a log, with %s', (decision) => {
    expect(replay([...onTheWay(), told(decision, ['photos-sent'])]).waivers).toEqual([]);
  });
  it('is counted in a log with a decision to proceed', () => {
    expect(replay([...onTheWay(), told('proceed', ['photos-sent'])]).waivers).toHaveLength(1);
    expect(replay([...onTheWay(), told('proceed-with-representative', ['photos-sent'])]).waivers).toHaveLength(1);
  });
  it.each([...others, 'constructor', '__proto__', 'nonsense'])('of %s', (rule) => {
    const closed = 'a rule that can be waived is one of `waivable` of test/visit/instructions-waivers.test.ts';
    expect(replay([...onTheWay(), told('proceed', [rule])]).waivers, closed).toEqual([]);
  });
  it('keeps the others of the same instruction', () => {
    const visit = replay([...onTheWay(), told('proceed', ['arrived', 'photos-sent', 'role'])]);
    expect(visit.waivers).toEqual([{ rule: 'photos-sent', at: minute(5) }]);
  });
  it('refuses the start as before', () => {
    const without = eventsBefore('StartWork', { without: ['SubmitPhotos'] });
    given([...without, told('wait', ['photos-sent'])])
      .when(command('StartWork', {}))
      .rejects(['photos-sent', '1.1-19']);
  });
});

describe('1.1-10 what cannot be waived refuses under any instruction and any policy', () => {
  const announce = command('AnnounceService', { service: 'fontanería' });
  const everything = told('proceed', ruleIds);
  const policy = { waive: waivableRules.map((rule) => ({ rule, reason: 'todo' })) };
  const stopping = [
    ['assigned-first', '1.1-13', [], announce],
    ['not-frozen', '1.2-12', advance(onTheWay(), irresolvable), arrival],
    ['not-closing', '1.1-10', advance(onTheWay(), instruct('visit', 'cancel')), arrival],
  ] as const;
  const asked = [
    [
      'same-visit',
      '1.1-13',
      eventsBefore('AnnounceService'),
      command('LocateFault', { visitId: 'v-2', where: 'patio' }),
    ],
    ['role', '0-02', eventsBefore('AnnounceService'), by(operator, announce)],
    ['assigned-provider', '1.2-12', eventsBefore('AnnounceService'), by(otherProvider, announce)],
    ['something-amended', '1.1-13', onTheWay(), command('AmendAssignment', {})],
    ['not-arrived', '1.1-01', eventsBefore('AnnounceService'), arrival],
    ['issue-named', '1.2-02', onTheWay(), command('ReportTransitIssue', {})],
    ['arrived', '1.1-01', advance(eventsBefore('AnnounceService'), relocation), announce],
    ['not-away', '1.1-49', advance(eventsBefore('AnnounceService'), [leave, arrival]), announce],
    ['call-made', '1.1-09', eventsAfter('ShowCredential'), command('ReportClientAbsence', {})],
    ['client-answers', '1.1-09', advance(eventsAfter('ShowCredential'), absence), validation],
    [
      'service-as-assigned',
      '1.1-13',
      eventsBefore('AnnounceService'),
      command('AnnounceService', { service: 'pintura' }),
    ],
    ['fault-located', '1.1-15', eventsBefore('LocateFault'), command('InspectArea', { clientPresent: true })],
    [
      'service-assessed',
      '1.1-29',
      eventsBefore('AssessService'),
      command('ExplainWork', { method: 'm', materials: [] }),
    ],
  ] as const;
  it.each([...stopping, ...asked])('%s, under a policy', (rule, clause, past, next) => {
    given(past).when(next, policy).rejects([rule, clause]);
  });
  it.each(asked)('%s, under an instruction', (rule, clause, past, next) => {
    given(past, everything).when(next).rejects([rule, clause]);
  });
});

describe('1.1-10 a waiver holds from then on, for this visit', () => {
  const start = command('StartWork', {});
  it('does not depend on what follows', () => {
    const past = advance(eventsBefore('StartWork', { without: ['SubmitPhotos'] }), waive('photos-sent'));
    for (const decision of ['wait', 'other', 'proceed'] as const) {
      given(advance(past, instruct('visit', decision)))
        .when(start)
        .accepts('WorkStarted', byProvider);
    }
  });
  it('is kept when another provider takes over', () => {
    const past = advance(onTheWay(), [
      waive('credential-shown'),
      irresolvable,
      substitution,
      by(otherProvider, arrival),
    ]);
    given(past).when(by(otherProvider, validation)).accepts('IdentityValidated', { by: otherProvider });
  });
  it('lets through only what it names', () => {
    const past = advance(eventsBefore('StartWork', { without: ['SubmitPhotos', 'ShowTools'] }), waive('photos-sent'));
    given(past).when(start).rejects(['tools-shown', '1.1-40']);
    given(past).when(start, policyWaiving('tools-shown')).accepts('WorkStarted', byProvider);
  });
  it('of materials-settled ends that the work awaits materials, and no other does', () => {
    const extra = command('RequestExtraMaterials', { at: minute(39), materials: needed });
    const awaited = advance(eventsAfter('StartWork'), extra);
    const others = instruct('visit', 'proceed', { waives: ['enough-supplied', 'tools-shown'] });
    expect(given(awaited).when(others).accepts('InstructionGiven', byOperator).phase).toBe('awaiting-materials');
    const visit = given(awaited)
      .when(instruct('visit', 'proceed', { at: minute(45), waives: ['materials-settled'] }))
      .accepts('InstructionGiven', byOperator);
    expect(visit).toMatchObject({ phase: 'working', materials: { status: 'requested', awaited: false } });
    expect(visit.work.intervals.at(-1)).toEqual({ from: minute(45), to: null });
  });
  it('changes nothing that the rule speaks of', () => {
    const past = advance(eventsAfter('RecordArrival'), waive('identity-valid'));
    expect(replay(past).identity.validatedAt).toBeNull();
    given(past)
      .when(command('AnnounceService', { service: 'fontanería' }))
      .accepts('ServiceAnnounced', byProvider);
  });
});

describe('1.1-10 a rule waived twice', () => {
  it('keeps the first instruction’s time', () => {
    const waive = (at: string) =>
      command('GiveInstruction', { at, about: 'visit', decision: 'proceed', text: 't', waives: ['area-cleared'] });
    const events = advance(eventsBefore('RecordArrival'), [waive(minute(1)), waive(minute(2))]);
    expect(replay(events).waivers).toEqual([{ rule: 'area-cleared', at: minute(1) }]);
  });
});
