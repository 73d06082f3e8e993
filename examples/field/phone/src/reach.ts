/** The server is asked if it is there again: rounds that failed follow each other at longer and longer pauses. */
import { computed, effect, type ReadonlySignal } from '@preact/signals';
import type { ReplicaStatus } from 'auxilio/replica';

/** The pause between two questions, and the longest time of an answer, in milliseconds. */
const pauseMs = 1_500;
const answerMs = 3_000;

type ReachHost = Readonly<{
  status: ReadonlySignal<Pick<ReplicaStatus, 'lastResult'>>;
  /** True while the screen is on, and the browser knows of a network. */
  mayAsk: () => boolean;
  sync: () => Promise<unknown>;
}>;

/** Asks while the last round did not reach the server, and syncs when it answers. Answers how to stop. */
export function askWhileLost({ status, mayAsk, sync }: ReachHost): () => void {
  const isLost = computed(() => status.value.lastResult === 'offline');
  async function ask(): Promise<void> {
    if (!mayAsk()) return;
    const asked = { cache: 'no-store', signal: AbortSignal.timeout(answerMs) } as const;
    const isThere = await fetch('/healthz', asked).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere && isLost.peek()) await sync();
  }
  return effect(() => {
    if (!isLost.value) return;
    const timer = setInterval(() => void ask().catch(console.error), pauseMs);
    return () => clearInterval(timer);
  });
}
