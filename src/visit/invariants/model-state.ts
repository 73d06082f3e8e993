import type {
  Actor,
  Client,
  EventType,
  Id,
  IdentifiedPerson,
  Instant,
  Material,
  NonEmptyText,
  Provider,
  SuppliedItem,
  VisitEvent,
  WaivableRule,
} from '../../messages/index.ts';
import type { Debt } from '../debts.ts';
import type { Attestation, DiscrepancyAct, MaterialsStatus, StandingInstruction, WorkInterval } from '../state.ts';

/** The terms of the assignment, as amended and reassigned. */
type Terms = {
  readonly visitId: Id;
  readonly caseNumber: NonEmptyText;
  readonly edition: string;
  readonly policyId: NonEmptyText | null;
  readonly client: Client;
  readonly provider: Provider;
  readonly service: NonEmptyText;
  readonly instructions: NonEmptyText | null;
  readonly place: NonEmptyText;
  readonly arriveBy: Instant;
  readonly requiredShots: readonly NonEmptyText[];
};

/** A photograph as it was taken. */
export type PhotoTaken = { readonly takenAt: Instant; readonly shot: NonEmptyText | null };

/** The model state at one point of a history, by PROTOCOL §3 to §5 alone. Its fields are replaced, never edited. */
export type ModelState = {
  terms: Terms | null;
  /** The types of the events that stand: that happened, and that no later one has undone (§4, *What an act undoes*). */
  stands: ReadonlySet<EventType>;
  /** The time on record of each event that stands: that of the first of several, or the corrected one. */
  times: ReadonlyMap<EventType, Instant>;
  /** The time of the last event of each type, undone or not. */
  lasts: ReadonlyMap<EventType, Instant>;
  /** Those who were assigned before. */
  former: ReadonlySet<Id>;
  /** The client was reached about a change of provider that was owed or instructed. */
  changeNotified: boolean;
  /** The identified person. */
  identity: IdentifiedPerson | null;
  representative: boolean;
  standing: StandingInstruction | null;
  taken: ReadonlyMap<Id, PhotoTaken>;
  /** The instant when each photograph was first sent. */
  sent: ReadonlyMap<Id, Instant>;
  documented: ReadonlyMap<Id, Instant>;
  materials: MaterialsStatus;
  request: readonly Material[];
  supply: readonly SuppliedItem[] | null;
  awaiting: boolean;
  tools: ReadonlySet<NonEmptyText>;
  away: boolean;
  onBreak: boolean;
  intervals: readonly WorkInterval[];
  tests: 'passed' | 'failed' | null;
  belongings: 'confirmed' | 'disputed' | null;
  /** The case number that a standing completion call named. */
  caseNamed: NonEmptyText | null;
  ended: 'completed' | 'closed' | null;
  waived: ReadonlySet<WaivableRule>;
  debts: readonly Debt[];
  /** The debts that lapsed at the end. */
  lapsed: readonly Debt[];
  discrepancies: ReadonlyMap<Id, readonly DiscrepancyAct[]>;
  /** The client's last word on each fact and time. */
  words: readonly Attestation[];
};

/** Nothing has happened yet. */
export function initialModel(): ModelState {
  return {
    terms: null,
    stands: new Set(),
    times: new Map(),
    lasts: new Map(),
    former: new Set(),
    changeNotified: false,
    identity: null,
    representative: false,
    standing: null,
    taken: new Map(),
    sent: new Map(),
    documented: new Map(),
    materials: 'unknown',
    request: [],
    supply: null,
    awaiting: false,
    tools: new Set(),
    away: false,
    onBreak: false,
    intervals: [],
    tests: null,
    belongings: null,
    caseNamed: null,
    ended: null,
    waived: new Set(),
    debts: [],
    lapsed: [],
    discrepancies: new Map(),
    words: [],
  };
}

/** The typed data of an event. */
export type DataOf<T extends EventType> = Extract<VisitEvent, { readonly type: T }>['data'];

/** Work has started, and is not away, on a break or waiting for materials (§4). */
export function running({ stands, away, onBreak, awaiting }: ModelState): boolean {
  return stands.has('WorkStarted') && !away && !onBreak && !awaiting;
}

/** An instruction to cancel or to reschedule stands (§4). */
export function closing({ standing }: ModelState): boolean {
  return standing === 'cancel' || standing === 'reschedule';
}

/** True if a debt of that kind and topic is open. */
export function owed({ debts }: ModelState, kind: Debt['kind'], about?: Debt['about']): boolean {
  return debts.some((debt) => debt.kind === kind && debt.about === about);
}

/** At least one photograph was sent, every one taken so far, and every required shot is among them (§4). */
export function photosSent({ taken, sent, terms }: ModelState): boolean {
  const shots = [...sent.keys()].map((id) => taken.get(id)?.shot);
  return (
    sent.size > 0 &&
    [...taken.keys()].every((id) => sent.has(id)) &&
    (terms?.requiredShots ?? []).every((shot) => shots.includes(shot))
  );
}

/** True if an actor is the provider assigned at that moment. */
export function isAssigned(actor: Actor, { terms }: ModelState): boolean {
  return actor.role === 'provider' && actor.id === terms?.provider.id;
}

/** Those events no longer stand. */
export function undo(now: ModelState, ...types: readonly EventType[]): void {
  now.stands = new Set([...now.stands].filter((type) => !types.includes(type)));
}
