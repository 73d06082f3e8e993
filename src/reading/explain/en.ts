import { en as clauses } from '../../protocol/en.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import { rulesInOrder } from '../../visit/rule-ids.ts';
import { keyed } from '../words/keyed.ts';
import { names } from './en-names.ts';
import {
  byIdentity,
  byList,
  byMaterials,
  byReader,
  byRole,
  byText,
  byWaits,
  inBrackets,
  joiner,
  single,
  unsettled,
} from './message-templates.ts';
import type { Messages, MessageTemplate } from './messages.ts';
import { asArray, formatList, lookup, shortagesOf, textOf, textsOf } from './text.ts';

const and = /* @__PURE__ */ joiner('en', 'more');
const or = (items: readonly string[]) => formatList(items, 'en', 'disjunction');
const quoted = (text: string) => `“${text}”`;
const list = /* @__PURE__ */ byList(and);

const endings: Readonly<Record<string, string>> = {
  cancel: 'cancel the visit; close it',
  reschedule: 'reschedule the visit; close it, announce a second visit',
};

const calls: Readonly<Record<string, string>> = {
  '1.1-26': 'start call',
  '1.1-38': 'call about the materials',
  '1.3-02': 'completion call',
};

const missing = (what: (clause: string) => string) =>
  byReader(
    (_, clause) => `The ${what(clause)} is missing`,
    'tell the contact center, and record it',
    'record it once it comes in',
  );

const callMade = /* @__PURE__ */ missing((clause) => lookup(calls, clause, 'call'));

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

const status = /* @__PURE__ */ byMaterials(materials);

const purposes: Readonly<Record<string, string>> = {
  '1.1-29': 'request extra materials',
  '1.1-43': 'take a break',
  '1.1-46': 'run the tests',
  '1.1-49': 'run the tests',
};

