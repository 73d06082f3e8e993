import type { Facts } from '../../kernel/index.ts';
import { asArray } from '../../util/json.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import type { PastWording } from '../messages.ts';
import { inEnglish } from '../nouns.ts';
import { formatList, lookup, namedIn, shortagesOf, textOf, textsOf, truncate } from '../text.ts';
import { names } from './names.ts';

const and = (items: readonly string[]) => formatList(truncate(items, 'more'), 'en', 'conjunction');
const single = (items: readonly unknown[]) => items.length === 1;
const or = (items: readonly string[]) => formatList(items, 'en', 'disjunction');
const quoted = (text: string) => `“${text}”`;
const inBrackets = (text: string) => (text === '' ? '' : ` (${text})`);
const listed = (items: readonly string[]) => (items.length === 0 ? '' : `: ${and(items)}`);

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

const endings: Readonly<Record<string, string>> = { cancel: 'cancel the visit', reschedule: 'reschedule the visit' };

const notClosing = ({ instruction }: Facts): string =>
  `The contact center had said to ${lookup(endings, instruction, 'end the visit')}.`;

const calls: Readonly<Record<string, string>> = {
  '1.1-26': 'start call',
  '1.1-38': 'call about the materials',
  '1.3-02': 'completion call',
};

const callMade = (_: Facts, clause: string): string => `The ${lookup(calls, clause, 'call')} was not on record.`;

const questions: Readonly<Record<string, string>> = {
  'client-absence': 'No absence of the client was open.',
  identity: 'No rejected identity was open.',
  materials: 'No disagreement about materials was open.',
  escalation: 'No escalated matter was open.',
};

function identified({ fullNameGiven, documentShown }: Facts): string {
  const missing = [
    ...(fullNameGiven === true ? [] : ['the full name']),
    ...(documentShown === true ? [] : ['an identity document']),
  ];
  return `To validate the identity, ${and(missing)} ${single(missing) ? 'was' : 'were'} missing.`;
}

function serviceAsAssigned({ assigned }: Facts): string {
  const service = textOf(assigned);
  return `The service announced was not the one assigned${service && `, ${quoted(service)}`}.`;
}

function photosTaken({ notTaken }: Facts): string {
  const ids = textsOf(notTaken);
  if (ids.length === 0) return 'It was not recorded which photos were sent.';
  return `${single(ids) ? 'This photo was' : 'These photos were'} not on record as taken${listed(ids)}.`;
}

function channelAllowed({ channel }: Facts): string {
  const name = textOf(channel);
  if (name === '') return 'It was not recorded how the photos were sent.';
  return `The photos were sent by ${quoted(name)}, which is not allowed.`;
}

function photosToDocument({ refused }: Facts): string {
  const ids = textsOf(refused);
  if (ids.length === 0) return 'It was not recorded which photos were documented.';
  return `${single(ids) ? 'This photo' : 'These photos'} could not be documented${listed(ids)}.`;
}

const materials: Readonly<Record<MaterialsStatus, string>> = {
  unknown: 'The materials had not been named.',
  'not-needed': 'No materials had been asked for.',
  requested: 'The materials had not been delivered.',
  supplied: 'The materials had not been checked.',
  accepted: 'The materials had been accepted already.',
  rejected: 'The materials had been rejected.',
  'in-dispute': 'There was a disagreement about the materials.',
  coordinated: 'The materials had been coordinated already.',
};

const byStatus = ({ materials: status }: Facts, otherwise: string) => lookup(materials, status, otherwise);

function materialsSupplied(facts: Facts, clause: string): string {
  if (clause === '1.1-35') return materials.rejected;
  if (clause === '1.1-37') return materials['in-dispute'];
  return byStatus(facts, 'There were no materials to check.');
}

function materialsSettled(facts: Facts, clause: string): string {
  if (clause === '1.1-35') return materials.rejected;
  return byStatus(facts, clause === '1.1-38' ? materials['in-dispute'] : 'The materials were not settled.');
}

