import type { ActNames, ChapterPhrases, EventNames, FieldNames, Findings, Refusals } from '../chapter.ts';

/** The acts, as infinitives. */
export const acts = {
  AssignVisit: 'assign the visit',
  AmendAssignment: 'amend the assignment',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'op-assign': '{$greeting}. We have a service for you{, case $caseNumber}{, at $place}.',
  'op-amend': '{$greeting}{, $addressee}. I have new details of your service.',
  'ask-assignment': 'Case number, client, service and site',
  'ask-amended': 'What changes',
  'ask-provider': 'Provider and latest arrival time',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'something-amended': 'Record what changes.',
} satisfies Refusals;

/** The events, as headings. */
export const events = {
  VisitAssigned: 'Visit assigned',
  AssignmentAmended: 'Assignment amended',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  caseNumber: 'Case number',
  client: 'Client',
  provider: 'Provider',
  service: 'Service',
  instructions: 'Instructions',
  place: 'Site',
  arriveBy: 'Latest arrival time',
  requiredShots: 'Photos asked for',
  edition: 'Edition of the protocol',
  policyId: 'Policy',
} satisfies FieldNames;

/** Findings: what was not as it should be. */
export const findings = {
  'something-amended': 'The amendment changed nothing.',
} satisfies Findings;
