import type { ActNames, ChapterPhrases, EventNames, FieldNames, Findings, Refusals, Requirements } from '../chapter.ts';
import { byReader } from '../message-templates.ts';
import { to, you } from '../speech/after.ts';
import { callMade, callMissing, client } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  RecordArrival: 'record the arrival',
  ShowCredential: 'show the credential',
  ReportClientAbsence: 'report the absence of the client',
  RecordClientReturn: 'record the return of the client',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'greet-client': (f) => `${f.greeting}${you(f)}.`,
  introduce: (f) =>
    `I am ${f.providerName === null ? '' : `${f.providerName}, `}a provider of the Instituto Nacional de Seguros.`,
  'show-credential': 'Here is my credential.',
  'how-are-you': (f) => `How are you${you(f)}?`,
  reply: 'Very well, thank you.',
  'absence-call': (f) => `I am at the address and ${client(f)} is not here. What should I do?`,
  'client-back': (f) => `I am glad you are here${to(f.client)}.`,
  'op-absence': (f) => `We will try to reach ${client(f)}.`,
} satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'not-arrived': 'The provider has already arrived; go on with the visit, or escalate what affects the client.',
  arrived: 'First record the arrival.',
  'absence-answered': /* @__PURE__ */ byReader(
    'The absence of the client awaits an instruction',
    'ask the contact center, or record the return',
    'give the instruction',
  ),
  'call-made': callMade,
  'absence-open': 'No absence of the client is on record; go on with the visit, or report it.',
  'credential-shown': 'First show the credential.',
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
