import { mergeRecords } from '../../util/json.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import { createCatalogue } from '../create-language.ts';
import type { Messages, PastWording, Terms } from '../language.ts';
import type { Catalogue } from '../speech/phrase.ts';
import * as arrival from './arrival.ts';
import * as assignment from './assignment.ts';
import * as attestation from './attestation.ts';
import * as closing from './closing.ts';
import * as corrections from './corrections.ts';
import * as exceptions from './exceptions.ts';
import * as general from './general.ts';
import * as identity from './identity.ts';
import * as inspection from './inspection.ts';
import * as instructions from './instructions.ts';
import * as materials from './materials.ts';
import { acts, names, roles } from './names.ts';
import { calls } from './shared.ts';
import * as transit from './transit.ts';
import * as work from './work.ts';

/** The phrases of the script. */
export const phrases: Catalogue = /* @__PURE__ */ createCatalogue(
  /* @__PURE__ */ mergeRecords(
    general.phrases,
    assignment.phrases,
    transit.phrases,
    arrival.phrases,
    instructions.phrases,
    identity.phrases,
    inspection.phrases,
    materials.phrases,
    work.phrases,
    closing.phrases,
    exceptions.phrases,
    corrections.phrases,
    attestation.phrases,
  ),
);

/** The status of the materials, and the next act. */
const standings: Readonly<Record<MaterialsStatus, string>> = {
  unknown: 'The materials are not known yet; explain the work first.',
  'not-needed': 'No materials were requested; explain the work again, or request extra materials.',
  requested: 'First record the delivery of materials.',
  supplied: 'First accept or reject the materials.',
  accepted: 'The materials were accepted; explain the work again, or request extra materials.',
  rejected: 'The materials were rejected; record the new delivery.',
  'in-dispute': 'There is a disagreement about the materials; the contact center coordinates with the client.',
  coordinated: 'The materials were coordinated; record the delivery, or explain the work again.',
};

/** The questions that are open, or not. */
const about = {
  'client-absence': 'absence of the client',
  identity: 'rejected identity',
  materials: 'disagreement about materials',
  escalation: 'escalated matter',
};

/** The words of the codes in the facts of refusals. */
const terms: Terms = {
  clause: calls,
  role: roles,
  allowed: roles,
  command: acts,
  instruction: {
    cancel: 'cancel the visit; close it',
    reschedule: 'reschedule the visit; close it, announce a second visit',
  },
  about,
  open: about,
  facts: attestation.facts,
  fullNameGiven: { false: 'the full name' },
  documentShown: { false: 'an identity document, without noting the number' },
  materials: standings,
  ended: { '1.3-02': 'was completed', '1.1-10': 'was closed' },
  started: { false: 'has not started (record the start)' },
  away: { true: 'awaits a second visit (record the re-entry)' },
  onBreak: { true: 'is on a break (record its end)' },
  awaitingMaterials: { true: 'awaits extra materials (accept them)' },
  tests: { failed: 'The tests failed; repeat them.' },
};

/** The sentences for refusals. */
export const messages: Messages = {
  locale: 'en',
  more: 'more',
  names,
  terms,
  rules: /* @__PURE__ */ mergeRecords(
    general.refusals,
    assignment.refusals,
    transit.refusals,
    arrival.refusals,
    instructions.refusals,
    identity.refusals,
    inspection.refusals,
    materials.refusals,
    work.refusals,
    closing.refusals,
    exceptions.refusals,
    corrections.refusals,
    attestation.refusals,
  ),
  first: 'First {$command}.',
  unmet: 'A requirement of the protocol is not met',
  waivable: [
    'With an instruction to proceed, the contact center can waive {$what|this}.',
    'With an instruction to proceed, you can waive {$what|this}.',
  ],
};

/** The sentences for findings. */
export const past: PastWording = {
  unknownRule: (clause, text) => {
    const unmet = 'A requirement of the protocol was not met';
    return clause === '' ? `${unmet}.` : `${unmet} (${clause}). ${text}`;
  },
  rules: /* @__PURE__ */ mergeRecords(
    general.findings,
    assignment.findings,
    transit.findings,
    arrival.findings,
    instructions.findings,
    identity.findings,
    inspection.findings,
    materials.findings,
    work.findings,
    closing.findings,
    exceptions.findings,
    corrections.findings,
    attestation.findings,
  ),
};
