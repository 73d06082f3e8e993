import type { CommandType } from '../../messages/index.ts';
import { asArray } from '../../util/json.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import { rulesInOrder } from '../../visit/rule-ids.ts';
import { keyed } from '../keyed.ts';
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
  unsettled,
} from '../message-templates.ts';
import type { Messages, MessageTemplate } from '../messages.ts';
import { formatList, lookup, shortagesOf, textOf, textsOf } from '../text.ts';
import { names } from './names.ts';

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

const call = (what: (clause: string) => string) =>
  byReader(
    (_, clause) => `The ${what(clause)} is missing`,
    'tell the contact center, and record it',
    'record it once it comes in',
  );

const callMade = /* @__PURE__ */ call((clause) => lookup(calls, clause, 'call'));

const questions: Readonly<Record<string, string>> = {
  'client-absence': 'absence of the client',
  identity: 'rejected identity',
  materials: 'disagreement about materials',
  escalation: 'escalated matter',
};

/** An act of the plain path that was not done. */
const missing = (act: CommandType) => `First ${names.acts[act]}.`;

const unexplained = 'First explain the work and its materials.';
const unaccepted = 'First accept the materials, or explain that none are needed.';

/** How materials stand, and what to do about it. */
const materials: Readonly<Record<MaterialsStatus, string>> = {
  unknown: unexplained,
  'not-needed': 'No materials were requested; explain the work again, or request extra materials.',
  requested: /* @__PURE__ */ missing('SupplyMaterials'),
  supplied: 'First accept or reject the materials.',
  accepted: 'The materials were accepted; explain the work again, or request extra materials.',
  rejected: 'The materials were rejected; record the new delivery.',
  'in-dispute': 'There is a disagreement about the materials; the contact center coordinates with the client.',
  coordinated: 'The materials were coordinated; record the delivery, or explain the work again.',
};

const status = /* @__PURE__ */ byMaterials(materials);

