import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';

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

/** Of a field of an amendment that may stay as it is. */
const unchanged = 'Leave it blank if it stays.';

/** The labels of the fields of a form. */
export const labels = {
  AssignVisit: {
    caseNumber: 'Case number',
    client: 'Client',
    provider: 'Provider',
    service: 'Service',
    instructions: ['Instructions for the provider', 'What they should know before they arrive.'],
    place: ['Site', 'The address, as the provider gets it.'],
    arriveBy: 'Latest arrival',
    requiredShots: ['Photos asked for', 'By name: panel, meter.', 'None in particular'],
  },
  AmendAssignment: {
    caseNumber: ['Case number', unchanged],
    client: ['Client', unchanged],
    service: ['Service', unchanged],
    instructions: ['Instructions for the provider', unchanged],
    place: ['Site', unchanged],
    arriveBy: ['Latest arrival', unchanged],
    requiredShots: ['Photos asked for', 'All that are asked for from now on.', 'None in particular'],
  },
} satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'something-amended': 'The amendment changed nothing.',
} satisfies Findings;
