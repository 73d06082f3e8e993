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
import { and, quoted, single } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  ValidateIdentity: 'validate the identity',
  RejectIdentity: 'reject the identity',
  AnnounceService: 'announce the service',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'identify-representative': 'The contact center allows you to attend.',
  identify: 'May I have your full name and an identity document, please?',
  'identify-why': 'It is to confirm who receives the service.',
  'identity-unclear': 'I am sorry, I cannot confirm your identity.',
  'identity-call': 'I cannot confirm the identity. What should I do?',
  announce: 'I have come for the {$service }service arranged by the contact center.',
  'op-identity': 'We will check those details.',
  'ask-who': 'Who attends',
  'ask-name': 'Full name',
  'ask-document': 'Identity document, without the number',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'client-answers': 'The client is reported absent; record the return, or validate a representative.',
  'representative-allowed': 'No representative is authorized; ask the contact center.',
  identified: 'Politely ask for {$missing|the full name and an identity document, without noting the number}.',
  'not-away': 'First record the re-entry.',
  'service-as-assigned': 'Announce the assigned service{ ($assigned)} or ask for an amendment.',
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  identified: 'the name and the document',
  'identity-valid': 'the validation of the identity',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  IdentityValidated: 'Identity validated',
  IdentityRejected: 'Identity rejected',
  ServiceAnnounced: 'Service announced',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  person: 'Who attended',
  fullNameGiven: 'Gave the full name',
  documentShown: 'Showed a document',
  documentKind: 'Document',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  ValidateIdentity: {
    person: 'Who attends?',
    fullNameGiven: 'Did they give their full name?',
    documentShown: ['Did they show an identity document?', 'Do not write its number down.'],
    documentKind: 'Which document?',
  },
  RejectIdentity: { reason: 'Why could it not be validated?', call: 'Call to the contact center' },
  AnnounceService: { service: ['Service', 'The one assigned to you, in the same words.'] },
} satisfies FieldLabels;

function identified({ fullNameGiven, documentShown }: Facts): string {
  const missing = [
    ...(fullNameGiven === true ? [] : ['the full name']),
    ...(documentShown === true ? [] : ['an identity document']),
  ];
  return `To validate the identity, ${and(missing)} ${single(missing) ? 'was' : 'were'} missing.`;
}

function serviceAsAssigned({ assigned }: Facts): string {
  const service = cleanText(assigned);
  return `The service announced was not the one assigned${service && `, ${quoted(service)}`}.`;
}

/** Findings: what was not as it should be. */
export const findings = {
  'client-answers': 'The client was on record as absent.',
  'representative-allowed': 'It was not on record that a representative had been authorized.',
  identified,
  'not-away': 'The re-entry was not on record.',
  'identity-valid': 'The validation of the identity was not on record.',
  'service-as-assigned': serviceAsAssigned,
  'service-announced': 'It was not on record that the service had been announced to the client.',
} satisfies Findings;
