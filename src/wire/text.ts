import * as z from 'zod/mini';
import { BIDI, ID, isPiled, textPattern, toNfc } from './characters.ts';
import { INSTANT, toInstant } from './instant.ts';
import { LIMITS } from './limits.ts';
import { type CheckCode, sayCode, saying, withMessages } from './messages.ts';
import { lazy } from './reader.ts';

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

const string = (max: number) =>
  z.string(withMessages).check(
    z.overwrite(toNfc),
    z.maxLength(max, withMessages),
    z.regex(textPattern(), { error: ({ input }) => sayCode(textProblem(input)) }),
    z.refine((text) => !isPiled(text), saying('too-many-marks')),
  );

/** A person's name. */
export const name = lazy(() => string(LIMITS.name).register(fieldMetadata, { id: 'Name', personal: true }));

/** Free text of a person, places included. */
export const text = lazy(() => string(LIMITS.text).register(fieldMetadata, { id: 'Text', personal: true }));

/** A word of the trade: a service, an item, a unit, a shot, a reference. */
export const label = lazy(() => string(LIMITS.label).register(fieldMetadata, { id: 'Label' }));

/** The identifier of a visit, a person who acts, a photograph or a message. */
export const id = lazy(() =>
  z
    .string(withMessages)
    .check(z.regex(ID, saying('invalid-id')))
    .register(fieldMetadata, { id: 'Id' }),
);

/** RFC 3339 on the way in, UTC with milliseconds on the way out. */
export const instant = lazy(() =>
  z
    .string(withMessages)
    .check(
      z.overwrite((text) => toInstant(text) ?? ''),
      z.refine((text) => text !== '', saying('invalid-instant')),
    )
    .register(fieldMetadata, { id: 'Instant', pattern: INSTANT.source }),
);

const NOT_HEX = /[^0-9a-f]/;

/** Lower-case hexadecimal alone. */
export const sha256 = lazy(() =>
  z
    .string(withMessages)
    .check(z.refine((text) => text.length === 64 && !NOT_HEX.test(text), saying('invalid-sha256')))
    .register(fieldMetadata, { id: 'Sha256', pattern: '^[0-9a-f]{64}$' }),
);

const SIGNATURE = /^[\w-]+\.\.[\w-]+$/;

/** A compact JWS with a detached payload: header and signature in base64url, and two full stops between them. */
export const signature = lazy(() =>
  z
    .string(withMessages)
    .check(z.maxLength(LIMITS.signature, withMessages), z.regex(SIGNATURE, saying('invalid-signature')))
    .register(fieldMetadata, { id: 'Signature', personal: true }),
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
      z.refine(hasThreeDecimals, saying('too-precise')),
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
