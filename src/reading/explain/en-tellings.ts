import type { Facts } from '../../kernel/index.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import { names } from './en-names.ts';
import { among, few, itemsOf, joined, namedIn, shortagesOf, textOf, textsOf } from './facts.ts';
import type { Wording } from './wording.ts';

const and = (items: readonly string[]) => joined(few(items, 'more'), 'en', 'conjunction');
const single = (items: readonly unknown[]) => items.length === 1;
const or = (items: readonly string[]) => joined(items, 'en', 'disjunction');
const quoted = (text: string) => `“${text}”`;
const inBrackets = (text: string) => (text === '' ? '' : ` (${text})`);
const listed = (items: readonly string[]) => (items.length === 0 ? '' : `: ${and(items)}`);

const endings: Readonly<Record<string, string>> = {
  cancel: 'cancel the visit; close it',
  reschedule: 'reschedule the visit; close it, announce a second visit',
};

const untold = (what: string, isCenter: boolean) =>
  `The ${what} is missing; ${isCenter ? 'record it once it comes in' : 'tell the contact center, and record it'}.`;

const calls: Readonly<Record<string, string>> = {
  '1.1-26': 'start call',
  '1.1-38': 'call about the materials',
  '1.3-02': 'completion call',
};

export const callMade = (_: Facts, clause: string, isCenter: boolean): string =>
  untold(among(calls, clause, 'call'), isCenter);

const questions: Readonly<Record<string, string>> = {
  'client-absence': 'No absence of the client is open',
  identity: 'No rejected identity is open',
  materials: 'No disagreement about materials is open',
  escalation: 'No escalated matter is open',
};

/** How materials stand, and what to do about it. */
const materials: Readonly<Record<MaterialsStatus, string>> = {
  unknown: 'The materials have not been named; explain the work with its list.',
  'not-needed': 'No materials were asked for; ask for them when you explain the work, or as extras.',
  requested: 'The materials have not been delivered; record the delivery.',
  supplied: 'The materials have not been checked; accept or reject them.',
  accepted: 'The materials were accepted; ask for more when you explain the work, or as extras.',
  rejected: 'The materials were rejected; record the delivery once the client changes them.',
  'in-dispute': 'There is a disagreement about the materials; the contact center coordinates with the client.',
  coordinated: 'The materials were coordinated; record the delivery, or explain the work again.',
};

const byStatus = ({ materials: status }: Facts, otherwise: string) => among(materials, status, otherwise);

const purposes: Readonly<Record<string, string>> = {
  '1.1-29': 'request extra materials',
  '1.1-43': 'take a break',
  '1.1-46': 'run the tests',
  '1.1-49': 'run the tests',
};

export function unknownRule(clause: string, text: string): string {
  const unmet = 'A requirement of the protocol is not met';
  return clause === '' ? `${unmet}.` : `${unmet} (${clause}). ${text}`;
}

export function waivable(requirements: readonly string[], isCenter: boolean): string {
  const what = requirements.length === 0 ? 'this' : joined(requirements, 'en', 'conjunction');
  return `With an instruction to proceed, ${isCenter ? 'you' : 'the contact center'} can waive ${what}.`;
}

