import type { Actor, CommandType, VisitCommand, VisitEvent, WaivableRule } from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import { type MaterialsStatus, type Policy, type RuleId, replay, type VisitState } from '../../src/visit/index.ts';
import { call, command, history, minute, otherProvider, provider, through, upTo, visitId } from './visit.ts';

/** Exactly these rules, each with its clause, in the order of the protocol. */
export type Refusals = readonly (readonly [rule: RuleId, clause: ClauseId])[];

/** An event as a log that others wrote may hold it: no rule has looked at it. */
export function event(type: VisitEvent['type'], data: object = {}, by: Actor = provider): VisitEvent {
  return { type, data: { visitId, at: minute(0), ...data, by } } as unknown as VisitEvent;
}

/** The past, and the events of these commands, each of which must be accepted. */
export function continued(past: readonly VisitEvent[], ...commands: readonly VisitCommand[]): VisitEvent[] {
  return history(commands, undefined, past);
}

/** A log in which the events of these types were never written. */
export function lacking(past: readonly VisitEvent[], ...types: readonly VisitEvent['type'][]): VisitEvent[] {
  return past.filter(({ type }) => !types.includes(type));
}

/** A log in which these events were written right after the arrival. */
export function onceArrived(past: readonly VisitEvent[], ...events: readonly VisitEvent[]): VisitEvent[] {
  const arrival = past.findIndex(({ type }) => type === 'ProviderArrived') + 1;
  return [...past.slice(0, arrival), ...events, ...past.slice(arrival)];
}

/** The state after all of these events. */
export function stateOf(...past: readonly (VisitEvent | readonly VisitEvent[])[]): VisitState {
  return replay(past.flat());
}

type Instruction = Parameters<typeof command<'GiveInstruction'>>[1];

/** An instruction about the visit, unless it says otherwise. */
export function instruct(decision: Instruction['decision'], more: Partial<Instruction> = {}): VisitCommand {
  return command('GiveInstruction', { at: minute(40), about: 'visit', decision, text: 'siga así', ...more });
}

/** An instruction to proceed without some rules. */
export const waiving = (...waives: readonly WaivableRule[]): VisitCommand => instruct('proceed', { waives });

/** A policy that waives a rule for all visits, and one that allows an off-contract activity. */
export const policyWaiving = (rule: string): Policy => ({ waive: [{ rule, reason: 'por contrato' }] });
export const policyAllowing = (...allow: readonly string[]): Policy => ({ allow });

export const pause = command('PauseWork', { at: minute(30), kind: 'break' });
export const resume = command('ResumeWork', { at: minute(31), kind: 'break' });
export const leave = command('PauseWork', { at: minute(32), kind: 'second-visit', notice: call });
export const arrive = command('RecordArrival', { at: minute(33) });
export const reenter = command('ResumeWork', { at: minute(34), kind: 'second-visit', notice: call });
export const askExtra = command('RequestExtraMaterials', {
  at: minute(35),
  materials: [{ item: 'codo', quantity: 1 }],
});
export const supplyExtra = command('SupplyMaterials', {
  at: minute(36),
  suppliedBy: 'client',
  items: [{ item: 'codo', quantity: 1 }],
});
export const accept = command('AcceptMaterials', { at: minute(37) });
export const absence = command('ReportClientAbsence', { at: minute(38), call });
export const rejectIdentity = command('RejectIdentity', { at: minute(39), reason: 'no-document', call });
export const reassign = command('ReassignProvider', {
  at: minute(41),
  provider: { id: 'p-2', name: 'Rosa Vega' },
  arriveBy: minute(90),
});
export const objection = command('RecordObjection', { at: minute(42), what: 'gotea' });
export const complete = command('CompleteVisit', { at: minute(43) });
export const close = command('CloseVisit', { at: minute(44) });
export const reject = command('RejectMaterials', { mismatches: [{ item: 'Tubo PVC', reasons: ['quality'] }] });
export const refuse = command('ReportMaterialsRefusal', { at: minute(12), call });
export const coordinate = command('CoordinateMaterials', { outcome: 'client-will-supply' });
export const failing = command('TestQuality', {
  withClient: true,
  tests: [
    { name: 'presión', passed: true },
    { name: 'fuga', passed: false },
  ],
});

/** Some moments of a visit. */
export const working = () => through('StartWork');
export const onBreak = () => continued(working(), pause);
export const awaiting = () => continued(working(), askExtra);
export const away = () => continued(working(), leave);
export const back = () => continued(away(), arrive);
export const disputed = () => continued(through('ExplainWork'), refuse);
export const finished = () => upTo('CompleteVisit');

/** The work had begun; another provider took over, and has done these acts since. */
export function takenOver(
  ...types: readonly ('RecordArrival' | 'ShowCredential' | 'ValidateIdentity' | 'ShowTools')[]
) {
  const acts = {
    RecordArrival: command('RecordArrival', { at: minute(50) }, otherProvider),
    ShowCredential: command('ShowCredential', { at: minute(51) }, otherProvider),
    ValidateIdentity: command(
      'ValidateIdentity',
      { at: minute(52), person: 'client', fullNameGiven: true, documentShown: true },
      otherProvider,
    ),
    ShowTools: command('ShowTools', { at: minute(53), tools: ['taladro'] }, otherProvider),
  };
  return continued(working(), instruct('reassign'), reassign, ...types.map((type) => acts[type]));
}

