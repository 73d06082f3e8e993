/** The server of a replica, as the replica sees it. */
import type { Id, Instant, Sha256, VisitCommand } from '../../messages/index.ts';
import type { ReconcileOutcome } from '../../reconciling/index.ts';

/** Options of every call: the signal that gives it up. @since 0.5.0 */
export type RemoteCallOptions = Readonly<{
  /** Ends the call; the server may have taken it. */
  signal?: AbortSignal;
}>;

/** Options of {@link Remote.events}. @since 0.5.0 */
export type RemoteEventsOptions = RemoteCallOptions &
  Readonly<{
    /** The id of the event before those that are asked for: a server that has another in its place answers `diverged`. */
    lastEventId?: Id;
  }>;

/**
 * The events of a visit after those that the replica has, in order and without a gap, as the server sent them: values that
 * have not been parsed.
 *
 * @since 0.5.0
 */
export type RemoteEvents = Readonly<{
  /** The events after the place that was asked for. */
  events: readonly unknown[];
  /** The number of events of the visit that the replica's user may see: `after` and the length of `events`. */
  version: number;
  /**
   * Of a former provider, whose `events` end with their reassignment: the later events that say what became of their acts, the
   * reports and settlements of their discrepancies and their accepted acts, in order. All of them, at each call.
   */
  own?: readonly unknown[];
  /** The device that leads the visit; `null` if none does yet. Missing where the server keeps no leads. */
  lead?: string | null;
  /** The time of the server when it answered. */
  serverTime: Instant;
}>;

/** The last of the events of a visit that a device has: how many there are, and its id. @since 0.5.0 */
export type RemoteHead = Readonly<{
  version: number;
  lastEventId: Id;
  /** Of a former provider: the id of the last of the later events, `own`. */
  lastOwnEventId?: Id;
}>;

/** Commands of one visit to be reconciled with its log. @since 0.5.0 */
export type RemoteBatch = Readonly<{
  visitId: Id;
  /** The number of events that the replica's user had seen when the first of the commands was recorded. */
  basedOn: number;
  /** The last event that is on the device, if it has an id: a server whose log has another in its place refuses the batch as `diverged`. */
  head?: RemoteHead;
  commands: readonly VisitCommand[];
  /** The device that sends them; the server keeps its last contact. */
  device: string;
}>;

/** The answer to a batch: an outcome for each command, in their order, and the events after `basedOn`. @since 0.5.0 */
export type RemoteSyncAnswer = RemoteEvents & Readonly<{ outcomes: readonly ReconcileOutcome[] }>;

/**
 * A visit that is or was assigned to the replica's user, and the number of its events that they may see: for a former provider
 * with the later ones about their own acts, `own`.
 *
 * @since 0.5.0
 */
export type RemoteVisit = Readonly<{ visitId: Id; version: number }>;

/** A page of the visits that were assigned or changed after a cursor, in the order of their change. @since 0.5.0 */
export type RemoteAssignments = Readonly<{
  visits: readonly RemoteVisit[];
  /** The place after the last of them, for the next call. */
  cursor: string;
  /** True if there are more. */
  more: boolean;
  serverTime: Instant;
}>;

/**
 * The server of a replica. `httpRemote` speaks to one over HTTP; an application may write its own. Each call ends with an
 * answer or a {@link RemoteError}; any other error is taken as `unavailable`. Every call may be repeated: a command is
 * recognised by its id, a photograph by its hash.
 *
 * @since 0.5.0
 */
export interface Remote {
  /**
   * Reconciles a batch with the log of its visit. One without commands says how many events of the visit are on the device: what the
   * contact center recorded has arrived.
   */
  sync(batch: RemoteBatch, options?: RemoteCallOptions): Promise<RemoteSyncAnswer>;

  /** Reads the events of a visit after a number of them. */
  events(visitId: Id, after: number, options?: RemoteEventsOptions): Promise<RemoteEvents>;

  /** Reads the visits of the replica's user that were assigned or changed after a cursor; all of them after `null`. */
  assignments(after: string | null, options?: RemoteCallOptions): Promise<RemoteAssignments>;

  /**
   * Makes a device lead a visit, whichever led it before: the others only read. Missing where the server keeps no leads.
   */
  takeLead?(visitId: Id, device: string, options?: RemoteCallOptions): Promise<Readonly<{ serverTime?: Instant }>>;

  /**
   * Registers the public key of a device, the SPKI form in base64, so that the server can verify the file of `exportUnsent`. Missing
   * where the server keeps no keys.
   */
  registerKey?(device: string, key: string, options?: RemoteCallOptions): Promise<unknown>;

  /**
   * True if the server has a photograph, and has checked its hash: asked before one whose bytes are not on the device is reported as
   * lost. Missing where a server cannot say it.
   */
  hasPhoto?(photo: Readonly<{ sha256: Sha256; visitId: Id }>, options?: RemoteCallOptions): Promise<boolean>;

  /** Uploads the bytes of a photograph. Once it resolves, the server has them and has checked their hash. */
  putPhoto(
    photo: Readonly<{ sha256: Sha256; bytes: Uint8Array; visitId: Id; mediaType: string }>,
    options?: RemoteCallOptions,
  ): Promise<void>;
}

/**
 * The kind of a failure:
 *
 * - `unavailable`: no answer, or none that can be used; **the server may have taken the call**. It is repeated later;
 * - `unauthenticated`: the session has ended; nothing is sent until there is another;
 * - `forbidden`: this user may not do it, or the device was revoked (`reason` says which);
 * - `malformed`: the command at `index` cannot be read; the others are sent without it;
 * - `photos-missing`: the server lacks the bytes of `photos`, which a command says are sent;
 * - `too-large`: the batch, or the photograph, is beyond a limit;
 * - `refused`: the call cannot succeed as it is (`reason`). With `diverged` the log of the server is no continuation of the events
 *   that are here, as after a restored backup; `refetch` leads out of it;
 * - `upgrade-required`: the server no longer understands this version of the application.
 *
 * @since 0.5.0
 */
export type RemoteErrorKind =
  | 'unavailable'
  | 'unauthenticated'
  | 'forbidden'
  | 'malformed'
  | 'photos-missing'
  | 'too-large'
  | 'refused'
  | 'upgrade-required';

/** Details of a {@link RemoteError}. @since 0.5.0 */
export type RemoteErrorDetails = ErrorOptions &
  Readonly<{
    /** A short code of the server's: `device-revoked`, `recorder-unassigned` … */
    reason?: string;
    /** Of `malformed`: the place of the command in the batch, from 0. */
    index?: number;
    /** Of `photos-missing`: the hashes that the server lacks. */
    photos?: readonly Sha256[];
    /** Of a device that was revoked: the id under which the server keeps what it sent, until an operator decides. */
    quarantineId?: string;
    /** The time to wait before the call is repeated, in milliseconds. */
    retryAfterMs?: number;
    /** The HTTP status, if something answered. */
    status?: number;
  }>;

/** A call to the server failed. `message` has the words of the server, if it has any. @since 0.5.0 */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly code = 'remote-failed';
  readonly kind: RemoteErrorKind;
  readonly reason: string | undefined;
  readonly index: number | undefined;
  readonly photos: readonly Sha256[];
  readonly quarantineId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly status: number | undefined;

  constructor(kind: RemoteErrorKind, message: string, details: RemoteErrorDetails = {}) {
    super(message, details);
    this.kind = kind;
    this.reason = details.reason;
    this.index = details.index;
    this.photos = details.photos ?? [];
    this.quarantineId = details.quarantineId;
    this.retryAfterMs = details.retryAfterMs;
    this.status = details.status;
  }
}
