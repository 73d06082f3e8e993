import type { Id } from '../messages/index.ts';

// The characters of texts and ids, apart from the schemas, for readers without zod.

/** Marks that turn the direction of writing. */
export const BIDI = '\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069';

let built: RegExp | undefined;

/** The pattern of a text: not blank, without control or bidirectional marks or half a character. */
export function textPattern(): RegExp {
  built ??= buildTextPattern();
  return built;
}

function buildTextPattern(): RegExp {
  const forbidden = String.raw`\0-\u001f\u007f-\u009f\ud800-\udfff${BIDI}`;
  // Spaces, fillers, joiners and selectors: allowed in a text, but invisible.
  const invisible = String.raw`\u0020\u00a0\u00ad\u034f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200d\u2028\u2029\u202f\u205f-\u2065\u206a-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}`;
  return new RegExp(`^[${invisible}]*[^${forbidden}${invisible}][^${forbidden}]*$`, 'u');
}

/** Below U+0300 every text is its own NFC. */
const BEYOND_LATIN = /[\u0300-\uffff]/;
/** No language stacks more than 30 marks on a letter; normalising a longer pile takes quadratic time. */
const PILE_OF_MARKS = /(?:^|\P{M})\p{M}{31}/u;
export const isPiled = (text: string) => BEYOND_LATIN.test(text) && PILE_OF_MARKS.test(text);

export const toNfc = (text: string) => (BEYOND_LATIN.test(text) && !isPiled(text) ? text.normalize('NFC') : text);

/** The pattern of an identifier. */
export const ID = /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}$/;

/**
 * True for the id of a visit, a person, a photograph or a command: 1 to 128 letters, digits and
 * `. _ : / @ + -`, beginning with a letter or a digit.
 *
 * @since 0.5.0
 */
export const isId = (value: unknown): value is Id => typeof value === 'string' && ID.test(value);
