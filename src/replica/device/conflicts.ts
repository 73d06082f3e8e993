import { isReplicaConflict } from '../../stores/replica-store.ts';

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
