/** The order of writes: tasks of one visit one at a time here, and again where another tab has written meanwhile. */
import type { Id } from '../../messages/index.ts';
import { isReplicaConflict } from '../../stores/replica-store.ts';

export type Turns = <T>(visitId: Id, task: () => Promise<T>) => Promise<T>;

export function createTurns(): Turns {
  const last = new Map<Id, Promise<void>>();
  return (visitId, task) => {
    const turn = (last.get(visitId) ?? Promise.resolve()).then(task);
    const end = () => {
      if (last.get(visitId) === ended) last.delete(visitId);
    };
    const ended = turn.then(end, end);
    last.set(visitId, ended);
    return turn;
  };
}

/** Runs a read and the write that follows it, again until no other tab has written between them. */
export async function retryOnConflict<T>(task: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await task();
    } catch (error) {
      if (!isReplicaConflict(error)) throw error;
    }
  }
}

/** Waits for a write; false if another tab has written the group since it was read. */
export async function settleConflict(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (!isReplicaConflict(error)) throw error;
    return false;
  }
}
