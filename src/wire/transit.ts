import * as z from 'zod/mini';
import { bareAct, plainAct } from './act.ts';
import { provider } from './shared.ts';
import { instant, label, optional, someOf, text } from './text.ts';

export const transit = {
  ReportTransitIssue: plainAct('ReportTransitIssue', 'TransitIssueReported', () => ({
    issue: optional(z.enum(['breakdown', 'delay', 'other'])),
    resolvable: optional(z.boolean()),
    exceedsResponseTime: optional(z.boolean()),
    expectedArrival: optional(instant()),
    detail: optional(text()),
  })),
  AcknowledgeTransitIssue: bareAct('AcknowledgeTransitIssue', 'TransitIssueAcknowledged'),
  NotifyClient: plainAct('NotifyClient', 'ClientNotified', () => ({
    about: someOf(z.enum(['delay', 'provider-change'])),
    reached: z.boolean(),
    channel: optional(label()),
  })),
  ReassignProvider: plainAct('ReassignProvider', 'ProviderReassigned', () => ({
    provider: provider(),
    arriveBy: instant(),
  })),
};
