import { expect } from 'vitest';
import type {
  Actor,
  CommandOf,
  CommandType,
  Contact,
  Instant,
  VisitCommand,
  VisitEvent,
} from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import { decide, type Policy, type RuleId, replay, type VisitState } from '../../src/visit/index.ts';

export const visitId = 'v-1';
export const provider: Actor = { role: 'provider', id: 'p-1' };
export const otherProvider: Actor = { role: 'provider', id: 'p-2' };
export const operator: Actor = { role: 'contact-center', id: 'op-1' };
export const client: Actor = { role: 'client', id: 'c-1' };

/** An instant, some minutes after the fixed beginning of every test's day. */
export function minute(minutes: number): Instant {
  return new Date(Date.UTC(2026, 2, 17, 14, minutes)).toISOString();
}

export const call: Contact = { at: minute(0), reference: 'L-1', operatorId: 'op-1' };

const center: readonly CommandType[] = [
  'AssignVisit',
  'AmendAssignment',
  'AcknowledgeTransitIssue',
  'NotifyClient',
  'ReassignProvider',
  'GiveInstruction',
  'DocumentPhotos',
  'CoordinateMaterials',
  'DocumentStart',
  'ReportConductBreach',
];

type Data<T extends CommandType> = Omit<CommandOf<T>['data'], 'visitId' | 'at'> & { at?: Instant; visitId?: string };

/** A command by the role that usually records it, dated at the beginning unless said otherwise. */
export function command<T extends CommandType>(type: T, data: Data<T>, actor?: Actor): VisitCommand {
  const recorder = actor ?? (center.includes(type) ? operator : provider);
  return { type, data: { visitId, at: minute(0), ...data }, metadata: { actor: recorder } } as unknown as VisitCommand;
}

export const photo = (photoId: string, shot?: string) => ({
  photoId,
  sha256: 'a'.repeat(64),
  takenAt: minute(10),
  ...(shot === undefined ? {} : { shot }),
});

export const assignment = {
  caseNumber: 'EXP-1',
  client: { name: 'Ana Rojas', title: 'doña' },
  provider: { id: 'p-1', name: 'Luis Mora' },
  service: 'fontanería',
  place: 'Barva, Heredia',
  arriveBy: minute(60),
} as const;

export const needed = [{ item: 'Tubo PVC', quantity: 2, unit: 'm' }] as const;

/** The plain visit, one round of materials, in the order of the document. */
export const plain: readonly VisitCommand[] = [
  command('AssignVisit', assignment),
  command('RecordArrival', { at: minute(1) }),
  command('ShowCredential', { at: minute(2) }),
  command('ValidateIdentity', { at: minute(3), person: 'client', fullNameGiven: true, documentShown: true }),
  command('AnnounceService', { at: minute(4), service: assignment.service }),
  command('LocateFault', { at: minute(5), where: 'cocina' }),
  command('InspectArea', { at: minute(6), clientPresent: true }),
  command('TakePhotos', { at: minute(7), photos: [photo('f-1')] }),
  command('SubmitPhotos', { at: minute(8), photoIds: ['f-1'], channel: 'app' }),
  command('AssessService', { at: minute(9), diagnosis: 'tubo roto' }),
  command('ExplainWork', { at: minute(10), method: 'cambiar el tubo', materials: needed }),
  command('SupplyMaterials', { at: minute(11), suppliedBy: 'client', items: needed }),
  command('AcceptMaterials', { at: minute(12) }),
  command('ShowTools', { at: minute(13), tools: ['llave', 'sierra'] }),
  command('ClearArea', { at: minute(14), moved: [] }),
  command('ReportStart', { at: minute(15), call }),
  command('StartWork', { at: minute(16) }),
  command('TestQuality', { at: minute(17), withClient: true, tests: [{ name: 'presión', passed: true }] }),
  command('RecordConformity', { at: minute(18) }),
  command('HandOverSite', { at: minute(19), structuralConditionPreserved: true }),
  command('ShowBelongings', { at: minute(20), items: ['llave', 'sierra'], clientConfirmed: true }),
  command('ReportCompletion', { at: minute(21), call, caseNumber: 'EXP-1' }),
  command('GiveFarewell', { at: minute(22) }),
  command('CompleteVisit', { at: minute(23) }),
];

/** The events of the commands, each of which must be accepted. */
export function history(
  commands: readonly VisitCommand[],
  policy?: Policy,
  before: readonly VisitEvent[] = [],
): VisitEvent[] {
  const events = [...before];
  for (const next of commands) {
    const decision = decide(next, replay(events), policy);
    if (!decision.ok) throw new Error(`${next.type} was refused: ${JSON.stringify(decision.rejection.violations)}`);
    events.push(...decision.events);
  }
  return events;
}

/** The plain visit up to, and without, the first act of that type; some acts may be left out. */
export function upTo(
  type: CommandType,
  { without = [] as readonly CommandType[], policy = {} as Policy } = {},
): VisitEvent[] {
  const end = plain.findIndex((step) => step.type === type);
  return history(
    plain.slice(0, end).filter((step) => !without.includes(step.type)),
    policy,
  );
}

/** The plain visit up to, and with, the first act of that type. */
export function through(type: CommandType, options: Parameters<typeof upTo>[1] = {}): VisitEvent[] {
  const end = plain.findIndex((step) => step.type === type) + 1;
  const { without = [], policy = {} } = options;
  return history(
    plain.slice(0, end).filter((step) => !without.includes(step.type)),
    policy,
  );
}

type Refused = readonly [rule: RuleId, clause: ClauseId];

/** Given events, when a command comes, then exactly this event, or exactly these rules in this order. */
export function given(...past: readonly (VisitEvent | readonly VisitEvent[])[]) {
  const events = past.flat();
  return {
    when: (next: VisitCommand, policy?: Policy) => {
      const decision = decide(next, replay(events), policy);
      return {
        /** Accepted: one event of this type, with the command's data and exactly these beside them. */
        then: (type: VisitEvent['type'], beside: object): VisitState => {
          expect(decision.ok ? 'accepted' : decision.rejection.violations).toBe('accepted');
          const decided = decision.ok ? decision.events : [];
          expect(decided).toEqual([{ type, data: { ...next.data, ...beside } }]);
          return replay([...events, ...decided]);
        },
        /** Refused by exactly these rules, in this order. */
        rejects: (...refused: readonly Refused[]): void => {
          const violations = decision.ok ? [] : decision.rejection.violations;
          expect(violations.map(({ rule, clause }) => [rule, clause])).toEqual(refused);
        },
      };
    },
  };
}

/** Whose act it is when the provider does and records it, and when the contact center does. */
export const byProvider = { by: provider };
export const byOperator = { by: operator };
/** A provider's act that the operator typed in; a client's act that the provider did. */
export const forProvider = { by: provider, recordedBy: operator };
export const forClient = { by: { role: 'client', id: 'client' }, recordedBy: provider };

/** The kinds of the open debts, with what they are about. */
export function debtsOf(state: VisitState): string[] {
  return state.debts.map(({ kind, about }) => (about === undefined ? kind : `${kind}/${about}`));
}
