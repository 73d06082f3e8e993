import { none } from '../kernel/decision.ts';
import type { EventType, Instant, VisitEvent } from '../messages/index.ts';
import { factTimes } from '../visit/corrections.ts';
import type { VisitState, WorkInterval } from '../visit/index.ts';
import { effectiveAct, incrementalFold } from '../visit/visit.ts';

/** The event that put a time on record, and the time that it recorded, before any correction. */
export type TimeRecord = { readonly index: number; readonly at: Instant };

/** The facts that may be corrected or annulled, and the absence that goes with an arrival (PROTOCOL §4, *Mistakes*). */
type Fact = keyof ReturnType<typeof factTimes> | 'absence';

/** The events that recorded each fact since it stands, and both ends of each interval of work. */
export type Records = { [F in Fact]: TimeRecord[] } & {
  readonly intervals: Map<WorkInterval, { readonly from: TimeRecord; to: TimeRecord | null }>;
};

const factsByEvent: { readonly [T in EventType]?: Fact } = {
  ProviderArrived: 'arrival',
  ClientAbsenceReported: 'absence',
  WorkStarted: 'start',
  CompletionReported: 'completion-call',
  Completed: 'end',
  VisitClosed: 'end',
};

const readTime = (visit: VisitState, fact: Fact): Instant | null =>
  fact === 'absence' ? visit.arrival.absentSince : factTimes(visit)[fact];

const facts: readonly Fact[] = ['arrival', 'absence', 'start', 'completion-call', 'end'];

/**
 * Starts a fold that keeps, next to the state, the events by which its facts are on record. A step answers with the indexes
 * of the events that it annulled, or that an annulment undid.
 */
export function recordedFold() {
  const { state, step, freeze } = incrementalFold();
  const records: Records = {
    arrival: [],
    absence: [],
    start: [],
    'completion-call': [],
    end: [],
    intervals: new Map(),
  };
  const recordFact = (event: VisitEvent, index: number) => {
    const fact = factsByEvent[event.type];
    if (fact === undefined || effectiveAct(state, event) === undefined) return;
    if (readTime(state, fact) === null) records[fact] = [];
    records[fact].push({ index, at: event.data.at });
  };
  const recordInterval = ({ data: { at } }: VisitEvent, index: number) => {
    const last = state.work.intervals.at(-1);
    const known = last && records.intervals.get(last);
    if (known !== undefined && last?.to !== null) known.to ??= { index, at };
    else if (last !== undefined && known === undefined) records.intervals.set(last, { from: { index, at }, to: null });
  };
  return {
    state,
    records,
    freeze,
    step: (event: VisitEvent, index: number): readonly number[] => {
      recordFact(event, index);
      const stood = event.type === 'ActAnnulled' ? facts.filter((fact) => readTime(state, fact) !== null) : none;
      step(event);
      recordInterval(event, index);
      if (stood === none) return none;
      const undone = stood.filter((fact) => readTime(state, fact) === null);
      return undone.flatMap((fact) => records[fact].map((one) => one.index));
    },
  };
}
