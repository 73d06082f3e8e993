import type { Facts } from '../../kernel/decision.ts';
import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';
import { cleanText } from '../text.ts';
import { quoted } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  EscalateClientImpact: 'escalate an impact on the client',
  ReportConductBreach: 'report a breach of conduct',
  DeclineOffContractRequest: 'decline an off-contract request',
  PerformOffContractAct: 'record an off-contract act',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  escalate: 'I am very sorry about what happened{, $addressee}. I will report it now.',
  'escalate-call': 'Something is affecting {$client|the client}.',
  decline: 'I would gladly help{, $addressee}, but the contract does not cover it.',
  conduct: 'We are very sorry about what happened{, $client}; we will look into it.',
  'if-purchase': 'If asked to buy materials',
  'ask-what': 'What happened, and when',
  'ask-conduct': 'Which breach of conduct it was',
  'ask-request': 'What the client asked for',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'activity-allowed': ({ activity }, clause) => {
    const name = cleanText(activity);
    const other = name === '' || name === 'other' ? 'that act' : quoted(name);
    const what = clause === '1.1-31' ? 'the purchase of materials by the provider' : other;
    return `The contract does not cover ${what}; politely decline the request.`;
  },
} satisfies Refusals;

/** The events, as headings. */
export const events = {
  ClientImpactEscalated: 'Impact on the client escalated',
  ConductBreachReported: 'Breach of conduct reported',
  OffContractRequestDeclined: 'Off-contract request declined',
  OffContractActPerformed: 'Off-contract act performed',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  noticedAt: 'Noticed at',
  activity: 'Off-contract act',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  EscalateClientImpact: { what: 'What could affect the client?', noticedAt: 'When did you notice it?' },
  ReportConductBreach: { kind: 'Which breach of conduct was it?', detail: 'Say what happened' },
  DeclineOffContractRequest: { activity: 'What did the client ask for?', detail: 'Details' },
  PerformOffContractAct: { activity: 'What did you do?', detail: 'Details' },
} satisfies FieldLabels;

function activityAllowed({ activity }: Facts, clause: string): string {
  if (clause === '1.1-31') return 'The provider bought materials, which the contract does not cover.';
  const name = cleanText(activity);
  const what = name === '' || name === 'other' ? 'An act was done' : `The act ${quoted(name)} was done`;
  return `${what} that the contract does not cover.`;
}

/** Findings: what was not as it should be. */
export const findings = {
  'activity-allowed': activityAllowed,
} satisfies Findings;
