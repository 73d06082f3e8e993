import { describe, expect, it } from 'vitest';
import type { Actor, CommandType, Role } from '../../src/messages/index.ts';
import { command, eventsAfter } from '../../src/testing.ts';
import { commandTypes } from '../../src/visit/index.ts';
import { samples } from '../scenarios/act-table.ts';
import { assignment, by, client, operator, provider } from '../scenarios/commands.ts';
import { cited } from '../scenarios/moments.ts';

const P = 'provider';
const C = 'contact-center';
const K = 'client';

/** The roles that may record each act, from the table of acts of the protocol. */
const recorders = {
  AssignVisit: [C],
  AmendAssignment: [C],
  ReportTransitIssue: [P, C],
  AcknowledgeTransitIssue: [C],
  NotifyClient: [C],
  ReassignProvider: [C],
  RecordArrival: [P, C],
  ShowCredential: [P],
  ReportClientAbsence: [P, C],
  RecordClientReturn: [P],
  GiveInstruction: [C],
  ValidateIdentity: [P],
  RejectIdentity: [P, C],
  AnnounceService: [P],
  LocateFault: [P],
  InspectArea: [P],
  TakePhotos: [P],
  SubmitPhotos: [P, C],
  DocumentPhotos: [C],
  AssessService: [P],
  ExplainWork: [P],
  SupplyMaterials: [P, K],
  AcceptMaterials: [P],
  RejectMaterials: [P],
  ReportMaterialsRefusal: [P, C],
  CoordinateMaterials: [C],
  RequestExtraMaterials: [P],
  ShowTools: [P],
  ClearArea: [P],
  ReportStart: [P, C],
  DocumentStart: [C],
  StartWork: [P],
  PauseWork: [P, C],
  ResumeWork: [P, C],
  TestQuality: [P],
  RecordConformity: [P, K],
  RecordObjection: [P, K],
  HandOverSite: [P],
  ShowBelongings: [P],
  ReportCompletion: [P, C],
  GiveFarewell: [P],
  CompleteVisit: [P, C],
  CloseVisit: [P, C],
  EscalateClientImpact: [P, C],
  ReportConductBreach: [C, K],
  DeclineOffContractRequest: [P],
  PerformOffContractAct: [P],
  AnnulAct: [C],
  CorrectTime: [C],
  ReportDiscrepancy: [P, K],
  SettleDiscrepancy: [C],
  AttestFacts: [K],
} as const satisfies Record<CommandType, readonly Role[]>;

const actors: readonly Actor[] = [provider, operator, client];

const cases = samples.flatMap((sample) =>
  actors.map((actor) => {
    const allowed: readonly Role[] = recorders[sample.type];
    const verdict = allowed.includes(actor.role) ? 'may be recorded' : 'is refused when recorded';
    return [sample.type, verdict, actor.role, by(actor, sample)] as const;
  }),
);

describe('0-02 each act is recorded by its role', () => {
  it('is asked of every act and every role', () => {
    expect(samples.map(({ type }) => type)).toEqual(Object.keys(recorders));
    expect(cases).toHaveLength(commandTypes.length * 3);
  });
  it.each(cases)('%s %s by the %s', (type, verdict, _, next) => {
    const past = type === 'AssignVisit' ? [] : eventsAfter('AssignVisit');
    const refused = verdict === 'may be recorded' ? [] : ['role 0-02'];
    expect(cited(past, next).filter((rule) => rule.startsWith('role '))).toEqual(refused);
  });
  it('comes first in the list, and alone where nothing else fails', () => {
    expect(cited([], command('AssignVisit', assignment, provider))).toEqual(['role 0-02']);
    expect(cited(eventsAfter('ReportStart'), command('StartWork', {}, operator))).toEqual(['role 0-02']);
    expect(cited(eventsAfter('AssignVisit'), command('ShowCredential', {}, client))).toEqual([
      'role 0-02',
      'arrived 1.1-01',
    ]);
  });
});
