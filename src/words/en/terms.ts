import type { MaterialsStatus } from '../../visit/index.ts';
import type { Terms } from '../messages.ts';
import { acts, roles } from './names.ts';
import { calls } from './shared.ts';

/** The status of the materials, and the next act. */
const materials: Readonly<Record<MaterialsStatus, string>> = {
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
export const terms: Terms = {
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
  fullNameGiven: { false: 'the full name' },
  documentShown: { false: 'an identity document, without noting the number' },
  materials,
  ended: { '1.3-02': 'was completed', '1.1-10': 'was closed' },
  started: { false: 'has not started (record the start)' },
  away: { true: 'awaits a second visit (record the re-entry)' },
  onBreak: { true: 'is on a break (record its end)' },
  awaitingMaterials: { true: 'awaits extra materials (accept them)' },
  tests: { failed: 'The tests failed; repeat them.' },
};
