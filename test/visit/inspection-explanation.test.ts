import { describe, expect, it } from 'vitest';
import type { Material } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import { absence, agreement, byProvider, instruct, leave, needed, refusal, waysAround } from '../scenarios/commands.ts';
import { debtsOf, offSite } from '../scenarios/moments.ts';

const explain = (materials: readonly Material[], at = minute(40)) =>
  command('ExplainWork', { at, method: 'cambiar el tubo', materials });
const elbow: readonly Material[] = [{ item: 'Codo', quantity: 1, kind: 'PVC', quality: 'presión' }];
const supplied = command('SupplyMaterials', { suppliedBy: 'client', items: needed });
const rejected = command('RejectMaterials', { mismatches: [{ item: 'Tubo PVC', reasons: ['quality'] }] });
const extra = command('RequestExtraMaterials', { at: minute(39), materials: elbow });

const past = () => eventsBefore('ExplainWork');
const toSupply = (since = minute(40)) => ({ kind: 'supply-materials', debtor: 'client', clause: '1.1-32', since });

describe('1.1-28 1.1-29 the work and its materials are explained', () => {
  it('1.1-32 asks the client for what is needed, since then', () => {
    const before = replay(past());
    const visit = given(past()).when(explain(elbow)).accepts('WorkExplained', byProvider);
    expect(visit).toEqual({
      ...before,
      inspection: { ...before.inspection, explainedAt: minute(40) },
      materials: { ...before.materials, status: 'requested', requested: elbow },
      debts: [...before.debts, toSupply()],
    });
  });
  it('asks for nothing when nothing is needed', () => {
    const visit = given(past()).when(explain([])).accepts('WorkExplained', byProvider);
    expect(visit.inspection.explainedAt).toBe(minute(40));
    expect(visit.materials).toMatchObject({ status: 'not-needed', requested: [] });
    expect(debtsOf(visit)).not.toContain('supply-materials');
  });
  it('1.1-29 is refused before the service was assessed', () => {
    given(eventsBefore('AssessService')).when(explain(elbow)).rejects(['service-assessed', '1.1-29']);
    given(eventsBefore('AssessService')).when(explain([])).rejects(['service-assessed', '1.1-29']);
  });
  it.each(offSite)('is refused when %s', (_, acts, refused) => {
    given(advance(past(), acts))
      .when(explain(elbow))
      .rejects(...refused);
  });
  it('lists all that fails', () => {
    given(advance(eventsBefore('AssessService'), [absence, leave]))
      .when(explain(elbow))
      .rejects(
        ['arrived', '1.1-01'],
        ['not-away', '1.1-49'],
        ['client-here', '1.1-09'],
        ['service-assessed', '1.1-29'],
      );
  });
});

describe('1.1-09 the explanation waits for an absent client', () => {
  const absent = () => advance(past(), absence);
  it('refuses it, also after an instruction to wait', () => {
    given(absent()).when(explain(elbow)).rejects(['client-here', '1.1-09']);
    given(advance(absent(), instruct('client-absence', 'wait')))
      .when(explain([]))
      .rejects(['client-here', '1.1-09']);
  });
  it.each(waysAround('client-here'))('is let through by %s', (_, instructions, policy) => {
    given(advance(absent(), instructions)).when(explain(elbow), policy).accepts('WorkExplained', byProvider);
  });
});

describe('1.1-25 the work is explained before it starts', () => {
  it('is needed for the start', () => {
    const without = ['ExplainWork', 'SupplyMaterials', 'AcceptMaterials'] as const;
    given(eventsBefore('StartWork', { without }))
      .when(command('StartWork', {}))
      .rejects(['work-explained', '1.1-25'], ['materials-settled', '1.1-33']);
  });
  it('is refused with a list after the start, where more is asked for in another way', () => {
    given(eventsAfter('StartWork')).when(explain(elbow)).rejects(['list-before-start', '1.1-25']);
    given(advance(eventsAfter('StartWork'), [extra, supplied]))
      .when(explain(elbow))
      .rejects(['list-before-start', '1.1-25'], ['no-round-underway', '1.1-36']);
  });
  it('lists it after an assessment that a log leaves out', () => {
    given(eventsBefore('AssessService'), fact('WorkStarted'))
      .when(explain(elbow))
      .rejects(['service-assessed', '1.1-29'], ['list-before-start', '1.1-25']);
  });
  it('is accepted after the start with no list; what was accepted stays so', () => {
    const before = replay(eventsAfter('StartWork'));
    const visit = given(eventsAfter('StartWork')).when(explain([])).accepts('WorkExplained', byProvider);
    expect(visit).toMatchObject({ phase: 'working', materials: { status: 'accepted', awaited: false } });
    expect(visit.inspection).toEqual({ ...before.inspection, explainedAt: minute(40) });
    expect([visit.work, visit.debts]).toEqual([before.work, before.debts]);
  });
});

