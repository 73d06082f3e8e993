import type { Instant } from '../messages/index.ts';
import type { VisitState } from '../visit/index.ts';
import { instantOf } from './instant.ts';

/** A stretch of worked time. @since 0.1.0 */
export type WorkedInterval = { readonly from: Instant; readonly to: Instant };

/** What was worked; `running` tells that work is still going on, so that `workedMs` is not final. @since 0.1.0 */
export type Worked = {
  readonly workedMs: number;
  readonly intervals: readonly WorkedInterval[];
  readonly running: boolean;
};

/**
 * The worked time of a visit, in milliseconds: the union of the stretches in which work was running, without breaks,
 * waits and time away, cut at the completion call that stands, else at the end of the visit (1.1-26, 1.3-02). A
 * stretch that is still open counts up to `until`, or not at all when that is absent or no instant.
 * @since 0.1.0
 */
export function worked({ work, closing }: VisitState, until?: Instant): Worked {
  const end = closing.completionReportedAt ?? closing.completedAt ?? closing.closedAt;
  const last = end ?? instantOf(until);
  const stretches = work.intervals.map(({ from, to }) => ({ from, to: cutAt(end, to ?? last ?? from) }));
  const intervals = unionOf(stretches);
  return {
    workedMs: intervals.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0),
    intervals,
    running: end === null && work.intervals.at(-1)?.to === null,
  };
}

const cutAt = (end: Instant | null, to: Instant): Instant => (end !== null && end < to ? end : to);

/** Sorts and joins what overlaps or touches; what ends before it begins, by a wrong clock, is nothing. */
function unionOf(stretches: readonly WorkedInterval[]): WorkedInterval[] {
  const union: WorkedInterval[] = [];
  for (const next of stretches.filter(({ from, to }) => from < to).sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = union.at(-1);
    if (last === undefined || last.to < next.from) union.push(next);
    else if (last.to < next.to) union[union.length - 1] = { from: last.from, to: next.to };
  }
  return union;
}
