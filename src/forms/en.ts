import { mergeRecords } from '../util/json.ts';
import * as arrival from '../words/en/arrival.ts';
import * as assignment from '../words/en/assignment.ts';
import * as attestation from '../words/en/attestation.ts';
import * as closing from '../words/en/closing.ts';
import { codes } from '../words/en/codes.ts';
import * as corrections from '../words/en/corrections.ts';
import * as exceptions from '../words/en/exceptions.ts';
import * as identity from '../words/en/identity.ts';
import * as inspection from '../words/en/inspection.ts';
import * as instructions from '../words/en/instructions.ts';
import * as materials from '../words/en/materials.ts';
import { acts, requirements } from '../words/en/names.ts';
import * as transit from '../words/en/transit.ts';
import * as work from '../words/en/work.ts';
import type { FormWords } from './words.ts';

/** Forms in English. @since 0.5.0 */
export const formsEn: FormWords = {
  locale: 'en',
  acts,
  labels: /* @__PURE__ */ mergeRecords(
    assignment.labels,
    transit.labels,
    arrival.labels,
    instructions.labels,
    identity.labels,
    inspection.labels,
    materials.labels,
    work.labels,
    closing.labels,
    exceptions.labels,
    corrections.labels,
    attestation.labels,
  ),
  parts: {
    client: { name: 'Full name', title: 'Form of address' },
    provider: { id: 'Id of the provider', name: 'Full name', title: 'Form of address' },
    representative: { name: 'Full name' },
    contact: { at: 'Time', reference: ['Reference', 'If you were given one.'], operatorId: 'Who answered?' },
    material: { item: 'Material', quantity: 'Quantity', unit: 'Unit', kind: 'Kind', quality: 'Quality' },
    supplied: { item: 'Material', quantity: 'Quantity', unit: 'Unit' },
    mismatch: { item: 'Material', reasons: 'What does not match?', note: 'Details' },
    test: { name: 'What was tested?', passed: 'Did it work?' },
    word: { fact: 'Fact', recorded: 'Time on record', agrees: 'Was it so?', what: 'What happened?' },
    photo: { shot: 'Which photo is it?' },
  },
  at: ['When was it?', 'The time when it happened, not when you write it down.'],
  yes: 'Yes',
  no: 'No',
  codes: /* @__PURE__ */ mergeRecords(codes, { requirement: requirements }),
  problems: {
    required: 'This is missing.',
    'too-long': 'This is too long; {$limit} characters fit.',
    'too-many': 'These are too many; {$limit} fit.',
    'not-a-text': 'This has signs that cannot be kept; write it again.',
    'not-a-number': 'Write a number, such as 2 or 2.5.',
    'ambiguous-number': 'Write it without a thousands separator, such as 1000 or 1.5.',
    'too-small': 'This must be more than 0.',
    'too-big': 'This is too much; {$limit} at most.',
    'too-precise': 'Use three decimals at most.',
    'not-a-time': 'Give a day and a time that exist.',
    future: 'That time is still to come; check it.',
    'not-a-choice': 'Choose one of the options.',
    'not-an-id': 'Choose a value from the list.',
    'not-a-position': 'The position is not valid; take it again.',
    'not-a-photograph': 'The photo was not saved well; take it again.',
    'too-large': 'This is too much for one record; shorten the texts or make two of it.',
  },
};