/** The sentence for each rule that refuses. */
function rules() {
  return keyed<typeof rulesInOrder, MessageTemplate>(rulesInOrder, [
    /* well-formed */ 'The data of the record cannot be read; correct them, and record it again.',
    /* assigned-first */ 'This visit is not assigned yet; the contact center must assign it.',
    /* assigned-once */ byText(
      'visitId',
      (id) =>
        `${id === '' ? 'The visit' : `Visit ${id}`} is already assigned; if something changed, amend the assignment.`,
    ),
    /* same-visit */ byText(
      'assigned',
      (id) => `The record belongs to another visit${id && `, and this is ${id}`}; check the number of the visit.`,
    ),
    /* not-ended */ byReader(
      (_, clause) => `The visit is already ${clause === '1.1-10' ? 'closed' : 'completed'}`,
      'if something is pending, tell the contact center',
      'it no longer takes this record',
    ),
    /* role */ byRole(names, (sender, act, owners, isUnknown) => {
      const who = sender === '' ? 'The sender' : `The ${sender}`;
      if (isUnknown) return `${who} cannot make ${names.unknownAct}; use one that the app offers.`;
      const whose = owners.length === 0 ? names.unknownRole : or(owners.map((owner) => `the ${owner}`));
      return `${who} cannot ${act || `make ${names.unknownAct}`}; leave it to ${whose}.`;
    }),
    /* assigned-provider */ byText(
      'assigned',
      (id) =>
        `The visit is assigned to another provider${inBrackets(id)}; if it should be yours, ask the contact center.`,
    ),
    /* not-frozen */ byReader(
      'The visit awaits another provider',
      'wait for the contact center',
      'reassign it, or instruct to proceed',
    ),
    /* not-closing */ ({ instruction }, _, isCenter) => {
      const ending = lookup(endings, instruction, 'end the visit; close it');
      return `The standing instruction is to ${ending} or ${isCenter ? 'give' : 'ask for'} another instruction.`;
    },
    /* something-amended */ 'The amendment changes nothing; give a new detail.',
    /* not-arrived */ (_, clause) =>
      clause === '1.2-01'
        ? 'The provider has already arrived; if something affects the client, escalate it.'
        : 'The arrival is already recorded; go on with the visit.',
    /* issue-named */ 'It is not recorded what happened on the way; record it.',
    /* resolvable-said */ 'It is not recorded whether the issue can be solved on the spot; record it.',
    /* excess-said */ 'It is not recorded whether the response time will be exceeded; record it.',
    /* issue-reported */ 'No issue on the way is on record; record it first.',
    /* reassignment-due */ 'Nothing on record calls for another provider; record the issue without solution or the instruction first.',
    /* another-provider */ byText(
      'assigned',
      (id) => `The visit already belongs to that provider${inBrackets(id)}; choose another.`,
    ),
    /* arrived */ 'The arrival of the provider is missing; record it first.',
    /* absence-answered */ byReader(
      'The absence of the client awaits an instruction',
      'ask the contact center, or record the return',
      'give the instruction',
    ),
    /* call-made */ callMade,
    /* absence-open */ 'No absence of the client is on record; go on with the visit, or report it.',
    /* question-open */ ({ about }) =>
      `${lookup(questions, about, 'That matter is not open')}; wait for the report, or give an instruction about the visit.`,
    /* waiver-proceeds */ 'Only an instruction to proceed waives requirements; decide to proceed, or waive none.',
    /* credential-shown */ 'The credential has not been shown to the client; show it, and record it.',
    /* client-answers */ 'The client is reported absent; record the return, or validate a representative.',
    /* representative-allowed */ 'No representative is authorized; ask the contact center.',
    /* identified */ byIdentity('the full name', 'an identity document', (missing, asksDocument) => {
      const number = asksDocument ? '; never write down the number' : '';
      return `To validate the identity, ask politely for ${and(missing)}${number}.`;
    }),
    /* not-away */ 'The re-entry is missing; record it first.',
    /* identity-valid */ 'The identity has not been validated; validate it first.',
    /* service-as-assigned */ byText('assigned', (service) => {
      const wrong = `The service announced is not the one assigned${service && `, ${quoted(service)}`}`;
      return `${wrong}; announce that one, or ask for an amendment.`;
    }),
    /* fault-located */ 'The fault has not been located; ask the client, and record it.',
    /* client-here */ 'The client is reported absent; record the return, or ask the contact center.',
    /* client-present */ 'The inspection is done with the client present; do it so, and record it.',
    /* photos-listed */ 'No photos are listed; list at least one of the site.',
    /* photos-new */ list(
      'repeated',
      null,
      'A photo is repeated{}; record it only once.',
      'Some photos are repeated{}; record each only once.',
    ),
    /* photos-taken */ list(
      'notTaken',
      'No photos were chosen; choose at least one.',
      'This photo is not recorded as taken{}; record it first.',
      'These photos are not recorded as taken{}; record them first.',
    ),
    /* channel-allowed */ byText('channel', (name) => {
      const wrong =
        name === '' ? 'It is not recorded how the photos are sent' : `Photos are not sent by ${quoted(name)}`;
      return `${wrong}; use the app or, failing that, e-mail.`;
    }),
    /* email-justified */ 'It is not recorded why the app was not used; record it.',
    /* photos-to-document */ list(
      'refused',
      'No photos were chosen; choose among those sent.',
      'This photo cannot be documented{}; choose another of those sent.',
      'These photos cannot be documented{}; choose others of those sent.',
    ),
    /* area-inspected */ 'The area has not been inspected; inspect it with the client, and record it.',
    /* service-assessed */ 'The service has not been assessed; assess it, and record it.',
    /* list-before-start */ 'The work has already started; request what is missing as extra materials.',
    /* no-round-underway */ status('Settle the delivery under way first.', 'The list of materials cannot change now. '),
    /* materials-wanted */ status(materials['not-needed']),
    /* supplier-allowed */ ({ suppliedBy }) =>
      suppliedBy === 'provider'
        ? 'The contract does not cover the purchase of materials by the provider; ask the client to supply them.'
        : 'It is not recorded who supplies the materials; record that the client does.',
    /* materials-supplied */ status('There are no materials to check; record the delivery first.', '', unsettled),
    /* enough-supplied */ ({ short }) => {
      const missing = shortagesOf(short, 'en');
      const wrong =
        missing.length === 0 ? 'The delivery falls short' : `The delivery lacks the following: ${and(missing)}`;
      return `${wrong}; ask the client for the rest, or reject the materials.`;
    },
    /* mismatch-reasons */ list(
      'unreasoned',
      'It is not recorded which material is wrong and why; say whether it is the quantity, kind or quality.',
      'It is not recorded why this is wrong{}; say whether it is the quantity, kind or quality.',
      'It is not recorded why these are wrong{}; say whether it is the quantity, kind or quality.',
    ),
    /* materials-refusable */ status('There are no materials to change; go on with the visit.'),
    /* dispute-open */ 'No disagreement about materials is on record; record it first.',
    /* running */ byWaits(['the re-entry', 'the end of the break', 'the start'], (missing, extra, clause) => {
      const steps = missing.length === 0 ? [] : [`record ${and(missing)}`];
      if (extra) steps.push('accept the extra materials');
      const what = steps.length === 0 ? 'start or resume it' : and(steps);
      return `To ${lookup(purposes, clause, 'go on')}, the work must be running; ${what}.`;
    }),
    /* materials-listed */ 'The extra materials are missing; name at least one.',
    /* start-undocumented */ 'No start call is waiting to be documented; record it first.',
    /* not-started */ 'The work has already started; go on with it.',
    /* service-announced */ 'The service has not been announced to the client; announce it, and record it.',
    /* photos-sent */ ({ unsent, missingShots }) => {
      const ids = asArray(unsent);
      const shots = textsOf(missingShots).map(quoted);
      const named = shots.length === 0 ? '' : `: ${and(shots)}`;
      if (ids.length === 0) {
        return single(shots)
          ? `A photo of the site is missing${named}; take it and send it by the app.`
          : `Photos of the site are missing${named}; take them and send them by the app.`;
      }
      const send = single(ids) && named === '' ? 'Send it' : 'Send them all';
      return `Photos not sent: ${ids.length}${named && `; missing${named}`}. ${send} by the app.`;
    },
    /* work-explained */ 'The work and its materials have not been explained to the client; explain them, and record it.',
    /* materials-settled */ status(
      'The materials are not settled; accept them, or explain that none are needed.',
      '',
      unsettled,
    ),
    /* tools-shown */ 'The tools have not been shown to the client; show them, and record it.',
    /* area-cleared */ 'The area has not been cleared; clear it, and record it.',
    /* start-reported */ callMade,
    /* notice-given */ missing((clause) => (clause === '1.1-49' ? 're-entry notice' : 'exit notice')),
    /* on-break */ 'No break is on record; go on with the work, or record the re-entry.',
    /* away */ 'No re-entry is pending; go on with the visit, or record the end of the break.',
    /* tested-with-client */ 'The tests are run with the client; run them together, and record it.',
    /* tests-passed */ ({ tests }) =>
      tests === 'failed'
        ? 'The tests are recorded as failed; repeat them with the client.'
        : 'The quality tests are missing; run them with the client, and record it.',
    /* tests-stand */ 'The quality tests are missing; run them with the client first.',
    /* started */ 'The work has not started; record the start first.',
    /* structure-preserved */ 'It is not recorded that the site keeps its structure; leave it as it was, and record it.',
    /* started-or-closing */ 'Belongings are shown once the work has started or the visit is closing; wait.',
    /* confirmation-said */ 'It is not recorded whether the client confirmed the belongings; ask, and record it.',
    /* conformity */ 'The conformity of the client is missing; ask, and record it.',
    /* case-number-named */ ({ named, assigned }) => {
      const number = textOf(named);
      const wrong = number === '' ? 'The case number is missing' : `Case ${number} is not that of this visit`;
      return `${wrong}; name ${textOf(assigned) || 'the assigned one'} in the completion call.`;
    },
    /* not-on-break */ 'The work is on a break; record the end of the break first.',
    /* not-awaiting-materials */ status('Accept them, or explain that none are needed.', 'The work awaits materials. '),
    /* handed-over */ 'The work has not been handed over to the client; hand it over, and record it.',
    /* belongings-checked */ 'The belongings have not been shown to the client; show them, and record it.',
    /* belongings-confirmed */ 'The client has not confirmed the belongings; clear it up, and show them again.',
    /* completion-reported */ callMade,
    /* ending-instructed */ byReader(
      'No instruction to cancel or reschedule is on record',
      'ask the contact center',
      'give one first',
    ),
    /* activity-allowed */ ({ activity }, clause) => {
      const name = textOf(activity);
      const other = name === '' || name === 'other' ? 'that act' : quoted(name);
      const what = clause === '1.1-31' ? 'the purchase of materials by the provider' : other;
      return `The contract does not cover ${what}; politely decline the request.`;
    },
  ]);
}

function waivable(requirements: readonly string[], isCenter: boolean): string {
  const what = requirements.length === 0 ? 'this' : formatList(requirements, 'en', 'conjunction');
  return `With an instruction to proceed, ${isCenter ? 'you' : 'the contact center'} can waive ${what}.`;
}

/** English. */
export const en: Messages = {
  clauses,
  names,
  rules: /* @__PURE__ */ rules(),
  waivable,
  unmet: 'A requirement of the protocol is not met',
};
