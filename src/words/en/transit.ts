import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';
import { cleanText, inBrackets } from '../text.ts';

/** The acts, as infinitives. */
export const acts = {
  ReportTransitIssue: 'report an issue on the way',
  AcknowledgeTransitIssue: 'acknowledge the issue',
  NotifyClient: 'notify the client',
  ReassignProvider: 'reassign the visit',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'transit-report': 'I have run into an issue on the way.',
  'transit-solvable': 'It is a breakdown, but I can fix it here and go on.',
  'transit-exceeds': 'The response time will be exceeded. Could you tell {$client|the client}?',
  'transit-unsolvable': 'It is a breakdown that I cannot fix now. I am sorry.',
  'transit-delay': 'I am running late and will arrive after the latest arrival time{ ($arriveBy)}.',
  'op-keep-posted': 'If anything else comes up, call us.',
  'op-tell-client': 'We will tell {$client|the client}.',
  'op-will-reassign': 'I understand{, $addressee}. We will give the service to another provider.',
  'op-delay': 'The provider is running late and will arrive after the latest arrival time{ ($arriveBy)}.',
  'op-change': 'Another provider will come{, $provider}{ (at the latest: $arriveBy)}.',
  'op-change-coming': 'Another provider will come; we will tell you who.',
  'op-apology': 'We are sorry for the trouble.',
  'if-exceeded': 'If the response time is exceeded',
  'ask-issue': 'What happened on the way',
  'if-solvable': 'If it can be solved on the spot',
  'ask-expected': 'New time of arrival',
  'ask-reached': 'Whether the client was reached',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'issue-named': 'Record what happened on the way.',
  'resolvable-said': 'Record whether the issue can be solved on the spot.',
  'excess-said': 'Record whether the response time will be exceeded.',
  'reassignment-due': 'No reason for another provider is on record; record it first.',
  'another-provider': 'The visit is already assigned to that provider{ ($assigned)}; choose another.',
} satisfies Refusals;

/** The events, as headings. */
export const events = {
  TransitIssueReported: 'Issue on the way reported',
  TransitIssueAcknowledged: 'Issue on the way acknowledged',
  ClientNotified: 'Client notified',
  ProviderReassigned: 'Visit reassigned to another provider',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  issue: 'What happened',
  resolvable: 'Can be solved',
  exceedsResponseTime: 'Exceeds the response time',
  expectedArrival: 'Expected arrival',
  reached: 'Client reached',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  ReportTransitIssue: {
    issue: 'What happened on the way?',
    resolvable: 'Can you solve it there yourself?',
    exceedsResponseTime: ['Will the response time be exceeded?', 'That is, will you arrive after the latest time?'],
    expectedArrival: 'When do you expect to arrive?',
    detail: 'Say what happened',
  },
  NotifyClient: {
    about: 'What was the notice about?',
    reached: ['Was the client reached?', 'If not, the attempt is on record and the notice is still pending.'],
    channel: ['Medium', 'Telephone or message, for example.'],
  },
  ReassignProvider: { provider: 'New provider', arriveBy: 'New latest arrival' },
} satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'issue-named': 'It was not recorded what happened on the way.',
  'resolvable-said': 'It was not recorded whether the issue could be solved on the spot.',
  'excess-said': 'It was not recorded whether the response time would be exceeded.',
  'issue-reported': 'No issue on the way was on record.',
  'reassignment-due': 'Nothing on record called for another provider.',
  'another-provider': ({ assigned }) =>
    `The visit already belonged to that provider${inBrackets(cleanText(assigned))}.`,
} satisfies Findings;
