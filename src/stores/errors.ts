import type { ExpectedStreamVersion } from './event-store.ts';

/** The last event that was expected of a stream, and the one that it has; `null` if it is missing. */
type LastEventIds = Readonly<{ expected: string; actual: string | null }>;

/**
 * The stream is not at the version that was expected, or its last event is another than expected. Nothing was written: read
 * it again, whole where the last event is another, and decide again.
 *
 * @since 0.1.0
 */
export class VersionConflictError extends Error {
  override readonly name = 'VersionConflictError';
  /** As Emmett's `ExpectedVersionConflictError`, whose retry recognises it by this number. */
  readonly errorCode = 412;
  readonly code = 'version-conflict';
  readonly streamName: string;
  readonly expected: ExpectedStreamVersion;
  /** The version of the stream; `0n` if it is missing. */
  readonly actual: bigint;
  /** The id of the last event that was expected, where the version is right and it is not; else `undefined`. @since 0.5.0 */
  readonly expectedLastEventId: string | undefined;
  /** The id of the last event that there is instead; `null` where the stream is missing; else `undefined`. @since 0.5.0 */
  readonly actualLastEventId: string | null | undefined;

  constructor(streamName: string, expected: ExpectedStreamVersion, actual: bigint, lastEventId?: LastEventIds) {
    super(lastEventId === undefined ? versionMessage(expected, actual) : lastEventMessage(lastEventId, actual));
    this.streamName = streamName;
    this.expected = expected;
    this.actual = actual;
    this.expectedLastEventId = lastEventId?.expected;
    this.actualLastEventId = lastEventId?.actual;
  }
}

const versionMessage = (expected: ExpectedStreamVersion, actual: bigint) =>
  `Expected version ${expected}, but the stream is at ${actual}`;

const lastEventMessage = ({ expected, actual }: LastEventIds, version: bigint) =>
  `Expected ${JSON.stringify(expected)} as the last event, but at version ${version} the stream has ${
    actual === null ? 'no event' : JSON.stringify(actual)
  }`;

/**
 * The reason why an event id cannot be used: it is stored with `other-content`, in an `other-stream`; it stands
 * `twice-in-batch`; or its batch is not the one that was stored (`other-batch`: part of it is new, or it has gaps or
 * another order).
 *
 * @since 0.1.0
 */
export type EventIdReuse = 'other-content' | 'other-stream' | 'twice-in-batch' | 'other-batch';

/**
 * An event id was used before for something else. Nothing was written.
 *
 * @since 0.1.0
 */
export class EventIdReusedError extends Error {
  override readonly name = 'EventIdReusedError';
  readonly errorCode = 409;
  readonly code = 'event-id-reused';
  readonly eventId: string;
  readonly reason: EventIdReuse;

  constructor(eventId: string, reason: EventIdReuse) {
    super(`The event id ${JSON.stringify(eventId)} is taken: ${reason}`);
    this.eventId = eventId;
    this.reason = reason;
  }
}

/**
 * Another has moved the consumer's checkpoint meanwhile. Nothing was written: read it again and go on from there.
 *
 * @since 0.4.0
 */
export class CheckpointConflictError extends Error {
  override readonly name = 'CheckpointConflictError';
  readonly errorCode = 409;
  readonly code = 'checkpoint-conflict';
  readonly consumer: string;
  /** The revisions. */
  readonly expected: number;
  readonly actual: number;

  constructor(consumer: string, expected: number, actual: number) {
    super(`The checkpoint of ${JSON.stringify(consumer)} was expected at revision ${expected}, but is at ${actual}`);
    this.consumer = consumer;
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * The kind of a store's failure:
 * - `invalid`: the caller's argument is not what the port takes
 * - `closed`: the store, or the database or pool handed to it, was closed
 * - `busy`: another writer held the database for longer than the timeout
 * - `in-transaction`: the host has a transaction open on the database, so nothing could be promised
 * - `read-only`, `full`: the database takes no more
 * - `unavailable`: the database cannot be opened or reached, or what the store needs in it is not there or not allowed
 * - `corrupt`: the file is not a database, or what lies in it cannot be read
 * - `newer-schema`: a later release of this library wrote the database
 * - `io`: the disk failed, or a server was lost before it had answered; **whether what was asked was written is in doubt**
 *
 * Of all but `io` it is certain that nothing was written.
 *
 * @since 0.1.0
 */
export type StoreErrorKind =
  | 'invalid'
  | 'closed'
  | 'busy'
  | 'in-transaction'
  | 'read-only'
  | 'full'
  | 'unavailable'
  | 'corrupt'
  | 'newer-schema'
  | 'io';

/**
 * The store could not do what it was asked.
 *
 * @since 0.1.0
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /** 400 for `invalid`, else 503. */
  readonly errorCode: 400 | 503;
  readonly code: `store-${StoreErrorKind}`;
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.errorCode = kind === 'invalid' ? 400 : 503;
    this.code = `store-${kind}`;
    this.kind = kind;
  }
}

/*
 * The entries of this package may each carry their own copy of these classes, and a store may be another's: the
 * library recognises an error by its codes, never by its class.
 */

/** The error says that a stream is not at the expected version, whichever store it comes from. @since 0.1.0 */
export function isVersionConflict(error: unknown): error is Error & { errorCode: 412 } {
  return field(error, 'errorCode') === 412;
}

/** The error says that an event id is taken. @since 0.1.0 */
export function isEventIdReused(error: unknown): error is EventIdReusedError {
  return field(error, 'code') === 'event-id-reused';
}

/** The error says that another has moved a checkpoint. @since 0.4.0 */
export function isCheckpointConflict(error: unknown): error is CheckpointConflictError {
  return field(error, 'code') === 'checkpoint-conflict';
}

/** The error is a {@link StoreError}. @since 0.1.0 */
export function isStoreError(error: unknown): error is StoreError {
  const code = field(error, 'code');
  return typeof code === 'string' && code.startsWith('store-');
}

/** A field of whatever was thrown; nothing can make this throw. */
function field(error: unknown, name: 'code' | 'errorCode'): unknown {
  try {
    return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
  } catch {
    return undefined;
  }
}