/** The sentence for each rule that refuses. */
function rules() {
  return keyed<typeof rulesInOrder, MessageTemplate>(rulesInOrder, [
    /* well-formed */ 'The record cannot be read; correct its data.',
    /* assigned-first */ 'The visit is not assigned; the contact center must assign it.',
    /* assigned-once */ byText(
      'visitId',
      (id) => `The visit is already assigned${inBrackets(id)}; if something changed, amend the assignment.`,
    ),
    /* same-visit */ byText('assigned', (id) => `The record is not of this visit${inBrackets(id)}.`),
    /* not-ended */ byReader(
      (_, clause) => `The visit is already ${clause === '1.1-10' ? 'closed' : 'completed'}`,
      'if something is pending, tell the contact center',
      'it no longer takes this record',
    ),
    /* role */ byRole(names, (sender, act, owners) => {
      const whose = or(owners.map((owner) => `the ${owner}`));
      return `The ${sender || 'sender'} cannot ${act || `make ${names.unknownAct}`}${whose && `; leave it to ${whose}`}.`;
    }),
    /* assigned-provider */ byText(
      'assigned',
      (id) => `The visit is assigned to another provider${inBrackets(id)}; ask the contact center.`,
    ),
    /* not-frozen */ byReader(
      'The visit awaits another provider',
      'wait for the contact center',
      'reassign it, or instruct to proceed',
    ),
    /* not-closing */ ({ instruction }, _, isCenter) => {
      const ending = lookup(endings, instruction, 'end the visit; close it');
      return `The standing instruction is to ${ending} or ${isCenter ? 'give' : 'ask for'} another.`;
    },
    /* something-amended */ 'Record what changes.',
    /* not-arrived */ 'The provider has already arrived; go on with the visit, or escalate what affects the client.',
    /* issue-named */ 'Record what happened on the way.',
    /* resolvable-said */ 'Record whether the issue can be solved on the spot.',
    /* excess-said */ 'Record whether the response time will be exceeded.',
    /* issue-reported */ 'No issue on the way is on record; record it first.',
    /* reassignment-due */ 'Nothing on record calls for another provider; record the issue or the instruction.',
    /* another-provider */ byText(
      'assigned',
      (id) => `The visit is already assigned to that provider${inBrackets(id)}; choose another.`,
    ),
    /* arrived */ missing('RecordArrival'),
    /* absence-answered */ byReader(
      'The absence of the client awaits an instruction',
      'ask the contact center, or record the return',
      'give the instruction',
    ),
    /* call-made */ callMade,
    /* absence-open */ 'No absence of the client is on record; go on with the visit, or report it.',
    /* question-open */ ({ about }) =>
      `No ${lookup(questions, about, 'such matter')} is open; wait for the report, or instruct about the visit.`,
    /* waiver-proceeds */ 'Only an instruction to proceed waives requirements.',
    /* credential-shown */ missing('ShowCredential'),
    /* client-answers */ 'The client is reported absent; record the return, or validate a representative.',
    /* representative-allowed */ 'No representative is authorized; ask the contact center.',
    /* identified */ byIdentity(
      'the full name',
      'an identity document, without noting the number',
      (lacking) => `Politely ask for ${and(lacking)}.`,
    ),
    /* not-away */ 'First record the re-entry.',
    /* identity-valid */ missing('ValidateIdentity'),
    /* service-as-assigned */ byText(
      'assigned',
      (service) => `Announce the assigned service${service && `, ${quoted(service)},`} or ask for an amendment.`,
    ),
    /* fault-located */ missing('LocateFault'),
    /* client-here */ 'The client is reported absent; record the return, or ask the contact center.',
    /* client-present */ 'Inspect the area with the client present.',
    /* photos-listed */ 'Name at least one photo of the site.',
    /* photos-new */ list('repeated', 'Record each photo only once'),
    /* photos-taken */ list('notTaken', 'Record each photo as taken before it is sent', 'Name at least one photo.'),
    /* channel-allowed */ byText(
      'channel',
      (name) => `Send the photos by the app or, failing that, by e-mail${name && `, not by ${quoted(name)}`}.`,
    ),
    /* email-justified */ 'Record why the app was not used.',
    /* photos-to-document */ list(
      'refused',
      'Document each photo only once, after it is sent',
      'Choose among the photos sent.',
    ),
    /* area-inspected */ missing('InspectArea'),
    /* service-assessed */ missing('AssessService'),
    /* list-before-start */ 'The work has already started; request extra materials.',
    /* no-round-underway */ status(materials.supplied, 'The list of materials cannot change now. '),
    /* materials-wanted */ status(materials['not-needed']),
    /* supplier-allowed */ 'The client supplies the materials; the contract does not let the provider buy them.',
    /* materials-supplied */ status(materials.requested, '', unsettled),
    /* enough-supplied */ ({ short }) => {
      const rest = and(shortagesOf(short, 'en'));
      const lacking = rest === '' ? 'something' : `the following: ${rest}`;
      return `The delivery lacks ${lacking}; ask the client for it, or reject the materials.`;
    },
    /* mismatch-reasons */ list('unreasoned', 'Record what is wrong with the material: quantity, kind or quality'),
    /* materials-refusable */ status('There are no materials to change; go on with the visit.'),
    /* dispute-open */ 'No disagreement about materials is on record; record it first.',
    /* running */ byWaits(['the re-entry', 'the end of the break', 'the start'], (records, extra) => {
      const steps = records.length === 0 ? [] : [`record ${and(records)}`];
      if (extra) steps.push('accept the extra materials');
      return `The work must be running; first ${and(steps) || 'start or resume it'}.`;
    }),
    /* materials-listed */ 'Name at least one extra material.',
    /* start-undocumented */ 'No start call is waiting to be documented; record it first.',
    /* not-started */ 'The work has already started; go on with it.',
    /* service-announced */ missing('AnnounceService'),
    /* photos-sent */ ({ unsent, missingShots }) => {
      const shots = and(textsOf(missingShots).map(quoted));
      const count = asArray(unsent).length;
      const taken = count === 0 ? '' : `; not sent: ${count}`;
      return `First send photos of the site by the app${shots && `, among them: ${shots}`}${taken}.`;
    },
    /* work-explained */ unexplained,
    /* materials-settled */ status(unaccepted, '', unsettled),
    /* tools-shown */ missing('ShowTools'),
    /* area-cleared */ missing('ClearArea'),
    /* start-reported */ callMade,
    /* notice-given */ call((clause) => (clause === '1.1-49' ? 're-entry notice' : 'exit notice')),
    /* on-break */ 'No break is on record; go on with the work, or record the re-entry.',
    /* away */ 'No re-entry is pending; go on with the visit, or record the end of the break.',
    /* tested-with-client */ 'Run the tests together with the client.',
    /* tests-passed */ ({ tests }) =>
      tests === 'failed' ? 'The tests are recorded as failed; repeat them.' : missing('TestQuality'),
    /* tests-stand */ missing('TestQuality'),
    /* started */ missing('StartWork'),
    /* structure-preserved */ 'Leave the structure of the site as it was, and record it.',
    /* started-or-closing */ 'Belongings are shown once the work has started or the visit is closing.',
    /* confirmation-said */ 'Record whether the client confirmed the belongings.',
    /* conformity */ missing('RecordConformity'),
    /* case-number-named */ ({ named, assigned }) => {
      const [wrong, right] = [textOf(named), textOf(assigned)];
      const number = `${right && ` ${right}`}${inBrackets(wrong && `not ${wrong}`)}`;
      return `Name the case number${number} in the completion call.`;
    },
    /* not-on-break */ missing('ResumeWork'),
    /* not-awaiting-materials */ status(unaccepted, 'The work awaits materials. '),
    /* handed-over */ missing('HandOverSite'),
    /* belongings-checked */ missing('ShowBelongings'),
    /* belongings-confirmed */ 'The client has not confirmed the belongings; show them again.',
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
export const messages: Messages = {
  names,
  rules: /* @__PURE__ */ rules(),
  waivable,
  unmet: 'A requirement of the protocol is not met',
};
