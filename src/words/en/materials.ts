import type { Facts } from '../../kernel/decision.ts';
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
import { cleanTexts, formatShortages } from '../text.ts';
import { and, asTheyStood, listed, single, stood } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  SupplyMaterials: 'record the delivery of materials',
  AcceptMaterials: 'accept the materials',
  RejectMaterials: 'reject the materials',
  ReportMaterialsRefusal: 'report the disagreement about the materials',
  CoordinateMaterials: 'coordinate the materials',
  RequestExtraMaterials: 'request extra materials',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'materials-extra': 'We need something else{, $addressee}.',
  'materials-yours': 'The contract does not let me buy materials. Could you get them?',
  'materials-right': 'It is all just what we need. Thank you{, $addressee}.',
  'materials-wrong': 'Something is not what we need{, $addressee}; let me show you.',
  'materials-change': 'Could you change it or get the rest?',
  'materials-refused': 'I understand{, $addressee}. I will ask the contact center.',
  'materials-call': 'There is a disagreement about the materials. Could you call {$client|the client}?',
  'op-materials': 'It is about the materials{: $materials}. Could you get them, or shall we reschedule?',
  'ask-supplied': 'Who brings the materials, and which',
  'ask-mismatch': 'Which material will not do: quantity, kind or quality',
  'ask-outcome': 'What was agreed',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'materials-wanted': '{$materials|No materials were requested; explain the work again, or request extra materials.}',
  'supplier-allowed': 'Leave the purchase to the client; the contract does not cover it.',
  'materials-supplied': '{$materials|First record the delivery of materials.}',
  'enough-supplied': 'Materials are missing{: $short}; ask the client for them, or reject the materials.',
  'mismatch-reasons': 'Record what is wrong with the material: quantity, kind or quality{ ($unreasoned)}.',
  'materials-refusable': '{$materials|There are no materials to change; go on with the visit.}',
  running: 'The work {$missing|is not running; start or resume it}.',
  'materials-listed': 'Name at least one extra material.',
  'materials-settled': '{$materials|First accept the materials, or explain that none are needed.}',
  'not-awaiting-materials': '{$materials|First accept the materials, or explain that none are needed.}',
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  'enough-supplied': 'the quantity of materials',
  'materials-settled': 'the materials',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  MaterialsSupplied: 'Materials supplied',
  MaterialsAccepted: 'Materials accepted',
  MaterialsRejected: 'Materials rejected',
  MaterialsChangeRefused: 'Disagreement about the materials reported',
  MaterialsCoordinated: 'Materials coordinated with the client',
  ExtraMaterialsRequested: 'Extra materials requested',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  suppliedBy: 'Supplied by',
  mismatches: 'Differences',
  outcome: 'Outcome',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  SupplyMaterials: {
    suppliedBy: 'Who brought the materials?',
    items: ['Materials there now', 'All of them, not only the new ones.', 'There are none'],
  },
  RejectMaterials: { mismatches: 'Materials that are not right' },
  ReportMaterialsRefusal: {
    reason: 'What reason did the client give?',
    call: 'Call to the contact center',
  },
  CoordinateMaterials: { outcome: 'What was agreed with the client?' },
  RequestExtraMaterials: { materials: 'Materials that are missing' },
} satisfies FieldLabels;

function materialsSupplied(facts: Facts, clause: string): string {
  if (clause === '1.1-35') return stood.rejected;
  if (clause === '1.1-37') return stood['in-dispute'];
  return asTheyStood(facts, 'There were no materials to check.');
}

function materialsSettled(facts: Facts, clause: string): string {
  if (clause === '1.1-35') return stood.rejected;
  return asTheyStood(facts, clause === '1.1-38' ? stood['in-dispute'] : 'The materials were not settled.');
}

function enoughSupplied({ short }: Facts): string {
  const missing = formatShortages(short, 'en');
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

/** Findings: what was not as it should be. */
export const findings = {
  'materials-wanted': (facts) => asTheyStood(facts, stood['not-needed']),
  'supplier-allowed': ({ suppliedBy }) =>
    suppliedBy === 'provider'
      ? 'The provider bought materials, which the contract does not cover.'
      : 'It was not recorded who supplied the materials.',
  'materials-supplied': materialsSupplied,
  'enough-supplied': enoughSupplied,
  'mismatch-reasons': ({ unreasoned }) =>
    `It was not recorded why the material was wrong${listed(cleanTexts(unreasoned))}.`,
  'materials-refusable': (facts) => asTheyStood(facts, 'There were no materials to change.'),
  'dispute-open': 'No disagreement about materials was on record.',
  running,
  'materials-listed': 'No extra material was named.',
  'materials-settled': materialsSettled,
  'not-awaiting-materials': (facts) => `The work was awaiting materials. ${asTheyStood(facts, '')}`.trim(),
} satisfies Findings;