/** Each status of the materials, by lawful acts before the start. */
export const materialsAt: { readonly [S in MaterialsStatus]: () => VisitEvent[] } = {
  unknown: () => upTo('ExplainWork'),
  'not-needed': () => continued(upTo('ExplainWork'), command('ExplainWork', { method: 'ajustar', materials: [] })),
  requested: () => through('ExplainWork'),
  supplied: () => through('SupplyMaterials'),
  accepted: () => through('AcceptMaterials'),
  rejected: () => continued(through('SupplyMaterials'), reject),
  'in-dispute': () => disputed(),
  coordinated: () => continued(disputed(), coordinate),
};

/** Each status of the materials, and all else that the start needs; of the unknown, the work is not explained. */
export function readyWith(status: MaterialsStatus): VisitEvent[] {
  const rest = upTo('StartWork').filter(({ type }) => ['ToolsShown', 'AreaCleared', 'StartReported'].includes(type));
  return [...materialsAt[status](), ...rest];
}

/** A command of a type that a table names. */
export function commandOf(type: CommandType, data: object, actor?: Actor): VisitCommand {
  return command(type, data as never, actor);
}

/** The same value, frozen in depth. */
export function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) deepFrozen(item);
  return Object.freeze(value);
}

/** The places in a value that are, or are not, frozen. */
export function placesWhere(value: unknown, holds: (part: object) => boolean, path = '$'): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, item]) => placesWhere(item, holds, `${path}.${key}`));
  return holds(value) ? [path, ...inside] : inside;
}

/** Overwrites every text and number in a value, and empties its lists, as a caller might do with data of its own. */
export function scribble(value: object): void {
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'object' && item !== null) scribble(item);
    else (value as Record<string, unknown>)[key] = 'garabato';
  }
  if (Array.isArray(value)) value.length = 0;
}

/** A log, lawful or not, with every event of the protocol, some of them often. */
export function everyEvent(): VisitEvent[] {
  const center: Actor = { role: 'contact-center', id: 'op-1' };
  return [
    ...continued(finished(), instruct('reassign')),
    event('TransitIssueReported', { issue: 'delay', expectedArrival: minute(95) }),
    event('TransitIssueAcknowledged', {}, center),
    event('ClientNotified', { about: ['delay', 'provider-change'], reached: true }, center),
    event('PhotosDocumented', { photoIds: ['f-1'] }, center),
    event('StartDocumented', {}, center),
    event('ProviderReassigned', { provider: { id: 'p-2', name: 'Rosa Vega' }, arriveBy: minute(90) }, center),
    event('ProviderArrived', { position: { latitude: 10, longitude: -84 } }, otherProvider),
    event('CredentialShown', {}, otherProvider),
    event('ToolsShown', { tools: ['taladro'] }, otherProvider),
    event('ClientAbsenceReported', { call }, otherProvider),
    event('ClientReturned', {}, otherProvider),
    event('IdentityRejected', { reason: 'other', call }, otherProvider),
    event('AssignmentAmended', { client: { name: 'Ana' }, service: 'x', place: 'y', requiredShots: ['z'] }, center),
    event('ExtraMaterialsRequested', { materials: [{ item: 'codo', quantity: 1, kind: 'PVC' }] }, otherProvider),
    event('MaterialsSupplied', { suppliedBy: 'client', items: [{ item: 'codo', quantity: 1 }] }, otherProvider),
    event('MaterialsRejected', { mismatches: [{ item: 'codo', reasons: ['kind'] }] }, otherProvider),
    event('MaterialsChangeRefused', { call }, otherProvider),
    event('MaterialsCoordinated', { outcome: 'cancel' }, center),
    event('PhotosTaken', { photos: [{ photoId: 'f-2', sha256: 'b'.repeat(64), takenAt: minute(9), shot: 'z' }] }),
    event('PhotosSubmitted', { photoIds: ['f-2'], channel: 'app' }),
    event(
      'InstructionGiven',
      { about: 'visit', decision: 'proceed', text: 'siga', waives: ['materials-settled'] },
      center,
    ),
    event('Paused', { kind: 'break' }),
    event('Resumed', { kind: 'break' }),
    event('Paused', { kind: 'second-visit', notice: call }),
    event('Resumed', { kind: 'second-visit', notice: call }),
    event('ClientObjected', { what: 'gotea' }),
    event('BelongingsShown', { items: ['sierra'], clientConfirmed: false, disputed: ['sierra'] }),
    event('ClientImpactEscalated', { what: 'sin agua' }),
    event('ConductBreachReported', { kind: 'other' }, center),
    event('OffContractRequestDeclined', { activity: 'other' }),
    event('OffContractActPerformed', { activity: 'other' }),
    event('Completed'),
    event('VisitClosed', { outcome: 'cancelled' }),
  ];
}
