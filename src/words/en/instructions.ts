import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';
import { lookup } from '../text.ts';

/** The acts, as infinitives. */
export const acts = {
  GiveInstruction: 'give an instruction',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'op-wait': 'Wait a little; if nobody comes, call us.',
  'op-proceed': 'You may go on with the visit.',
  'op-representative': 'You may go on with another adult.',
  'ask-instruction': 'Matter, instruction and waivers',
  'ask-representative': 'Name of the representative',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'question-open': 'No {$about|such matter} is open{ (open: $open)}; record it first.',
  'waiver-proceeds': 'Only an instruction to proceed waives requirements.',
} satisfies Refusals;

/** The events, as headings. */
export const events = {
  InstructionGiven: 'Instruction of the contact center',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  decision: 'Decision',
  text: 'Text',
  representative: 'Representative',
  waives: 'Waives',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  GiveInstruction: {
    about: 'What is it about?',
    decision: 'What is decided?',
    text: ['Instruction', 'As the provider will read it.'],
    representative: ['Representative', 'The adult who attends for the client.'],
    waives: ['Requirements waived', 'For this visit only.'],
  },
} satisfies FieldLabels;

const questionsClosed: Readonly<Record<string, string>> = {
  'client-absence': 'No absence of the client was open.',
  identity: 'No rejected identity was open.',
  materials: 'No disagreement about materials was open.',
  escalation: 'No escalated matter was open.',
};

/** Findings: what was not as it should be. */
export const findings = {
  'question-open': ({ about }) => lookup(questionsClosed, about, 'That matter was not open.'),
  'waiver-proceeds': 'Requirements were waived by an instruction that was not one to proceed.',
} satisfies Findings;
