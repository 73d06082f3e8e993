import type { Authored, Command, Contact, EventMessage, NonEmptyText, Occurrence } from './base.ts';

/** A test of the finished work. @since 0.1.0 */
export type Test = {
  /** Name of the test. */
  readonly name: NonEmptyText;
  /** True if it passed. */
  readonly passed: boolean;
};

/** Data of `TestQuality`. @since 0.1.0 */
export type TestQualityData = Occurrence & {
  /** True if the client took part; must be true (1.1-47). */
  readonly withClient?: boolean;
  /** The tests made; never empty. */
  readonly tests: readonly Test[];
};

/**
 * Tests the work together with the client. The provider's (1.1-46, 1.1-47).
 *
 * @since 0.1.0
 */
export type TestQuality = Command<'TestQuality', TestQualityData>;

/** The work was tested. @since 0.1.0 */
export type QualityTested = EventMessage<
  'QualityTested',
  TestQualityData & {
    /** True if all tests passed. */
    readonly passed: boolean;
  } & Authored
>;

/**
 * Records that the client finds the work in order. The client's, recorded by the provider or by themselves (1.1-50).
 *
 * @since 0.1.0
 */
export type RecordConformity = Command<'RecordConformity', Occurrence>;

/** The client found the work in order. @since 0.1.0 */
export type ClientConformed = EventMessage<'ClientConformed', Occurrence & Authored>;

/** Data of `RecordObjection`. @since 0.1.0 */
export type RecordObjectionData = Occurrence & {
  /** The objection, in the client's words. Personal. */
  readonly what: NonEmptyText;
};

/**
 * Records that the client objects to the work. The client's, recorded by the provider or by themselves (1.1-50).
 *
 * @since 0.1.0
 */
export type RecordObjection = Command<'RecordObjection', RecordObjectionData>;

/** The client objected; the tests stand as failed. @since 0.1.0 */
export type ClientObjected = EventMessage<'ClientObjected', RecordObjectionData & Authored>;

/** In what condition the place is handed over. @since 0.1.0 */
export type HandOverSiteData = Occurrence & {
  /** True if the structure is as it was; must be true (1.1-45). */
  readonly structuralConditionPreserved?: boolean;
  /** True if it is as tidy as can be (1.1-44). */
  readonly tidy?: boolean;
  /** The condition in words. */
  readonly detail?: NonEmptyText;
};

/**
 * Hands the place over. The provider's (1.1-44, 1.1-45).
 *
 * @since 0.1.0
 */
export type HandOverSite = Command<'HandOverSite', HandOverSiteData>;

/** The place was handed over. @since 0.1.0 */
export type SiteHandedOver = EventMessage<'SiteHandedOver', HandOverSiteData & Authored>;

/** Data of `ShowBelongings`. @since 0.1.0 */
export type ShowBelongingsData = Occurrence & {
  /** Each thing by name; one not among the tools shown is a finding (1.1-52). */
  readonly items: readonly NonEmptyText[];
  /** True if the client confirmed the check; must be said (1.1-53). */
  readonly clientConfirmed?: boolean;
  /** Items that the client says are not the provider's. */
  readonly disputed?: readonly NonEmptyText[];
};

/**
 * Shows the client what leaves the house. The provider's (1.1-51..53).
 *
 * @since 0.1.0
 */
export type ShowBelongings = Command<'ShowBelongings', ShowBelongingsData>;

/** The belongings were shown. @since 0.1.0 */
export type BelongingsShown = EventMessage<'BelongingsShown', ShowBelongingsData & Authored>;

/** Data of `ReportCompletion`. @since 0.1.0 */
export type ReportCompletionData = Occurrence & {
  /** The case number named in the call; must be the assigned one (1.3-04). Payment evidence. */
  readonly caseNumber?: NonEmptyText;
  /** The call to the contact center; must be there (1.3-02). Payment evidence. */
  readonly call?: Contact;
};

/**
 * Reports to the contact center that the work is finished. The provider's, or recorded for them by the contact center
 * (1.3-02..04).
 *
 * @since 0.1.0
 */
export type ReportCompletion = Command<'ReportCompletion', ReportCompletionData>;

/** The completion was reported. @since 0.1.0 */
export type CompletionReported = EventMessage<'CompletionReported', ReportCompletionData & Authored>;

/**
 * Says goodbye to the client. The provider's; never asked for (1.3-01).
 *
 * @since 0.1.0
 */
export type GiveFarewell = Command<'GiveFarewell', Occurrence>;

/** Goodbye was said. @since 0.1.0 */
export type FarewellGiven = EventMessage<'FarewellGiven', Occurrence & Authored>;

/**
 * Completes the visit. The provider's, or recorded for them by the contact center (1.3-02).
 *
 * @since 0.1.0
 */
export type CompleteVisit = Command<'CompleteVisit', Occurrence>;

/** The visit was completed. @since 0.1.0 */
export type Completed = EventMessage<'Completed', Occurrence & Authored>;

/** Reason why the visit is closed without being completed. @since 0.1.0 */
export type CloseVisitData = Occurrence & {
  /** The reason, in words. */
  readonly reason?: NonEmptyText;
};

/**
 * Closes a visit that is not to be completed. The provider's or the contact center's, under an instruction to cancel
 * or reschedule (1.1-10).
 *
 * @since 0.1.0
 */
export type CloseVisit = Command<'CloseVisit', CloseVisitData>;

/** End of a visit that was not completed. @since 0.1.0 */
export type ClosedOutcome = 'cancelled' | 'rescheduled';

/** The visit was closed. @since 0.1.0 */
export type VisitClosed = EventMessage<
  'VisitClosed',
  CloseVisitData & {
    /** End that the standing instruction gave it. */
    readonly outcome: ClosedOutcome;
  } & Authored
>;

/** The acts of this chapter, in the order of the protocol: each command and the event that it becomes. */
export type Acts = {
  readonly TestQuality: [TestQuality, QualityTested];
  readonly RecordConformity: [RecordConformity, ClientConformed];
  readonly RecordObjection: [RecordObjection, ClientObjected];
  readonly HandOverSite: [HandOverSite, SiteHandedOver];
  readonly ShowBelongings: [ShowBelongings, BelongingsShown];
  readonly ReportCompletion: [ReportCompletion, CompletionReported];
  readonly GiveFarewell: [GiveFarewell, FarewellGiven];
  readonly CompleteVisit: [CompleteVisit, Completed];
  readonly CloseVisit: [CloseVisit, VisitClosed];
};
