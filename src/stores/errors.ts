import { errorInDigits } from '../util/digits.ts';
import type { ExpectedStreamVersion, FeedCursor } from './event-store.ts';

/** The last event that was expected of a stream, and the one that it has; `null` if it is missing. */
type LastEventIds = Readonly<{ expected: string; actual: string | null }>;

/**
 * The stream is not at the expected version, or has another last event than expected. Nothing was written: read it again,
 * whole if the last event differs, and decide again.
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
  /** The id of the expected last event, if the version is as expected but the event is not; else `undefined`. @since 0.5.0 */
  readonly expectedLastEventId: string | undefined;
  /** The id of the actual last event, `null` if the stream is missing; `undefined` if the version differs. @since 0.5.0 */
  readonly actualLastEventId: string | null | undefined;

  constructor(streamName: string, expected: ExpectedStreamVersion, actual: bigint, lastEventId?: LastEventIds) {
    super(lastEventId === undefined ? versionMessage(expected, actual) : lastEventMessage(lastEventId, actual));
    this.streamName = streamName;
    this.expected = expected;
    this.actual = actual;
    this.expectedLastEventId = lastEventId?.expected;
    this.actualLastEventId = lastEventId?.actual;
  }

  /** The error as JSON takes it: name, message and fields, a bigint as its decimal digits. @since 0.5.0 */
  toJSON(): Readonly<Record<string, unknown>> {
    return errorInDigits(this);
  }
}

const versionMessage = (expected: ExpectedStreamVersion, actual: bigint) =>
  `Expected version ${expected}, but the stream is at ${actual}`;

const lastEventMessage = ({ expected, actual }: LastEventIds, version: bigint) =>
  `Expected ${JSON.stringify(expected)} as the last event, but at version ${version} the stream has ${
    actual === null ? 'no event' : JSON.stringify(actual)
  }`;

/**
 * The reason why an event id cannot be used: it is stored with `other-content`, or in an `other-stream`; it is
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
 * Another process has committed the consumer's checkpoint first. Nothing was written: read it again and continue from there.
 *
 * @since 0.4.0
 */
export class CheckpointConflictError extends Error {
  override readonly name = 'CheckpointConflictError';
  readonly errorCode = 409;
  readonly code = 'checkpoint-conflict';
  readonly consumer: string;
  /** The expected and the actual revision. */
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
 * - `invalid`: an argument of the caller is invalid
 * - `closed`: the store, or the database or pool handed to it, was closed
 * - `busy`: another writer held the database for longer than the timeout
 * - `in-transaction`: the host has a transaction open on the database, so that a commit could not be promised
 * - `read-only`, `full`: the database accepts no writes
 * - `unavailable`: the database cannot be opened or reached, or something that the store needs in it is missing or not allowed
 * - `corrupt`: the file is no database, or its content cannot be read
 * - `newer-schema`: a later release of this library wrote the database
 * - `other-history`: a cursor rests on events that this store does not have, as after the promotion of a standby that lagged, of a
 *   restored file, or of a deleted database; `repeatFrom` of the error is the place from which to repeat. @since 0.9.0
 * - `io`: the disk failed, or a server was lost before it answered; **whether the data were written is in doubt**
 *
 * With any kind but `io`, nothing was written.
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
  | 'other-history'
  | 'io';

const STATUS: Partial<Record<StoreErrorKind, 400 | 409>> = { invalid: 400, 'other-history': 409 };

/**
 * The store failed, or refused a call.
 *
 * @since 0.1.0
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  /** 400 for `invalid`, 409 for `other-history`, else 503. */
  readonly errorCode: 400 | 409 | 503;
  readonly code: `store-${StoreErrorKind}`;
  readonly kind: StoreErrorKind;
  /**
   * Of `other-history`: the place in the history of this store after which the consumer repeats, `null` for the beginning. It has
   * handled all that the store has before it; what it derived from other events is to be undone. Else `undefined`. @since 0.9.0
   */
  readonly repeatFrom: FeedCursor | null | undefined;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions & { repeatFrom?: FeedCursor | null }) {
    super(message, options);
    this.errorCode = STATUS[kind] ?? 503;
    this.code = `store-${kind}`;
    this.kind = kind;
    this.repeatFrom = options?.repeatFrom;
  }
}

/*
 * The entries of this package may each carry their own copy of these classes, and a store may be another's: the
 * library recognises an error by its codes, never by its class.
 */

/** True for an error which says that a stream is not at the expected version, whichever store threw it. @since 0.1.0 */
export function isVersionConflict(error: unknown): error is Error & { errorCode: 412 } {
  return field(error, 'errorCode') === 412;
}

/** True for an error which says that an event id is taken. @since 0.1.0 */
export function isEventIdReused(error: unknown): error is EventIdReusedError {
  return field(error, 'code') === 'event-id-reused';
}

/** True for an error which says that another process has committed a checkpoint. @since 0.4.0 */
export function isCheckpointConflict(error: unknown): error is CheckpointConflictError {
  return field(error, 'code') === 'checkpoint-conflict';
}

/** True for a {@link StoreError}, of whichever copy of the class. @since 0.1.0 */
export function isStoreError(error: unknown): error is StoreError {
  const code = field(error, 'code');
  return typeof code === 'string' && code.startsWith('store-');
}

/** True for a {@link StoreError} `other-history`, of whichever copy of the class. */
export const isOtherHistory = (error: unknown): error is StoreError => field(error, 'code') === 'store-other-history';

/** A field of any thrown value; it never throws. */
function field(error: unknown, name: 'code' | 'errorCode'): unknown {
  try {
    return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
  } catch {
    return undefined;
  }
}

/** The drivers that a host installs, by their ranges in `peerDependencies`. */
export const PEERS = { 'better-sqlite3': '^12.11.1 || ^13', pg: '^8.23.1' } as const;

/** Returns the error for a driver that could not be loaded, with its name, its version and the command that installs it. */
export function missingPeer(entry: string, peer: keyof typeof PEERS, cause: unknown, otherwise = ''): StoreError {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  const [major] = /\d+/.exec(PEERS[peer]) ?? [];
  const reason = isMissing
    ? `which is not installed: npm install ${peer}@${major}`
    : `which cannot be loaded: ${message}`;
  return new StoreError('invalid', `${entry} needs ${peer} ${PEERS[peer]}, ${reason}${otherwise}`, { cause });
}
