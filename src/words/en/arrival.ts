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
import { callMade, callMissing } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  RecordArrival: 'record the arrival',
  ShowCredential: 'show the credential',
  ReportClientAbsence: 'report the absence of the client',
  RecordClientReturn: 'record the return of the client',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'greet-client': '{$greeting}{, $addressee}.',
  introduce: 'I am {$providerName, }a provider of the Instituto Nacional de Seguros.',
  'show-credential': 'Here is my credential.',
  'how-are-you': 'How are you{, $addressee}?',
  reply: 'Very well, thank you.',
  'absence-call': 'I am at the address and {$client|the client} is not here. What should I do?',
  'client-back': 'I am glad you are here{, $client}.',
  'op-absence': 'We will try to reach {$client|the client}.',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'not-arrived': 'The arrival is on record already; go on with the visit.',
  'absence-answered': [
    'The absence of the client awaits an instruction; ask the contact center, or record the return.',
    'The absence of the client awaits an instruction; give it.',
  ],
  'call-made': callMade,
  'absence-open': 'No absence of the client is on record; go on with the visit, or report it.',
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  'credential-shown': 'the credential',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  ProviderArrived: 'Provider arrived',
  CredentialShown: 'Credential shown',
  ClientAbsenceReported: 'Absence of the client reported',
  ClientReturned: 'Client returned',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  position: 'Position',
  credentialId: 'Credential number',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  RecordArrival: { position: ['Position', 'The phone takes it. You can record the arrival without it.'] },
  ShowCredential: { credentialId: 'Number of the credential' },
  ReportClientAbsence: { call: 'Call to the contact center' },
} satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'not-arrived': (_, clause) =>
    clause === '1.2-01' ? 'The provider had already arrived.' : 'The arrival was already on record.',
  arrived: 'The arrival of the provider was not on record.',
  'absence-answered': 'The absence of the client was awaiting an instruction.',
  'call-made': callMissing,
  'absence-open': 'No absence of the client was on record.',
  'credential-shown': 'It was not on record that the credential had been shown to the client.',
} satisfies Findings;
