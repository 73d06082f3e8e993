import type { Facts } from '../../kernel/index.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import { byList, byMaterials, byReader, joiner } from '../message-templates.ts';
import type { PhraseFacts } from '../speech/phrase.ts';
import { lookup } from '../text.ts';

export const and = /* @__PURE__ */ joiner('en', 'more');

export const quoted = (text: string) => `“${text}”`;

/* @__NO_SIDE_EFFECTS__ */
export function list(field: string, each: string, none?: string) {
  return byList(and, field, each, none);
}

const calls: Readonly<Record<string, string>> = {
  '1.1-26': 'start call',
  '1.1-38': 'call about the materials',
  '1.3-02': 'completion call',
};

/* @__NO_SIDE_EFFECTS__ */
export function call(what: (clause: string) => string) {
  return byReader(
    (_, clause) => `The ${what(clause)} is missing`,
    'tell the contact center, and record it',
    'record it once it comes in',
  );
}

export const callMade = /* @__PURE__ */ call((clause) => lookup(calls, clause, 'call'));

export const unexplained = 'First explain the work and its materials.';

/** The status of the materials, and the next act. */
const materials: Readonly<Record<MaterialsStatus, string>> = {
  unknown: unexplained,
  'not-needed': 'No materials were requested; explain the work again, or request extra materials.',
  requested: 'First record the delivery of materials.',
  supplied: 'First accept or reject the materials.',
  accepted: 'The materials were accepted; explain the work again, or request extra materials.',
  rejected: 'The materials were rejected; record the new delivery.',
  'in-dispute': 'There is a disagreement about the materials; the contact center coordinates with the client.',
  coordinated: 'The materials were coordinated; record the delivery, or explain the work again.',
};

/* @__NO_SIDE_EFFECTS__ */
export function status(otherwise: string, before?: string, byClause?: Readonly<Record<string, MaterialsStatus>>) {
  return byMaterials(materials, otherwise, before, byClause);
}

export const single = (items: readonly unknown[]) => items.length === 1;

export const listed = (items: readonly string[]) => (items.length === 0 ? '' : `: ${and(items)}`);

export const callMissing = (_: Facts, clause: string): string =>
  `The ${lookup(calls, clause, 'call')} was not on record.`;

export const stood: Readonly<Record<MaterialsStatus, string>> = {
  unknown: 'The materials had not been named.',
  'not-needed': 'No materials had been asked for.',
  requested: 'The materials had not been delivered.',
  supplied: 'The materials had not been checked.',
  accepted: 'The materials had been accepted already.',
  rejected: 'The materials had been rejected.',
  'in-dispute': 'There was a disagreement about the materials.',
  coordinated: 'The materials had been coordinated already.',
};

export const asTheyStood = ({ materials: status }: Facts, otherwise: string) => lookup(stood, status, otherwise);

export const client = (f: PhraseFacts) => f.client ?? 'the client';

export const service = (f: PhraseFacts) => (f.service === null ? 'service' : `${f.service} service`);
