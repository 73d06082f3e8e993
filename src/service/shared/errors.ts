import type { ChainFault } from '../../messages/index.ts';
import type { Integrity } from '../../reading/integrity.ts';
import type { ExpectedStreamVersion } from '../../stores/event-store.ts';
import { errorInDigits } from '../../util/digits.ts';
import type { Issue } from '../../wire/issues.ts';
import type { BatchRefusedError, ReconciledActError, VisitTooLongError } from './sync-errors.ts';

/** An error with the version of an event or of a visit, a bigint. */
abstract class ErrorWithVersion extends Error {
  /** The error as JSON takes it: name, message and fields, a bigint as its decimal digits. @since 0.5.0 */
  toJSON(): Readonly<Record<string, unknown>> {
    return errorInDigits(this);
  }
}

/**
 * The stream holds an event that this release cannot read, so that nothing can be decided on it: a newer release or another
 * program wrote it. Nothing was written.
 *
 * @since 0.1.0
 */
export class UnreadableStreamError extends ErrorWithVersion {
  override readonly name = 'UnreadableStreamError';
  readonly errorCode = 503;
  readonly code = 'unreadable-stream';
  readonly streamName: string;
  /** The version of the event in its stream. */
  readonly position: bigint;
  readonly reason: UnreadableReason;

  constructor(streamName: string, position: bigint, reason: UnreadableReason, options?: ErrorOptions) {
    super(`The event at ${position} of ${streamName} cannot be read: ${reason}`, options);
    this.streamName = streamName;
    this.position = position;
    this.reason = reason;
  }
}

/**
 * The reason why an event cannot be read: its type is unknown, its `schemaVersion` is unknown to this release, its data
 * do not fit its type, or the codec could not decode them.
 *
 * @since 0.1.0
 */
export type UnreadableReason = 'unknown-type' | 'unknown-schema-version' | 'malformed' | 'undecodable';

/**
 * The chain of the visit is broken: an event was changed, dropped, inserted or swapped in the store, or written past
 * the service without a seal. No command is stored on such a log; reads, repeats, refusals and
 * {@link VisitService.record} still work. Nothing was written. `verifyChain` of `auxilio/chain` says more of the whole log.
 *
 * @since 0.5.0
 */
export class ChainBrokenError extends ErrorWithVersion {
  override readonly name = 'ChainBrokenError';
  readonly errorCode = 500;
  readonly code = 'chain-broken';
  readonly streamName: string;
  /** The version of the first event that does not continue the chain. */
  readonly position: bigint;
  readonly fault: ChainFault;

  constructor(streamName: string, position: bigint, fault: ChainFault) {
    super(`The chain of ${streamName} breaks at ${position}: ${fault}`);
    this.streamName = streamName;
    this.position = position;
    this.fault = fault;
  }
}

/**
 * The reason why a payment is refused: the chain of the visit is `broken`; an event of it is `unreadable`; or the row is
 * `outdated`: the log says another visit, case, provider or time worked, another answer to whether it is payable, or its seals are gone.
 *
 * @since 0.5.0
 */
export type PaymentRefusal = 'broken' | 'unreadable' | 'outdated';

/**
 * The visit is not to be paid until a person looked at it. Nothing was written. `cause` is the error of an unreadable visit.
 *
 * @since 0.5.0
 */
export class PaymentRefusedError extends Error {
  override readonly name = 'PaymentRefusedError';
  readonly errorCode = 409;
  readonly code = 'payment-refused';
  readonly streamName: string;
  readonly reason: PaymentRefusal;
  /** The integrity of the log as it was read; `unverified` if it could not be read. */
  readonly integrity: Integrity;

  constructor(streamName: string, reason: PaymentRefusal, integrity: Integrity, options?: ErrorOptions) {
    super(
      `${streamName} is not paid until it was looked at: its ${reason === 'outdated' ? 'row' : 'log'} is ${reason}`,
      options,
    );
    this.streamName = streamName;
    this.reason = reason;
    this.integrity = integrity;
  }
}

/** An input that a parser refused. */
abstract class MalformedError extends Error {
  readonly errorCode = 400;
  readonly issues: readonly Issue[];

  constructor(message: string, issues: readonly Issue[]) {
    super(`${message}: ${formatIssues(issues)}`);
    this.issues = issues;
  }
}

/**
 * The input of `handle` is not a command: `issues` say where and why, never with the value. Nothing was read or written.
 *
 * @since 0.1.0
 */
export class MalformedCommandError extends MalformedError {
  override readonly name = 'MalformedCommandError';
  readonly code = 'malformed-command';

  constructor(issues: readonly Issue[]) {
    super('Not a command', issues);
  }
}

/**
 * The input of `record` is not an event: `issues` say where and why, never with the value. Nothing was read or written.
 *
 * @since 0.4.0
 */
export class MalformedFactError extends MalformedError {
  override readonly name = 'MalformedFactError';
  readonly code = 'malformed-fact';

  constructor(issues: readonly Issue[]) {
    super('Not an event', issues);
  }
}

