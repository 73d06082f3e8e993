import type * as z from 'zod/mini';
import { nearest } from '../util/nearest.ts';
import { LIMITS } from './limits.ts';
import { codeOfMessage } from './messages.ts';
import { schemaAt } from './schema-path.ts';
import { fieldMetadata } from './text.ts';

/** A kind of value that a field holds. @since 0.5.0 */
export type FieldKind =
  | 'id'
  | 'instant'
  | 'sha256'
  | 'quantity'
  | 'zone'
  | 'local-time'
  | 'text'
  | 'number'
  | 'boolean'
  | 'list'
  | 'object';

/**
 * Details of an issue, each where it applies. All but `key` are words of the schemas; the key is spelt as the name of a
 * field is (docs/decisions/0005).
 *
 * @since 0.5.0
 */
export type IssueDetails = {
  /** The unknown key: at most 32 ASCII letters, `_` or `-`, beginning with a lower-case one, and two digits at the end. */
  readonly key?: string;
  /** The keys of the object, or the words that the field allows. */
  readonly allowed?: readonly string[];
  /** The key, the word or the type of message that was probably meant. */
  readonly nearest?: string;
  /** The kind of value that the field holds. */
  readonly expected?: FieldKind;
  /** The limit that was exceeded: bytes, characters, items, keys, levels, or the least or greatest number. */
  readonly limit?: number;
};

/** A key that may be repeated in an issue: no name of a person, number, telephone, address or secret is spelt so. */
const REPEATABLE = /^(?=.{1,32}$)[a-z][A-Za-z_-]*\d{0,2}$/;

const nearestOf = (word: string, known: readonly string[]): IssueDetails => {
  const [near] = nearest(word, known);
  return near === undefined ? {} : { nearest: near };
};

/** Details of each unknown key; those that cannot be repeated share one without it. */
export function unknownKeys(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  input: unknown,
  schema: z.core.SomeType,
): readonly IssueDetails[] {
  const def = (schemaAt(schema, issue.path, input) as z.core.$ZodTypes | undefined)?._zod.def;
  const allowed = def?.type === 'object' ? Object.keys(def.shape) : [];
  const keys = issue.keys.filter((key) => REPEATABLE.test(key)).slice(0, LIMITS.issues + 1);
  const details = keys.map((key) => ({ key, allowed, ...nearestOf(key, allowed) }));
  return keys.length === Math.min(issue.keys.length, LIMITS.issues + 1) ? details : [...details, { allowed }];
}

/** Details of any other issue of zod. */
export function detailsOf(
  issue: z.core.$ZodIssue,
  value: unknown,
  input: unknown,
  schema: z.core.SomeType,
): IssueDetails {
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    return { allowed, ...(typeof value === 'string' && nearestOf(value, allowed)) };
  }
  const expected = codeOfMessage(issue.message) === undefined ? expectedAt(schema, issue.path, input) : {};
  if (issue.code === 'too_big') return { ...expected, limit: Number(issue.maximum) };
  if (issue.code === 'too_small') return { ...expected, limit: Number(issue.minimum) };
  return expected;
}

const kinds = new Map<string | undefined, FieldKind>([
  ['Id', 'id'],
  ['Instant', 'instant'],
  ['Sha256', 'sha256'],
  ['Quantity', 'quantity'],
  ['TimeZone', 'zone'],
  ['LocalTime', 'local-time'],
  ['string', 'text'],
  ['number', 'number'],
  ['boolean', 'boolean'],
  ['array', 'list'],
  ['object', 'object'],
]);

function expectedAt(root: z.core.SomeType, path: readonly PropertyKey[], input: unknown): IssueDetails {
  const schema = schemaAt(root, path, input) as z.core.$ZodTypes | undefined;
  if (schema === undefined) return {};
  const expected = kinds.get(fieldMetadata.get(schema)?.id) ?? kinds.get(schema._zod.def.type);
  return expected === undefined ? {} : { expected };
}

/** Suggestions for the unknown types of late: a log of another system repeats the same ones. */
const typesSeen = new Map<string, IssueDetails>();

/** The type that was probably meant: the command of an event, the event of a command, or the one spelt most like it. */
export function meantType(type: unknown, known: readonly string[], twins: ReadonlyMap<string, string>): IssueDetails {
  if (typeof type !== 'string' || type.length > LIMITS.label) return {};
  const twin = twins.get(type);
  if (twin !== undefined) return { nearest: twin };
  const key = `${known[0]} ${type}`;
  const seen = typesSeen.get(key);
  if (seen !== undefined) return seen;
  if (typesSeen.size >= LIMITS.items) typesSeen.clear();
  const details = nearestOf(type, known);
  typesSeen.set(key, details);
  return details;
}
