import type { Facts } from '../kernel/index.ts';
import type {
  Actor,
  CommandOf,
  CommandType,
  EventOf,
  EventType,
  EventTypeOf,
  Instant,
  Role,
  VisitEvent,
} from '../messages/index.ts';
import type { ClauseId } from '../protocol/clause.ts';
import type { Policy } from './policy.ts';
import { type Rule, type RuleInput, rule } from './rule.ts';
import type { RuleId } from './rule-ids.ts';
import { assignedId, hasEnded, type VisitDraft, type VisitState } from './state.ts';

/**
 * Whose act it is and who may record it (PROTOCOL §2): **P** the provider, **P+** the provider or the contact center
 * for them, **C** the contact center, **K** the client, whose act the provider may record.
 */
export type Author = 'P' | 'P+' | 'C' | 'K' | 'P or C' | 'C or K';

/** The roles that may record an act of each author. */
export const recorders: Readonly<Record<Author, readonly Role[]>> = {
  P: ['provider'],
  'P+': ['provider', 'contact-center'],
  C: ['contact-center'],
  K: ['provider', 'client'],
  'P or C': ['provider', 'contact-center'],
  'C or K': ['contact-center', 'client'],
};

type DataOf<T extends CommandType> = CommandOf<T>['data'];

/** The data of an act, without those that every act has. */
type OwnData<T extends CommandType> = Omit<DataOf<T>, 'visitId' | 'at'>;

/** What a witness may need beside the state: the time of the act, and the host's policy. */
type RecordingContext = { readonly at: Instant; readonly policy: Policy };

type Condition<T extends CommandType> = boolean | ((visit: VisitState, command: RuleInput<DataOf<T>>) => boolean);

/** A lawful fact that is worth a finding, and the clause that it concerns. */
export type Deviation = { readonly rule?: RuleId; readonly clause: ClauseId; readonly facts: Facts };

type Calls<Data> = { readonly [C in ClauseId]?: (data: Data) => boolean };

type StandsFor = { readonly [C in ClauseId]?: (visit: VisitState) => boolean };

/** The one definition of an act, from which every reader answers. */
type Definition<T extends CommandType> = {
  readonly by: Author;
  /** The clauses that it carries out (PROTOCOL §2). */
  readonly clauses: readonly ClauseId[];
  /** The clauses of the act that an event with these data does not prove; the state is the one before it. */
  readonly unprovenClauses?: (data: EventOf<T>['data'], visit: VisitState) => readonly ClauseId[];
  /**
   * What of a lawful event is worth a finding all the same (PROTOCOL §4, *Facts worth a finding*); the state is the one
   * before it.
   */
  readonly deviations?: (data: EventOf<T>['data'], visit: VisitState, policy: Policy) => readonly Deviation[];
  /** The clauses that it calls for where they would else not apply, by the data that do. */
  readonly calls?: Calls<EventOf<T>['data']>;
  /** The fold ignores this event from any provider but the assigned one (PROTOCOL §4, *Former providers*). */
  readonly ignoredFromOthers?: boolean;
  /** Of an act of the plain path: whether what it is for stands (PROTOCOL §8). */
  readonly isFulfilled?: (visit: VisitState) => boolean;
  /** The clauses for which less is enough than what `isFulfilled` asks. */
  readonly standsFor?: StandsFor;
  /** Its rules, in the order of PROTOCOL §4. */
  readonly needs: readonly Rule<DataOf<T>>[];
  /** True if it may be done while a reassignment is owed. */
  readonly whileFrozen?: boolean;
  /** True if the provider may do it while an instruction to cancel or reschedule stands. */
  readonly whileClosing?: Condition<T>;
  /** True if it may still be done after the end of the visit. */
  readonly afterEnd?: Condition<T>;
  /** What the event says beside the command's data. */
  readonly derivedData?: (data: DataOf<T>, visit: VisitState) => Partial<EventOf<T>['data']>;
  /** What the event does to the state. It decides nothing. */
  readonly effect: (visit: VisitDraft, event: EventOf<T>) => void;
  /** A few data of which one is acceptable now, if any data are. */
  readonly witnesses: (visit: VisitState, occasion: RecordingContext) => readonly OwnData<T>[];
};

