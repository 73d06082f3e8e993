import type { EventType, Instant } from '../../messages/index.ts';
import type { DiscrepancyAct, WorkInterval } from '../state.ts';
import { type DataOf, type ModelState, undo } from './model-state.ts';

type Annulment = Pick<DataOf<'ActAnnulled'>, 'act' | 'recorded'>;
type Correction = Pick<DataOf<'TimeCorrected'>, 'what' | 'recorded'>;

/** True if an act stands, and was recorded at that time (PROTOCOL §4, *Mistakes*). */
export function standsSince({ stands, times }: ModelState, { act, recorded }: Annulment): boolean {
  return stands.has(act) && times.get(act) === recorded;
}

/** The facts that an annulment takes back. One of what does not stand changes nothing. */
export function annul(now: ModelState, { act, recorded }: Annulment): void {
  if (!standsSince(now, { act, recorded })) return;
  undo(now, act);
  switch (act) {
    case 'ProviderArrived':
      undo(now, 'ClientAbsenceReported');
      now.representative = false;
      return;
    case 'WorkStarted':
      now.intervals = replaceInterval(now.intervals, lastWith(now.intervals, 'from', recorded));
      return;
    case 'Completed':
      undo(now, 'CompletionReported');
      now.caseNamed = null;
      now.ended = null;
      return;
    case 'VisitClosed':
      now.standing = null;
      now.ended = null;
  }
}

/** The event whose time a correction names, where it is not an interval's alone. */
function findEventType(now: ModelState, what: Correction['what']): EventType | null {
  switch (what) {
    case 'arrival':
      return 'ProviderArrived';
    case 'start':
      return 'WorkStarted';
    case 'completion-call':
      return 'CompletionReported';
    case 'end':
      return now.ended === 'closed' ? 'VisitClosed' : 'Completed';
    case 'resumption':
    case 'interruption':
      return null;
  }
}

const bounds = { start: 'from', resumption: 'from', interruption: 'to', end: 'to' } as const;

/** The bound of an interval that a kind of time is. */
function chooseBound(what: Correction['what']): 'from' | 'to' | null {
  return what === 'arrival' || what === 'completion-call' ? null : bounds[what];
}

function lastWith(intervals: readonly WorkInterval[], bound: 'from' | 'to', at: Instant): number {
  return intervals.findLastIndex((interval) => interval[bound] === at);
}

/** The intervals with another in the place of one, or without it. */
function replaceInterval(
  intervals: readonly WorkInterval[],
  place: number,
  other?: WorkInterval,
): readonly WorkInterval[] {
  return intervals.flatMap((interval, index) => (index === place ? (other ?? []) : [interval]));
}

/** True if the visit holds that time for what is named. */
export function holdsTime(now: ModelState, { what, recorded }: Correction): boolean {
  const type = findEventType(now, what);
  if (type !== null) return now.stands.has(type) && now.times.get(type) === recorded;
  const own = findEventType(now, what === 'resumption' ? 'start' : 'end');
  if (own !== null && now.stands.has(own) && now.times.get(own) === recorded) return false;
  return movedInterval(now, { what, recorded }) !== undefined;
}

/** The interval of work that a correction moves, if any: of several the last. */
export function movedInterval(now: ModelState, { what, recorded }: Correction): WorkInterval | undefined {
  const bound = chooseBound(what);
  return bound === null ? undefined : now.intervals[lastWith(now.intervals, bound, recorded)];
}

/** The interval with the corrected time. */
export function correctInterval(interval: WorkInterval, what: Correction['what'], time: Instant): WorkInterval {
  return chooseBound(what) === 'from' ? { ...interval, from: time } : { ...interval, to: time };
}

/** Puts the corrected time in the place of the recorded one. A correction of what does not stand changes nothing. */
export function correct(now: ModelState, data: DataOf<'TimeCorrected'>): void {
  if (!holdsTime(now, data)) return;
  const moved = movedInterval(now, data);
  const type = findEventType(now, data.what);
  if (type !== null) now.times = new Map([...now.times, [type, data.corrected]]);
  if (moved === undefined) return;
  now.intervals = replaceInterval(
    now.intervals,
    now.intervals.indexOf(moved),
    correctInterval(moved, data.what, data.corrected),
  );
}

/** A report of an id that is new. */
export function report(now: ModelState, { discrepancyId, acts }: DataOf<'DiscrepancyReported'>): void {
  if (now.discrepancies.has(discrepancyId)) return;
  const reported = acts.map(({ type }): DiscrepancyAct => ({ type, taken: false }));
  now.discrepancies = new Map([...now.discrepancies, [discrepancyId, reported]]);
}

/** The acts that a settlement takes are taken for good. */
export function settle(now: ModelState, { discrepancyId, taken }: DataOf<'DiscrepancySettled'>): void {
  const acts = now.discrepancies.get(discrepancyId);
  if (acts === undefined) return;
  const marked = acts.map((act, position) => (taken.includes(position) ? { ...act, taken: true } : act));
  now.discrepancies = new Map([...now.discrepancies, [discrepancyId, marked]]);
}
