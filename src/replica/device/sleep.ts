/** The sleep of a device, which the monotonic clock of a browser may not count. */
import type { Instant } from '../../messages/index.ts';

/** The longest sleep, in milliseconds: what is longer is taken for a clock that was set forward. */
const LONGEST_SLEEP_MS = 86_400_000;

type Page = Pick<EventTarget, 'addEventListener'> & { readonly visibilityState: string };

/**
 * Adds to a monotonic clock the time that the device slept: that by which its wall clock went further while the page was hidden.
 * The page of a device that sleeps is hidden.
 */
export function countingSleep(now: () => Instant, monotonicMs: () => number, ended: AbortSignal): () => number {
  const { document: page } = globalThis as { document?: Page };
  const aheadMs = () => Date.parse(now()) - monotonicMs();
  const hiddenFrom = () => (page?.visibilityState === 'hidden' ? aheadMs() : null);
  let sleptMs = 0;
  let from = hiddenFrom();
  const sleptSoFar = () => {
    const gap = from === null ? 0 : aheadMs() - from;
    return sleptMs + (gap > 0 && gap <= LONGEST_SLEEP_MS ? gap : 0);
  };
  const onChange = () => {
    sleptMs = sleptSoFar();
    from = hiddenFrom();
  };
  page?.addEventListener('visibilitychange', onChange, { signal: ended });
  return () => monotonicMs() + sleptSoFar();
}
