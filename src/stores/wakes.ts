import { setRepeatingTimer } from '../util/runtime.ts';

/** Those who wait for new events of a store. */
export type Wakes = Readonly<{
  /** As `listen` of the port. */
  listen(wake: () => void, pollMs: number): () => void;
  /** Notes that this store has appended: there may be new events. */
  appended(): void;
}>;

/** Wakes at once after the appends of this store, and by a timer for those of others, as of another process on the same file. */
export function createWakes(): Wakes {
  const listeners = new Set<() => void>();
  return {
    listen(wake, pollMs) {
      // A function may be given twice.
      const listener = () => wake();
      listeners.add(listener);
      const stopPolling = setRepeatingTimer(listener, pollMs);
      return () => {
        listeners.delete(listener);
        stopPolling();
      };
    },
    appended() {
      for (const listener of listeners) listener();
    },
  };
}
