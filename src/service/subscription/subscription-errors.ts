import type { RetryingStream } from '../../stores/event-store.ts';

/** Marks the error in every copy of this module: two entries, or two versions of the package, may each have their own. */
export const POISON = Symbol.for('auxilio.poison');

/**
 * Thrown by a handler that can never handle these events: their stream is parked at once. Any other error of a handler is
 * transient.
 *
 * @since 0.5.0
 */
export class PoisonError extends Error {
  override readonly name = 'PoisonError';
  readonly errorCode = 422;
  readonly code = 'poison-event';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    Object.defineProperty(this, POISON, { value: true });
  }
}

/**
 * A handler did not answer within `handlerTimeoutMs`. It is transient: the same events are tried again.
 *
 * @since 0.5.0
 */
export class HandlerTimeoutError extends Error {
  override readonly name = 'HandlerTimeoutError';
  readonly errorCode = 503;
  readonly code = 'handler-timeout';
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super(`The handler did not answer within ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}

/**
 * The rows of a projection could not be built: it failed for visits, or their streams could not be read. The old rows stay in
 * use; call `rebuild` again once the cause is fixed.
 *
 * @since 0.5.0
 */
export class RebuildFailedError extends Error {
  override readonly name = 'RebuildFailedError';
  readonly errorCode = 503;
  readonly code = 'rebuild-failed';
  /** The visits for which it failed. */
  readonly retrying: readonly RetryingStream[];

  constructor(projection: string, retrying: readonly RetryingStream[]) {
    super(`The rows of ${JSON.stringify(projection)} could not be built: ${retrying[0]?.reason ?? 'it was ended'}`);
    this.retrying = retrying;
  }
}
