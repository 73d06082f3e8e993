import type * as z from 'zod/mini';
import { nearest } from '../util/nearest.ts';
import { LIMITS } from './limits.ts';
import { codeOfMessage } from './messages.ts';
import { type Path, schemaAt } from './schema-path.ts';
import { fieldMetadata } from './text.ts';

/**
 * The problem at a path. The list is closed.
 *
 * @since 0.1.0
 */
export type IssueCode =
  /** The text, or all strings of the value together, exceed their limit. */
  | 'too-large'
  /** The text is not JSON. */
  | 'invalid-json'
  /** Something that JSON cannot hold: undefined, a function, a symbol, a bigint, an instance, an accessor, a hole. */
  | 'not-json'
  /** NaN or an infinity. */
  | 'not-finite'
  /** An object within itself. */
  | 'cyclic'
  /** Looking at it threw. */
  | 'unreadable'
  | 'too-deep'
  | 'too-many-nodes'
  | 'too-many-keys'
  | 'too-many-items'
  | 'too-few-items'
  /** A field that must be there is not. */
  | 'missing'
  /** A key of the object at this path is not known. */
  | 'unrecognized-key'
  | 'invalid-type'
  /** Not one of the words that the field allows. */
  | 'invalid-value'
  /** No message has this `type`. */
  | 'unknown-type'
  /** An event of a later schema version. */
  | 'newer-version'
  | 'invalid-id'
  /** Not RFC 3339, or not a real date. */
  | 'invalid-instant'
  | 'invalid-sha256'
  | 'invalid-signature'
  /** U+0000 in a text. */
  | 'null-character'
  /** Another control character in a text, line breaks included. */
  | 'control-character'
  /** A mark that turns the direction of writing. */
  | 'bidi-character'
  /** Half of a surrogate pair. */
  | 'lone-surrogate'
  /** More than 30 combining marks on one letter. */
  | 'too-many-marks'
  /** Nothing to see in a text. */
  | 'blank'
  | 'too-long'
  | 'too-small'
  | 'too-big'
  /** More than three decimals. */
  | 'too-precise'
  /** Numbers of a list are not in ascending order, each once. Since 0.5.0. */
  | 'not-ascending'
  /** One thing is named twice. Since 0.10.0. */
  | 'repeated'
  /** There were more issues than are reported; always the last. */
  | 'too-many-issues';

/**
 * One thing wrong with an input: where, as a JSON Pointer made of known field names and array indexes alone (an
 * unknown key is reported at its parent), what, and the details that `explainIssue` puts in words. Plain JSON, and never
 * a value of the input.
 *
 * @since 0.1.0
 */
export type Issue = { readonly path: string; readonly code: IssueCode } & IssueDetails;

/**
 * An issue of a parser as Standard Schema has it: the same issue with its path in segments, and in `message` both, such as
 * `data.at: missing`. `explainIssue` says it in a language. Plain JSON, and never a value of the input.
 *
 * @since 0.8.0
 */
export type StandardIssue = Omit<Issue, 'path'> & {
  readonly message: string;
  readonly path: readonly (string | number)[];
};

/** `['data', 'photos', 0]` as `/data/photos/0`; the names of fields need no escaping. */
export const pointer = (path: Path): string => path.map((segment) => `/${String(segment)}`).join('');

/** At most as many as `LIMITS.issues`, and a last one if there were more. */
export function capIssues(issues: readonly Issue[]): readonly Issue[] {
  if (issues.length <= LIMITS.issues) return issues;
  return [...issues.slice(0, LIMITS.issues), { path: '', code: 'too-many-issues' }];
}

/** The issues that the schema found in `input`, in our words. */
export function listIssues(error: z.core.$ZodError, input: unknown, schema: z.core.SomeType): readonly Issue[] {
  const found = error.issues.slice(0, LIMITS.issues + 1);
  return capIssues(found.flatMap((issue) => toIssues(issue, input, schema)));
}

function toIssues(issue: z.core.$ZodIssue, input: unknown, schema: z.core.SomeType): readonly Issue[] {
  const path = pointer(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return unknownKeys(issue, input, schema).map((details) => ({ path, code: 'unrecognized-key', ...details }));
  }
  const value = valueAt(input, issue.path);
  return [{ path, code: chooseCode(issue, value), ...describeIssue(issue, value, input, schema) }];
}

const TOO_BIG = new Map<string, IssueCode>([
  ['string', 'too-long'],
  ['array', 'too-many-items'],
]);

/** Checks of ours have a message each. */
function chooseCode(issue: z.core.$ZodIssue, value: unknown): IssueCode {
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? 'missing' : 'invalid-type';
    case 'invalid_value':
      return value === undefined ? 'missing' : 'invalid-value';
    case 'too_big':
      return TOO_BIG.get(issue.origin) ?? 'too-big';
    case 'too_small':
      return issue.origin === 'array' ? 'too-few-items' : 'too-small';
    default:
      return codeOfMessage(issue.message) ?? 'invalid-value';
  }
}

function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[segment];
  }
  return value;
}

/** A sentence about an issue: `at` names the place. */
type Sentence = (issue: Issue, at: string) => string;

/** The sentences about issues in one language. */
export type IssueWords = {
  /** The message as a whole, where a path is empty. */
  readonly message: string;
  /** A kind of value with its article, and an example where it has a form. */
  readonly kinds: { readonly [K in FieldKind]: string };
  readonly sentences: { readonly [C in IssueCode]: Sentence };
};

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

const suggestNearest = (word: string, known: readonly string[]): IssueDetails => {
  const [near] = nearest(word, known);
  return near === undefined ? {} : { nearest: near };
};

/** Details of each unknown key; those that cannot be repeated share one without it. */
function unknownKeys(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  input: unknown,
  schema: z.core.SomeType,
): readonly IssueDetails[] {
  const def = (schemaAt(schema, issue.path, input) as z.core.$ZodTypes | undefined)?._zod.def;
  const allowed = def?.type === 'object' ? Object.keys(def.shape) : [];
  const keys = issue.keys.filter((key) => REPEATABLE.test(key)).slice(0, LIMITS.issues + 1);
  const details = keys.map((key) => ({ key, allowed, ...suggestNearest(key, allowed) }));
  return keys.length === Math.min(issue.keys.length, LIMITS.issues + 1) ? details : [...details, { allowed }];
}

/** Details of any other issue of zod. */
function describeIssue(issue: z.core.$ZodIssue, value: unknown, input: unknown, schema: z.core.SomeType): IssueDetails {
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String);
    return { allowed, ...(typeof value === 'string' && suggestNearest(value, allowed)) };
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
  const details = suggestNearest(type, known);
  typesSeen.set(key, details);
  return details;
}
