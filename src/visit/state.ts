import type { Draft } from 'immer';
import type {
  AttestedFact,
  Client,
  EventType,
  Id,
  Instant,
  Material,
  NonEmptyText,
  Provider,
  SuppliedItem,
  WaivableRule,
} from '../messages/index.ts';
import type { Debt } from './debts.ts';

/**
 * The version of the shape of `VisitState`, and of the fold: a snapshot is a state and this number. One of an earlier
 * version is replayed from its events.
 * @since 0.1.0
 */
export const stateVersion = 5;

/** PROTOCOL §3: coarse, derived, for people and lists; in the order in which the first that applies is taken. @since 0.1.0 */
export const phases = [
  'unassigned',
  'completed',
  'closed',
  'awaiting-reassignment',
  'away',
  'in-transit',
  'on-break',
  'awaiting-materials',
  'working',
  'on-site',
] as const;

/** The phase of a visit, in one word. @since 0.1.0 */
export type Phase = (typeof phases)[number];

/** The state of a round of materials. @since 0.1.0 */
export type MaterialsStatus =
  | 'unknown'
  | 'not-needed'
  | 'requested'
  | 'supplied'
  | 'accepted'
  | 'rejected'
  | 'in-dispute'
  | 'coordinated';

/** An instruction of the contact center that stands until another, or until it is carried out. @since 0.1.0 */
export type StandingInstruction = 'cancel' | 'reschedule' | 'reassign';

/** One photograph: when it was taken, first sent, and documented. `null`: not yet, or not recorded. @since 0.1.0 */
export type PhotoRecord = {
  readonly takenAt: Instant | null;
  readonly shot: NonEmptyText | null;
  readonly sentAt: Instant | null;
  readonly documentedAt: Instant | null;
};

/** A stretch of running work; `to` is null while it runs. @since 0.1.0 */
export type WorkInterval = { readonly from: Instant; readonly to: Instant | null };

/** A rule that an instruction waived for this visit; `at` is the instruction's. @since 0.1.0 */
export type Waiver = { readonly rule: WaivableRule; readonly at: Instant };

/** An act of a discrepancy, and whether a settlement took it on record. @since 0.5.0 */
export type DiscrepancyAct = { readonly type: EventType; readonly taken: boolean };

/** A discrepancy that was reported (PROTOCOL §10). @since 0.5.0 */
export type Discrepancy = { readonly discrepancyId: Id; readonly acts: readonly DiscrepancyAct[] };

/** The client's last word on a fact with that time (PROTOCOL §4, *What the client says himself*); `at` is the word's. @since 0.10.0 */
export type Attestation = {
  readonly fact: AttestedFact;
  readonly recorded: Instant;
  readonly agrees: boolean;
  readonly what?: NonEmptyText;
  readonly at: Instant;
};

/**
 * The state of a visit: all that its log says, as a record of facts. Plain JSON. Every field is present from the start; `null`
 * means that it has not happened, or that a later act undid it. An `…At` is the `at` of the event that recorded the fact.
 * @since 0.1.0
 */
