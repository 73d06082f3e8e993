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