/** The rules of which a refusal is told by its facts, the clause it cites, or who reads it. */
export const tellings = {
  'assigned-once'({ visitId }: Facts): string {
    const id = textOf(visitId);
    return `${id === '' ? 'The visit' : `Visit ${id}`} is already assigned; if something changed, amend the assignment.`;
  },

  'same-visit'({ assigned }: Facts): string {
    const id = textOf(assigned);
    return `The record belongs to another visit${id && `, and this is ${id}`}; check the number of the visit.`;
  },

  'not-ended'(_: Facts, clause: string, isCenter: boolean): string {
    const advice = isCenter ? 'it no longer takes this record' : 'if something is pending, tell the contact center';
    return `The visit is already ${clause === '1.1-10' ? 'closed' : 'completed'}; ${advice}.`;
  },

  role({ command, role, allowed }: Facts): string {
    const title = among(names.roles, role, '');
    const who = title === '' ? 'The sender' : `The ${title}`;
    const act = among(names.acts, command, '');
    if (act === '' && textOf(command) !== '') {
      return `${who} cannot make ${names.unknownAct}; use one that the app offers.`;
    }
    const owners = namedIn(names.roles, allowed);
    const whose = owners.length === 0 ? names.unknownRole : or(owners.map((owner) => `the ${owner}`));
    return `${who} cannot ${act || `make ${names.unknownAct}`}; leave it to ${whose}.`;
  },

  'assigned-provider'({ assigned }: Facts): string {
    const other = `The visit is assigned to another provider${inBrackets(textOf(assigned))}`;
    return `${other}; if it should be yours, ask the contact center.`;
  },

  'not-closing'({ instruction }: Facts, _: string, isCenter: boolean): string {
    const ending = among(endings, instruction, 'end the visit; close it');
    return `The standing instruction is to ${ending} or ${isCenter ? 'give' : 'ask for'} another instruction.`;
  },

  'not-arrived'(_: Facts, clause: string): string {
    return clause === '1.2-01'
      ? 'The provider has already arrived; if something affects the client, escalate it.'
      : 'The arrival is already recorded; go on with the visit.';
  },

  'another-provider': ({ assigned }: Facts): string =>
    `The visit already belongs to that provider${inBrackets(textOf(assigned))}; choose another.`,

  'question-open'({ about }: Facts): string {
    const question = among(questions, about, 'That matter is not open');
    return `${question}; wait for the report, or give an instruction about the visit.`;
  },

  identified({ fullNameGiven, documentShown }: Facts): string {
    const asksName = fullNameGiven !== true;
    const asksDocument = documentShown !== true || !asksName;
    const missing = [...(asksName ? ['the full name'] : []), ...(asksDocument ? ['an identity document'] : [])];
    const number = asksDocument ? '; never write down the number' : '';
    return `To validate the identity, ask politely for ${and(missing)}${number}.`;
  },

  'service-as-assigned'({ assigned }: Facts): string {
    const service = textOf(assigned);
    const wrong = `The service announced is not the one assigned${service && `, ${quoted(service)}`}`;
    return `${wrong}; announce that one, or ask for an amendment.`;
  },

  'photos-new'({ repeated }: Facts): string {
    const ids = textsOf(repeated);
    return single(ids)
      ? `A photo is repeated${listed(ids)}; record it only once.`
      : `Some photos are repeated${listed(ids)}; record each only once.`;
  },

  'photos-taken'({ notTaken }: Facts): string {
    const ids = textsOf(notTaken);
    if (ids.length === 0) return 'No photos were chosen; choose at least one.';
    return single(ids)
      ? `This photo is not recorded as taken${listed(ids)}; record it first.`
      : `These photos are not recorded as taken${listed(ids)}; record them first.`;
  },

  'channel-allowed'({ channel }: Facts): string {
    const name = textOf(channel);
    const wrong = name === '' ? 'It is not recorded how the photos are sent' : `Photos are not sent by ${quoted(name)}`;
    return `${wrong}; use the app or, failing that, e-mail.`;
  },

  'photos-to-document'({ refused }: Facts): string {
    const ids = textsOf(refused);
    if (ids.length === 0) return 'No photos were chosen; choose among those sent.';
    return single(ids)
      ? `This photo cannot be documented${listed(ids)}; choose another of those sent.`
      : `These photos cannot be documented${listed(ids)}; choose others of those sent.`;
  },

  'no-round-underway'(facts: Facts): string {
    return `The list of materials cannot change now. ${byStatus(facts, 'Settle the delivery under way first.')}`;
  },

  'materials-wanted': (facts: Facts): string => byStatus(facts, materials['not-needed']),

  'supplier-allowed'({ suppliedBy }: Facts): string {
    return suppliedBy === 'provider'
      ? 'The contract does not cover the purchase of materials by the provider; ask the client to supply them.'
      : 'It is not recorded who supplies the materials; record that the client does.';
  },

  'materials-supplied'(facts: Facts, clause: string): string {
    if (clause === '1.1-35') return materials.rejected;
    if (clause === '1.1-37') return materials['in-dispute'];
    return byStatus(facts, 'There are no materials to check; record the delivery first.');
  },

  'enough-supplied'({ short }: Facts): string {
    const missing = shortagesOf(short, 'en');
    const wrong =
      missing.length === 0 ? 'The delivery falls short' : `The delivery lacks the following${listed(missing)}`;
    return `${wrong}; ask the client for the rest, or reject the materials.`;
  },

  'mismatch-reasons'({ unreasoned }: Facts): string {
    const items = textsOf(unreasoned);
    const what =
      items.length === 0 ? 'which material is wrong and why' : `why ${single(items) ? 'this is' : 'these are'} wrong`;
    return `It is not recorded ${what}${listed(items)}; say whether it is the quantity, kind or quality.`;
  },

  'materials-refusable'(facts: Facts): string {
    return byStatus(facts, 'There are no materials to change; go on with the visit.');
  },

  running({ started, away, onBreak, awaitingMaterials }: Facts, clause: string): string {
    const missing = [
      ...(away === true || (away === undefined && clause === '1.1-49') ? ['the re-entry'] : []),
      ...(onBreak === true ? ['the end of the break'] : []),
      ...(started === false ? ['the start'] : []),
    ];
    const steps = [
      ...(missing.length === 0 ? [] : [`record ${and(missing)}`]),
      ...(awaitingMaterials === true ? ['accept the extra materials'] : []),
    ];
    const what = steps.length === 0 ? 'start or resume it' : and(steps);
    return `To ${among(purposes, clause, 'go on')}, the work must be running; ${what}.`;
  },

  'photos-sent'({ unsent, missingShots }: Facts): string {
    const unsentIds = itemsOf(unsent);
    const shots = textsOf(missingShots).map(quoted);
    if (unsentIds.length === 0) {
      return single(shots)
        ? `A photo of the site is missing${listed(shots)}; take it and send it by the app.`
        : `Photos of the site are missing${listed(shots)}; take them and send them by the app.`;
    }
    const lacking = shots.length === 0 ? '' : `; missing: ${and(shots)}`;
    const send = single(unsentIds) && shots.length === 0 ? 'Send it' : 'Send them all';
    return `Photos not sent: ${unsentIds.length}${lacking}. ${send} by the app.`;
  },

  'materials-settled'(facts: Facts, clause: string): string {
    if (clause === '1.1-35') return materials.rejected;
    const unsettled = 'The materials are not settled; accept them, or explain that none are needed.';
    return byStatus(facts, clause === '1.1-38' ? materials['in-dispute'] : unsettled);
  },

  'notice-given': (_: Facts, clause: string, isCenter: boolean): string =>
    untold(clause === '1.1-49' ? 're-entry notice' : 'exit notice', isCenter),

  'tests-passed'({ tests }: Facts): string {
    return tests === 'failed'
      ? 'The tests are recorded as failed; repeat them with the client.'
      : 'The quality tests are missing; run them with the client, and record it.';
  },

  'case-number-named'({ named, assigned }: Facts): string {
    const number = textOf(named);
    const wrong = number === '' ? 'The case number is missing' : `Case ${number} is not that of this visit`;
    return `${wrong}; name ${textOf(assigned) || 'the assigned one'} in the completion call.`;
  },

  'not-awaiting-materials'(facts: Facts): string {
    return `The work awaits materials. ${byStatus(facts, 'Accept them, or explain that none are needed.')}`;
  },

  'activity-allowed'({ activity }: Facts, clause: string): string {
    const name = textOf(activity);
    const other = name === '' || name === 'other' ? 'that act' : quoted(name);
    const what = clause === '1.1-31' ? 'the purchase of materials by the provider' : other;
    return `The contract does not cover ${what}; politely decline the request.`;
  },
} satisfies Partial<Wording['rules']>;
