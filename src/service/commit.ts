import { isCheckpointConflict, isStoreError } from '../stores/errors.ts';
import type { Checkpoint, CheckpointUpdate } from '../stores/event-store.ts';
import type { Result } from './event-processor.ts';
import { withinLimits } from './limits.ts';
import type { Subscription } from './subscription-options.ts';

/** Reads where the consumer stands. */
export async function standing({
  store,
  consumer,
}: Pick<Subscription<never>, 'store' | 'consumer'>): Promise<Checkpoint> {
  const checkpoint = await store.readCheckpoint(consumer);
  if (!Array.isArray(checkpoint.retrying)) throw new TypeError('The store keeps no streams that are tried again');
  return checkpoint;
}

/**
 * The result of a move: committed, overtaken by another process of the consumer, or failed in the effect. Only the first is
 * written.
 */
export type Committed = Readonly<{ kind: 'committed' } | { kind: 'overtaken' } | { kind: 'failed'; error: unknown }>;

/** Moves the checkpoint with what the handler wants to be written. */
export async function commit<Transaction>(
  subscription: Subscription<Transaction>,
  move: CheckpointUpdate<Transaction>,
  results: readonly Result<Transaction>[],
): Promise<Committed> {
  const handled = results.flatMap((result) => result.handled);
  const effects = handled.flatMap(({ effect }) => effect ?? []);
  const rows = handled.flatMap((one) => one.rows ?? []);
  const done = results.filter(({ events }) => events > 0).length;
  const effect = effects.length > 0 && { effect: chainEffects(subscription, effects) };
  try {
    await subscription.store.commitCheckpoint(subscription.consumer, { ...move, rows, handled: done, ...effect });
    return { kind: 'committed' };
  } catch (error) {
    if (isCheckpointConflict(error)) return { kind: 'overtaken' };
    if (isStoreError(error) && error.kind !== 'invalid') throw error;
    return { kind: 'failed', error };
  }
}

/** One effect after the other; a promise, and a timeout, only where one of them is a promise. */
function chainEffects<Transaction>(
  subscription: Subscription<Transaction>,
  effects: readonly ((transaction: Transaction) => unknown)[],
) {
  return (transaction: Transaction): unknown => {
    let waiting: Promise<unknown> | undefined;
    for (const effect of effects) {
      if (waiting !== undefined) waiting = waiting.then(() => withinLimits(subscription, () => effect(transaction)));
      else {
        const answer = effect(transaction);
        if (isThenable(answer)) waiting = withinLimits(subscription, () => answer);
      }
    }
    return waiting;
  };
}

/** Recognises a query builder, for example, which does nothing until it is awaited. */
function isThenable(answer: unknown): answer is PromiseLike<unknown> {
  return typeof (answer as { then?: unknown } | null | undefined)?.then === 'function';
}
