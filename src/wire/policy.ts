import * as z from 'zod/mini';
import { isTimeZone } from '../util/instant.ts';
import { defaultPolicy, type Policy } from '../visit/policy.ts';
import { waivableRules } from '../visit/rule-ids.ts';
import { LIMITS } from './limits.ts';
import { withMessages } from './messages.ts';
import { type ParseFailure, parseWith } from './parse.ts';
import { lazy } from './reader.ts';
import { fieldMetadata, label, list, oneOf, optional, record, text } from './text.ts';

/** A policy, or its issues. @since 0.5.0 */
export type ParsedPolicy = { readonly ok: true; readonly value: Policy } | ParseFailure;

const policySchema = lazy(() => {
  const zone = label().check(z.refine(isTimeZone, withMessages)).register(fieldMetadata, { id: 'TimeZone' });
  const clock = z
    .string(withMessages)
    .check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, withMessages))
    .register(fieldMetadata, { id: 'LocalTime' });
  const threshold = z.number(withMessages).check(z.minimum(0, withMessages), z.maximum(LIMITS.quantity, withMessages));
  const thresholds = Object.keys(defaultPolicy.thresholds).map((name) => [name, optional(threshold)]);
  return record({
    id: optional(label()),
    allow: optional(list(label())),
    waive: optional(list(record({ rule: oneOf(waivableRules), reason: text() }))),
    thresholds: optional(record(Object.fromEntries(thresholds) as Record<string, typeof threshold>)),
    twinMinutes: optional(threshold),
    timeZone: optional(zone),
    greeting: optional(record({ afternoon: clock, evening: clock })),
  });
});

/** Reads a policy; public as a Standard Schema (`standard-schema.ts`). */
export const parsePolicy = (input: unknown): ParsedPolicy => parseWith<Policy>(policySchema(), input);
