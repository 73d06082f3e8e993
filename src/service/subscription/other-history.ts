/** A subscription whose store has another history than the one in which it read: after a promotion, or of a restored file. */
import { epochOf } from '../../stores/cursor.ts';
import { isOtherHistory } from '../../stores/errors.ts';
import type { Checkpoint, FeedCursor } from '../../stores/event-store.ts';
import { commitCheckpoint, readCheckpoint } from './commit-checkpoint.ts';
import type { RetrySchedule } from './retry-schedule.ts';

/** Reports to the observer that what follows the checkpoint was read in another history than what was read before. */
export function noteHistory(
  schedule: RetrySchedule<never>,
  { cursor: repeatFrom }: Pick<Checkpoint, 'cursor'>,
  read: FeedCursor | null,
): void {
  const epoch = epochOf(read);
  if (epoch === undefined || epoch === schedule.epoch) return;
  const { consumer, observe } = schedule.subscription;
  if (schedule.epoch !== undefined) observe({ name: 'auxilio.history-changed', consumer, repeatFrom, durationMs: 0 });
  schedule.epoch = epoch;
}

/**
 * Runs work of a subscription; undefined if the store refused it, since it began in another history: the work begins again from the
 * checkpoint that the store has. If it refuses that one too, the checkpoint is kept elsewhere, and the subscription stops, or repeats
 * from where the store says.
 */
export async function withinHistory<Transaction, T>(
  schedule: RetrySchedule<Transaction>,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    const done = await work();
    schedule.refused = undefined;
    return done;
  } catch (error) {
    if (!isOtherHistory(error)) throw error;
    const { subscription } = schedule;
    const { cursor, revision: expected } = await readCheckpoint(subscription);
    if (cursor === null || cursor !== schedule.refused) {
      schedule.refused = cursor ?? undefined;
      return undefined;
    }
    if (subscription.otherHistory === 'stop') throw error;
    await commitCheckpoint(subscription, { expected, cursor: error.repeatFrom ?? null }, []);
    return undefined;
  }
}
