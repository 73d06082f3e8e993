import { type CheckCode, type RawIssue, useWords } from './messages.ts';

/** Messages of the checks that zod does not know, by code. */
const messages: Readonly<Record<CheckCode, string>> = {
  'invalid-id':
    'Expected an id: 1 to 128 letters, digits and . _ : / @ + -, beginning with a letter or a digit, such as visit-2026-0317',
  'invalid-instant': 'Expected an RFC 3339 instant of a real date, such as 2026-03-17T14:40:00.000Z',
  'invalid-sha256': 'Expected a SHA-256: 64 lower-case hexadecimal digits',
  'null-character': 'Contains U+0000',
  'control-character': 'Contains a control character; line breaks and tabs are such characters',
  'bidi-character': 'Contains a character that turns the direction of writing',
  'lone-surrogate': 'Contains half of a surrogate pair',
  'too-many-marks': 'Contains more than 30 combining marks on one letter',
  blank: 'Has no visible character',
  'too-precise': 'Has more than three decimals',
  'not-ascending': 'Expected numbers in ascending order, each once',
};

const unitOf = (origin: unknown) => (origin === 'string' ? ' characters' : origin === 'array' ? ' items' : '');

/** Words an issue of zod in English. */
function messageOf({ code, input, expected, values = [], origin, minimum, maximum, inclusive }: RawIssue): string {
  if (code === 'unrecognized_keys') return 'Unrecognized key';
  if (input === undefined) return 'Required';
  if (code === 'invalid_value') return `Expected ${values.length > 1 ? 'one of ' : ''}${values.join(', ')}`;
  const unit = unitOf(origin);
  if (code === 'too_big') return `Expected at most ${maximum}${unit}`;
  if (code === 'too_small') return `Expected ${inclusive === false ? 'more than' : 'at least'} ${minimum}${unit}`;
  return code === 'invalid_type' ? `Expected ${expected}` : 'Invalid value';
}

/** Has the schemas say their issues in English from now on. */
export const wordSchemas = (): void => useWords({ messages, messageOf });
