import { act, bareAct, plainAct } from './act.ts';
import { contact, test } from './shared.ts';
import { flag, label, list, oneOf, optional, someOf, text } from './text.ts';

export const closing = {
  TestQuality: act(
    'TestQuality',
    'QualityTested',
    () => ({
      withClient: optional(flag()),
      tests: someOf(test()),
    }),
    () => ({ passed: flag() }),
  ),
  RecordConformity: bareAct('RecordConformity', 'ClientConformed'),
  RecordObjection: plainAct('RecordObjection', 'ClientObjected', () => ({ what: text() })),
  HandOverSite: plainAct('HandOverSite', 'SiteHandedOver', () => ({
    structuralConditionPreserved: optional(flag()),
    tidy: optional(flag()),
    detail: optional(text()),
  })),
  ShowBelongings: plainAct('ShowBelongings', 'BelongingsShown', () => ({
    items: list(text()),
    clientConfirmed: optional(flag()),
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
    () => ({ outcome: oneOf(['cancelled', 'rescheduled']) }),
  ),
};