describe('1.1-36 the list does not change under cover of a round', () => {
  it.each([
    ['supplied', [supplied]],
    ['rejected', [supplied, rejected]],
    ['in dispute', [refusal]],
  ])('refuses it while materials are %s, with or without a list', (_, acts) => {
    for (const materials of [elbow, []]) {
      given(advance(eventsAfter('ExplainWork'), acts))
        .when(explain(materials))
        .rejects(['no-round-underway', '1.1-36']);
    }
  });
  it.each([
    ['requested', eventsAfter('ExplainWork')],
    ['not needed', advance(past(), explain([]))],
    ['accepted', eventsAfter('AcceptMaterials')],
    ['coordinated', advance(eventsAfter('ExplainWork'), [refusal, agreement])],
    ['coordinated by an instruction', advance(eventsAfter('ExplainWork'), [refusal, instruct('materials', 'wait')])],
  ])('accepts it anew while they are %s', (_, events) => {
    const asked = given(events).when(explain(elbow)).accepts('WorkExplained', byProvider);
    expect(asked.materials).toMatchObject({ status: 'requested', requested: elbow });
    expect(debtsOf(asked)).toContain('supply-materials');
    const dropped = given(events).when(explain([])).accepts('WorkExplained', byProvider);
    expect(dropped.materials).toMatchObject({ status: 'not-needed', requested: [] });
    expect(debtsOf(dropped)).not.toContain('supply-materials');
  });
  it('moves them in a log from anywhere', () => {
    const told = fact('WorkExplained', { method: 'otro', materials: elbow });
    expect(replay([...eventsAfter('SupplyMaterials'), told]).materials).toMatchObject({
      status: 'requested',
      requested: elbow,
    });
  });
});

describe('1.1-32 what the client owes', () => {
  it('is owed once, since it was first asked for', () => {
    const visit = given(advance(past(), explain(needed)))
      .when(explain(elbow, minute(50)))
      .accepts('WorkExplained', byProvider);
    expect(visit.debts).toContainEqual(toSupply());
    expect(debtsOf(visit).filter((kind) => kind === 'supply-materials')).toHaveLength(1);
  });
  it('is owed anew after it was supplied and more is explained', () => {
    const visit = given(eventsAfter('AcceptMaterials')).when(explain(elbow)).accepts('WorkExplained', byProvider);
    expect(visit.debts).toContainEqual(toSupply());
  });
});

describe('1.1-29 an empty list after the start withdraws what was asked for besides', () => {
  const waiting = () => advance(eventsAfter('StartWork'), extra);
  it('the work goes on', () => {
    expect(replay(waiting())).toMatchObject({ phase: 'awaiting-materials', materials: { awaited: true } });
    const visit = given(waiting()).when(explain([])).accepts('WorkExplained', byProvider);
    expect(visit).toMatchObject({
      phase: 'working',
      materials: { status: 'not-needed', requested: [], awaited: false },
      work: {
        intervals: [
          { from: minute(16), to: minute(39) },
          { from: minute(40), to: null },
        ],
      },
    });
    expect(debtsOf(visit)).not.toContain('supply-materials');
  });
  it('the same holds once the materials were coordinated', () => {
    const visit = given(advance(waiting(), [refusal, agreement]))
      .when(explain([]))
      .accepts('WorkExplained', byProvider);
    expect(visit).toMatchObject({ phase: 'working', materials: { status: 'not-needed', awaited: false } });
  });
  it.each([
    ['supplied', [supplied]],
    ['rejected', [supplied, rejected]],
    ['in dispute', [refusal]],
  ])('in a log also while they are %s', (_, acts) => {
    const told = fact('WorkExplained', { at: minute(45), method: 'otro', materials: [] });
    const visit = replay([...advance(waiting(), acts), told]);
    expect(visit).toMatchObject({ phase: 'working', materials: { status: 'not-needed', awaited: false } });
  });
});