function enoughSupplied({ short }: Facts): string {
  const missing = shortagesOf(short, 'en');
  return missing.length === 0 ? 'The delivery fell short.' : `The delivery lacked the following${listed(missing)}.`;
}

function running({ started, away, onBreak, awaitingMaterials }: Facts, clause: string): string {
  const missing = [
    ...(away === true || (away === undefined && clause === '1.1-49') ? ['the re-entry'] : []),
    ...(onBreak === true ? ['the end of the break'] : []),
    ...(started === false ? ['the start'] : []),
    ...(awaitingMaterials === true ? ['the acceptance of the extra materials'] : []),
  ];
  const why = missing.length === 0 ? '' : `: ${and(missing)} ${single(missing) ? 'was' : 'were'} not on record`;
  return `The work was not running${why}.`;
}

function photosSent({ unsent, missingShots }: Facts): string {
  const ids = asArray(unsent);
  const shots = textsOf(missingShots).map(quoted);
  if (ids.length === 0) {
    return `${single(shots) ? 'A photo of the site was not' : 'No photos of the site were'} on record${listed(shots)}.`;
  }
  const rest =
    shots.length === 0
      ? ''
      : `, and ${single(shots) ? 'that' : 'those'} of ${and(shots)} ${single(shots) ? 'was' : 'were'} missing`;
  return `${inEnglish.count(ids.length, 'photo')} ${single(ids) ? 'was' : 'were'} not sent${rest}.`;
}

function caseNumberNamed({ named, assigned }: Facts): string {
  const [number, own] = [textOf(named), textOf(assigned)];
  const right = own === '' ? '' : `; that of this visit is ${own}`;
  if (number === '') return `The completion call named no case number${right}.`;
  return `The completion call named case ${number}, which is not that of this visit${right}.`;
}

function activityAllowed({ activity }: Facts, clause: string): string {
  if (clause === '1.1-31') return 'The provider bought materials, which the contract does not cover.';
  const name = textOf(activity);
  const what = name === '' || name === 'other' ? 'An act was done' : `The act ${quoted(name)} was done`;
  return `${what} that the contract does not cover.`;
}

const malformed = ({ fields }: Facts): string =>
  `The record lacked data, or it could not be read${listed(textsOf(fields))}.`;