export type VisitState = {
  readonly stateVersion: typeof stateVersion;
  /** Derived from the rest (PROTOCOL §3). */
  readonly phase: Phase;
  readonly visitId: Id | null;
  readonly caseNumber: NonEmptyText | null;
  /** SHA-256 of the edition of the source document that judges this visit (0-01). */
  readonly edition: string | null;
  readonly policyId: NonEmptyText | null;
  readonly client: Client | null;
  /** The provider now assigned. */
  readonly provider: Provider | null;
  /** The ids of those who were assigned before. @since 0.5.0 */
  readonly formerProviders: readonly Id[];
  readonly service: NonEmptyText | null;
  readonly instructions: NonEmptyText | null;
  readonly place: NonEmptyText | null;
  readonly arriveBy: Instant | null;
  readonly requiredShots: readonly NonEmptyText[];
  readonly transit: {
    readonly issueReportedAt: Instant | null;
    /** The client was reached about a change of provider that is owed or instructed (1.2-13). */
    readonly changeTold: boolean;
  };
  readonly arrival: {
    readonly arrivedAt: Instant | null;
    readonly credentialShownAt: Instant | null;
    /** An absence is open since this report (1.1-09). */
    readonly absentSince: Instant | null;
    /** The last report of an absence, open or ended, unless an arrival was annulled since. @since 0.10.0 */
    readonly absenceReportedAt: Instant | null;
  };
  readonly identity: {
    readonly validatedAt: Instant | null;
    readonly person: 'client' | 'representative' | null;
    /** Rejected and not validated since. */
    readonly rejectedAt: Instant | null;
    readonly representativeAllowed: boolean;
  };
  readonly instruction: StandingInstruction | null;
  readonly inspection: {
    readonly announcedAt: Instant | null;
    readonly faultLocatedAt: Instant | null;
    readonly areaInspectedAt: Instant | null;
    readonly assessedAt: Instant | null;
    readonly explainedAt: Instant | null;
  };
  readonly photos: {
    /** Keyed by photo id: read it with `Object.hasOwn`. */
    readonly byId: { readonly [photoId: Id]: PhotoRecord };
    readonly sent: number;
    /** Taken and not sent. */
    readonly unsent: number;
    /** Sent and not documented. */
    readonly undocumented: number;
  };
  readonly materials: {
    readonly status: MaterialsStatus;
    readonly requested: readonly Material[];
    /** The materials present, as last supplied; null if no list was given. */
    readonly supplied: readonly SuppliedItem[] | null;
    /** The last supply, whatever became of it. @since 0.10.0 */
    readonly suppliedAt: Instant | null;
    /** The last acceptance; it stands while `status` is `accepted`. @since 0.10.0 */
    readonly acceptedAt: Instant | null;
    /** Extra materials were asked for and the work waits for them. */
    readonly awaited: boolean;
  };
  readonly work: {
    readonly tools: readonly NonEmptyText[];
    readonly toolsShownAt: Instant | null;
    readonly areaClearedAt: Instant | null;
    readonly startReportedAt: Instant | null;
    readonly startedAt: Instant | null;
    readonly onBreak: boolean;
    /** A second visit was announced, or the provider changed after the start, and it was not resumed since. */
    readonly away: boolean;
    readonly intervals: readonly WorkInterval[];
  };
  readonly closing: {
    readonly tests: 'passed' | 'failed' | null;
    /** The last tests, while they stand, passed or failed. @since 0.10.0 */
    readonly testedAt: Instant | null;
    readonly conformedAt: Instant | null;
    readonly handedOverAt: Instant | null;
    readonly belongingsShownAt: Instant | null;
    readonly belongingsConfirmed: boolean;
    readonly completionReportedAt: Instant | null;
    /** The case number that a standing completion call named, being the one assigned when the call was made. @since 0.5.0 */
    readonly caseNumberNamed: NonEmptyText | null;
    readonly farewellGivenAt: Instant | null;
    readonly completedAt: Instant | null;
    readonly closedAt: Instant | null;
    readonly outcome: 'cancelled' | 'rescheduled' | null;
    /** The debts that lapsed at the end; they are open again if the end is annulled. @since 0.5.0 */
    readonly lapsed: readonly Debt[];
  };
  readonly debts: readonly Debt[];
  readonly waivers: readonly Waiver[];
  /** The discrepancies that were reported, settled or not, in their order. @since 0.5.0 */
  readonly discrepancies: readonly Discrepancy[];
  /** The client's last word on each fact and time, in the order of the first word on each. @since 0.10.0 */
  readonly attestations: readonly Attestation[];
};

/** A state that an effect may edit. */
export type VisitDraft = Draft<VisitState>;

