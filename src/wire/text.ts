import * as z from 'zod/mini';
import type { Id } from '../messages/index.ts';
import { INSTANT, toInstant } from './instant.ts';
import { lazy } from './lazy.ts';
import { LIMITS } from './limits.ts';
import { type CheckCode, messages, withMessages } from './messages.ts';

/**
 * The metadata of the schemas: `personal` marks names, places, free texts and photographs (`"x-personal": true` in the
 * JSON Schema), `id` is the name of a shared definition there, `pattern` an equivalent pattern of a custom check.
 *
 * @since 0.1.0
 */
export const fieldMetadata = z.registry<{
  readonly personal?: true;
  readonly id?: string;
  readonly pattern?: string;
}>();

const BIDI = String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;
const FORBIDDEN = String.raw`\0-\u001f\u007f-\u009f\ud800-\udfff${BIDI}`;
/** Spaces, fillers, joiners and selectors: allowed in a text, but invisible. */
const INVISIBLE = String.raw`\u0020\u00a0\u00ad\u034f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200d\u2028\u2029\u202f\u205f-\u2065\u206a-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}`;
const TEXT = new RegExp(`^[${INVISIBLE}]*[^${FORBIDDEN}${INVISIBLE}][^${FORBIDDEN}]*$`, 'u');

const PROBLEMS: readonly (readonly [RegExp, CheckCode])[] = [
  [/\0/, 'null-character'],
  [/\p{Cc}/u, 'control-character'],
  [new RegExp(`[${BIDI}]`, 'u'), 'bidi-character'],
  [/\p{Surrogate}/u, 'lone-surrogate'],
];

/** The code of the problem for which a text is refused. */
function textProblem(text: unknown): CheckCode {
  const problem = typeof text === 'string' && PROBLEMS.find(([pattern]) => pattern.test(text));
  return problem ? problem[1] : 'blank';
}

/** Below U+0300 every text is its own NFC. */
const BEYOND_LATIN = /[\u0300-\uffff]/;
/** No language stacks more than 30 marks on a letter; normalising a longer pile takes quadratic time. */
const PILE_OF_MARKS = /(?:^|\P{M})\p{M}{31}/u;
const isPiled = (text: string) => BEYOND_LATIN.test(text) && PILE_OF_MARKS.test(text);

const toNfc = (text: string) => (BEYOND_LATIN.test(text) && !isPiled(text) ? text.normalize('NFC') : text);

const string = (max: number) =>
  z.string(withMessages).check(
    z.overwrite(toNfc),
    z.maxLength(max, withMessages),
    z.regex(TEXT, { error: ({ input }) => messages[textProblem(input)] }),
    z.refine((text) => !isPiled(text), messages['too-many-marks']),
  );

/** A person's name. */
export const name = lazy(() => string(LIMITS.name).register(fieldMetadata, { id: 'Name', personal: true }));

/** Free text of a person, places included. */
export const text = lazy(() => string(LIMITS.text).register(fieldMetadata, { id: 'Text', personal: true }));

/** A word of the trade: a service, an item, a unit, a shot, a reference. */
export const label = lazy(() => string(LIMITS.label).register(fieldMetadata, { id: 'Label' }));

/** The pattern of an identifier. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}$/;

/**
 * True for the id of a visit, a person, a photograph or a command: 1 to 128 letters, digits and
 * `. _ : / @ + -`, beginning with a letter or a digit.
 *
 * @since 0.5.0
 */
export const isId = (value: unknown): value is Id => typeof value === 'string' && ID.test(value);

/** The identifier of a visit, a person who acts, a photograph or a message. */
export const id = lazy(() =>
  z.string(withMessages).check(z.regex(ID, messages['invalid-id'])).register(fieldMetadata, { id: 'Id' }),
);

/** RFC 3339 on the way in, UTC with milliseconds on the way out. */
export const instant = lazy(() =>
  z
    .string(withMessages)
    .check(
      z.overwrite((text) => toInstant(text) ?? ''),
      z.refine((text) => text !== '', messages['invalid-instant']),
    )
    .register(fieldMetadata, { id: 'Instant', pattern: INSTANT.source }),
);

const NOT_HEX = /[^0-9a-f]/;

/** Lower-case hexadecimal alone. */
export const sha256 = lazy(() =>
  z
    .string(withMessages)
    .check(z.refine((text) => text.length === 64 && !NOT_HEX.test(text), messages['invalid-sha256']))
    .register(fieldMetadata, { id: 'Sha256', pattern: '^[0-9a-f]{64}$' }),
);

/** -0 has no place in JSON text. */
const unsigned0 = (value: number) => value + 0;

/** A number from `min` to `max`. */
export const between = (min: number, max: number) =>
  z.number(withMessages).check(z.overwrite(unsigned0), z.minimum(min, withMessages), z.maximum(max, withMessages));

/** A whole number from `min`. */
export const count = (min: number) => z.int(withMessages).check(z.overwrite(unsigned0), z.minimum(min, withMessages));

const hasThreeDecimals = (value: number) => Number(value.toFixed(3)) === value;

/** More than 0, at most three decimals. */
export const quantity = lazy(() =>
  z
    .number(withMessages)
    .check(
      z.gt(0, withMessages),
      z.maximum(LIMITS.quantity, withMessages),
      z.refine(hasThreeDecimals, messages['too-precise']),
    )
    .register(fieldMetadata, { id: 'Quantity' }),
);

/** The maximum of items of a list, which may be empty. */
export const list = <T extends z.core.SomeType>(item: T) =>
  z.array(item, withMessages).check(z.maxLength(LIMITS.items, withMessages));

/** As many items as a list may have, at least one. */
export const someOf = <T extends z.core.SomeType>(item: T) =>
  z.array(item, withMessages).check(z.minLength(1, withMessages), z.maxLength(LIMITS.items, withMessages));

/** One of some words. */
export const oneOf = <const T extends readonly string[]>(words: T) => z.enum(words, withMessages);

/** Yes or no. */
export const flag = () => z.boolean(withMessages);

/** An object with these fields and no others. */
export const record = <T extends z.core.$ZodShape>(fields: T) => z.strictObject(fields, withMessages);

/** A field that is absent or has its value; never `undefined`. */
export const optional = <T extends z.core.SomeType>(schema: T) => z.exactOptional(schema);
