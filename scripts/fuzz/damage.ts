import { oneOf, type Source } from './source.ts';

/** Fragments that do not belong in a JSON text, or in this one. */
const pieces = [
  '\0',
  '\ufeff',
  '\u2028',
  '\ud800',
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '\\u202e',
  ',',
  '}',
  ']',
  '{',
  '[',
  ':',
  'null',
  '-0',
  '1e309',
  '0.1e-9',
  '"__proto__":{"polluted":true},',
  '"type":"constructor",',
];

const numbers = ['-0', '1e309', '1E2', '0.0000001', '01'];

const damages: readonly ((text: string, at: number, from: Source) => string)[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text,
  (text, at, from) => text.slice(0, at) + String.fromCharCode(from.below(0x10000)) + text.slice(at + 1),
  (text, at, from) => text.slice(0, at) + oneOf(pieces, from) + text.slice(at),
  (text, _, from) => text.replace('{', `{${oneOf(pieces, from)}`),
  (text, _, from) => text.replace(/:-?\d[^,}\]]*/, `:${oneOf(numbers, from)}`),
  (text) => text.replace('{', '{"type":"StartWork",'),
  (text) => text.replaceAll(/[:,]/g, '$& \t\n'),
];

/** The text with one thing wrong at one place. */
export const damaged = (text: string, from: Source): string =>
  oneOf(damages, from)(text, from.below(text.length + 1), from);
