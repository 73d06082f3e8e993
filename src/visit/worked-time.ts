import type { Instant } from '../messages/index.ts';
import { isInstant, parseInstant } from '../util/instant.ts';
import { mustBeState } from './known.ts';
import type { VisitState } from './state.ts';

/** An interval of worked time. @since 0.1.0 */
export type WorkedInterval = { readonly from: Instant; readonly to: Instant };

/** The worked time; `running` if work is still going on, so that `workedMs` is not final. @since 0.1.0 */
export type WorkedTime = {
  readonly workedMs: number;
  readonly intervals: readonly WorkedInterval[];
  readonly running: boolean;
};

/**
 * Computes the worked time of a visit, in milliseconds: the union of the intervals in which work was running, without
 * breaks, waits and time away, cut at the completion call that stands, else at the end of the visit (1.1-26, 1.3-02). An
 * interval that is still open counts up to `until`, or not at all when that is absent or no instant. One that ends before
 * it begins, by a wrong clock or a break that was recorded late, takes its span away. One with a time that is no instant
 * does not count.
 * @since 0.1.0
 */
export function worked(state: VisitState, until?: Instant): WorkedTime {
  mustBeState('worked', state);
  const { work, closing } = state;
  const ends = [closing.completionReportedAt, closing.completedAt, closing.closedAt].filter((at) => at !== null);
  const end = ends.find(isInstant) ?? null;
  const last = end ?? parseInstant(until);
  const timed = work.intervals.filter(({ from, to }) => isInstant(from) && (to === null || isInstant(to)));
  const spans = timed.map(({ from, to }) => ({ from, to: earlier(end, to ?? later(from, last)) }));
  const intervals = uniteIntervals(spans);
  return {
    workedMs: intervals.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0),
    intervals,
    running: ends.length === 0 && work.intervals.at(-1)?.to === null,
  };
}

const earlier = (end: Instant | null, to: Instant): Instant => (end !== null && end < to ? end : to);

const later = (from: Instant, other: Instant | undefined): Instant =>
  other !== undefined && from < other ? other : from;

/** The time in which more intervals run forward than backwards; one that ends before it begins runs backwards. */
function uniteIntervals(spans: readonly WorkedInterval[]): WorkedInterval[] {
  const steps = new Map<Instant, number>();
  const add = (at: Instant, step: number) => steps.set(at, (steps.get(at) ?? 0) + step);
  for (const { from, to } of spans) {
    add(from, 1);
    add(to, -1);
  }
  const union: WorkedInterval[] = [];
  let depth = 0;
  let since: Instant | null = null;
  for (const [at, step] of [...steps].sort(([one], [other]) => (one < other ? -1 : 1))) {
    depth += step;
    if (depth > 0) since ??= at;
    else if (since !== null) {
      union.push({ from: since, to: at });
      since = null;
    }
  }
  return union;
}
