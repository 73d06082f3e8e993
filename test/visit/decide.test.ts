import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../../src/kernel/fold.ts';
import type { CommandOf, CommandType, VisitCommand } from '../../src/messages/index.ts';
import { advance, command, given, minute } from '../../src/testing.ts';
import { type Decision, decide, evolve, initialState, replay, ruleIds } from '../../src/visit/index.ts';
import { commandOf } from '../scenarios/act-table.ts';
import { askExtra, assignment, complete, plain, policyWaiving, provider, visitId } from '../scenarios/commands.ts';
import { awaiting, back, disputed, onBreak, takenOver, working } from '../scenarios/moments.ts';

type Minimal = { readonly [T in CommandType]: Omit<CommandOf<T>['data'], 'visitId' | 'at'> };

/** The data of each act that the schema requires, without those that only the protocol requires. */
const minimal: Minimal = {
  AssignVisit: assignment,
  AmendAssignment: {},
  ReportTransitIssue: {},
  AcknowledgeTransitIssue: {},
  NotifyClient: { about: ['delay'], reached: true },
  ReassignProvider: { provider: { id: 'prov-2', name: 'Rosa Vega' }, arriveBy: minute(90) },
  RecordArrival: {},
  ShowCredential: {},
  ReportClientAbsence: {},
  RecordClientReturn: {},
  GiveInstruction: { about: 'visit', decision: 'wait', text: 'espere' },
  ValidateIdentity: { person: 'client' },
  RejectIdentity: { reason: 'other' },
  AnnounceService: { service: 'otro' },
  LocateFault: { where: 'cocina' },
  InspectArea: {},
  TakePhotos: { photos: [] },
  SubmitPhotos: { photoIds: [] },
  DocumentPhotos: { photoIds: [] },
  AssessService: { diagnosis: 'roto' },
  ExplainWork: { method: 'cambiar', materials: [] },
  SupplyMaterials: {},
  AcceptMaterials: {},
  RejectMaterials: {},
  ReportMaterialsRefusal: {},
  CoordinateMaterials: { outcome: 'cancel' },
  RequestExtraMaterials: { materials: [] },
  ShowTools: { tools: [] },
  ClearArea: { moved: [] },
  ReportStart: {},
  DocumentStart: {},
  StartWork: {},
  PauseWork: { kind: 'second-visit' },
  ResumeWork: { kind: 'second-visit' },
  TestQuality: { tests: [{ name: 'fuga', passed: true }] },
  RecordConformity: {},
  RecordObjection: { what: 'gotea' },
  HandOverSite: {},
  ShowBelongings: { items: [] },
  ReportCompletion: {},
  GiveFarewell: {},
  CompleteVisit: {},
  CloseVisit: {},
  EscalateClientImpact: { what: 'sin agua' },
  ReportConductBreach: { kind: 'other' },
  DeclineOffContractRequest: { activity: 'other' },
  PerformOffContractAct: { activity: 'other' },
  AnnulAct: { act: 'Completed', recorded: '2026-03-09T14:00:00.000Z', reason: 'error' },
  CorrectTime: {
    what: 'start',
    recorded: '2026-03-09T14:00:00.000Z',
    corrected: '2026-03-09T14:05:00.000Z',
    reason: 'error',
  },
  ReportDiscrepancy: { discrepancyId: 'd-2', basedOn: 1, acts: [] },
  SettleDiscrepancy: { discrepancyId: 'd-2', taken: [], text: 'revisada' },
  AttestFacts: { facts: [{ fact: 'arrival', recorded: '2026-03-09T14:00:00.000Z', agrees: true }] },
};

/** Data that the schema leaves wide. */
const wide: readonly VisitCommand[] = [
  command('ReportTransitIssue', { issue: 'other' }),
  command('ReportTransitIssue', { issue: 'breakdown' }),
  command('ReportTransitIssue', { issue: 'breakdown', resolvable: true }),
  command('SubmitPhotos', { photoIds: ['__proto__'], channel: 'email' }),
  command('SubmitPhotos', { photoIds: ['constructor'], channel: 'fax' }),
  command('DocumentPhotos', { photoIds: ['toString'] }),
  command('RejectMaterials', { mismatches: [] }),
  command('RejectMaterials', { mismatches: [{ item: 'x' }, { item: 'y', reasons: ['constructor'] }] }),
  command('SupplyMaterials', { suppliedBy: 'provider', items: [] }),
  command('PerformOffContractAct', { activity: '__proto__' }),
];

