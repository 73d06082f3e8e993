/** Checks of arguments, preparation of appends, their results, and stored events as they are read: common to every store. */

import { mustKnowKeys } from '../kernel/known.ts';
import { isObject } from '../util/json.ts';
import { runtime } from '../util/runtime.ts';
import { canonicalJson } from './canonical.ts';
import { EventIdReusedError, isStoreError, StoreError, VersionConflictError } from './errors.ts';
import type {
  AppendToStreamOptions,
  AppendToStreamResult,
  EventShape,
  ExpectedStreamVersion,
  ReadStreamOptions,
  RecordedEvent,
  StoredEvent,
  StreamRange,
} from './event-store.ts';

/** An event of a batch, ready to be written. */
export type PreparedEvent = Readonly<{ messageId: string; text: string }>;

/**
 * The last event of a stream: its version and its global position, both `0n` for an empty stream, and its id if it is known.
 */
export type Head = Readonly<{ version: bigint; position: bigint; eventId?: string | undefined }>;

/** The expectation of an append: the version and the last event of the stream. */
export type Expectation = Readonly<{ version: ExpectedStreamVersion | undefined; lastEventId: string | undefined }>;

type StreamOption = keyof ReadStreamOptions | keyof AppendToStreamOptions | 'retry';

/** Options of reads and appends. Command handlers of Emmett pass theirs to both, including `retry`. */
const streamOptions: Readonly<Record<StreamOption, 0>> = {
  from: 0,
  to: 0,
  maxCount: 0,
  backwards: 0,
  expectedStreamVersion: 0,
  expectedLastEventId: 0,
  rows: 0,
  schema: 0,
  retry: 0,
};

/** Checks the arguments of a read or an append, except the events. */
export function checkArguments(
  what: string,
  streamName: string,
  options: Readonly<Partial<Record<StreamOption, unknown>>> = {},
): void {
  if (typeof streamName !== 'string') throw new StoreError('invalid', 'A stream name is a string');
  mustKnowKeys(what, options, streamOptions);
  const schema = options.schema as { versioning?: unknown } | undefined;
  if (schema?.versioning !== undefined) throw new StoreError('invalid', 'This store does not up- or downcast events');
}

/** The expectation of an append. Refuses an invalid id. */
export function toExpectation({
  expectedStreamVersion: version,
  expectedLastEventId: lastEventId,
}: AppendToStreamOptions = {}): Expectation {
  if (lastEventId !== undefined && (typeof lastEventId !== 'string' || lastEventId === '')) {
    throw new StoreError('invalid', 'An expected last event id is a non-empty string');
  }
  return { version, lastEventId };
}

/** Prepares a batch. Refuses an invalid event, and an id that is in the batch twice. */
export function prepareEvents(events: readonly EventShape[]): PreparedEvent[] {
  if (!Array.isArray(events)) throw new StoreError('invalid', 'An append takes a list of events');
  const rows = events.map(prepareEvent);
  const seen = new Set<string>();
  for (const { messageId } of rows) {
    if (seen.has(messageId)) throw new EventIdReusedError(messageId, 'twice-in-batch');
    seen.add(messageId);
  }
  return rows;
}

function prepareEvent(event: EventShape): PreparedEvent {
  const { type, data, metadata } = event ?? {};
  if (typeof type !== 'string') throw new StoreError('invalid', "An event's type is a string");
  if (!isPlain(data)) throw new StoreError('invalid', "An event's data is an object");
  if (metadata !== undefined && (!isPlain(metadata) || Array.isArray(metadata))) {
    throw new StoreError('invalid', "An event's metadata is an object");
  }
  return { messageId: readEventId(metadata) ?? runtime.randomId(), text: stringify({ type, data, metadata }) };
}

function isPlain(value: unknown): value is object {
  return isObject(value) && typeof (value as { toJSON?: unknown }).toJSON !== 'function';
}

