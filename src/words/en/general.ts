import type { Facts } from '../../kernel/decision.ts';
import type { ChapterPhrases, FieldNames, Findings, Refusals } from '../chapter.ts';
import { cleanText, cleanTexts, formatList, inBrackets, lookUpNames, lookup } from '../text.ts';
import { names } from './names.ts';
import { listed } from './shared.ts';

/** The phrases and questions of each act. */
export const phrases = {
  'call-center': '{$greeting}{, this is $providerName}{, about case $caseNumber}.',
  'by-name': 'Please go ahead{, $addressee}.',
  moment: 'Just a moment, please.',
  thanks: 'Thank you very much{, $addressee}.',
  gladly: 'Of course, gladly.',
  'at-your-service': 'We are at your service.',
  listen: 'I am listening{, $addressee}.',
  support: 'Do not worry, we are here to help.',
  'op-answer': '{$greeting}, INS contact center{; this is $operator}. How can I help?',
  'op-thanks': 'Thank you for the notice{, $addressee}.',
  'op-call-client':
    '{$greeting}{, $client}. This is {$operator, from }the INS contact center, about your {$service }service.',
  'op-take-up': 'We have taken up the matter; we will call {$client|the client}.',
  'to-center': 'To the contact center',
  'to-client': 'To the client',
  'or-else': 'Or',
  'ask-call': 'Call: time and reference',
  'ask-reason': 'Reason',
} as const satisfies ChapterPhrases;

const or = (items: readonly string[]) => formatList(items, 'en', 'disjunction');

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'well-formed': 'The record cannot be read{: $fields}; correct its data.',
  'assigned-once': 'The visit is already assigned{ ($visitId)}; if something changed, amend the assignment.',
  'same-visit': 'The record is not of this visit{ ($assigned)}.',
  'not-ended': [
    'The visit {$ended|has ended}; if something is pending, tell the contact center.',
    'The visit {$ended|has ended}; if that was a mistake, annul it.',
  ],
  role: 'The {$role|sender} cannot {$command|make that record}{; leave it to the $allowed}{ (did you mean $meant?)}.',
  'assigned-provider': 'The visit is assigned to another provider{ ($assigned)}; ask the contact center.',
  'not-frozen': [
    'The visit awaits another provider; wait for the contact center.',
    'The visit awaits another provider; reassign it, or instruct to proceed.',
  ],
  'not-closing': [
    'The standing instruction is to {$instruction|end the visit; close it} or ask for another.',
    'The standing instruction is to {$instruction|end the visit; close it} or give another.',
  ],
} satisfies Refusals;

/** The fields of their data. */
export const fields = {
  detail: 'Detail',
  about: 'About',
  channel: 'Channel',
  call: 'Call',
  reason: 'Reason',
  materials: 'Materials',
  items: 'Items',
  kind: 'Kind',
} satisfies FieldNames;

const assignedOnce = ({ visitId }: Facts): string => {
  const id = cleanText(visitId);
  return `${id === '' ? 'The visit' : `Visit ${id}`} was already assigned.`;
};

function sameVisit({ assigned }: Facts): string {
  const id = cleanText(assigned);
  return `The record was of another visit${id && `, and this is ${id}`}.`;
}

function role({ command, role: whose, allowed }: Facts): string {
  const title = lookup(names.roles, whose, '');
  const act = lookup(names.acts, command, '') || `make ${names.unknownAct}`;
  const owners = lookUpNames(names.roles, allowed);
  const mine = owners.length === 0 ? names.unknownRole : or(owners.map((owner) => `the ${owner}`));
  return `${title === '' ? 'The sender' : `The ${title}`} was not allowed to ${act}; that was for ${mine}.`;
}

const hadBeenTold: Readonly<Record<string, string>> = {
  cancel: 'cancel the visit',
  reschedule: 'reschedule the visit',
};

const notClosing = ({ instruction }: Facts): string =>
  `The contact center had said to ${lookup(hadBeenTold, instruction, 'end the visit')}.`;

const malformed = ({ fields }: Facts): string =>
  `The record lacked data, or it could not be read${listed(cleanTexts(fields))}.`;

/** Findings: what was not as it should be. */
export const findings = {
  'well-formed': malformed,
  'assigned-first': 'The visit was not assigned yet.',
  'assigned-once': assignedOnce,
  'same-visit': sameVisit,
  'not-ended': (_, clause) => `The visit had already been ${clause === '1.1-10' ? 'closed' : 'completed'}.`,
  role,
  'assigned-provider': ({ assigned }) =>
    `The visit was assigned to another provider${inBrackets(cleanText(assigned))}.`,
  'not-frozen': 'The visit was awaiting another provider.',
  'not-closing': notClosing,
} satisfies Findings;
