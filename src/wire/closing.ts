import * as z from 'zod/mini';
import { act, bareAct, plainAct } from './act.ts';
import { contact } from './shared.ts';
import { label, list, optional, someOf, text } from './text.ts';

export const closing = {
  TestQuality: act(
    'TestQuality',
    'QualityTested',
    () => ({
      withClient: optional(z.boolean()),
      tests: someOf(z.strictObject({ name: label(), passed: z.boolean() })),
    }),
    () => ({ passed: z.boolean() }),
  ),
  RecordConformity: bareAct('RecordConformity', 'ClientConformed'),
  RecordObjection: plainAct('RecordObjection', 'ClientObjected', () => ({ what: text() })),
  HandOverSite: plainAct('HandOverSite', 'SiteHandedOver', () => ({
    structuralConditionPreserved: optional(z.boolean()),
    tidy: optional(z.boolean()),
    detail: optional(text()),
  })),
  ShowBelongings: plainAct('ShowBelongings', 'BelongingsShown', () => ({
    items: list(text()),
    clientConfirmed: optional(z.boolean()),
    disputed: optional(list(text())),
  })),
  ReportCompletion: plainAct('ReportCompletion', 'CompletionReported', () => ({
    caseNumber: optional(label()),
    call: optional(contact()),
  })),
  GiveFarewell: bareAct('GiveFarewell', 'FarewellGiven'),
  CompleteVisit: bareAct('CompleteVisit', 'Completed'),
  CloseVisit: act(
    'CloseVisit',
    'VisitClosed',
    () => ({ reason: optional(text()) }),
    () => ({ outcome: z.enum(['cancelled', 'rescheduled']) }),
  ),
};
