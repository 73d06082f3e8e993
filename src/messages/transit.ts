import type { Authored, Command, EventMessage, Instant, NonEmptyText, Occurrence, Provider } from './base.ts';

/** Issue on the way: the vehicle broke down, the arrival is late, or something else. @since 0.1.0 */
export type TransitIssue = 'breakdown' | 'delay' | 'other';

/** Data of `ReportTransitIssue`. @since 0.1.0 */
export type ReportTransitIssueData = Occurrence & {
  /** Kind of issue; must be said (1.2-02). */
  readonly issue?: TransitIssue;
  /** True if the provider can solve it; must be said of a breakdown or another issue (1.2-03). */
  readonly resolvable?: boolean;
  /** True if the response time will be exceeded; must be said when it can be solved (1.2-05). */
  readonly exceedsResponseTime?: boolean;
  /** Time at which the provider now expects to arrive. */
  readonly expectedArrival?: Instant;
  /** The issue in words; must be there for another issue (1.2-02). */
  readonly detail?: NonEmptyText;
};

/**
 * Reports an issue on the way, before arriving. The provider's, or recorded for them by the contact center
 * (1.2-01..07, 1.2-09, 2.2-09).
 *
 * @since 0.1.0
 */
export type ReportTransitIssue = Command<'ReportTransitIssue', ReportTransitIssueData>;

/** An issue on the way was reported. @since 0.1.0 */
export type TransitIssueReported = EventMessage<'TransitIssueReported', ReportTransitIssueData & Authored>;

/**
 * Acknowledges what was reported from the way. Recorded by the contact center (1.2-08, 1.2-14).
 *
 * @since 0.1.0
 */
export type AcknowledgeTransitIssue = Command<'AcknowledgeTransitIssue', Occurrence>;

/** The contact center acknowledged the issue. @since 0.1.0 */
export type TransitIssueAcknowledged = EventMessage<'TransitIssueAcknowledged', Occurrence & Authored>;

/** Topic of a notice to the client: a delay, or another provider. @since 0.1.0 */
export type NotificationTopic = 'delay' | 'provider-change';

/** Data of `NotifyClient`. @since 0.1.0 */
export type NotifyClientData = Occurrence & {
  /** The topics of one notice; never empty. */
  readonly about: readonly NotificationTopic[];
  /** True if the client was reached; one not reached is a recorded attempt, the debt stays. */
  readonly reached: boolean;
  /** Medium of the notice, in the center's words. */
  readonly channel?: NonEmptyText;
};

/**
 * Tells the client about a delay or a change of provider. Recorded by the contact center (1.2-10, 1.2-13, 1.2-15).
 *
 * @since 0.1.0
 */
export type NotifyClient = Command<'NotifyClient', NotifyClientData>;

/** The client was told, or an attempt was made. @since 0.1.0 */
export type ClientNotified = EventMessage<'ClientNotified', NotifyClientData & Authored>;

/** Data of `ReassignProvider`. @since 0.1.0 */
export type ReassignProviderData = Occurrence & {
  /** The new provider, another than the one assigned. */
  readonly provider: Provider;
  /** The latest moment of arrival promised for the new provider. */
  readonly arriveBy: Instant;
};

/**
 * Assigns another provider to the same case. Recorded by the contact center when a reassignment is owed or
 * instructed (1.2-11, 1.2-12).
 *
 * @since 0.1.0
 */
export type ReassignProvider = Command<'ReassignProvider', ReassignProviderData>;

/** Another provider took the visit over. @since 0.1.0 */
export type ProviderReassigned = EventMessage<'ProviderReassigned', ReassignProviderData & Authored>;

/** The acts of this chapter, in the order of the protocol: each command and the event that it becomes. */
export type Acts = {
  readonly ReportTransitIssue: [ReportTransitIssue, TransitIssueReported];
  readonly AcknowledgeTransitIssue: [AcknowledgeTransitIssue, TransitIssueAcknowledged];
  readonly NotifyClient: [NotifyClient, ClientNotified];
  readonly ReassignProvider: [ReassignProvider, ProviderReassigned];
};
