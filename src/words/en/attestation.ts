import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';
import type { Codes } from '../codes.ts';

/** The facts, in the middle of a sentence. */
export const facts: Codes['fact'] = {
  arrival: 'the arrival of the provider',
  absence: 'the absence of the client',
  identity: 'the check of the identity',
  inspection: 'the inspection of the area',
  explanation: 'the explanation of the work',
  supply: 'the delivery of the materials',
  acceptance: 'the acceptance of the materials',
  tools: 'the tools shown',
  start: 'the start of the work',
  tests: 'the tests',
  conformity: 'the conformity of the client',
  handover: 'the handover of the site',
  belongings: 'the belongings shown',
  end: 'the end of the visit',
};

/** The act, as an infinitive. */
export const acts = { AttestFacts: 'confirm or deny what is on record' } satisfies ActNames;

/** The question of the act. */
export const phrases = {
  'ask-attested': 'For each fact: was it so? If not, what happened',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'facts-stand': 'This is not on record with that time: {$facts|the fact}. Look at the visit again.',
} satisfies Refusals;

/** The event, as a heading. */
export const events = { FactsAttested: 'Word of the client' } satisfies EventNames;

/** The field of its data. */
export const fields = { facts: 'Facts' } satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = { AttestFacts: { facts: 'Facts on record' } } satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'facts-stand': 'The client gave their word on a fact that was not on record with that time.',
} satisfies Findings;
