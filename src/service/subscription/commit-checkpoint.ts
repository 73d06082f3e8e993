import { isCheckpointConflict, isStoreError } from '../../stores/errors.ts';
import type { Checkpoint, CheckpointUpdate, ParkedStream, RetryingStream } from '../../stores/event-store.ts';
import { type Jsonable, jsonable } from '../../util/digits.ts';
import type { ProcessedBatch } from './event-processor.ts';
import type { Subscription } from './subscription-options.ts';
import { runWithTimeout } from './time-limits.ts';

/** Reads the checkpoint of the consumer. Refuses a store that keeps no retried streams. */
export async function readCheckpoint({
  store,
  consumer,
}: Pick<Subscription<never>, 'store' | 'consumer'>): Promise<ReadCheckpoint> {
  const checkpoint = await store.readCheckpoint(consumer);
  if (!Array.isArray(checkpoint.retrying)) throw new TypeError('The store keeps no streams that are retried');
  return { ...checkpoint, parked: checkpoint.parked.map(toJsonable), retrying: checkpoint.retrying.map(toJsonable) };
}

const toJsonable = <Stream extends ParkedStream>(stream: Stream): Jsonable<Stream> => jsonable({ ...stream });

/** A checkpoint whose streams JSON takes. */
type ReadCheckpoint = Omit<Checkpoint, 'parked' | 'retrying'> &
  Readonly<{ parked: readonly Jsonable<ParkedStream>[]; retrying: readonly Jsonable<RetryingStream>[] }>;

/**
 * The outcome of a commit: committed, overtaken by another process of the consumer, or failed in the rows or effects of the handler.
 * Only the first has written anything. Any other error of the store is thrown.
 */
export type CommitOutcome = Readonly<
  { kind: 'committed' } | { kind: 'overtaken' } | { kind: 'failed'; error: unknown }
>;

/** Commits the checkpoint with the rows and effects of the handler. */
export async function commitCheckpoint<Transaction>(
  subscription: Subscription<Transaction>,
  update: CheckpointUpdate<Transaction>,
  results: readonly ProcessedBatch<Transaction>[],
): Promise<CommitOutcome> {
  const writes = results.flatMap((result) => result.writes);
  const rows = writes.flatMap((one) => one.rows ?? []);
  const effects = writes.flatMap((one) => one.effect ?? []);
  const handled = results.filter(({ events }) => events > 0).length;
  const effect = effects.length > 0 && { effect: chainEffects(subscription, effects) };
  try {
    await subscription.store.commitCheckpoint(subscription.consumer, { ...update, rows, handled, ...effect });
    return { kind: 'committed' };
  } catch (error) {
    if (isCheckpointConflict(error)) return { kind: 'overtaken' };
    // Without rows and effects nothing of the handler can fail: the store does, whatever it throws.
    if ((isStoreError(error) && error.kind !== 'invalid') || effects.length + rows.length === 0) throw error;
    return { kind: 'failed', error };
  }
}

/** Makes one effect that runs the given ones in order. It returns a promise, with a timeout, only if one of them does. */
function chainEffects<Transaction>(
  subscription: Subscription<Transaction>,
  effects: readonly ((transaction: Transaction) => unknown)[],
) {
  return (transaction: Transaction): unknown => {
    let waiting: Promise<unknown> | undefined;
    for (const effect of effects) {
      if (waiting !== undefined) waiting = waiting.then(() => runWithTimeout(subscription, () => effect(transaction)));
      else {
        const answer = effect(transaction);
        if (isThenable(answer)) waiting = runWithTimeout(subscription, () => answer);
      }
    }
    return waiting;
  };
}

/** Recognises a query builder, for example, which does nothing until it is awaited. */
function isThenable(answer: unknown): answer is PromiseLike<unknown> {
  return typeof (answer as { then?: unknown } | null | undefined)?.then === 'function';
}
