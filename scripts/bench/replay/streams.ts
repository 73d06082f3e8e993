import type { VisitEvent, VisitState } from 'auxilio';
import { type SimulatedVisit, simulate } from 'auxilio/testing';

/** The events of one visit, as a store hands them out, and the state that they lead to. */
export type Stream = Readonly<{ visitId: string; events: VisitEvent[]; state: VisitState }>;

/** Much happens in these visits: some 38 events each, where the usual ones have 26. */
const eventful = {
  ...{ absent: 0.3, amended: 0.3, delay: 0.4, breakdown: 0.2, reassigned: 0.2, calledOff: 0 },
  ...{ noMaterials: 0, materialsRejected: 0.6, materialsRefused: 0.2, extraMaterials: 0.6, workBreak: 0.8 },
  ...{ secondVisit: 0.5, testFailed: 0.5, objection: 0.3, escalation: 0.3, offContractRequest: 0.4, farewell: 1 },
};

/** Simulated visits of so many events in all. Their events went through JSON, as those of a store did. */
export function streamsOf(eventCount: number): Stream[] {
  const streams: Stream[] = [];
  let count = 0;
  for (const visit of simulate({ visits: eventCount, mix: eventful })) {
    streams.push(read(visit));
    count += visit.events.length;
    if (count >= eventCount) break;
  }
  return streams;
}

function read({ visitId, events, state }: SimulatedVisit): Stream {
  return { visitId, events: JSON.parse(JSON.stringify(events)), state };
}

/** The first streams, of so many events in all. */
export function firstOf(streams: readonly Stream[], eventCount: number): Stream[] {
  let count = 0;
  return streams.filter(({ events }) => {
    count += events.length;
    return count - events.length < eventCount;
  });
}

/** The total number of events. */
export function eventsIn(streams: readonly Stream[]): number {
  return streams.reduce((sum, { events }) => sum + events.length, 0);
}
