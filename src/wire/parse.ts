import * as z from 'zod/mini';
import type { VisitCommand, VisitEvent } from '../messages/index.ts';
import { parseJson } from '../util/json.ts';
import { schemaVersion } from '../visit/known.ts';
import { capIssues, type Issue, type IssueCode, type IssueDetails, listIssues, meantType, pointer } from './issues.ts';
import { exceedsBytes, LIMITS } from './limits.ts';
import { lazy } from './reader.ts';
import { cloneJson, type Found, type PlainCopy } from './safe-clone.ts';
import { knownPath, readType } from './schema-path.ts';
import { commandMessages, eventMessages, type Messages } from './schemas.ts';
import { eventMetadata } from './shared.ts';
import { readVersion, upcast } from './upcast.ts';

/** The issues of an input. @since 0.1.0 */
export type ParseFailure = { readonly ok: false; readonly issues: readonly Issue[] };

/**
 * The issues of an input that should be an event. `unknown` says that it is a readable envelope of a later
 * time: its type, or its schema version, is not known here. Keep it as it is; never drop it.
 *
 * @since 0.1.0
 */
export type EventRefused = ParseFailure & { readonly unknown?: true };

/** The result of parsing a command. @since 0.1.0 */
export type ParsedCommand = { readonly ok: true; readonly value: VisitCommand } | ParseFailure;

/** The result of parsing an event. @since 0.1.0 */
export type ParsedEvent = { readonly ok: true; readonly value: VisitEvent } | EventRefused;

type Parsed<T> = { readonly ok: true; readonly value: T } | EventRefused;
type Fields = { readonly [key: string]: unknown };

/** A type of message that may be larger than the others of its kind. */
type LargerType = { readonly type: string; readonly maxBytes: number; readonly maxNodes: number };

/** The limits and readers of one kind of message. */
type MessageKind = {
  readonly maxBytes: number;
  /** A type with limits of its own. */
  readonly larger?: LargerType;
  readonly messages: Messages;
  readonly isCurrent: (json: Fields) => boolean;
  /** True if it has no additional keys. */
  readonly isClosed: (json: Fields) => boolean;
  /** The message in the current version, or the reason why its version is unknown. */
  readonly current: (copy: Fields) => Parsed<Fields>;
};

/** A text of at most this length is within all limits, but for what a host added to its metadata. */
const SHORT = LIMITS.nodes;

const commands: MessageKind = {
  maxBytes: LIMITS.commandBytes,
  messages: commandMessages,
  isCurrent: () => true,
  isClosed: () => true,
  current: (copy) => ({ ok: true, value: copy }),
};

const events: MessageKind = {
  maxBytes: LIMITS.eventBytes,
  larger: { type: 'DiscrepancyReported', maxBytes: LIMITS.reportBytes, maxNodes: LIMITS.reportNodes },
  messages: eventMessages,
  isCurrent: (json) => (readVersion(json) ?? Number.NaN) <= schemaVersion,
  isClosed: (json) => hasKnownMetadata(json.metadata),
  current: currentEvent,
};

/** Reads a command; public as a Standard Schema (`standard-schema.ts`). */
export const parseCommand = (input: unknown): ParsedCommand => parse<VisitCommand>(input, commands);

/** Reads an event; public as a Standard Schema. */
export const parseEvent = (input: unknown): ParsedEvent => parse<VisitEvent>(input, events);

function parse<T>(input: unknown, kind: MessageKind): Parsed<T> {
  if (typeof input !== 'string') return parseSlow(input, kind);
  if (exceedsBytes(input, kind.maxBytes)) return parseLarger(input, kind);
  const json = parseJson(input);
  if (json === undefined) return refuse('', 'invalid-json');
  const value = input.length <= SHORT ? parseFast(json, kind) : undefined;
  return value === undefined ? parseSlow(json, kind) : { ok: true, value: value as T };
}

/** Parses a text beyond the limit of its kind: it may be of the one type that has a larger one. */
function parseLarger<T>(input: string, kind: MessageKind): Parsed<T> {
  const { larger } = kind;
  if (larger === undefined || exceedsBytes(input, larger.maxBytes) || !input.includes(larger.type)) {
    return tooLarge(kind.maxBytes);
  }
  const json = parseJson(input);
  return readType(json) === larger.type ? parseSlow(json, kind) : tooLarge(kind.maxBytes);
}

/** Copies a value within the limits of its type. */
function cloneMessage(value: unknown, { maxBytes, larger }: MessageKind): PlainCopy {
  const clone = cloneJson(value, maxBytes);
  const isLarger = larger !== undefined && clone.mostBytes > maxBytes && readType(value) === larger.type;
  return isLarger ? cloneJson(value, larger.maxBytes, larger.maxNodes) : clone;
}

