import type { Facts } from '../../kernel/decision.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import type { ByReader } from '../language.ts';
import { formatList, lookup, truncate } from '../text.ts';

export const and = (items: readonly string[]) => formatList(truncate(items, 'more'), 'en', 'conjunction');

export const quoted = (text: string) => `“${text}”`;

/** The contacts with the contact center, by the clause that asks for them. */
export const calls: Readonly<Record<string, string>> = {
  '1.1-26': 'start call',
  '1.1-38': 'call about the materials',
  '1.1-48': 'exit notice',
  '1.1-49': 're-entry notice',
  '1.3-02': 'completion call',
};

export const callMade: ByReader = [
  'The {$clause|call} is missing; tell the contact center, and record it.',
  'The {$clause|call} is missing; record it once it comes in.',
];

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