/** Creates a blank visit that may be edited. */
export const blankVisit = (): VisitDraft => ({
  stateVersion,
  phase: 'unassigned',
  visitId: null,
  caseNumber: null,
  edition: null,
  policyId: null,
  client: null,
  provider: null,
  formerProviders: [],
  service: null,
  instructions: null,
  place: null,
  arriveBy: null,
  requiredShots: [],
  transit: { issueReportedAt: null, changeTold: false },
  arrival: { arrivedAt: null, credentialShownAt: null, absentSince: null, absenceReportedAt: null },
  identity: { validatedAt: null, person: null, rejectedAt: null, representativeAllowed: false },
  instruction: null,
  inspection: {
    announcedAt: null,
    faultLocatedAt: null,
    areaInspectedAt: null,
    assessedAt: null,
    explainedAt: null,
  },
  photos: { byId: {}, sent: 0, unsent: 0, undocumented: 0 },
  materials: { status: 'unknown', requested: [], supplied: null, suppliedAt: null, acceptedAt: null, awaited: false },
  work: {
    tools: [],
    toolsShownAt: null,
    areaClearedAt: null,
    startReportedAt: null,
    startedAt: null,
    onBreak: false,
    away: false,
    intervals: [],
  },
  closing: {
    tests: null,
    testedAt: null,
    conformedAt: null,
    handedOverAt: null,
    belongingsShownAt: null,
    belongingsConfirmed: false,
    completionReportedAt: null,
    caseNumberNamed: null,
    farewellGivenAt: null,
    completedAt: null,
    closedAt: null,
    outcome: null,
    lapsed: [],
  },
  debts: [],
  waivers: [],
  discrepancies: [],
  attestations: [],
});

/** Freezes a state in depth. Written for its shape: a third of the time of a walk over every value. */
export function frozenVisit(visit: VisitDraft): VisitState {
  const { photos, materials, work, closing, debts, waivers, discrepancies, attestations } = visit;
  for (const items of [
    Object.values(photos.byId),
    materials.requested,
    materials.supplied ?? [],
    work.tools,
    work.intervals,
    closing.lapsed,
    debts,
    waivers,
    discrepancies,
    ...discrepancies.map(({ acts }) => acts),
    attestations,
  ]) {
    for (const item of items) Object.freeze(item);
    Object.freeze(items);
  }
  Object.freeze(photos.byId);
  for (const part of Object.values(visit)) Object.freeze(part);
  return Object.freeze(visit);
}

const initial: VisitState = /* @__PURE__ */ frozenVisit(/* @__PURE__ */ blankVisit());

/** The state before any event: the same frozen value each time. @since 0.1.0 */
export function initialState(): VisitState {
  return initial;
}

/** Work has started, and is not away, on a break or waiting for materials (PROTOCOL §4, *running*). */
export function isRunning({ work, materials }: VisitState): boolean {
  return work.startedAt !== null && !work.away && !work.onBreak && !materials.awaited;
}

/** Completed or closed: the visit has ended. */
export function hasEnded({ closing }: VisitState): boolean {
  return closing.completedAt !== null || closing.closedAt !== null;
}

/** An instruction to cancel or to reschedule stands. */
export function isClosing({ instruction }: VisitState): boolean {
  return instruction === 'cancel' || instruction === 'reschedule';
}

/** The id of the provider now assigned. */
export function assignedId({ provider }: VisitState): Id | null {
  return provider === null ? null : provider.id;
}

/** True if a provider is assigned to the visit, or was. */
export function isOrWasAssigned(visit: VisitState, providerId: Id): boolean {
  return assignedId(visit) === providerId || visit.formerProviders.includes(providerId);
}

/** The first phase that applies (PROTOCOL §3). */
export function derivePhase(visit: VisitState): Phase {
  const { closing, work, arrival, materials } = visit;
  if (visit.visitId === null) return 'unassigned';
  if (closing.completedAt !== null) return 'completed';
  if (closing.closedAt !== null) return 'closed';
  if (visit.debts.some(({ kind }) => kind === 'reassign-provider')) return 'awaiting-reassignment';
  if (work.away) return 'away';
  if (arrival.arrivedAt === null) return 'in-transit';
  if (work.onBreak) return 'on-break';
  if (materials.awaited) return 'awaiting-materials';
  if (work.startedAt !== null) return 'working';
  return 'on-site';
}