function readEventId(metadata: object | undefined): string | undefined {
  const id = (metadata as { eventId?: unknown } | undefined)?.eventId;
  if (id === undefined) return undefined;
  if (typeof id !== 'string' || id === '') throw new StoreError('invalid', 'An event id is a non-empty string');
  return id;
}

function stringify(event: object): string {
  try {
    return JSON.stringify(event);
  } catch (cause) {
    throw new StoreError('invalid', 'An event must be JSON', { cause });
  }
}

/**
 * Finds the result of a batch that was appended before; undefined if no event of it is stored. `found` has, for each event of the
 * batch, the stored event with its id.
 */
export function findDuplicateAppend(
  streamName: string,
  batch: readonly PreparedEvent[],
  found: readonly (StoredEvent | undefined)[],
): AppendToStreamResult | undefined {
  const first = found.find((stored) => stored !== undefined);
  if (first === undefined) return undefined;
  batch.forEach((row, index) => {
    const stored = found[index];
    if (stored !== undefined) checkSameEvent(streamName, row, stored);
  });
  let last = first;
  batch.forEach((row, index) => {
    const stored = found[index];
    if (stored === undefined || stored.streamPosition !== first.streamPosition + BigInt(index)) {
      throw new EventIdReusedError(stored === undefined ? first.messageId : row.messageId, 'other-batch');
    }
    last = stored;
  });
  const answer = appendResult(first.streamPosition, { version: last.streamPosition, position: last.globalPosition });
  return { ...answer, repeated: true };
}

function checkSameEvent(streamName: string, row: PreparedEvent, stored: StoredEvent): void {
  if (stored.streamName !== streamName) throw new EventIdReusedError(row.messageId, 'other-stream');
  if (stored.text === row.text) return;
  if (canonicalJson(parseStored(stored)) !== canonicalJson(JSON.parse(row.text))) {
    throw new EventIdReusedError(row.messageId, 'other-content');
  }
}

/** Returns the result of a batch whose events begin at version `first`, 0 for an empty batch, and end at `last`. */
export function appendResult(first: bigint, last: Head): AppendToStreamResult {
  return {
    nextExpectedStreamVersion: last.version,
    createdNewStream: first === 1n,
    lastEventGlobalPosition: last.position,
    repeated: false,
  };
}

/** Refuses a stream that is not as expected, and an unknown expectation. */
export function checkVersion(streamName: string, expected: ExpectedStreamVersion | undefined, actual: bigint): void {
  if (!isAsExpected(expected, actual)) throw new VersionConflictError(streamName, expected ?? actual, actual);
}

/** Refuses a stream whose version or last event is not as expected. */
export function checkHead(streamName: string, { version, lastEventId }: Expectation, head: Head): void {
  checkVersion(streamName, version, head.version);
  if (lastEventId === undefined || lastEventId === head.eventId) return;
  const ids = { expected: lastEventId, actual: head.eventId ?? null };
  throw new VersionConflictError(streamName, version ?? head.version, head.version, ids);
}

/** True if a stream at that version is as it was expected. */
export function isAsExpected(expected: ExpectedStreamVersion | undefined, actual: bigint): boolean {
  if (typeof expected === 'bigint') return expected === actual;
  switch (expected) {
    case undefined:
    case 'NO_CONCURRENCY_CHECK':
      return true;
    case 'STREAM_EXISTS':
      return actual > 0n;
    case 'STREAM_DOES_NOT_EXIST':
      return actual === 0n;
    default:
      throw new StoreError(
        'invalid',
        'An expected version is a bigint, STREAM_EXISTS, STREAM_DOES_NOT_EXIST or NO_CONCURRENCY_CHECK',
      );
  }
}

/** The largest number of 64 bits. */
export const LARGEST = 2n ** 63n - 1n;

/** A range with its defaults: inclusive positions of 64 bits. */
export type Bounds = Readonly<{ from: bigint; to: bigint; maxCount: bigint; backwards: boolean }>;

