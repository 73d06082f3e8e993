import type { Instant } from '../../messages/index.ts';
import type { Act } from '../../visit/act.ts';
import type { VisitState } from '../../visit/index.ts';

/** The event that put a time on record, and the time that it recorded, before any correction. */
export type TimeRecord = { readonly index: number; readonly at: Instant };

/** The records of the times that stand and may be corrected or annulled (PROTOCOL §4, *Mistakes*). */
export type TimeRecords = {
  arrival: TimeRecord | null;
  start: TimeRecord | null;
  completionCall: TimeRecord | null;
  end: TimeRecord | null;
  /** The beginning and the end of each interval of work, in the order of the state's. */
  readonly intervals: { readonly from: TimeRecord; to: TimeRecord | null }[];
};

export const createTimeRecords = (): TimeRecords => ({
  arrival: null,
  start: null,
  completionCall: null,
  end: null,
  intervals: [],
});

/**
 * Updates the records after an event that changed the visit; `callStood`: a completion call stood before it. The first
 * start and the first of several completion calls are those that stand.
 */
export function trackTimes(
  records: TimeRecords,
  index: number,
  { event: type }: Act,
  at: Instant,
  { work }: VisitState,
  callStood: boolean,
): void {
  if (type === 'ProviderArrived') records.arrival = { index, at };
  else if (type === 'WorkStarted') records.start ??= { index, at };
  else if (type === 'CompletionReported') {
    if (!callStood) records.completionCall = { index, at };
  } else if (type === 'Completed' || type === 'VisitClosed') records.end = { index, at };
  const { intervals: known } = records;
  const { intervals } = work;
  if (intervals.length > known.length) known.push({ from: { index, at }, to: null });
  const last = known[known.length - 1];
  if (last !== undefined && last.to === null && intervals[known.length - 1]?.to !== null) last.to = { index, at };
}
