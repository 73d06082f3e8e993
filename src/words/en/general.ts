import type { Facts } from '../../kernel/index.ts';
import type { ChapterPhrases, FieldNames, Findings, Refusals } from '../chapter.ts';
import { byReader, byRole, byText, inBrackets } from '../message-templates.ts';
import { after, to, you } from '../speech/after.ts';
import { formatList, lookup, namedIn, textOf, textsOf } from '../text.ts';
import { names } from './names.ts';
import { client, listed, service } from './shared.ts';

/** The phrases and questions of each act. */
export const phrases = {
  'call-center': (f) => `${f.greeting}${after(', this is ', f.providerName)}${after(', about case ', f.caseNumber)}.`,
  'by-name': (f) => `Please go ahead${you(f)}.`,
  moment: 'Just a moment, please.',
  thanks: (f) => `Thank you very much${you(f)}.`,
  gladly: 'Of course, gladly.',
  'at-your-service': 'We are at your service.',
  listen: (f) => `I am listening${you(f)}.`,
  support: 'Do not worry, we are here to help.',
  'op-answer': (f) => `${f.greeting}, INS contact center${after('; this is ', f.operator)}. How can I help?`,
  'op-thanks': (f) => `Thank you for the notice${you(f)}.`,
  'op-call-client': (f) =>
    `${f.greeting}${to(f.client)}. This is ${f.operator === null ? '' : `${f.operator}, from `}the INS contact center, about your ${service(f)}.`,
  'op-take-up': (f) => `We have taken up the matter; we will call ${client(f)}.`,
  'to-center': 'To the contact center',
  'to-client': 'To the client',
  'or-else': 'Or',
  'ask-call': 'Call: time and reference',
  'ask-reason': 'Reason',
} satisfies ChapterPhrases;

const or = (items: readonly string[]) => formatList(items, 'en', 'disjunction');

const endings: Readonly<Record<string, string>> = {
  cancel: 'cancel the visit; close it',
  reschedule: 'reschedule the visit; close it, announce a second visit',
};

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'well-formed': 'The record cannot be read; correct its data.',
  'assigned-first': 'The visit is not assigned; the contact center must assign it.',
  'assigned-once': /* @__PURE__ */ byText(
    'visitId',
    (id) => `The visit is already assigned${inBrackets(id)}; if something changed, amend the assignment.`,
  ),
  'same-visit': /* @__PURE__ */ byText('assigned', (id) => `The record is not of this visit${inBrackets(id)}.`),
  'not-ended': /* @__PURE__ */ byReader(
    (_, clause) => `The visit is already ${clause === '1.1-10' ? 'closed' : 'completed'}`,
    'if something is pending, tell the contact center',
    'it no longer takes this record',
  ),
  role: /* @__PURE__ */ byRole((sender, act, owners) => {
    const whose = or(owners.map((owner) => `the ${owner}`));
    return `The ${sender || 'sender'} cannot ${act || `make that record`}${whose && `; leave it to ${whose}`}.`;
  }),
  'assigned-provider': /* @__PURE__ */ byText(
    'assigned',
    (id) => `The visit is assigned to another provider${inBrackets(id)}; ask the contact center.`,
  ),
  'not-frozen': /* @__PURE__ */ byReader(
    'The visit awaits another provider',
    'wait for the contact center',
    'reassign it, or instruct to proceed',
  ),
  'not-closing': ({ instruction }, _, isCenter) => {
    const ending = lookup(endings, instruction, 'end the visit; close it');
    return `The standing instruction is to ${ending} or ${isCenter ? 'give' : 'ask for'} another.`;
  },
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
  const id = textOf(visitId);
  return `${id === '' ? 'The visit' : `Visit ${id}`} was already assigned.`;
};

function sameVisit({ assigned }: Facts): string {
  const id = textOf(assigned);
  return `The record was of another visit${id && `, and this is ${id}`}.`;
}

function role({ command, role: whose, allowed }: Facts): string {
  const title = lookup(names.roles, whose, '');
  const act = lookup(names.acts, command, '') || `make ${names.unknownAct}`;
  const owners = namedIn(names.roles, allowed);
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
  `The record lacked data, or it could not be read${listed(textsOf(fields))}.`;

/** Findings: what was not as it should be. */
export const findings = {
  'well-formed': malformed,
  'assigned-first': 'The visit was not assigned yet.',
  'assigned-once': assignedOnce,
  'same-visit': sameVisit,
  'not-ended': (_, clause) => `The visit had already been ${clause === '1.1-10' ? 'closed' : 'completed'}.`,
  role,
  'assigned-provider': ({ assigned }) => `The visit was assigned to another provider${inBrackets(textOf(assigned))}.`,
  'not-frozen': 'The visit was awaiting another provider.',
  'not-closing': notClosing,
} satisfies Findings;