/** Refuses a range that is negative or not of bigints. */
export function streamBounds(range: StreamRange = {}): Bounds {
  return {
    from: checkedBound('from', range.from, 1n),
    to: checkedBound('to', range.to, LARGEST),
    maxCount: checkedBound('maxCount', range.maxCount, LARGEST),
    backwards: range.backwards === true,
  };
}

/** Fills in a bound and cuts it to 64 bits. Refuses one that is negative or no bigint. */
export function checkedBound(name: string, value: bigint | undefined, otherwise: bigint): bigint {
  if (value === undefined) return otherwise;
  if (typeof value !== 'bigint' || value < 0n) throw new StoreError('invalid', `${name} is a bigint of 0 or more`);
  return value < LARGEST ? value : LARGEST;
}

/** Refuses events of a stream with a gap between them or before them. */
export function checkContiguous(
  streamName: string,
  { from, to, backwards }: Bounds,
  head: Head,
  rows: readonly StoredEvent[],
) {
  const last = to < head.version ? to : head.version;
  let expected = backwards ? last : from > 1n ? from : 1n;
  for (const { streamPosition } of rows) {
    if (streamPosition !== expected) {
      throw new StoreError('corrupt', `Version ${expected} of the stream ${JSON.stringify(streamName)} is missing`);
    }
    expected += backwards ? -1n : 1n;
  }
}

/** The row of an event, not checked. */
export type EventRow = Readonly<{ position: unknown; version: unknown; event_id: unknown; body: unknown }>;

/** Reads the event of a row. Refuses an unreadable one as `corrupt`, with its position. */
export function toStoredEvent(streamName: () => string, row: EventRow, nameOf: (key: string) => string): StoredEvent {
  const { position, version, event_id: id, body } = row;
  let cause: unknown;
  try {
    const streamPosition = BigInt(version as string);
    const globalPosition = BigInt(position as string);
    if (typeof id === 'string' && typeof body === 'string' && streamPosition > 0n) {
      return { messageId: nameOf(id), streamName: streamName(), streamPosition, globalPosition, text: body };
    }
  } catch (error) {
    if (isStoreError(error)) throw error;
    cause = error;
  }
  throw new StoreError('corrupt', `The event at ${position}, version ${version} of its stream, cannot be read`, {
    cause,
  });
}

/** Runs a read; data that it cannot parse are reported as `corrupt`, named `what`. */
export async function readOrCorrupt<T>(what: () => string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const isCorrupt = cause instanceof TypeError || cause instanceof SyntaxError || cause instanceof RangeError;
    throw isCorrupt ? new StoreError('corrupt', `${what()} cannot be read`, { cause }) : cause;
  }
}

/** A stored event as the port returns it. */
export function toRecordedEvent<E extends EventShape>(stored: StoredEvent): RecordedEvent<E> {
  const { type, data, metadata = {} } = parseStored(stored);
  // Filled in place, since the object is fresh: copying it costs as much as parsing the event.
  const own = metadata as Record<string, unknown>;
  own.messageId = stored.messageId;
  own.streamName = stored.streamName;
  own.streamPosition = stored.streamPosition;
  own.globalPosition = stored.globalPosition;
  return { kind: 'Event', type, data, metadata: own } as unknown as RecordedEvent<E>;
}

/** Parses the text of a stored event. Refuses one that is not an event. */
function parseStored(stored: StoredEvent): EventShape {
  let event: unknown;
  try {
    event = JSON.parse(stored.text);
  } catch (cause) {
    throw new StoreError('corrupt', `The event at ${stored.globalPosition} is not JSON`, { cause });
  }
  if (!isEvent(event)) throw new StoreError('corrupt', `The event at ${stored.globalPosition} is not an event`);
  return event;
}

function isEvent(value: unknown): value is EventShape {
  if (!isObject(value)) return false;
  const { type, data, metadata } = value as Record<string, unknown>;
  return typeof type === 'string' && isObject(data) && (metadata === undefined || isObject(metadata));
}
