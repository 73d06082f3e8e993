import * as z from 'zod/mini';
import { isZone } from '../logs/sheet/time.ts';
import { defaultPolicy, isWaivable } from '../visit/index.ts';
import { once } from '../wire/once.ts';

/** A policy as it stands in a file. A rule that cannot be waived is an error of the file, not something to pass over. */
export const policySchema = once(() => {
  const optional = z.exactOptional;
  const text = z.string().check(z.minLength(1, 'blank'));
  const least = z.number().check(z.minimum(0));
  const thresholds = Object.keys(defaultPolicy.thresholds);
  const clock = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'invalid-value'));
  return z.strictObject({
    id: optional(text),
    allow: optional(z.array(text)),
    waive: optional(
      z.array(z.strictObject({ rule: z.string().check(z.refine(isWaivable, 'invalid-value')), reason: text })),
    ),
    thresholds: optional(z.strictObject(Object.fromEntries(thresholds.map((name) => [name, optional(least)])))),
    timeZone: optional(text.check(z.refine(isZone, 'unknown-zone'))),
    greeting: optional(z.strictObject({ afternoon: clock, evening: clock })),
  });
});
