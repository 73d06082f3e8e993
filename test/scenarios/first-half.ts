import type {
  Actor,
  EventMetadata,
  EventType,
  GiveInstructionData,
  InstructionDecision,
  InstructionTopic,
  VisitCommand,
  VisitEvent,
  WaivableRule,
} from '../../src/messages/index.ts';
import { decide, type Policy, replay } from '../../src/visit/index.ts';
import {
  assignment,
  call,
  command,
  history,
  minute,
  needed,
  photo,
  provider,
  through,
  visitId,
} from '../support/visit.ts';

/** The events so far, and those of more commands, each of which must be accepted. */
export function andThen(past: readonly VisitEvent[], ...next: readonly VisitCommand[]): VisitEvent[] {
  return history(next, undefined, past);
}

/** An event as another system may have written it; nobody judged it. */
export function fact(type: EventType, data: object = {}, by: Actor = provider, metadata?: EventMetadata): VisitEvent {
  const event = { type, data: { visitId, at: minute(0), ...data, by } };
  return (metadata === undefined ? event : { ...event, metadata }) as unknown as VisitEvent;
}

/** What `decide` cites against a command, as `rule clause`, in its order. */
export function cited(past: readonly VisitEvent[], next: VisitCommand, policy?: Policy): string[] {
  const decision = decide(next, replay(past), policy);
  return decision.ok ? [] : decision.rejection.violations.map(({ rule, clause }) => `${rule} ${clause}`);
}

type Instruction = Partial<Omit<GiveInstructionData, 'visitId' | 'about' | 'decision'>>;

export function instruct(about: InstructionTopic, decision: InstructionDecision, data: Instruction = {}): VisitCommand {
  return command('GiveInstruction', { about, decision, text: 'según lo conversado', ...data });
}

/** The instruction that waives rules for this visit, and the policy that waives one for all. */
export const waive = (...waives: readonly WaivableRule[]) => instruct('visit', 'proceed', { waives });
export const waiving = (rule: string): Policy => ({ waive: [{ rule, reason: 'lo permite el contrato' }] });

/** Both ways around a waivable rule. */
export const waysAround = (rule: WaivableRule) =>
  [
    ['an instruction', [waive(rule)], undefined],
    ['the policy', [], waiving(rule)],
  ] as const;

export const irresolvable = command('ReportTransitIssue', { at: minute(1), issue: 'breakdown', resolvable: false });
export const substitute = { id: 'p-2', name: 'Rosa Solano' } as const;
export const substitution = command('ReassignProvider', {
  at: minute(30),
  provider: substitute,
  arriveBy: minute(120),
});
export const absence = command('ReportClientAbsence', { at: minute(31), call });
export const rejection = command('RejectIdentity', { at: minute(32), reason: 'refused', call });
export const leave = command('PauseWork', { at: minute(33), kind: 'second-visit', notice: call });
export const relocation = command('AmendAssignment', { at: minute(34), place: 'Heredia centro' });
export const arrival = command('RecordArrival', { at: minute(35) });
export const validation = command('ValidateIdentity', { person: 'client', fullNameGiven: true, documentShown: true });
export const standIn = command('ValidateIdentity', {
  at: minute(36),
  person: 'representative',
  fullNameGiven: true,
  documentShown: true,
});

export const refusal = command('ReportMaterialsRefusal', { call });
export const agreement = command('CoordinateMaterials', { outcome: 'client-will-supply' });
export const escalation = command('EscalateClientImpact', { what: 'se mojó un mueble' });
export const comesBack = command('RecordClientReturn', {});

/** Before the start: the ways in which the provider is not on site, and the rules that refuse every act on site. */
export const offSite = [
  ['he has not arrived', [relocation], [['arrived', '1.1-01']]],
  ['he came back and has not resumed', [leave, arrival], [['not-away', '1.1-49']]],
  [
    'he is away',
    [leave],
    [
      ['arrived', '1.1-01'],
      ['not-away', '1.1-49'],
    ],
  ],
] as const;

/** One of each act, in the order of the protocol, with data that are complete. */
export const samples: readonly VisitCommand[] = [
  command('AssignVisit', assignment),
  command('AmendAssignment', { service: 'electricidad' }),
  command('ReportTransitIssue', { issue: 'delay' }),
  command('AcknowledgeTransitIssue', {}),
  command('NotifyClient', { about: ['delay'], reached: true }),
  substitution,
  command('RecordArrival', {}),
  command('ShowCredential', {}),
  command('ReportClientAbsence', { call }),
  command('RecordClientReturn', {}),
  instruct('visit', 'other'),
  validation,
  command('RejectIdentity', { reason: 'other', call }),
  command('AnnounceService', { service: assignment.service }),
  command('LocateFault', { where: 'cocina' }),
  command('InspectArea', { clientPresent: true }),
  command('TakePhotos', { photos: [photo('f-9')] }),
  command('SubmitPhotos', { photoIds: ['f-1'], channel: 'app' }),
  command('DocumentPhotos', { photoIds: ['f-1'] }),
  command('AssessService', { diagnosis: 'tubo roto' }),
  command('ExplainWork', { method: 'cambiar el tubo', materials: needed }),
  command('SupplyMaterials', { suppliedBy: 'client', items: needed }),
  command('AcceptMaterials', {}),
  command('RejectMaterials', { mismatches: [{ item: 'Tubo PVC', reasons: ['quality'] }] }),
  command('ReportMaterialsRefusal', { call }),
  command('CoordinateMaterials', { outcome: 'client-will-supply' }),
  command('RequestExtraMaterials', { materials: needed }),
  command('ShowTools', { tools: ['llave'] }),
  command('ClearArea', { moved: [] }),
  command('ReportStart', { call }),
  command('DocumentStart', {}),
  command('StartWork', {}),
  command('PauseWork', { kind: 'break' }),
  command('ResumeWork', { kind: 'break' }),
  command('TestQuality', { withClient: true, tests: [{ name: 'presión', passed: true }] }),
  command('RecordConformity', {}),
  command('RecordObjection', { what: 'gotea' }),
  command('HandOverSite', { structuralConditionPreserved: true }),
  command('ShowBelongings', { items: ['llave'], clientConfirmed: true }),
  command('ReportCompletion', { call, caseNumber: 'EXP-1' }),
  command('GiveFarewell', {}),
  command('CompleteVisit', {}),
  command('CloseVisit', {}),
  command('EscalateClientImpact', { what: 'se mojó un mueble' }),
  command('ReportConductBreach', { kind: 'smoking' }),
  command('DeclineOffContractRequest', { activity: 'other' }),
  command('PerformOffContractAct', { activity: 'other' }),
];

/** The same command, recorded by somebody else. */
export function by(actor: Actor, next: VisitCommand): VisitCommand {
  return { ...next, metadata: { actor } } as VisitCommand;
}

export const decisions: readonly InstructionDecision[] = [
  'wait',
  'proceed',
  'proceed-with-representative',
  'reschedule',
  'cancel',
  'reassign',
  'other',
];

/** By what an instruction may be about: a visit in which that is open. */
export const asked = {
  'client-absence': () => andThen(through('ExplainWork'), absence),
  identity: () => andThen(through('ExplainWork'), rejection),
  materials: () => andThen(through('ExplainWork'), refusal),
  escalation: () => andThen(through('ExplainWork'), escalation),
  visit: () => through('AssignVisit'),
} satisfies Record<InstructionTopic, unknown>;

export const topics = Object.keys(asked) as InstructionTopic[];
