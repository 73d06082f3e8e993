import type { VisitEvent } from '../messages/index.ts';
import type { Finding } from '../reading/index.ts';
import type { Rejection, VisitState } from '../visit/index.ts';
import type { Recognition } from './idempotency.ts';

/**
 * The answer to a command.
 *
 * Accepted: the events as they were stored, `state` and `version` right after them. `repeated` says that they had been
 * stored before, for the same command: then all else is as in the first answer, though the visit may have gone on, and
 * `recognisedBy` says how it was recognised.
 *
 * Refused: every rule that refuses it, on the `state` and `version` that it was judged on. Nothing is stored.
 *
 * @since 0.1.0
 */
export type CommandResult =
  | Readonly<{
      ok: true;
      events: readonly VisitEvent[];
      state: VisitState;
      version: bigint;
      repeated: boolean;
      /** Of a repeat. @since 0.5.0 */
      recognisedBy?: Recognition;
    }>
  | Readonly<{ ok: false; rejection: Rejection; state: VisitState; version: bigint }>;

/**
 * The answer to a command of a batch: what {@link VisitService.handle} would have answered, or what it would have thrown.
 *
 * @since 0.4.0
 */
export type BatchResult = CommandResult | Readonly<{ ok: false; error: Error }>;

/**
 * A fact on record: the event as it was stored, what the audit finds in it, the visit right after it. `repeated` and
 * `recognisedBy` as in {@link CommandResult}.
 *
 * @since 0.4.0
 */
export type RecordResult = Readonly<{
  event: VisitEvent;
  findings: readonly Finding[];
  state: VisitState;
  version: bigint;
  repeated: boolean;
  /** Of a repeat. @since 0.5.0 */
  recognisedBy?: Recognition;
}>;

/**
 * A visit as it stands: `0n` and the initial state if it does not exist. `version` is a bigint, which `JSON.stringify` refuses:
 * send `String(version)`.
 *
 * @since 0.1.0
 */
export type LoadedVisit = Readonly<{ events: readonly VisitEvent[]; state: VisitState; version: bigint }>;

/** Events that were stored, and the visit right after them. @since 0.4.0 */
export type Commit = Readonly<{
  streamName: string;
  events: readonly VisitEvent[];
  state: VisitState;
  version: bigint;
}>;