/** English. */
export const past: PastWording = {
  unknownRule: (clause, text) => {
    const unmet = 'A requirement of the protocol was not met';
    return clause === '' ? `${unmet}.` : `${unmet} (${clause}). ${text}`;
  },
  rules: {
    'well-formed': malformed,
    'assigned-once': assignedOnce,
    'assigned-first': 'The visit was not assigned yet.',
    'same-visit': sameVisit,
    'not-ended': (_, clause) => `The visit had already been ${clause === '1.1-10' ? 'closed' : 'completed'}.`,
    role,
    'assigned-provider': ({ assigned }) => `The visit was assigned to another provider${inBrackets(textOf(assigned))}.`,
    'not-frozen': 'The visit was awaiting another provider.',
    'not-closing': notClosing,
    'something-amended': 'The amendment changed nothing.',
    'not-arrived': (_, clause) =>
      clause === '1.2-01' ? 'The provider had already arrived.' : 'The arrival was already on record.',
    'issue-named': 'It was not recorded what happened on the way.',
    'resolvable-said': 'It was not recorded whether the issue could be solved on the spot.',
    'excess-said': 'It was not recorded whether the response time would be exceeded.',
    'issue-reported': 'No issue on the way was on record.',
    'reassignment-due': 'Nothing on record called for another provider.',
    'another-provider': ({ assigned }) => `The visit already belonged to that provider${inBrackets(textOf(assigned))}.`,
    arrived: 'The arrival of the provider was not on record.',
    'absence-answered': 'The absence of the client was awaiting an instruction.',
    'call-made': callMade,
    'absence-open': 'No absence of the client was on record.',
    'question-open': ({ about }) => lookup(questions, about, 'That matter was not open.'),
    'waiver-proceeds': 'Requirements were waived by an instruction that was not one to proceed.',
    'credential-shown': 'It was not on record that the credential had been shown to the client.',
    'client-answers': 'The client was on record as absent.',
    'representative-allowed': 'It was not on record that a representative had been authorized.',
    identified,
    'not-away': 'The re-entry was not on record.',
    'identity-valid': 'The validation of the identity was not on record.',
    'service-as-assigned': serviceAsAssigned,
    'fault-located': 'It was not on record that the fault had been located.',
    'client-here': 'The client was on record as absent.',
    'client-present': 'The inspection was not made with the client.',
    'photos-listed': 'No photos were listed.',
    'photos-new': ({ repeated }) =>
      `${single(textsOf(repeated)) ? 'A photo was' : 'Some photos were'} repeated${listed(textsOf(repeated))}.`,
    'photos-taken': photosTaken,
    'channel-allowed': channelAllowed,
    'email-justified': 'It was not recorded why the app was not used.',
    'photos-to-document': photosToDocument,
    'area-inspected': 'The inspection of the area was not on record.',
    'service-assessed': 'The assessment of the service was not on record.',
    'list-before-start': 'The work had already started.',
    'no-round-underway': (facts) =>
      `The list of materials could not be changed. ${byStatus(facts, 'A delivery was under way.')}`,
    'materials-wanted': (facts) => byStatus(facts, materials['not-needed']),
    'supplier-allowed': ({ suppliedBy }) =>
      suppliedBy === 'provider'
        ? 'The provider bought materials, which the contract does not cover.'
        : 'It was not recorded who supplied the materials.',
    'materials-supplied': materialsSupplied,
    'enough-supplied': enoughSupplied,
    'mismatch-reasons': ({ unreasoned }) =>
      `It was not recorded why the material was wrong${listed(textsOf(unreasoned))}.`,
    'materials-refusable': (facts) => byStatus(facts, 'There were no materials to change.'),
    'dispute-open': 'No disagreement about materials was on record.',
    running,
    'materials-listed': 'No extra material was named.',
    'start-undocumented': 'No start call was waiting to be documented.',
    'not-started': 'The work had already started.',
    'service-announced': 'It was not on record that the service had been announced to the client.',
    'photos-sent': photosSent,
    'work-explained': 'It was not on record that the work and its materials had been explained to the client.',
    'materials-settled': materialsSettled,
    'tools-shown': 'It was not on record that the tools had been shown to the client.',
    'area-cleared': 'It was not on record that the area had been cleared.',
    'start-reported': callMade,
    'notice-given': (_, clause) => `The ${clause === '1.1-49' ? 're-entry notice' : 'exit notice'} was not on record.`,
    'on-break': 'No break was on record.',
    away: 'No re-entry was pending.',
    'tested-with-client': 'The tests were not run with the client.',
    'tests-passed': ({ tests }) =>
      tests === 'failed' ? 'The tests stood as failed.' : 'The quality tests were not on record.',
    'tests-stand': 'The quality tests were not on record.',
    started: 'The work had not started.',
    'structure-preserved': 'It was not on record that the site kept its structure.',
    'started-or-closing': 'The work had not started, nor was the visit closing.',
    'confirmation-said': 'It was not recorded whether the client confirmed the belongings.',
    conformity: 'The conformity of the client was not on record.',
    'case-number-named': caseNumberNamed,
    'not-on-break': 'The work was still on a break.',
    'not-awaiting-materials': (facts) => `The work was awaiting materials. ${byStatus(facts, '')}`.trim(),
    'handed-over': 'The handover of the site to the client was not on record.',
    'belongings-checked': 'It was not on record that the belongings had been shown to the client.',
    'belongings-confirmed': 'It was not on record that the client had confirmed the belongings.',
    'completion-reported': callMade,
    'ending-instructed': 'No instruction to cancel or reschedule was on record.',
    'activity-allowed': activityAllowed,
  },
};
