import type * as z from 'zod/mini';
import type { CommandOf, CommandType, EventOf, EventType, EventTypeOf } from '../messages/index.ts';
import { attestation } from './attestation.ts';
import { corrections, recordable } from './corrections.ts';
import { type CheckCode, type RawIssue, useWords } from './messages.ts';
import { type Build, createReader, type Read } from './reader.ts';
import { isOfDevice } from './shared.ts';

/** Every act, in the order of the protocol. */
export const acts = {
  ...recordable,
  ...corrections,
  ...attestation,
} satisfies Readonly<Record<CommandType, object>>;

type Shaped<T> = z.ZodMiniType<T> & {
  readonly shape: { readonly [K in keyof T]-?: z.ZodMiniType<Exclude<T[K], undefined>> };
};

/**
 * The schema of a message: an object of `type`, `data` and `metadata`, each in its `shape`, `data` with one of its own.
 * @since 0.5.0
 */
export type MessageSchema<M extends { readonly data: unknown }> = z.ZodMiniType<M> & {
  readonly shape: Shaped<M>['shape'] & { readonly data: Shaped<M['data']> };
};

/**
 * The schema of each command by its type. Built when first read; the record has no prototype.
 *
 * @since 0.1.0
 */
export type CommandSchemas = { readonly [T in CommandType]: MessageSchema<CommandOf<T>> };

/**
 * The schema of each event by its type. Built when first read; the record has no prototype.
 *
 * @since 0.1.0
 */
export type EventSchemas = { readonly [T in CommandType as EventTypeOf[T]]: MessageSchema<EventOf<T>> };

/** Reads one value as a message. */
type MessageReader = (value: { type?: unknown }) => ReturnType<Read>;

function lazyRecord(builds: ReadonlyMap<string, Build>): object {
  const record: object = Object.create(null);
  for (const [type, build] of builds) Object.defineProperty(record, type, { enumerable: true, get: worded(build) });
  return Object.freeze(record);
}

const worded = (build: Build) => () => {
  wordSchemas();
  return build();
};

const commandBuilds = new Map<string, Build>(Object.values(acts).map((act) => [act.command, act.commandSchema]));
const eventBuilds = new Map<string, Build>(Object.values(acts).map((act) => [act.event, act.eventSchema]));

/**
 * The zod schema of each command: `commandSchemas.StartWork`. They take a value, not text, and none of the limits on
 * size and depth that `parseCommand` sets.
 *
 * @since 0.1.0
 */
export const commandSchemas = /* @__PURE__ */ lazyRecord(commandBuilds) as CommandSchemas;

/**
 * The zod schema of each event: `eventSchemas.WorkStarted`. They take a value, not text, and none of the limits on
 * size and depth that `parseEvent` sets.
 *
 * @since 0.1.0
 */
export const eventSchemas = /* @__PURE__ */ lazyRecord(eventBuilds) as EventSchemas;

/**
 * The reader of a type. The type that it gives is the very text of this library, which readers of the type then compare by
 * reference; one out of JSON is compared letter by letter.
 */
function messageReader(build: Build, type: string): MessageReader {
  const read = createReader(build);
  return (value) => {
    value.type = type;
    return read(value);
  };
}

/** The schemas and readers of one kind of message, by type. */
export type Messages = {
  readonly types: readonly string[];
  /** The message of the other kind that is of the same act: the event of a command, the command of an event. */
  readonly twins: ReadonlyMap<string, string>;
  readonly findSchema: (type: unknown) => z.ZodMiniType | undefined;
  readonly findReader: (type: unknown) => MessageReader | undefined;
  /** One that accepts most messages, sooner, and says nothing of one that it refuses. */
  readonly findQuickReader: (type: unknown) => MessageReader | undefined;
};

function createMessages(
  builds: ReadonlyMap<unknown, Build>,
  twins: readonly (readonly [string, string])[],
  quick?: ReadonlyMap<unknown, MessageReader>,
): Messages {
  const readers = new Map<unknown, MessageReader>(
    [...builds].map(([type, build]) => [type, messageReader(build, type as string)]),
  );
  const quickReaders = quick ?? readers;
  return {
    types: [...builds.keys()] as string[],
    twins: new Map(twins),
    findSchema: (type) => builds.get(type)?.(),
    findReader: (type) => readers.get(type),
    findQuickReader: (type) => quickReaders.get(type),
  };
}

const quickEvents = Object.values(acts).map((act): [string, MessageReader] => {
  const [bare, stored, device] = [act.bareSchema, act.storedSchema, act.deviceSchema].map((build) =>
    messageReader(build, act.event),
  ) as [MessageReader, MessageReader, MessageReader];
  const readerFor = ({ metadata }: { metadata?: unknown }) => (isOfDevice(metadata) ? device : stored);
  return [act.event, (value) => ('metadata' in value ? readerFor(value) : bare)(value)];
});

const pairs = Object.values(acts).map(({ command, event }) => [event, command] as const);
const turned = pairs.map(([event, command]) => [command, event] as const);

export const commandMessages = createMessages(commandBuilds, pairs);
export const eventMessages = createMessages(eventBuilds, turned, new Map(quickEvents));

/** The types of commands, then of events, in the order of the protocol. */
export const messageTypes = {
  commands: /* @__PURE__ */ Array.from(commandBuilds.keys()) as readonly CommandType[],
  events: /* @__PURE__ */ Array.from(eventBuilds.keys()) as readonly EventType[],
};

/** Messages of the checks that zod does not know, by code. */
const messages: Readonly<Record<CheckCode, string>> = {
  'invalid-id':
    'Expected an id: 1 to 128 letters, digits and . _ : / @ + -, beginning with a letter or a digit, such as visit-2026-0317',
  'invalid-instant': 'Expected an RFC 3339 instant of a real date, such as 2026-03-17T14:40:00.000Z',
  'invalid-sha256': 'Expected a SHA-256: 64 lower-case hexadecimal digits',
  'invalid-signature': 'Expected a compact JWS without its payload',
  'null-character': 'Contains U+0000',
  'control-character': 'Contains a control character; line breaks and tabs are such characters',
  'bidi-character': 'Contains a character that turns the direction of writing',
  'lone-surrogate': 'Contains half of a surrogate pair',
  'too-many-marks': 'Contains more than 30 combining marks on one letter',
  blank: 'Has no visible character',
  'too-precise': 'Has more than three decimals',
  'not-ascending': 'Expected numbers in ascending order, each once',
  repeated: 'Expected no two of one fact and time',
};

const chooseUnit = (origin: unknown) => (origin === 'string' ? ' characters' : origin === 'array' ? ' items' : '');

/** Words an issue of zod in English. */
function wordIssue({ code, input, expected, values = [], origin, minimum, maximum, inclusive }: RawIssue): string {
  if (code === 'unrecognized_keys') return 'Unrecognized key';
  if (input === undefined) return 'Required';
  if (code === 'invalid_value') return `Expected ${values.length > 1 ? 'one of ' : ''}${values.join(', ')}`;
  const unit = chooseUnit(origin);
  if (code === 'too_big') return `Expected at most ${maximum}${unit}`;
  if (code === 'too_small') return `Expected ${inclusive === false ? 'more than' : 'at least'} ${minimum}${unit}`;
  return code === 'invalid_type' ? `Expected ${expected}` : 'Invalid value';
}

/** Has the schemas say their issues in English from now on. */
const wordSchemas = (): void => useWords({ messages, wordIssue });
