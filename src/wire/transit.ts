import { bareAct, plainAct } from './act.ts';
import { provider } from './shared.ts';
import { flag, instant, label, oneOf, optional, someOf, text } from './text.ts';

export const transit = {
  ReportTransitIssue: plainAct('ReportTransitIssue', 'TransitIssueReported', () => ({
    issue: optional(oneOf(['breakdown', 'delay', 'other'])),
    resolvable: optional(flag()),
    exceedsResponseTime: optional(flag()),
    expectedArrival: optional(instant()),
    detail: optional(text()),
  })),
  AcknowledgeTransitIssue: bareAct('AcknowledgeTransitIssue', 'TransitIssueAcknowledged'),
  NotifyClient: plainAct('NotifyClient', 'ClientNotified', () => ({
    about: someOf(oneOf(['delay', 'provider-change'])),
    reached: flag(),
    channel: optional(label()),
  })),
  ReassignProvider: plainAct('ReassignProvider', 'ProviderReassigned', () => ({
    provider: provider(),
    arriveBy: instant(),
  })),
};

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  ReportTransitIssue: {
    self: "Reports an issue on the way, before arriving. The provider's, or recorded for them by the contact center (1.2-01..07, 1.2-09, 2.2-09).",
    issue: 'Kind of issue; must be said (1.2-02).',
    resolvable: 'True if the provider can solve it; must be said of a breakdown or another issue (1.2-03).',
    exceedsResponseTime: 'True if the response time will be exceeded; must be said when it can be solved (1.2-05).',
    expectedArrival: 'Time at which the provider now expects to arrive.',
    detail: 'The issue in words; must be there for another issue (1.2-02).',
  },
  TransitIssueReported: {
    self: 'An issue on the way was reported.',
  },
  AcknowledgeTransitIssue: {
    self: 'Acknowledges what was reported from the way. Recorded by the contact center (1.2-08, 1.2-14).',
  },
  TransitIssueAcknowledged: {
    self: 'The contact center acknowledged the issue.',
  },
  NotifyClient: {
    self: 'Tells the client about a delay or a change of provider. Recorded by the contact center (1.2-10, 1.2-13, 1.2-15).',
    about: 'The topics of one notice; never empty.',
    reached: 'True if the client was reached; one not reached is a recorded attempt, the debt stays.',
    channel: "Medium of the notice, in the center's words.",
  },
  ClientNotified: {
    self: 'The client was told, or an attempt was made.',
  },
  ReassignProvider: {
    self: 'Assigns another provider to the same case. Recorded by the contact center when a reassignment is owed or instructed (1.2-11, 1.2-12).',
    provider: 'The new provider, another than the one assigned.',
    arriveBy: 'The latest moment of arrival promised for the new provider.',
  },
  ProviderReassigned: {
    self: 'Another provider took the visit over.',
  },
};
