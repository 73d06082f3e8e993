import * as z from 'zod/mini';
import type { VisitCommand, VisitEvent } from '../messages/index.ts';
import { schemaVersion } from '../messages/schema-version.ts';
import { parseJson } from '../util/json.ts';
import { type IssueDetails, meantType } from './issue-details.ts';
import { capped, type Issue, type IssueCode, issuesOf, pointer } from './issues.ts';
import { lazy } from './lazy.ts';
import { exceedsBytes, LIMITS } from './limits.ts';
import { cloneJson, type Found } from './safe-clone.ts';
import { knownPath } from './schema-path.ts';
import { commandMessages, eventMessages, type Messages } from './schemas.ts';
import { eventMetadata } from './shared.ts';
import { upcast, versionOf } from './upcast.ts';

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

/** The limits and readers of one kind of message. */
type MessageKind = {
  readonly maxBytes: number;
  readonly messages: Messages;
  readonly isCurrent: (json: Fields) => boolean;
  /** True if it has no keys of a host's own. */
  readonly isClosed: (json: Fields) => boolean;
  /** The message in the current version, or why it is not of our time. */
  readonly current: (copy: Fields) => Parsed<Fields>;
};

/** In a text of this length nothing can exceed a limit but what an open record holds. */
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
  messages: eventMessages,
  isCurrent: (json) => versionOf(json) === schemaVersion,
  isClosed: (json) => hasKnownMetadata(json.metadata),
  current: currentEvent,
};

/**
 * Reads a command from JSON text or from a value. Never throws, never changes the input, and gives a fresh object:
 * keys in the order of the protocol, strings in NFC, instants in UTC with milliseconds. Absent is absent: a field that
 * is `undefined` is refused. Of two keys of one name in a text the last one counts, as in `JSON.parse`. What is refused
 * is said in codes and paths, at most 20.
 *
 * @since 0.1.0
 */
export const parseCommand = (input: unknown): ParsedCommand => parse<VisitCommand>(input, commands);

/**
 * Reads an event from JSON text or from a value, and brings it to the current schema version. Never throws, never
 * changes the input, and gives a fresh object as `parseCommand` does; keys that a host added to `metadata` are kept as
 * they are. An event of a later time (`unknown`) is refused, but is no error of the log.
 *
 * @since 0.1.0
 */
export const parseEvent = (input: unknown): ParsedEvent => parse<VisitEvent>(input, events);

function parse<T>(input: unknown, door: MessageKind): Parsed<T> {
  if (typeof input !== 'string') return parseSlow(input, door);
  if (exceedsBytes(input, door.maxBytes)) return tooLarge(door);
  const json = parseJson(input);
  if (json === undefined) return refused('', 'invalid-json');
  const value = input.length <= SHORT ? parseFast(json, door) : undefined;
  return value === undefined ? parseSlow(json, door) : { ok: true, value: value as T };
}

/** Reads JSON text, or a value, by one schema, within the limits of a command. */
export function parseWith<T>(
  schema: z.ZodMiniType,
  input: unknown,
): { readonly ok: true; readonly value: T } | ParseFailure {
  const { maxBytes } = commands;
  if (typeof input === 'string' && exceedsBytes(input, maxBytes)) return tooLarge(commands);
  const json = typeof input === 'string' ? parseJson(input) : input;
  if (json === undefined && input !== undefined) return refused('', 'invalid-json');
  const { copy, found } = cloneJson(json, maxBytes);
  if (found.length > 0) return { ok: false, issues: located(found, schema) };
  const { success, data, error } = schema.safeParse(copy);
  return success ? { ok: true, value: data as T } : { ok: false, issues: issuesOf(error, copy, schema) };
}

/** The common case, of which only what is open is copied; whatever is not accepted here is judged at leisure. */
function parseFast(json: unknown, door: MessageKind): unknown {
  const { messages, maxBytes, isCurrent, isClosed } = door;
  if (!isFields(json) || !isCurrent(json)) return undefined;
  if (isClosed(json)) return quickly(json, door);
  const { copy, found } = cloneJson({ metadata: json.metadata }, maxBytes);
  return found.length > 0 ? undefined : messages.readerOf(json.type)?.({ ...json, ...(copy as Fields) }).data;
}

/** A message of the current version and without keys of a host's own, as the quick reader accepts it. */
const quickly = (json: Fields, { messages, isCurrent, isClosed }: MessageKind): unknown =>
  isCurrent(json) && isClosed(json) ? messages.quickReaderOf(json.type)?.(json).data : undefined;

function parseSlow<T>(value: unknown, door: MessageKind): Parsed<T> {
  const { copy, found, mostBytes } = cloneJson(value, door.maxBytes);
  if (found.length > 0) return { ok: false, issues: issuesIn(found, copy, door) };
  if (!isFields(copy)) return refused('', 'invalid-type', { expected: 'object' });
  const isShort = mostBytes <= door.maxBytes;
  const quick = isShort ? quickly(copy, door) : undefined;
  if (quick !== undefined) return { ok: true, value: quick as T };
  const current = door.current(copy);
  if (!current.ok) return current;
  const parsed = validated<T>(current.value, door);
  // NFC can make a text longer, and a value has no bytes before it is written: what is let in can be read again.
  if (parsed.ok && !isShort && exceedsBytes(JSON.stringify(parsed.value), door.maxBytes)) return tooLarge(door);
  return parsed;
}

function validated<T>(message: Fields, door: MessageKind): Parsed<T> {
  const read = door.messages.readerOf(message.type);
  const schema = door.messages.schemaOf(message.type);
  if (read === undefined || schema === undefined) return refused('/type', ...typeProblem(message, door));
  const { success, data, error } = read(message);
  return success ? { ok: true, value: data as T } : { ok: false, issues: issuesOf(error, message, schema) };
}

function issuesIn(found: readonly Found[], copy: unknown, door: MessageKind): readonly Issue[] {
  const schema = (isFields(copy) ? door.messages.schemaOf(copy.type) : undefined) ?? envelope();
  return located(found, schema);
}

const located = (found: readonly Found[], schema: z.core.SomeType): readonly Issue[] =>
  capped(found.map(({ path, ...rest }) => ({ path: pointer(knownPath(schema, path)), ...rest })));

const refused = (path: string, code: IssueCode, details: IssueDetails = {}): ParseFailure => ({
  ok: false,
  issues: [{ path, code, ...details }],
});

const tooLarge = ({ maxBytes }: MessageKind) => refused('', 'too-large', { limit: maxBytes });

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function typeProblem({ type }: Fields, { messages }: MessageKind): [IssueCode, IssueDetails] {
  if (type === undefined) return ['missing', { expected: 'text' }];
  if (typeof type !== 'string') return ['invalid-type', { expected: 'text' }];
  return ['unknown-type', meantType(type, messages.types, messages.twins)];
}

const metadataKeys = lazy(() => new Set(Object.keys(eventMetadata().shape)));

/** To be refused by a schema costs ten times as much as this. */
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
  if (!outside.success) return { ok: false, issues: issuesOf(outside.error, copy, envelope()) };
  const isNewer = (versionOf(copy) ?? schemaVersion) > schemaVersion;
  if (isNewer)
    return { ...refused('/metadata/schemaVersion', 'newer-version', { limit: schemaVersion }), unknown: true };
  const event = upcast(copy) as Fields;
  if (eventMessages.schemaOf(event.type) === undefined) {
    return { ...refused('/type', ...typeProblem(event, events)), unknown: true };
  }
  return { ok: true, value: event };
}