/** Reads JSON text, or a value, by one schema, within the limits of a command. */
export function parseWith<T>(
  schema: z.ZodMiniType,
  input: unknown,
): { readonly ok: true; readonly value: T } | ParseFailure {
  const { maxBytes } = commands;
  if (typeof input === 'string' && exceedsBytes(input, maxBytes)) return tooLarge(maxBytes);
  const json = typeof input === 'string' ? parseJson(input) : input;
  if (json === undefined && input !== undefined) return refuse('', 'invalid-json');
  const { copy, found } = cloneJson(json, maxBytes);
  if (found.length > 0) return { ok: false, issues: toIssues(found, schema, copy) };
  const { success, data, error } = schema.safeParse(copy);
  return success ? { ok: true, value: data as T } : { ok: false, issues: listIssues(error, copy, schema) };
}

/** Parses the common case, copying open records only; undefined if the slow path must decide. */
function parseFast(json: unknown, kind: MessageKind): unknown {
  const { messages, maxBytes, isCurrent, isClosed } = kind;
  if (!isFields(json) || !isCurrent(json)) return undefined;
  if (isClosed(json)) return parseQuick(json, kind);
  const { copy, found } = cloneJson({ metadata: json.metadata }, maxBytes);
  return found.length > 0 ? undefined : messages.findReader(json.type)?.({ ...json, ...(copy as Fields) }).data;
}

/** Parses a message of the current version without keys that a host added; undefined if the schema must decide. */
const parseQuick = (json: Fields, { messages, isCurrent, isClosed }: MessageKind): unknown =>
  isCurrent(json) && isClosed(json) ? messages.findQuickReader(json.type)?.(json).data : undefined;

function parseSlow<T>(value: unknown, kind: MessageKind): Parsed<T> {
  const { copy, found, mostBytes, maxCharacters: maxBytes } = cloneMessage(value, kind);
  if (found.length > 0) return { ok: false, issues: cloneIssues(found, copy, kind) };
  if (!isFields(copy)) return refuse('', 'invalid-type', { expected: 'object' });
  const isShort = mostBytes <= maxBytes;
  const quick = isShort ? parseQuick(copy, kind) : undefined;
  if (quick !== undefined) return { ok: true, value: quick as T };
  const current = kind.current(copy);
  if (!current.ok) return current;
  const parsed = parseCurrent<T>(current.value, kind);
  // NFC can make a text longer, and a value has no bytes yet: what is accepted must be readable as text.
  if (parsed.ok && !isShort && exceedsBytes(JSON.stringify(parsed.value), maxBytes)) return tooLarge(maxBytes);
  return parsed;
}

function parseCurrent<T>(message: Fields, kind: MessageKind): Parsed<T> {
  const read = kind.messages.findReader(message.type);
  const schema = kind.messages.findSchema(message.type);
  if (read === undefined || schema === undefined) return refuse('/type', ...typeProblem(message, kind));
  const { success, data, error } = read(message);
  return success ? { ok: true, value: data as T } : { ok: false, issues: listIssues(error, message, schema) };
}

function cloneIssues(found: readonly Found[], copy: unknown, kind: MessageKind): readonly Issue[] {
  const schema = (isFields(copy) ? kind.messages.findSchema(copy.type) : undefined) ?? envelope();
  return toIssues(found, schema, copy);
}

const toIssues = (found: readonly Found[], schema: z.core.SomeType, copy: unknown): readonly Issue[] =>
  capIssues(found.map(({ path, ...rest }) => ({ path: pointer(knownPath(schema, path, copy)), ...rest })));

const refuse = (path: string, code: IssueCode, details: IssueDetails = {}): ParseFailure => ({
  ok: false,
  issues: [{ path, code, ...details }],
});

const tooLarge = (limit: number) => refuse('', 'too-large', { limit });

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeProblem({ type }: Fields, { messages }: MessageKind): [IssueCode, IssueDetails] {
  if (type === undefined) return ['missing', { expected: 'text' }];
  if (typeof type !== 'string') return ['invalid-type', { expected: 'text' }];
  return ['unknown-type', meantType(type, messages.types, messages.twins)];
}

const metadataKeys = lazy(() => new Set(Object.keys(eventMetadata().shape)));

/** True if all keys are known. A schema takes ten times as long to refuse an unknown one. */
function hasKnownMetadata(metadata: unknown): boolean {
  for (const key in metadata as object | undefined) if (!metadataKeys().has(key)) return false;
  return true;
}

/** The envelope of an event of any version. */
const envelope = lazy(() =>
  z.looseObject({
    type: z.string(),
    data: z.looseObject({}),
    metadata: z.exactOptional(z.looseObject({ schemaVersion: z.exactOptional(z.int().check(z.minimum(1))) })),
  }),
);

function currentEvent(copy: Fields): Parsed<Fields> {
  const outside = envelope().safeParse(copy);
  if (!outside.success) return { ok: false, issues: listIssues(outside.error, copy, envelope()) };
  const isNewer = (readVersion(copy) ?? 1) > schemaVersion;
  if (isNewer)
    return { ...refuse('/metadata/schemaVersion', 'newer-version', { limit: schemaVersion }), unknown: true };
  const event = upcast(copy) as Fields;
  if (eventMessages.findSchema(event.type) === undefined) {
    return { ...refuse('/type', ...typeProblem(event, events)), unknown: true };
  }
  return { ok: true, value: event };
}