type Definitions = { readonly [T in CommandType]: Definition<T> };

/** An act as the readers of the table see it, whatever its data. */
export type Act = {
  readonly command: CommandType;
  readonly event: EventType;
  readonly by: Author;
  readonly clauses: readonly ClauseId[];
  readonly unprovenClauses: (data: never, visit: VisitState) => readonly ClauseId[];
  readonly deviations: (data: never, visit: VisitState, policy: Policy) => readonly Deviation[];
  readonly calls: Calls<never>;
  readonly ignoredFromOthers: boolean;
  readonly standsFor: StandsFor;
  readonly isFulfilled: ((visit: VisitState) => boolean) | null;
  readonly needs: readonly Rule<never>[];
  readonly whileFrozen: boolean;
  readonly whileClosing: (visit: VisitState, command: RuleInput<never>) => boolean;
  readonly afterEnd: (visit: VisitState, command: RuleInput<never>) => boolean;
  readonly derivedData: (data: never, visit: VisitState) => object;
  readonly effect: (visit: VisitDraft, event: never) => void;
  readonly witnesses: (visit: VisitState, occasion: RecordingContext) => readonly object[];
};

/** Defines an act: the command, the event it becomes, and everything that the protocol says of it. */
export function act<T extends CommandType>(command: T, event: EventTypeOf[T], definition: Definitions[T]): Act {
  const { whileClosing = false, afterEnd = false } = definition;
  const asked = (condition: Condition<T>) => (typeof condition === 'boolean' ? () => condition : condition);
  return { command, event, ...unsaid, ...definition, whileClosing: asked(whileClosing), afterEnd: asked(afterEnd) };
}

const nothing = () => [];

/** The fields that a definition may leave out, in one order, so that all acts in the table have one shape. */
const unsaid = {
  unprovenClauses: nothing,
  deviations: nothing,
  calls: {},
  ignoredFromOthers: false,
  standsFor: {},
  isFulfilled: null,
  whileFrozen: false,
  whileClosing: false,
  afterEnd: false,
  derivedData: () => ({}),
};

/** Names the rule that what an act is for stands, which the act remedies. */
export function done(id: RuleId, clause: ClauseId, { command, isFulfilled }: Act): Rule {
  return rule(id, clause, (visit) => isFulfilled?.(visit) === true, { remedy: [command] });
}

/** True if an act is the provider's, by any recorder; an act of either is the provider's if they record it. */
export function isProviderAct({ by }: Act, recorder: Role): boolean {
  return by === 'P' || by === 'P+' || (by === 'P or C' && recorder === 'provider');
}

/**
 * An event that changes nothing and proves nothing: an act of the assigned provider that another one did, or one that is not
 * among those that may be accepted after the end (PROTOCOL §4, *After the end*, *Former providers*).
 */
export function isIdle(act: Act, { type, data }: VisitEvent, visit: VisitState): boolean {
  if (act.ignoredFromOthers && data.by.role === 'provider' && data.by.id !== assignedId(visit)) return true;
  return hasEnded(visit) && !act.afterEnd(visit, { type, data, metadata: { actor: data.by } } as RuleInput<never>);
}

/** Whose act an accepted command is, and who typed it in where that is another person. */
export function authorship({ by }: Act, actor: Actor, visit: VisitState): { by: Actor; recordedBy?: Actor } {
  const own: Actor = { role: actor.role, id: actor.id };
  if (by === 'K' && actor.role !== 'client') return { by: { role: 'client', id: 'client' }, recordedBy: own };
  if (by === 'P+' && actor.role !== 'provider' && visit.provider !== null) {
    return { by: { role: 'provider', id: visit.provider.id }, recordedBy: own };
  }
  return { by: own };
}
