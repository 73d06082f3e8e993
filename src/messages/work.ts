import type { Authored, Command, Contact, EventMessage, Instant, NonEmptyText, Occurrence } from './base.ts';

/** The tools that go in. @since 0.1.0 */
export type ShowToolsData = Occurrence & {
  /** Each tool by name; shown twice, the union counts. */
  readonly tools: readonly NonEmptyText[];
};

/**
 * Shows the client the tools that go in. The provider's (1.1-40).
 *
 * @since 0.1.0
 */
export type ShowTools = Command<'ShowTools', ShowToolsData>;

/** The tools were shown. @since 0.1.0 */
export type ToolsShown = EventMessage<'ToolsShown', ShowToolsData & Authored>;

/** Data of `ClearArea`. @since 0.1.0 */
export type ClearAreaData = Occurrence & {
  /** Each thing by name; empty says that there was nothing to move. */
  readonly moved: readonly NonEmptyText[];
};

/**
 * Clears the area of work. The provider's (1.1-41).
 *
 * @since 0.1.0
 */
export type ClearArea = Command<'ClearArea', ClearAreaData>;

/** The area was cleared. @since 0.1.0 */
export type AreaCleared = EventMessage<'AreaCleared', ClearAreaData & Authored>;

/** Data of `ReportStart`. @since 0.1.0 */
export type ReportStartData = Occurrence & {
  /** The call to the contact center; must be there (1.1-26). Payment evidence. */
  readonly call?: Contact;
};

/**
 * Reports to the contact center that the work begins. The provider's, or recorded for them by the contact center
 * (1.1-26).
 *
 * @since 0.1.0
 */
export type ReportStart = Command<'ReportStart', ReportStartData>;

/** The start was reported. @since 0.1.0 */
export type StartReported = EventMessage<'StartReported', ReportStartData & Authored>;

/** Data of `DocumentStart`. @since 0.1.0 */
export type DocumentStartData = Occurrence & {
  /** Reference of the contact in the center's own records. */
  readonly reference?: NonEmptyText;
};

/**
 * Puts the start call on record. Recorded by the contact center (1.1-27).
 *
 * @since 0.1.0
 */
export type DocumentStart = Command<'DocumentStart', DocumentStartData>;

/** The start call was put on record. @since 0.1.0 */
export type StartDocumented = EventMessage<'StartDocumented', DocumentStartData & Authored>;

/**
 * Starts the work. The provider's (1.1-43).
 *
 * @since 0.1.0
 */
export type StartWork = Command<'StartWork', Occurrence>;

/** The work started. @since 0.1.0 */
export type WorkStarted = EventMessage<'WorkStarted', Occurrence & Authored>;

/** A break on the same day, or leaving until a second visit (1.1-48). @since 0.1.0 */
export type PauseKind = 'break' | 'second-visit';

/** Data of `PauseWork`. @since 0.1.0 */
export type PauseWorkData = Occurrence & {
  /** Kind of interruption: a break, or until a second visit. */
  readonly kind: PauseKind;
  /** The exit notice to the contact center; must be there for a second visit (1.1-48). Payment evidence. */
  readonly notice?: Contact;
  /** Time at which the provider expects to be back. */
  readonly returnExpected?: Instant;
};

/**
 * Interrupts the work. The provider's, or recorded for them by the contact center (1.1-48).
 *
 * @since 0.1.0
 */
export type PauseWork = Command<'PauseWork', PauseWorkData>;

/** The work was interrupted. @since 0.1.0 */
export type Paused = EventMessage<'Paused', PauseWorkData & Authored>;

/** Data of `ResumeWork`. @since 0.1.0 */
export type ResumeWorkData = Occurrence & {
  /** Kind of interruption that ends. */
  readonly kind: PauseKind;
  /** The re-entry notice to the contact center; must be there for a second visit (1.1-49). Payment evidence. */
  readonly notice?: Contact;
};

/**
 * Takes the work up again. The provider's, or recorded for them by the contact center (1.1-49).
 *
 * @since 0.1.0
 */
export type ResumeWork = Command<'ResumeWork', ResumeWorkData>;

/** The work was taken up again. @since 0.1.0 */
export type Resumed = EventMessage<'Resumed', ResumeWorkData & Authored>;

/** The acts of this chapter, in the order of the protocol: each command and the event that it becomes. */
export type Acts = {
  readonly ShowTools: [ShowTools, ToolsShown];
  readonly ClearArea: [ClearArea, AreaCleared];
  readonly ReportStart: [ReportStart, StartReported];
  readonly DocumentStart: [DocumentStart, StartDocumented];
  readonly StartWork: [StartWork, WorkStarted];
  readonly PauseWork: [PauseWork, Paused];
  readonly ResumeWork: [ResumeWork, Resumed];
};
