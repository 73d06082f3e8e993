import { describe, expect, it } from 'vitest';
import type { InstructionDecision, InstructionTopic } from '../../src/messages/index.ts';
import { decisions } from '../../src/testing/instructions.ts';
import { advance, command, eventsAfter, eventsBefore, fact, given } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import {
  absence,
  agreement,
  byOperator,
  byProvider,
  comesBack,
  escalation,
  instruct,
  irresolvable,
  leave,
  operator,
  refusal,
  rejection,
  substitution,
  validation,
} from '../scenarios/commands.ts';
import { asked, debtsOf, topics } from '../scenarios/moments.ts';

const questions = topics.filter((topic) => topic !== 'visit');

describe('1.1-10 the contact center gives an instruction about what is open', () => {
  it.each(topics.flatMap((about) => decisions.map((decision) => [about, decision] as const)))(
    'accepts one about %s: %s',
    (about, decision) => {
      given(asked[about]()).when(instruct(about, decision)).accepts('InstructionGiven', byOperator);
    },
  );
  it.each(questions)('refuses one about %s when that is not open', (about) => {
    for (const decision of decisions) {
      given(eventsAfter('ExplainWork')).when(instruct(about, decision)).rejects(['question-open', '1.1-10']);
    }
  });
  it.each([
    ['client-absence', 'stays open', []],
    ['identity', 'stays open', []],
    ['materials', 'stays open', []],
    ['client-absence', 'is closed by his return', [comesBack]],
    ['identity', 'is closed by a validation', [validation]],
    ['materials', 'is closed by a supply', [command('SupplyMaterials', { suppliedBy: 'client' })]],
    ['escalation', 'is closed by the answer', []],
  ] as const)('an answered question about %s %s', (about, how, acts) => {
    const past = advance(asked[about](), [instruct(about, 'wait'), ...acts]);
    const again = given(past).when(instruct(about, 'wait'));
    if (how === 'stays open') again.accepts('InstructionGiven', byOperator);
    else again.rejects(['question-open', '1.1-10']);
  });
  it('accepts one about materials that were coordinated', () => {
    given(advance(asked.materials(), agreement))
      .when(instruct('materials', 'wait'))
      .accepts('InstructionGiven', byOperator);
  });
  it('refuses one about an identity that was never in question, nor one that was validated', () => {
    given(eventsAfter('ShowCredential'))
      .when(instruct('identity', 'wait'))
      .rejects({ rule: 'question-open', clause: '1.1-10', facts: { about: 'identity', open: [] } });
    given(eventsAfter('ValidateIdentity')).when(instruct('identity', 'wait')).rejects(['question-open', '1.1-10']);
  });
  it('refuses one about a question that is not open, and names the one that is', () => {
    given(asked['client-absence']())
      .when(instruct('identity', 'wait'))
      .rejects({ rule: 'question-open', clause: '1.1-10', facts: { about: 'identity', open: ['client-absence'] } });
  });
  it('may name the representative', () => {
    given(asked['client-absence']())
      .when(instruct('client-absence', 'proceed-with-representative', { representative: { name: 'Eva Soto' } }))
      .accepts('InstructionGiven', byOperator);
  });
});

describe('1.1-10 what is owed is discharged by an instruction about it', () => {
  const all = () => advance(eventsAfter('ExplainWork'), [absence, rejection, refusal, escalation]);
  const owed = {
    'client-absence': 'give-instruction/client-absence',
    identity: 'give-instruction/identity',
    materials: 'coordinate-materials',
    escalation: 'take-up-escalation',
  } as const;
  it.each(Object.entries(owed) as [InstructionTopic, string][])('about %s', (about, debt) => {
    expect(debtsOf(replay(all()))).toContain(debt);
    const expected = debtsOf(replay(all())).filter((kind) => kind !== debt);
    for (const decision of decisions) {
      const visit = given(all()).when(instruct(about, decision)).accepts('InstructionGiven', byOperator);
      expect(debtsOf(visit)).toEqual(expected);
    }
  });
  it('an instruction about the visit discharges nothing', () => {
    const visit = given(all()).when(instruct('visit', 'proceed')).accepts('InstructionGiven', byOperator);
    expect(debtsOf(visit)).toEqual(debtsOf(replay(all())));
  });
  it('1.1-39 leaves materials coordinated, whatever it decides, from a log from anywhere', () => {
    for (const decision of decisions) {
      const visit = given(asked.materials())
        .when(instruct('materials', decision))
        .accepts('InstructionGiven', byOperator);
      expect(visit.materials.status).toBe('coordinated');
    }
    const told = fact('InstructionGiven', { about: 'materials', decision: 'wait', text: 'espere' }, operator);
    expect(replay([...eventsAfter('AcceptMaterials'), told]).materials.status).toBe('coordinated');
  });
  it.each([
    ['visit', 'proceed', []],
    ['visit', 'other', ['reassign-provider']],
    ['visit', 'wait', ['reassign-provider']],
    ['visit', 'reassign', ['reassign-provider']],
    ['visit', 'cancel', ['reassign-provider']],
  ] as const)(
    '1.2-12 a reassignment that is owed, by one about the %s to %s: still owed %j',
    (about, decision, debts) => {
      const visit = given(advance(eventsAfter('AssignVisit'), irresolvable))
        .when(instruct(about, decision))
        .accepts('InstructionGiven', byOperator);
      expect(debtsOf(visit)).toEqual(debts);
    },
  );
  it('1.2-12 is not discharged by one to proceed about something else', () => {
    const visit = given(advance(eventsAfter('AssignVisit'), [escalation, irresolvable]))
      .when(instruct('escalation', 'proceed'))
      .accepts('InstructionGiven', byOperator);
    expect(debtsOf(visit)).toEqual(['reassign-provider']);
  });
});

