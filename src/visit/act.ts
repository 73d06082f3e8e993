import { type Facts, type NonEmpty, none } from '../kernel/decision.ts';
import type {
  Actor,
  CommandOf,
  CommandType,
  EventOf,
  EventType,
  EventTypeOf,
  Id,
  Instant,
  Occurrence,
  Role,
  VisitCommand,
  WaivableRule,
} from '../messages/index.ts';
import type { ClauseId } from '../protocol/clause.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { type Rule, type RuleInput, rule } from './rule.ts';
import type { VisitDraft, VisitState } from './state.ts';

/**
 * Whose act it is and who may record it (PROTOCOL §2): **P** the provider, **P+** the provider or the contact center
 * for them, **C** the contact center, **K** the client, whose act the provider may record; **K alone** the client alone.
 */
export type Author = 'P' | 'P+' | 'C' | 'K' | 'P or C' | 'C or K' | 'P or K' | 'K alone';

/** The roles that may record an act of each author, its own first. */
export const recorders: Readonly<Record<Author, NonEmpty<Role>>> = {
  P: ['provider'],
  'P+': ['provider', 'contact-center'],
  C: ['contact-center'],
  K: ['provider', 'client'],
  'P or C': ['provider', 'contact-center'],
  'C or K': ['contact-center', 'client'],
  'P or K': ['provider', 'client'],
  'K alone': ['client'],
};

type CommandData<T extends CommandType> = CommandOf<T>['data'];
type EventData<T extends CommandType> = EventOf<T>['data'];

/** The data of an act, without those that every act has. */
type OwnData<T extends CommandType> = Omit<CommandData<T>, keyof Occurrence>;

/** A lawful fact that is worth a finding, and the clause that it concerns. */
export type Deviation = { readonly rule?: WaivableRule; readonly clause: ClauseId; readonly facts: Facts };

/** A condition on an event's data; a method, as the functions of {@link Definition} are. */
type DataCondition<T extends CommandType> = { holds(data: EventData<T>): boolean }['holds'];

type StateCondition = (visit: VisitState) => boolean;

/**
 * The one definition of an act, from which every reader answers. Its functions are methods, so that the table may hold
 * acts of different data in one list.
 */
type Definition<T extends CommandType, Id extends string = string> = {
  readonly by: Author;
  /** The clauses that it carries out (PROTOCOL §2). */
  readonly clauses: readonly ClauseId[];
  /** The clauses of the act that an event with these data does not prove, on the state before it. */
  unprovenClauses?(data: EventData<T>, visit: VisitState): readonly ClauseId[];
  /** The findings of a lawful event (PROTOCOL §4, *Facts worth a finding*), on the state before it. */
  deviations?(data: EventData<T>, visit: VisitState, policy: Policy): readonly Deviation[];
  /** The clauses that apply only where an act calls for them: a delay calls for the notice of 1.2-15. */
  readonly calls?: { readonly [C in ClauseId]?: DataCondition<T> };
  /** The fold ignores this event from any provider but the assigned one (PROTOCOL §4, *Former providers*). */
  readonly ignoredFromOthers?: boolean;
  /** The purpose of an act of the plain path is met (PROTOCOL §8); null for any other act. */
  readonly isFulfilled?: StateCondition | null;
  /** The clauses for which a weaker condition than `isFulfilled` is enough: 1.1-46 for tests that were made and failed. */
  readonly standsFor?: { readonly [C in ClauseId]?: StateCondition };
  /** The first schema version that has its event, and in which that is written; 1 without one. */
  readonly schemaVersion?: number;
  /** The data that its rules and its effect look into: what has another shape, they cannot read (0-02). */
  readonly reads?: Shape;
  /** Its rules, in the order of PROTOCOL §4. */
  readonly needs: readonly Rule<CommandData<T>, Id>[];
  /** True if it may be done while a reassignment is owed. */
  readonly whileFrozen?: boolean;
  /** True if the provider may do it while an instruction to cancel or reschedule stands. */
  whileClosing?(visit: VisitState, command: RuleInput<CommandData<T>>): boolean;
  /** True if it may still be done after the end of the visit. */
  afterEnd?(visit: VisitState, command: RuleInput<CommandData<T>>): boolean;
  /** Derives the fields that the event has beyond the command's data. */
  derivedData?(data: CommandData<T>, visit: VisitState): Partial<EventData<T>>;
  /** Edits the state by the event. It decides nothing. */
  effect(visit: VisitDraft, event: EventOf<T>): void;
  /** A few data of which one is acceptable now, if any data are. */
  witnesses(visit: VisitState, occasion: { readonly at: Instant; readonly policy: Policy }): readonly OwnData<T>[];
};

