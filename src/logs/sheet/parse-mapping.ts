import type * as z from 'zod/mini';
import { parseJson } from '../../util/json.ts';
import { nearest } from '../../util/nearest.ts';
import { eventTypes } from '../../visit/index.ts';
import { schemaAt } from '../../wire/schema-path.ts';
import type { SheetMapping } from './mapping.ts';
import type { MappingIssue, MappingIssueCode } from './mapping-issue.ts';
import { mappingSchema } from './mapping-schema.ts';

/** A mapping, or its errors. @since 0.3.0 */
export type ParsedMapping =
  | { readonly ok: true; readonly value: SheetMapping }
  | { readonly ok: false; readonly issues: readonly MappingIssue[] };

/**
 * Reads the mapping of a sheet from JSON text or from a value. Never throws. Each issue has its place in the mapping and
 * a code.
 *
 * @since 0.3.0
 */
export const parseMapping = (input: unknown): ParsedMapping => parseWith<SheetMapping>(mappingSchema(), input);

/** Parses JSON by a schema; its issues are those of a mapping. */
export function parseWith<T>(
  schema: z.ZodMiniType,
  input: unknown,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly MappingIssue[] } {
  const json = typeof input === 'string' ? parseJson(input.replace(/^\uFEFF/, '')) : input;
  if (json === undefined && input !== undefined) return { ok: false, issues: [{ path: [], code: 'invalid-json' }] };
  const barred = findBarred(json, []);
  if (barred.length > 0) return { ok: false, issues: barred };
  const { success, data, error } = schema.safeParse(json);
  if (success) return { ok: true, value: data as T };
  return { ok: false, issues: error.issues.flatMap((issue) => toIssues(issue, json, schema)) };
}

type Path = readonly (string | number)[];

/** The greatest depth of a mapping: no schema goes further down. */
const DEEPEST = 16;

/** The problems that no schema reports: keys named `__proto__`, and values that are nested too deep. */
function findBarred(value: unknown, path: Path): readonly MappingIssue[] {
  if (typeof value !== 'object' || value === null) return [];
  if (path.length > DEEPEST) return [{ path: path.slice(0, 3), code: 'invalid-value' }];
  if (Object.hasOwn(value, '__proto__')) return [{ path: [...path, '__proto__'], code: 'unrecognized-key' }];
  for (const [key, item] of Object.entries(value)) {
    const found = findBarred(item, [...path, key]);
    if (found.length > 0) return found;
  }
  return [];
}

const ours: readonly string[] = [
  'blank',
  'no-source',
  'conflict',
  'same-word',
  'unknown-event',
  'unknown-field',
  'unknown-zone',
] satisfies MappingIssueCode[];

function toIssues(issue: z.core.$ZodIssue, input: unknown, schema: z.ZodMiniType): readonly MappingIssue[] {
  const path = issue.path as Path;
  if (issue.code === 'unrecognized_keys') {
    const { def } = ((schemaAt(schema, path) ?? schema) as z.core.$ZodTypes)._zod;
    const known = def.type === 'object' ? Object.keys(def.shape) : [];
    return issue.keys.map((key) => ({ path: [...path, key], code: 'unrecognized-key', ...findNearest(key, known) }));
  }
  const words = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  // The type of an event means the act of that type.
  const owner = path.slice(0, -1);
  const type = valueAt(input, owner);
  if (typeof type === 'string') return [{ path: owner, code: 'unknown-event', ...findNearest(type, eventTypes) }];
  const value = valueAt(input, path);
  if (value === undefined) return [{ path, code: 'missing' }];
  const code = toCode(issue);
  const allowed = code === 'invalid-value' && words.length > 0 && { allowed: words };
  return [{ path, code, ...findNearest(value, words), ...allowed }];
}

/** The known word that is nearest to a value, if any is. */
function findNearest(value: unknown, known: readonly string[]): Pick<MappingIssue, 'nearest'> {
  const [found] = typeof value === 'string' ? nearest(value, known) : [];
  return found === undefined ? {} : { nearest: found };
}

function toCode({ code, message }: z.core.$ZodIssue): MappingIssueCode {
  if (ours.includes(message)) return message as MappingIssueCode;
  return code === 'invalid_type' || code === 'invalid_union' ? 'invalid-type' : 'invalid-value';
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], input);
}
