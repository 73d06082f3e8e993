/** The clock of the device against that of the server, and the sleep of the device, which its monotonic clock may not count. */
import type { Instant } from '../../messages/index.ts';

/** The disagreement beyond which the clock of the device is not trusted, in milliseconds: two minutes. */
const TOLERANCE_MS = 120_000;

/** A time of the server, and what the device's clocks said when it came. `monotonicMs` is of this process alone. */
type Anchor = Readonly<{ serverMs: number; wallMs: number; monotonicMs?: number }>;

/** The last time of the server that was heard, and the clock of the device at that moment: as it is stored. */
export type StoredAnchor = Readonly<{ serverTime: Instant; deviceTime: Instant }>;

export type DeviceClock = Readonly<{
  /** Notes a time of the server, which was heard now; answers what to store. */
  note(serverTime: Instant): StoredAnchor;
  /** Continues from what an earlier process stored, unless something newer is known. */
  restore(stored: StoredAnchor): void;
  /** The last time that the server said, if any. */
  lastServerTime(): Instant | null;
  /** The estimated time, if the clock of the device disagrees with it by more than two minutes; else `null`. */
  suspect(): Instant | null;
}>;

export function createClock(now: () => Instant, monotonicMs: () => number): DeviceClock {
  let anchor: Anchor | null = null;

  /**
   * The time since the anchor, by the monotonic clock of this process. After a restart only the wall clock is left, which may have
   * been set back meanwhile: then the estimate is the least that it can be.
   */
  function estimateMs({ serverMs, wallMs, monotonicMs: from }: Anchor): number {
    const elapsed = from === undefined ? Date.parse(now()) - wallMs : monotonicMs() - from;
    return serverMs + Math.max(0, elapsed);
  }

  return {
    note(serverTime) {
      const deviceTime = now();
      anchor = { serverMs: Date.parse(serverTime), wallMs: Date.parse(deviceTime), monotonicMs: monotonicMs() };
      return { serverTime, deviceTime };
    },
    restore({ serverTime, deviceTime }) {
      anchor ??= { serverMs: Date.parse(serverTime), wallMs: Date.parse(deviceTime) };
    },
    lastServerTime: () => (anchor === null ? null : new Date(anchor.serverMs).toISOString()),
    suspect() {
      if (anchor === null) return null;
      const estimated = estimateMs(anchor);
      return Math.abs(Date.parse(now()) - estimated) > TOLERANCE_MS ? new Date(estimated).toISOString() : null;
    },
  };
}

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
