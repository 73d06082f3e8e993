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

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  TestQuality: {
    self: "Tests the work together with the client. The provider's (1.1-46, 1.1-47).",
    withClient: 'True if the client took part; must be true (1.1-47).',
    tests: 'The tests made; never empty.',
  },
  QualityTested: {
    self: 'The work was tested.',
    passed: 'True if all tests passed.',
  },
  RecordConformity: {
    self: "Records that the client finds the work in order. The client's, recorded by the provider or by themselves (1.1-50).",
  },
  ClientConformed: {
    self: 'The client found the work in order.',
  },
  RecordObjection: {
    self: "Records that the client objects to the work. The client's, recorded by the provider or by themselves (1.1-50).",
    what: "The objection, in the client's words. Personal.",
  },
  ClientObjected: {
    self: 'The client objected; the tests stand as failed.',
  },
  HandOverSite: {
    self: "Hands the place over. The provider's (1.1-44, 1.1-45).",
    structuralConditionPreserved: 'True if the structure is as it was; must be true (1.1-45).',
    tidy: 'True if it is as tidy as can be (1.1-44).',
    detail: 'The condition in words.',
  },
  SiteHandedOver: {
    self: 'The place was handed over.',
  },
  ShowBelongings: {
    self: "Shows the client what leaves the house. The provider's (1.1-51..53).",
    items: 'Each thing by name; one not among the tools shown is a finding (1.1-52).',
    clientConfirmed: 'True if the client confirmed the check; must be said (1.1-53).',
    disputed: "Items that the client says are not the provider's.",
  },
  BelongingsShown: {
    self: 'The belongings were shown.',
  },
  ReportCompletion: {
    self: "Reports to the contact center that the work is finished. The provider's, or recorded for them by the contact center (1.3-02..04).",
    caseNumber: 'The case number named in the call; must be the assigned one (1.3-04). Payment evidence.',
    call: 'The call to the contact center; must be there (1.3-02). Payment evidence.',
  },
  CompletionReported: {
    self: 'The completion was reported.',
  },
  GiveFarewell: {
    self: "Says goodbye to the client. The provider's; never asked for (1.3-01).",
  },
  FarewellGiven: {
    self: 'Goodbye was said.',
  },
  CompleteVisit: {
    self: "Completes the visit. The provider's, or recorded for them by the contact center (1.3-02).",
  },
  Completed: {
    self: 'The visit was completed.',
  },
  CloseVisit: {
    self: "Closes a visit that is not to be completed. The provider's or the contact center's, under an instruction to cancel or reschedule (1.1-10).",
    reason: 'The reason, in words.',
  },
  VisitClosed: {
    self: 'The visit was closed.',
    outcome: 'End that the standing instruction gave it.',
  },
};
