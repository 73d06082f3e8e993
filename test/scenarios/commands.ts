import type {
  Actor,
  AnnullableEvent,
  CommandType,
  Contact,
  CorrectableTime,
  GiveInstructionData,
  InstructionDecision,
  InstructionTopic,
  ReportedAct,
  VisitCommand,
  WaivableRule,
} from '../../src/messages/index.ts';
import { actors, command, minute, plainVisit } from '../../src/testing.ts';
import type { Policy } from '../../src/visit/index.ts';

export const { provider, otherProvider, operator, client }: Readonly<Record<keyof typeof actors, Actor>> = actors;
export const visitId = 'visit-1';

/** The plain visit. */
export const plain = plainVisit();

/** The command of an act of the plain visit. */
export const step = (type: CommandType): VisitCommand => plain[placeIn(plain, type)] as VisitCommand;

/** The commands of the plain visit from an act to another, with both; to its end without the other. */
export function stretch(first: CommandType, last: CommandType = 'CompleteVisit'): VisitCommand[] {
  return plain.slice(placeIn(plain, first), placeIn(plain, last) + 1);
}

/** The commands that are of none of these types. */
export const without = (commands: readonly VisitCommand[], ...types: readonly CommandType[]): VisitCommand[] =>
  commands.filter(({ type }) => !types.includes(type));

/** The place of the only message of a type in a list: an index. Throws if there is none, or another. */
export function placeIn<T extends string>(messages: readonly { readonly type: T }[], type: NoInfer<T>): number {
  const places = messages.flatMap((message, index) => (message.type === type ? [index] : []));
  if (places.length !== 1) throw new Error(`${places.length} messages are of the type ${type}`);
  return places[0] as number;
}

/** The data of the plain visit that other commands repeat. */
const dataOf = (type: VisitCommand['type']) => step(type).data as never;
const {
  visitId: _,
  at: __,
  ...assigned
} = dataOf('AssignVisit') as Extract<VisitCommand, { type: 'AssignVisit' }>['data'];
export const assignment = assigned;
export const needed = (dataOf('ExplainWork') as Extract<VisitCommand, { type: 'ExplainWork' }>['data']).materials;

export const call: Contact = { at: minute(0), reference: 'L-1', operatorId: 'op-1' };

export const photo = (photoId: string, shot?: string) => ({
  photoId,
  sha256: 'a'.repeat(64),
  takenAt: minute(10),
  ...(shot === undefined ? {} : { shot }),
});

/** The author of an event that the provider did and recorded, and of one that the contact center did. */
export const byProvider = { by: provider };
export const byOperator = { by: operator };
/** The author of a provider's act that the operator typed in, and of a client's act that the provider recorded. */
export const forProvider = { by: provider, recordedBy: operator };
export const forClient = { by: { role: 'client', id: 'client' }, recordedBy: provider };

/** The same command, recorded by another actor. */
export function by(actor: Actor, next: VisitCommand): VisitCommand {
  return { ...next, metadata: { actor } } as VisitCommand;
}

type Instruction = Partial<Omit<GiveInstructionData, 'visitId' | 'about' | 'decision'>>;

export function instruct(about: InstructionTopic, decision: InstructionDecision, data: Instruction = {}): VisitCommand {
  return command('GiveInstruction', { about, decision, text: 'según lo conversado', ...data });
}

/** The instruction that waives rules for this visit, the policy that waives one for all, and one that allows activities. */
export const waive = (...waives: readonly WaivableRule[]) => instruct('visit', 'proceed', { waives });
export const policyWaiving = (rule: WaivableRule): Policy => ({ waive: [{ rule, reason: 'por contrato' }] });
export const policyAllowing = (...allow: readonly string[]): Policy => ({ allow });

/** Both ways around a waivable rule. */
export const waysAround = (rule: WaivableRule) =>
  [
    ['an instruction', [waive(rule)], undefined],
    ['the policy', [], policyWaiving(rule)],
  ] as const;

export const irresolvable = command('ReportTransitIssue', { at: minute(1), issue: 'breakdown', resolvable: false });
export const substitute = { id: 'prov-2', name: 'Rosa Solano' } as const;
export const substitution = command('ReassignProvider', {
  at: minute(30),
  provider: substitute,
  arriveBy: minute(120),
});
export const relocation = command('AmendAssignment', { at: minute(34), place: 'Heredia centro' });

export const arrival = command('RecordArrival', { at: minute(35) });
export const absence = command('ReportClientAbsence', { at: minute(31), call });
export const comesBack = command('RecordClientReturn', {});
export const rejection = command('RejectIdentity', { at: minute(32), reason: 'refused', call });
export const validation = command('ValidateIdentity', { person: 'client', fullNameGiven: true, documentShown: true });
export const standIn = command('ValidateIdentity', {
  at: minute(36),
  person: 'representative',
  fullNameGiven: true,
  documentShown: true,
});

export const accept = command('AcceptMaterials', { at: minute(37) });
export const reject = command('RejectMaterials', { mismatches: [{ item: 'Tubo PVC', reasons: ['quality'] }] });
export const refusal = command('ReportMaterialsRefusal', { at: minute(12), call });
export const agreement = command('CoordinateMaterials', { outcome: 'client-will-supply' });
const elbow = { item: 'codo', quantity: 1 };
export const askExtra = command('RequestExtraMaterials', { at: minute(35), materials: [elbow] });
export const supplyExtra = command('SupplyMaterials', { at: minute(36), suppliedBy: 'client', items: [elbow] });

export const pause = command('PauseWork', { at: minute(30), kind: 'break' });
export const resume = command('ResumeWork', { at: minute(31), kind: 'break' });
export const leave = command('PauseWork', { at: minute(33), kind: 'second-visit', notice: call });
export const reenter = command('ResumeWork', { at: minute(36), kind: 'second-visit', notice: call });
export const failing = command('TestQuality', {
  withClient: true,
  tests: [
    { name: 'presión', passed: true },
    { name: 'fuga', passed: false },
  ],
});
export const objection = command('RecordObjection', { at: minute(42), what: 'gotea' });
export const complete = command('CompleteVisit', { at: minute(43) });
export const close = command('CloseVisit', { at: minute(44) });
export const escalation = command('EscalateClientImpact', { what: 'se mojó un mueble' });

/** The corrections of the contact center: an act that is annulled, and a time. */
export const annul = (act: AnnullableEvent, recorded: string, at = minute(60)): VisitCommand =>
  command('AnnulAct', { at, act, recorded, reason: 'se marcó por error' });
export const correct = (what: CorrectableTime, recorded: string, corrected: string): VisitCommand =>
  command('CorrectTime', { at: minute(61), what, recorded, corrected, reason: 'se marcó tarde' });

/** An act that was recorded apart by the provider, as a report holds it. */
export const reported = (type: ReportedAct['type'], more: Partial<ReportedAct> = {}, data: object = {}) =>
  ({
    type,
    data: { visitId, at: minute(40), ...data, by: provider },
    commandId: 'c-1',
    on: 3,
    violations: [{ rule: 'arrived', clause: '1.1-01' }],
    lawfulThen: true,
    ...more,
  }) as ReportedAct;
export const report = (acts: readonly ReportedAct[], discrepancyId = 'd-1', actor: Actor = provider): VisitCommand =>
  command('ReportDiscrepancy', { at: minute(62), discrepancyId, basedOn: 1, acts }, actor);
export const settle = (taken: readonly number[], discrepancyId = 'd-1'): VisitCommand =>
  command('SettleDiscrepancy', { at: minute(63), discrepancyId, taken, text: 'se conversó' });
