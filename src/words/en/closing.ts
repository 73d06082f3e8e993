import type { Facts } from '../../kernel/decision.ts';
import type {
  ActNames,
  ChapterPhrases,
  EventNames,
  FieldLabels,
  FieldNames,
  Findings,
  Refusals,
  Requirements,
} from '../chapter.ts';
import { cleanText } from '../text.ts';
import { callMade, callMissing } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  TestQuality: 'run the quality tests',
  RecordConformity: 'record the conformity',
  RecordObjection: 'record the objection',
  HandOverSite: 'hand over the work',
  ShowBelongings: 'show the belongings',
  ReportCompletion: 'report the completion',
  GiveFarewell: 'say goodbye',
  CompleteVisit: 'complete the visit',
  CloseVisit: 'close the visit',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  tests: 'Would you run the tests with me{, $addressee}?',
  conformity: 'Is the repair right{, $addressee}?',
  objection: 'I am sorry{, $addressee}. Tell us what is not right.',
  'hand-over': 'I have cleaned up. Is everything as it was?',
  belongings: 'Let me show you{, $addressee,} that I take away only what is mine{: $tools}. Do you agree?',
  'belongings-disputed': 'I will leave that here and ask the contact center.',
  'completion-call': 'I have finished the work{, case $caseNumber}.',
  farewell: 'Thank you for everything{, $addressee}.',
  pleasure: 'I was glad to help.',
  'anything-else': 'Can I help with anything else?',
  cancelled: 'The service is cancelled.',
  rescheduled: 'The visit is left for another day.',
  'if-disputed': 'If the client disputes something',
  'ask-tests': 'Tests with the client, and the result',
  'ask-conformity': 'What the client answers',
  'ask-objection': 'What is not right',
  'ask-structure': 'Whether the structure is as it was',
  'ask-belongings': 'What is taken away, and whether the client agrees',
  'ask-case-number': 'Case number',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'tested-with-client': 'Run the tests together with the client.',
  'tests-passed': '{$tests|First run the quality tests.}',
  'structure-preserved': 'Leave the structure of the site as it was, and record it.',
  'confirmation-said': 'Record whether the client confirmed the belongings.',
  'case-number-named': 'Name the case number{ $assigned}{ (not $named)}.',
  'belongings-confirmed': 'The client has not confirmed the belongings; show them again.',
  'completion-reported': callMade,
  'ending-instructed': [
    'No instruction to cancel or reschedule is on record; ask the contact center.',
    'No instruction to cancel or reschedule is on record; give one first.',
  ],
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  'structure-preserved': 'the structure of the site',
  'tested-with-client': 'the tests with the client',
  'tests-passed': 'the passing of the tests',
  conformity: 'the conformity',
  'handed-over': 'the handover of the work',
  'belongings-checked': 'the check of the belongings',
  'belongings-confirmed': 'the confirmation of the belongings',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  QualityTested: 'Quality tests',
  ClientConformed: 'Conformity of the client',
  ClientObjected: 'Objection of the client',
  SiteHandedOver: 'Work handed over',
  BelongingsShown: 'Belongings shown on leaving',
  CompletionReported: 'Completion call',
  FarewellGiven: 'Farewell',
  Completed: 'Visit completed',
  VisitClosed: 'Visit closed',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  withClient: 'With the client',
  tests: 'Tests',
  passed: 'All passed',
  what: 'What happened',
  structuralConditionPreserved: 'Structure preserved',
  tidy: 'Tidy',
  clientConfirmed: 'Confirmed by the client',
  disputed: 'Disputed',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  TestQuality: { withClient: 'Was it tested with the client?', tests: ['Tests', 'What was tested, and if it worked.'] },
  RecordObjection: { what: ['What does the client object to?', "In the client's words."] },
  HandOverSite: {
    structuralConditionPreserved: 'Is the structure as it was?',
    tidy: 'Is it clean and tidy?',
    detail: 'Details',
  },
  ShowBelongings: {
    items: ['What do you take away?', 'The tools, and all else that leaves the house.', 'Nothing'],
    clientConfirmed: 'Did the client check it and agree?',
    disputed: 'What does the client say is not yours?',
  },
  ReportCompletion: {
    caseNumber: ['Case number', 'The one that you named in the call.'],
    call: 'Completion call',
  },
  CloseVisit: { reason: 'Reason' },
} satisfies FieldLabels;

function caseNumberNamed({ named, assigned }: Facts): string {
  const [number, own] = [cleanText(named), cleanText(assigned)];
  const right = own === '' ? '' : `; that of this visit is ${own}`;
  if (number === '') return `The completion call named no case number${right}.`;
  return `The completion call named case ${number}, which is not that of this visit${right}.`;
}

/** Findings: what was not as it should be. */
export const findings = {
  'tested-with-client': 'The tests were not run with the client.',
  'tests-passed': ({ tests }) =>
    tests === 'failed' ? 'The tests stood as failed.' : 'The quality tests were not on record.',
  'tests-stand': 'The quality tests were not on record.',
  started: 'The work had not started.',
  'structure-preserved': 'It was not on record that the site kept its structure.',
  'started-or-closing': 'The work had not started, nor was the visit closing.',
  'confirmation-said': 'It was not recorded whether the client confirmed the belongings.',
  conformity: 'The conformity of the client was not on record.',
  'case-number-named': caseNumberNamed,
  'not-on-break': 'The work was still on a break.',
  'handed-over': 'The handover of the site to the client was not on record.',
  'belongings-checked': 'It was not on record that the belongings had been shown to the client.',
  'belongings-confirmed': 'It was not on record that the client had confirmed the belongings.',
  'completion-reported': callMissing,
  'ending-instructed': 'No instruction to cancel or reschedule was on record.',
} satisfies Findings;
