/** The times of a device: what was refused for a reason that may pass is tried again by itself, less and less often; what ended is kept. */
import type { Instant } from '../../messages/index.ts';
import type { Tried } from '../copies/copy.ts';

/** The pause before the second try, in milliseconds, by what it grows with each, and the longest one. */
const PAUSE = { firstMs: 60_000, factor: 4, longestMs: 86_400_000 } as const;

/** Counts a try that failed now, and plans the next. */
export function triedAt(at: Instant, before: Tried | undefined): Tried {
  const tries = (before?.tries ?? 0) + 1;
  const pauseMs = Math.min(PAUSE.firstMs * PAUSE.factor ** (tries - 1), PAUSE.longestMs);
  return { at, tries, retryAt: new Date(Date.parse(at) + pauseMs).toISOString() };
}

/** True once the next try is due. A clock that was set back or forward delays it by no more than its pause. */
export const isDue = ({ at, retryAt }: Tried, now: Instant): boolean =>
  Math.abs(Date.parse(now) - Date.parse(at)) >= Date.parse(retryAt) - Date.parse(at);

/** True for a visit that ended at a time and is still kept on the device, by the time of the server. */
export const isKept = (endedAt: Instant, serverTime: Instant, keepEndedMs: number): boolean =>
  Date.parse(serverTime) - Date.parse(endedAt) <= keepEndedMs;