describe('1.1-10 one of cancel, reschedule and reassign stands at a time', () => {
  const ends = ['cancel', 'reschedule', 'reassign'] as const;
  const others = decisions.filter((decision) => !(ends as readonly string[]).includes(decision));
  it.each(topics.flatMap((about) => ends.map((decision) => [about, decision] as const)))(
    'about %s: %s stands',
    (about, decision) => {
      const visit = given(asked[about]()).when(instruct(about, decision)).accepts('InstructionGiven', byOperator);
      expect(visit.instruction).toBe(decision);
    },
  );
  it.each(topics.flatMap((about) => ends.map((decision) => [about, decision] as const)))(
    'until another of the three about %s: %s',
    (about, decision) => {
      const past = advance(asked[about](), instruct('visit', decision === 'cancel' ? 'reschedule' : 'cancel'));
      const visit = given(past).when(instruct(about, decision)).accepts('InstructionGiven', byOperator);
      expect(visit.instruction).toBe(decision);
    },
  );
  it.each(others)('until any about the visit: %s', (decision) => {
    for (const standing of ends) {
      const visit = given(advance(asked.visit(), instruct('visit', standing)))
        .when(instruct('visit', decision))
        .accepts('InstructionGiven', byOperator);
      expect(visit.instruction).toBeNull();
    }
  });
  it.each(questions)('another instruction about %s does not end it', (about) => {
    for (const decision of others) {
      const visit = given(advance(asked[about](), instruct('visit', 'cancel')))
        .when(instruct(about, decision))
        .accepts('InstructionGiven', byOperator);
      expect(visit.instruction).toBe('cancel');
    }
  });
  it.each([
    ['cancel', 'cancel'],
    ['reschedule', 'reschedule'],
    ['client-will-supply', null],
  ] as const)('1.1-39 coordinated materials with %s count as %s', (outcome, standing) => {
    const visit = given(asked.materials())
      .when(command('CoordinateMaterials', { outcome }))
      .accepts('MaterialsCoordinated', byOperator);
    expect(visit.instruction).toBe(standing);
  });
  it('1.1-39 materials that the client will supply end no other instruction', () => {
    const visit = given(advance(asked.materials(), instruct('visit', 'cancel')))
      .when(agreement)
      .accepts('MaterialsCoordinated', byOperator);
    expect(visit.instruction).toBe('cancel');
  });
});

describe('1.1-10 an instruction is carried out', () => {
  const standing = (decision: InstructionDecision) => advance(eventsBefore('TakePhotos'), instruct('visit', decision));
  const close = command('CloseVisit', {});
  it.each([
    ['cancel', 'cancelled'],
    ['reschedule', 'rescheduled'],
  ] as const)('by closing the visit: %s', (decision, outcome) => {
    const visit = given(standing(decision))
      .when(close)
      .accepts('VisitClosed', { ...byProvider, outcome });
    expect(visit.instruction).toBeNull();
    expect(visit.closing.outcome).toBe(outcome);
  });
  it('by leaving until a second visit: reschedule, and that alone', () => {
    expect(given(standing('reschedule')).when(leave).accepts('Paused', byProvider).instruction).toBeNull();
    expect(given(standing('reassign')).when(leave).accepts('Paused', byProvider).instruction).toBe('reassign');
    expect(replay([...standing('cancel'), fact('Paused', { kind: 'second-visit' })]).instruction).toBe('cancel');
    expect(replay([...standing('reschedule'), fact('Paused', { kind: 'break' })]).instruction).toBe('reschedule');
  });
  it.each(['cancel', 'reschedule', 'reassign'] as const)('by a change of provider: %s', (decision) => {
    const visit = given(advance(eventsAfter('AssignVisit'), [irresolvable, instruct('visit', decision)]))
      .when(substitution)
      .accepts('ProviderReassigned', byOperator);
    expect(visit.instruction).toBeNull();
  });
  it('refuses to close a visit under none of them', () => {
    given(standing('reassign')).when(close).rejects(['ending-instructed', '1.1-10']);
    given(advance(standing('cancel'), instruct('visit', 'proceed')))
      .when(close)
      .rejects(['ending-instructed', '1.1-10']);
    given(eventsBefore('TakePhotos')).when(close).rejects(['ending-instructed', '1.1-10']);
  });
});