/**
 * The application does not allow this role to record facts. Nothing was read or written.
 *
 * @since 0.4.0
 */
export class RecordingForbiddenError extends Error {
  override readonly name = 'RecordingForbiddenError';
  readonly errorCode = 403;
  readonly code = 'recording-forbidden';
  readonly role: string;

  constructor(role: string) {
    super(`Facts are not recorded by ${JSON.stringify(role)}; the host's factRecorders say by whom`);
    this.role = role;
  }
}

/**
 * The sender may not see the visit (`authorize`), or it does not exist: the error says nothing else about it, neither
 * its version nor a refusal. Nothing was written. `cause`, for the application only, is the read error of an unreadable
 * visit.
 *
 * @since 0.5.0
 */
export class NotAuthorizedError extends Error {
  override readonly name = 'NotAuthorizedError';
  readonly errorCode = 403;
  readonly code = 'not-authorized';

  constructor(options?: ErrorOptions) {
    super('The sender may not see this visit', options);
  }
}

/**
 * The command's id was used in this visit for a command of other content (type, data or actor). Nothing was written.
 *
 * @since 0.1.0
 */
export class CommandIdReusedError extends Error {
  override readonly name = 'CommandIdReusedError';
  readonly errorCode = 409;
  readonly code = 'command-id-reused';
  readonly commandId: string;

  constructor(commandId: string) {
    super(`The id ${JSON.stringify(commandId)} was used in this visit for something else`);
    this.commandId = commandId;
  }
}

/**
 * The visit is not at the version at which alone the command was to be judged. Nothing was written: read the visit again.
 *
 * @since 0.4.0
 */
export class VersionMismatchError extends ErrorWithVersion {
  override readonly name = 'VersionMismatchError';
  readonly errorCode = 412;
  readonly code = 'version-mismatch';
  readonly streamName: string;
  readonly expected: ExpectedStreamVersion;
  /** The version of the visit; `0n` if it does not exist. */
  readonly actual: bigint;

  constructor(streamName: string, expected: ExpectedStreamVersion, actual: bigint) {
    super(`Expected version ${expected}, but the visit is at ${actual}`);
    this.streamName = streamName;
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * Every try met a conflict, up to the limit of retries. Nothing was written; the same command may be sent again. `cause` is the
 * last conflict.
 *
 * @since 0.1.0
 */
export class RetriesExhaustedError extends Error {
  override readonly name = 'RetriesExhaustedError';
  readonly errorCode = 503;
  readonly code = 'retries-exhausted';
  readonly commandId: string;

  constructor(commandId: string, options: ErrorOptions) {
    super('The visit was written to by others each time', options);
    this.commandId = commandId;
  }
}

/**
 * The store failed during an append: **it is in doubt whether the events were written**. Send the same command again
 * under this `commandId` (generated by the service if the command had none): it is written once in either case.
 *
 * @since 0.1.0
 */
export class AppendInDoubtError extends Error {
  override readonly name = 'AppendInDoubtError';
  readonly errorCode = 503;
  readonly code = 'append-in-doubt';
  readonly commandId: string;

  constructor(commandId: string, options: ErrorOptions) {
    super('The store failed while it appended; send the command again under the same id', options);
    this.commandId = commandId;
  }
}

/**
 * Every error that the service itself throws; `code` says which.
 *
 * @since 0.5.0
 */
export type ServiceError =
  | UnreadableStreamError
  | ChainBrokenError
  | PaymentRefusedError
  | MalformedCommandError
  | MalformedFactError
  | RecordingForbiddenError
  | NotAuthorizedError
  | CommandIdReusedError
  | VersionMismatchError
  | RetriesExhaustedError
  | AppendInDoubtError
  | BatchRefusedError
  | ReconciledActError
  | VisitTooLongError;

const codes: { readonly [Code in ServiceError['code']]: 0 } = {
  'unreadable-stream': 0,
  'chain-broken': 0,
  'payment-refused': 0,
  'malformed-command': 0,
  'malformed-fact': 0,
  'recording-forbidden': 0,
  'not-authorized': 0,
  'command-id-reused': 0,
  'version-mismatch': 0,
  'retries-exhausted': 0,
  'append-in-doubt': 0,
  'batch-refused': 0,
  'reconciled-act': 0,
  'visit-too-long': 0,
};

/**
 * Recognises an error of the service by its `code`, never by its class: a bundle, or a package that is installed twice, holds
 * two copies of the classes, and `instanceof` fails between them.
 *
 * @since 0.5.0
 */
export function isServiceError(error: unknown): error is ServiceError {
  if (typeof error !== 'object' || error === null) return false;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && Object.hasOwn(codes, code);
}

function formatIssues(issues: readonly Issue[]): string {
  return issues
    .map(({ path, code, key, nearest, expected }) => {
      const instead = nearest ? ` (did you mean ${nearest}?)` : expected && ` (expected: ${expected})`;
      return `${code}${key ? ` ${key}` : ''}${path && ` at ${path}`}${instead ?? ''}`;
    })
    .join(', ');
}
