import * as z from 'zod/mini';
import type { EventType } from '../../messages/index.ts';
import { isTimeZone } from '../../util/instant.ts';
import { eventTypes } from '../../visit/index.ts';
import { lazy } from '../../wire/reader.ts';
import { knownPath } from '../../wire/schema-path.ts';
import { eventSchemas } from '../../wire/schemas.ts';
import type { Constant, Conversion } from './mapping.ts';
import type { MappingIssue } from './mapping-issue.ts';
import { caseFold } from './word-map.ts';

const optional = z.exactOptional;

/** A custom check: its issues, each with its path within the value. */
const check = <T>(find: (value: T) => readonly MappingIssue[]) =>
  z.check<T>(({ value, issues }) => {
    for (const { path, code } of find(value))
      issues.push({ code: 'custom', path: [...path], message: code, input: value });
  });

/** No two words that are the same but for letter case and space. */
const repeated = (words: object): readonly MappingIssue[] => {
  const seen = new Set<string>();
  const again = Object.keys(words).filter((word) => seen.size === seen.add(caseFold(word)).size);
  return again.map((word) => ({ path: [word], code: 'same-word' }));
};

const isGiven = (value: object) => Object.hasOwn(value, 'value') || Object.hasOwn(value, 'rowTime');

/** A column, or a constant or the row's time and nothing else. */
const sourced = (value: object): readonly MappingIssue[] => {
  if (isGiven(value)) return Object.keys(value).length > 1 ? [{ path: [], code: 'conflict' }] : [];
  return Object.hasOwn(value, 'column') ? [] : [{ path: [], code: 'no-source' }];
};

type ActData = { readonly type: EventType; readonly data?: { readonly [path: string]: Conversion } };

const reserved = ['visitId', 'at', 'by', 'recordedBy'];

/** The fields are those of the event, and not said elsewhere. */
const strangeFields = ({ type, data = {} }: ActData): readonly MappingIssue[] => {
  const known = (path: readonly (string | number)[]) => knownPath(eventSchemas[type], path).length === path.length;
  return Object.entries(data).flatMap(([key, { split, fields = [] }]) => {
    const path = ['data', ...key.split('.')];
    const item = split === undefined ? path : [...path, 0];
    if (reserved.includes(key) || !known(item)) return [{ path: ['data', key], code: 'unknown-field' } as const];
    return fields.flatMap(({ field }, place): MappingIssue[] =>
      known([...item, field]) ? [] : [{ path: ['data', key, 'fields', place, 'field'], code: 'unknown-field' }],
    );
  });
};

/** Built when the first mapping is read: it takes as long as the rest of `auxilio/logs` takes to be imported. */
export const mappingSchema = lazy(() => {
  const text = z.string().check(z.minLength(1, 'blank'));
  const scalar = z.union([z.string(), z.number(), z.boolean()]);
  const distinct = check(repeated);
  const constant: z.ZodMiniType<Constant> = z.lazy(() =>
    z.union([scalar, z.null(), z.array(constant), z.record(z.string(), constant)]),
  );

  const conversion = {
    as: optional(z.enum(['text', 'number', 'boolean', 'time'])),
    words: optional(z.record(text, scalar).check(distinct)),
    split: optional(text),
    within: optional(text),
    fields: optional(z.lazy((): z.ZodMiniType => z.array(part).check(z.minLength(1, 'blank')))),
  };
  const given = { value: optional(constant), rowTime: optional(z.literal(true)) };
  const cell = {
    column: optional(z.union([text, z.array(text).check(z.minLength(1, 'blank'))])),
    blank: optional(constant),
  };
  const part = z
    .strictObject({ field: text, ...given, ...conversion })
    .check(check<{ readonly field: string }>(({ field, ...value }) => (isGiven(value) ? sourced(value) : [])));
  const source = z.strictObject({ ...cell, ...given, ...conversion }).check(check(sourced));

  const byRole = { provider: optional(source), 'contact-center': optional(source), client: optional(source) };
  const idSource = z.strictObject({ ...cell, ...given, ...conversion, ...byRole }).check(
    check<object>((value) => {
      const roles = Object.keys(value).filter((key) => Object.hasOwn(byRole, key));
      if (roles.length === 0) return sourced(value);
      return roles.length < Object.keys(value).length ? [{ path: [], code: 'conflict' }] : [];
    }),
  );
  const author = z.strictObject({ role: optional(source), id: idSource });
  // Of who typed an act in, the role does not follow from the act.
  const recorder = z.strictObject({ role: source, id: idSource });

  const act = z
    .strictObject({
      type: z.enum(eventTypes as [EventType, ...EventType[]], 'unknown-event'),
      data: optional(z.record(text, source)),
      by: optional(author),
      recordedBy: optional(recorder),
    })
    .check(check(strangeFields) as never);
  // The type of an event alone is an act without data.
  const actOrType = z.pipe(
    z.transform((value: unknown) => (typeof value === 'string' ? { type: value } : value)),
    z.nullable(act),
  );

  const zone = text.check(z.refine(isTimeZone, 'unknown-zone'));
  const delimiter = z.string().check(z.refine((mark) => mark.length === 1 && !'"\r\n'.includes(mark), 'invalid-value'));
  return z.strictObject({
    format: optional(z.enum(['csv', 'json'])),
    delimiter: optional(delimiter),
    dates: optional(z.enum(['dmy', 'mdy'])),
    decimal: optional(z.enum(['.', ','])),
    zone: optional(zone),
    sort: optional(z.boolean()),
    blank: optional(z.array(z.string())),
    skip: optional(z.array(z.strictObject({ column: text, words: z.array(z.string()) }))),
    visitId: source,
    at: source,
    act: z.strictObject({
      column: text,
      words: z.record(text, actOrType).check(distinct),
      undecided: optional(z.record(text, z.array(z.string()))),
    }),
    by: author,
    recordedBy: optional(recorder),
    ignored: optional(z.record(text, z.string())),
  });
});
