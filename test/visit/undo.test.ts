import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { advance, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import type { VisitState } from '../../src/visit/index.ts';
import {
  absence,
  assignment,
  instruct,
  leave,
  pause,
  rejection,
  substitute,
  substitution,
} from '../scenarios/commands.ts';
import { finished, stateOf, working } from '../scenarios/moments.ts';

/** The facts that an act can take back, by name; `null` when one does not stand. */
const facts = {
  arrival: ({ arrival }: VisitState) => arrival.arrivedAt,
  credential: ({ arrival }: VisitState) => arrival.credentialShownAt,
  absence: ({ arrival }: VisitState) => arrival.absentSince,
  identity: ({ identity }: VisitState) => identity.validatedAt ?? identity.person,
  'identity question': ({ identity }: VisitState) => identity.rejectedAt,
  representative: ({ identity }: VisitState) => identity.representativeAllowed || null,
  instruction: ({ instruction }: VisitState) => instruction,
  announcement: ({ inspection }: VisitState) => inspection.announcedAt,
  inspection: ({ inspection }: VisitState) => inspection.areaInspectedAt ?? inspection.explainedAt,
  photos: ({ photos }: VisitState) => photos.sent || null,
  materials: ({ materials }: VisitState) => (materials.status === 'accepted' ? true : null),
  tools: ({ work }: VisitState) => work.toolsShownAt ?? (work.tools.length || null),
  area: ({ work }: VisitState) => work.areaClearedAt,
  'start call': ({ work }: VisitState) => work.startReportedAt,
  start: ({ work }: VisitState) => work.startedAt,
  break: ({ work }: VisitState) => work.onBreak || null,
  away: ({ work }: VisitState) => work.away || null,
  tests: ({ closing }: VisitState) => (closing.tests === 'passed' ? true : null),
  conformity: ({ closing }: VisitState) => closing.conformedAt,
  handover: ({ closing }: VisitState) => closing.handedOverAt,
  belongings: ({ closing }: VisitState) => closing.belongingsShownAt ?? (closing.belongingsConfirmed || null),
  'completion call': ({ closing }: VisitState) => closing.completionReportedAt,
};

type Fact = keyof typeof facts;

/** The facts that stood before the event and do not stand after it. */
function undoneBy(past: readonly VisitEvent[], happened: VisitEvent): Fact[] {
  const [before, afterwards] = [stateOf(past), stateOf(past, happened)];
  return (Object.keys(facts) as Fact[]).filter(
    (fact) => facts[fact](before) !== null && facts[fact](afterwards) === null,
  );
}

const closing = ['tests', 'conformity', 'handover', 'completion call'] as const;
/** All is done, and beside it everything stands that another act can take back. */
const everything = () => [
  ...advance(finished(), pause),
  fact('ClientAbsenceReported'),
  fact('InstructionGiven', { about: 'client-absence', decision: 'reassign' }),
  fact('InstructionGiven', { about: 'identity', decision: 'proceed-with-representative' }),
];

describe('1.1-08 IdentityRejected undoes the identity', () => {
  it('and nothing else', () => {
    expect(undoneBy(everything(), fact('IdentityRejected', { reason: 'other' }))).toEqual(['identity']);
  });
});

describe('1.1-29 ExtraMaterialsRequested undoes what was finished', () => {
  it('materials, tests, conformity, handover, completion call; not the belongings', () => {
    expect(undoneBy(everything(), fact('ExtraMaterialsRequested', { materials: [] }))).toEqual([
      'materials',
      ...closing,
    ]);
  });
});

describe('1.1-48 Paused second-visit undoes the arrival', () => {
  const left = fact('Paused', { kind: 'second-visit' });

  it('a break, tests, conformity, handover, belongings and completion call; not the credential or the tools', () => {
    expect(undoneBy(everything(), left)).toEqual([
      'arrival',
      'break',
      'tests',
      'conformity',
      'handover',
      'belongings',
      'completion call',
    ]);
  });
  it('1.1-10 carries out an instruction to reschedule, and no other', () => {
    const told = (decision: string) => fact('InstructionGiven', { about: 'visit', decision });
    expect(undoneBy([...working(), told('reschedule')], left)).toEqual(['arrival', 'instruction']);
    expect(undoneBy([...working(), told('cancel')], left)).toEqual(['arrival']);
    expect(undoneBy([...working(), told('reassign')], left)).toEqual(['arrival']);
  });
  it('a break undoes nothing', () => {
    expect(undoneBy(finished(), fact('Paused', { kind: 'break' }))).toEqual([]);
  });
});

describe('1.1-47 1.1-50 a failed test or an objection undoes what followed the tests', () => {
  it.each([
    ['a failed test', fact('QualityTested', { tests: [], passed: false })],
    ['an objection', fact('ClientObjected', { what: 'gotea' })],
  ])('%s: conformity, handover, completion call; not the belongings', (_, happened) => {
    expect(undoneBy(everything(), happened)).toEqual([...closing]);
    expect(stateOf(everything(), happened).closing.tests).toBe('failed');
  });
  it('a test that passed undoes nothing', () => {
    expect(undoneBy(everything(), fact('QualityTested', { tests: [], passed: true }))).toEqual([]);
  });
});

describe('1.2-12 ProviderReassigned undoes the personal acts of the former provider', () => {
  const reassigned = fact('ProviderReassigned', substitution.data, { role: 'contact-center', id: 'op-1' });

  it('after the start: the visit is away and on no break, and the work is finished anew', () => {
    expect(undoneBy(everything(), reassigned)).toEqual([
      'arrival',
      'credential',
      'absence',
      'identity',
      'representative',
      'instruction',
      'tools',
      'break',
      'tests',
      'conformity',
      'handover',
      'belongings',
      'completion call',
    ]);
    expect(stateOf(everything(), reassigned).work).toMatchObject({ away: true, startedAt: minute(16) });
  });
  it('before the start: the visit is not away, even if it was', () => {
    const left = advance(eventsBefore('StartWork'), [instruct('visit', 'reassign'), leave]);
    expect(undoneBy(left, reassigned)).toEqual(['credential', 'identity', 'instruction', 'tools', 'away']);
  });
  it('any absence or identity question', () => {
    const asked = advance(eventsAfter('ShowCredential'), [absence, rejection]);
    const state = stateOf(asked, reassigned);
    expect(undoneBy(asked, reassigned)).toEqual(['arrival', 'credential', 'absence', 'identity question']);
    expect(state.debts.map(({ kind }) => kind)).toEqual(['notify-provider-change']);
  });
  it('leaves announcement, inspection, photographs, materials, area and start call', () => {
    const kept: Fact[] = ['announcement', 'inspection', 'photos', 'materials', 'area', 'start call', 'start'];
    const state = stateOf(everything(), reassigned);
    expect(kept.filter((fact) => facts[fact](state) === null)).toEqual([]);
    expect(state.provider).toEqual(substitute);
    expect(state.arriveBy).toBe(minute(120));
  });
});

describe('1.1-13 AssignmentAmended undoes what it contradicts, before the start', () => {
  const amended = (data: object) => fact('AssignmentAmended', data, { role: 'contact-center', id: 'op-1' });

  it.each([
    ['another service', { service: 'cerrajería' }, ['announcement']],
    ['another place', { place: 'Heredia centro' }, ['arrival']],
    ['both', { service: 'cerrajería', place: 'Heredia centro' }, ['arrival', 'announcement']],
    ['the same service and place', { service: 'fontanería', place: assignment.place }, []],
    [
      'anything else',
      { instructions: 'llamar', client: { name: 'Ana' }, requiredShots: ['x'], arriveBy: minute(99) },
      [],
    ],
  ])('%s', (_, data, undone) => {
    expect(undoneBy(eventsBefore('StartWork'), amended(data))).toEqual(undone);
  });
  it('nothing after the start', () => {
    expect(undoneBy(working(), amended({ service: 'cerrajería', place: 'Heredia centro' }))).toEqual([]);
  });
});

describe('1.1-33 1.1-49 what takes nothing back', () => {
  it.each([
    ['1.1-33 MaterialsAccepted', fact('MaterialsAccepted')],
    ['1.1-40 ToolsShown', fact('ToolsShown', { tools: [] })],
    ['1.1-26 StartReported', fact('StartReported')],
    ['1.1-43 WorkStarted', fact('WorkStarted')],
    ['1.1-45 SiteHandedOver', fact('SiteHandedOver')],
    ['1.1-50 ClientConformed', fact('ClientConformed')],
    ['1.3-02 CompletionReported', fact('CompletionReported')],
    ['2.2-08 ClientImpactEscalated', fact('ClientImpactEscalated', { what: 'x' })],
  ])('%s', (_, happened) => {
    expect(undoneBy(everything(), happened)).toEqual([]);
  });
});
