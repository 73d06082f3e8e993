import type { VisitEvent } from '../messages/index.ts';
import type { Finding } from '../reading/index.ts';
import type { Integrity } from '../reading/integrity.ts';
import type { ReconcileOutcome } from '../reconciling/index.ts';
import type { Jsonable } from '../util/digits.ts';
import type { Rejection, VisitState } from '../visit/index.ts';
import type { Recognition } from './idempotency.ts';

/**
 * The answer to a command.
 *
 * Accepted (`ok`): the events as they were stored, with the `state` and `version` right after them. If `repeated`, they were stored
 * before, for the same command: this is the first answer again, though the visit may have newer events. `recognisedBy` says how the
 * repeat was recognised.
 *
 * Refused: every rule that refuses the command, with the `state` and `version` that it was judged on. Nothing is stored.
 *
 * @since 0.1.0
 */
export type CommandResult = Jsonable<CommandAnswer>;

/** The answer to a command, without `toJSON`. */
export type CommandAnswer =
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
 * The answer to a command of a batch: the answer of {@link VisitService.handle}, or its error.
 *
 * @since 0.4.0
 */
export type BatchResult = CommandResult | Readonly<{ ok: false; error: Error }>;

/**
 * A recorded fact: the event as it was stored, its findings in the audit, and the visit right after it. `repeated` and
 * `recognisedBy` are as in {@link CommandResult}.
 *
 * @since 0.4.0
 */
export type RecordResult = Jsonable<RecordAnswer>;

/** The answer to a fact, without `toJSON`. */
export type RecordAnswer = Readonly<{
  event: VisitEvent;
  findings: readonly Finding[];
  state: VisitState;
  version: bigint;
  repeated: boolean;
  /** Of a repeat. @since 0.5.0 */
  recognisedBy?: Recognition;
}>;

/**
 * The current state of a visit: version `0n` and the initial state if it does not exist. JSON takes the answer as a whole; of
 * `version` alone, a bigint, it takes `String(version)`.
 *
 * @since 0.1.0
 */
export type LoadedVisit = Jsonable<
  Readonly<{
    events: readonly VisitEvent[];
    state: VisitState;
    version: bigint;
    /**
     * The integrity of its stream as it was read, whether the service verifies or not. The seals are verified when it is first asked
     * for, which holds the event loop for some 5 µs an event, 50 ms for 10,000; with the option `verify` of `load`, in slices of time
     * before it answers. @since 0.5.0
     */
    integrity: Integrity;
  }>
>;

/** Events that were stored, and the visit right after them. @since 0.4.0 */
export type Commit = Jsonable<
  Readonly<{
    streamName: string;
    events: readonly VisitEvent[];
    state: VisitState;
    version: bigint;
  }>
>;

/**
 * The outcome of a command of a batch, as `reconcile` has it. Of a repeat whose data were erased, `recognisedBy` says that its
 * content could not be compared.
 *
 * @since 0.5.0
 */
export type SyncOutcome = ReconcileOutcome & Readonly<{ recognisedBy?: Extract<Recognition, 'id'> }>;

/**
 * The answer to a batch: an outcome for each command, in their order, and what the sender lacks of the visit: its events
 * after `basedOn`, those of the batch included, up to `version`, with the `state` there.
 *
 * @since 0.5.0
 */
export type SyncResult = Jsonable<SyncAnswer>;

/** The answer to a batch, without `toJSON`. */
export type SyncAnswer = Readonly<{
  outcomes: readonly SyncOutcome[];
  events: readonly VisitEvent[];
  state: VisitState;
  version: bigint;
}>;