/** An act as the readers of the table see it, with data of any type; `Id` are the ids of its rules. */
export type Act<Id extends string = string, T extends CommandType = CommandType> = Required<
  Definition<CommandType, Id>
> & {
  readonly command: T;
  readonly event: EventType;
};

/** Defines an act: the command, the event it becomes, and everything that the protocol says of it. */
export function act<T extends CommandType, Id extends string = never>(
  command: T,
  event: EventTypeOf[T],
  definition: { readonly [C in CommandType]: Definition<C> }[T] & {
    readonly needs: readonly Rule<CommandData<T>, Id>[];
  },
): Act<Id, T> {
  return { command, event, ...defaults, ...definition };
}

/** The fields that a definition may leave out, in one order, so that all acts in the table have one shape. */
const defaults = {
  unprovenClauses: () => none,
  deviations: () => none,
  calls: {},
  ignoredFromOthers: false,
  standsFor: {},
  isFulfilled: null,
  schemaVersion: 1,
  reads: {},
  whileFrozen: false,
  whileClosing: () => false,
  afterEnd: () => false,
  derivedData: () => ({}),
};

/** True if an act may still be recorded in some visits that have ended (PROTOCOL §4, *Ended*). */
export const mayFollowEnd = ({ afterEnd }: Act): boolean => afterEnd !== defaults.afterEnd;

/** True if the purpose of an act of the plain path is met, as far as a clause asks for it. */
export function isMet({ standsFor, isFulfilled }: Act, clause: ClauseId, visit: VisitState): boolean {
  return (standsFor[clause] ?? isFulfilled)?.(visit) === true;
}

/** Creates the rule that the purpose of an act is fulfilled; the act is its remedy. */
export function done<Id extends string>(id: Id, clause: ClauseId, { command, isFulfilled }: Act): Rule<unknown, Id> {
  return rule(id, clause, (visit) => isFulfilled?.(visit) === true, { remedy: [command] });
}

/** True if an act is the provider's, by any recorder; an act of either is the provider's if they record it. */
export function isProviderAct({ by }: Act, recorder: Role): boolean {
  return by === 'P' || by === 'P+' || (by === 'P or C' && recorder === 'provider');
}

/** Derives the author of an accepted command, and its recorder if that is another person. */
export function authorship({ by }: Act, actor: Actor, visit: VisitState): { by: Actor; recordedBy?: Actor } {
  const own: Actor = { role: actor.role, id: actor.id };
  if (by === 'K' && actor.role !== 'client') return { by: { role: 'client', id: 'client' }, recordedBy: own };
  if (by === 'P+' && actor.role !== 'provider' && visit.provider !== null) {
    return { by: { role: 'provider', id: visit.provider.id }, recordedBy: own };
  }
  return { by: own };
}

/**
 * The shape of data that an act looks into, by an example: of a text, a number, a list of one item, a record. `[]` is a list of
 * anything; a name that ends with `?` may be absent.
 */
type Shape = string | number | readonly Shape[] | { readonly [name: string]: Shape };

/** True if data have the shape of an example. */
export function isLike(value: unknown, example: Shape): boolean {
  if (value === null || typeof value !== typeof example) return false;
  if (typeof example !== 'object') return true;
  if (Array.isArray(example)) {
    return Array.isArray(value) && value.every((item) => example.length === 0 || isLike(item, example[0]));
  }
  return Object.entries(example).every(([name, inner]) => {
    const field = (value as Readonly<Record<string, unknown>>)[name.replace('?', '')];
    return (field === undefined && name.endsWith('?')) || isLike(field, inner);
  });
}

/** The time of an act that was not done: no rule looks at it. */
export const anyTime: Instant = '1970-01-01T00:00:00.000Z';

/** The recorder of an act, the time and the policy; by default its author, at any time, under the default policy. */
export type RecordingContext = {
  readonly role?: Role;
  readonly actorId?: Id;
  readonly now?: Instant;
  readonly policy?: Policy;
};

/** Creates a command from each witness of an act: `decide` accepts one of them if it accepts the act at all. */
export function candidateCommands(act: Act, visit: VisitState, context: RecordingContext): VisitCommand[] {
  const { now: at = anyTime, policy = defaultPolicy, role = recorders[act.by][0] } = context;
  // Rules ask for the id of a provider only.
  const actor: Actor = { role, id: context.actorId ?? visit.provider?.id ?? role };
  const visitId = visit.visitId ?? 'visita';
  return act
    .witnesses(visit, { at, policy })
    .map((data) => ({ type: act.command, data: { visitId, at, ...data }, metadata: { actor } }) as VisitCommand);
}
