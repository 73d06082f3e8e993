import type { InstructionTopic, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, eventsBefore, minute } from '../../src/testing.ts';
import { decide, type MaterialsStatus, type Policy, replay, type VisitState } from '../../src/visit/index.ts';
import * as asks from './commands.ts';

/** The state after all of these events. */
export function stateOf(...past: readonly (VisitEvent | readonly VisitEvent[])[]): VisitState {
  return replay(past.flat());
}

/** The kinds of the open debts, with what they are about. */
export function debtsOf(state: VisitState): string[] {
  return state.debts.map(({ kind, about }) => (about === undefined ? kind : `${kind}/${about}`));
}

/** The violations of a command, as `rule clause`, in the order of `decide`. */
export function cited(past: readonly VisitEvent[], next: VisitCommand, policy?: Policy): string[] {
  const decision = decide(next, replay(past), policy);
  return decision.ok ? [] : decision.rejection.violations.map(({ rule, clause }) => `${rule} ${clause}`);
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

/** Some moments of a visit. */
export const working = () => eventsAfter('StartWork');
export const onBreak = () => advance(working(), asks.pause);
export const awaiting = () => advance(working(), asks.askExtra);
export const away = () => advance(working(), asks.leave);
export const back = () => advance(away(), asks.arrival);
export const disputed = () => advance(eventsAfter('ExplainWork'), asks.refusal);
export const finished = () => eventsBefore('CompleteVisit');

/** The work had begun; another provider took over, and has done these acts since. */
export function takenOver(
  ...types: readonly ('RecordArrival' | 'ShowCredential' | 'ValidateIdentity' | 'ShowTools')[]
): VisitEvent[] {
  const acts = {
    RecordArrival: command('RecordArrival', { at: minute(50) }),
    ShowCredential: command('ShowCredential', { at: minute(51) }),
    ValidateIdentity: command('ValidateIdentity', {
      at: minute(52),
      person: 'client',
      fullNameGiven: true,
      documentShown: true,
    }),
    ShowTools: command('ShowTools', { at: minute(53), tools: ['taladro'] }),
  };
  const done = types.map((type) => asks.by(asks.otherProvider, acts[type]));
  return advance(working(), [asks.instruct('visit', 'reassign'), asks.substitution, ...done]);
}

/** Each status of the materials, by lawful acts before the start. */
export const materialsAt: { readonly [S in MaterialsStatus]: () => VisitEvent[] } = {
  unknown: () => eventsBefore('ExplainWork'),
  'not-needed': () =>
    advance(eventsBefore('ExplainWork'), command('ExplainWork', { method: 'ajustar', materials: [] })),
  requested: () => eventsAfter('ExplainWork'),
  supplied: () => eventsAfter('SupplyMaterials'),
  accepted: () => eventsAfter('AcceptMaterials'),
  rejected: () => advance(eventsAfter('SupplyMaterials'), asks.reject),
  'in-dispute': () => disputed(),
  coordinated: () => advance(disputed(), asks.agreement),
};

/** Each status of the materials, and all else that the start needs; of the unknown, the work is not explained. */
export function readyWith(status: MaterialsStatus): VisitEvent[] {
  const ready = eventsBefore('StartWork');
  return [...materialsAt[status](), ...ready.slice(asks.placeIn(ready, 'MaterialsAccepted') + 1)];
}

/** Before the start: the ways in which the provider is not on site, and the rules that refuse every act on site. */
export const offSite = [
  ['the provider has not arrived', [asks.relocation], [['arrived', '1.1-01']]],
  ['the provider came back and has not resumed', [asks.leave, asks.arrival], [['not-away', '1.1-49']]],
  [
    'the provider is away',
    [asks.leave],
    [
      ['arrived', '1.1-01'],
      ['not-away', '1.1-49'],
    ],
  ],
] as const;

/** By what an instruction may be about: a visit in which that is open. */
export const asked = {
  'client-absence': () => advance(eventsAfter('ExplainWork'), asks.absence),
  identity: () => advance(eventsAfter('ExplainWork'), asks.rejection),
  materials: () => advance(eventsAfter('ExplainWork'), asks.refusal),
  escalation: () => advance(eventsAfter('ExplainWork'), asks.escalation),
  visit: () => eventsAfter('AssignVisit'),
} satisfies Record<InstructionTopic, unknown>;

export const topics = Object.keys(asked) as InstructionTopic[];