const full = advance([], plain);
/** Every moment of the plain visit, and some that it never reaches. */
const moments = [
  ...[...full, null].map((_, length) => full.slice(0, length)),
  ...[awaiting, back, onBreak, disputed, takenOver].map((moment) => moment()),
];

function answered(decision: Decision): void {
  if (decision.ok) {
    expect(decision.events).toHaveLength(1);
    expect(Object.keys(decision.events[0] ?? {})).toEqual(['type', 'data']);
    return;
  }
  const { violations } = decision.rejection;
  const order = violations.map(({ rule }) => rule);
  expect(order.length).toBeGreaterThan(0);
  expect(new Set(order).size).toBe(order.length);
  expect(order.filter((rule) => !ruleIds.includes(rule))).toEqual([]);
  expect(JSON.parse(JSON.stringify(violations))).toEqual(violations);
  for (const violation of violations) expect(Object.keys(violation)).toEqual(['rule', 'clause', 'facts']);
}

describe('0-02 decide answers every command at every moment, and never throws', () => {
  it.each(Object.entries(minimal))('%s, with nothing optional', (type, data) => {
    const next = commandOf(type as CommandType, data);
    for (const moment of moments) answered(decide(next, replay(moment)));
  });
  it.each(wide)('$type, with wide data', (next) => {
    for (const moment of moments) answered(decide(next, replay(moment)));
  });
  it('1.1-13 answers before the assignment with that rule alone', () => {
    given().when(command('AcceptMaterials', {})).rejects(['assigned-first', '1.1-13']);
  });
});

describe('0-02 an accepted command is exactly one event', () => {
  it.each(plain.map((next, index) => [next.type, next, index] as const))('%s', (_, next, index) => {
    const decision = decide(next, replay(full.slice(0, index)));
    answered(decision);
    expect(decision).toMatchObject({ ok: true, events: [{ type: full[index]?.type, data: next.data }] });
    expect(JSON.parse(JSON.stringify(decision))).toEqual(decision);
  });
});

describe('0-02 a type that is not of the protocol may be recorded by nobody', () => {
  it.each(['PintarSala', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'WorkStarted', ''])('%j', (type) => {
    const unknown = { type, data: { visitId, at: minute(0) }, metadata: { actor: provider } };
    given(working())
      .when(unknown as never)
      .rejects(['role', '0-02']);
    given()
      .when(unknown as never)
      .rejects(['assigned-first', '1.1-13']);
  });
});

describe('0-02 decide changes nothing and reads no clock', () => {
  const policy = policyWaiving('tools-shown');

  it.each(plain.map((next, index) => [next.type, next, index] as const))('%s on frozen input', (_, next, index) => {
    const state = replay(full.slice(0, index));
    const [ice, plainCopy] = [deepFreeze(structuredClone(next)), structuredClone(next)];
    const answer = decide(ice, state, deepFreeze(structuredClone(policy)));
    expect(answer).toEqual(decide(plainCopy, structuredClone(state), policy));
    expect(plainCopy).toEqual(next);
    expect(Object.isFrozen(plainCopy.data)).toBe(false);
  });
  it('leaves an unfrozen state as it was', () => {
    const state = structuredClone(replay(working()));
    decide(askExtra, state);
    decide(complete, state);
    expect(state).toEqual(replay(working()));
    expect(Object.isFrozen(state.work)).toBe(false);
  });
  it('judges a state that evolve made as one that replay made, and one read from JSON', () => {
    const folded = working().reduce(evolve, initialState());
    const read = JSON.parse(JSON.stringify(folded));
    for (const state of [folded, read]) expect(decide(complete, state)).toEqual(decide(complete, replay(working())));
  });
});
