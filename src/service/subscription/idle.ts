import { runtime } from '../../util/runtime.ts';
import type { Subscription } from './subscription-options.ts';

/** Waits of a subscription that has handled all there is. */
export type Idle = Readonly<{
  /** Forgets that there may be new events: they are about to be read. */
  heed(): void;
  /** Resolves once there may be new events, the time is up or the subscription is ended. */
  wait(longestMs?: number): Promise<void>;
  stop(): void;
}>;

const nothing = () => {};

/** Listens to the store for new events; where it cannot tell of them, a wait ends after `pollMs`. */
export function startIdle({ store, pollMs, signal }: Subscription<never>): Idle {
  let isDue = false;
  let wakeUp = nothing;
  const stop = store.listen?.(() => {
    isDue = true;
    wakeUp();
  }, pollMs);

  function wait(longestMs = Infinity): Promise<void> {
    const ms = stop === undefined ? Math.min(longestMs, pollMs) : longestMs;
    return new Promise((resolve) => {
      const cancel = ms === Infinity ? nothing : runtime.setTimer(end, ms);
      function end(): void {
        cancel();
        signal?.removeEventListener('abort', end);
        wakeUp = nothing;
        resolve();
      }
      wakeUp = end;
      signal?.addEventListener('abort', end);
      if (isDue || signal?.aborted) end();
    });
  }

  return {
    heed: () => {
      isDue = false;
    },
    wait,
    stop: () => stop?.(),
  };
}
