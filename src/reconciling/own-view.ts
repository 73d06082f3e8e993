import type { Actor, EventOf, ReportedAct, VisitEvent } from '../messages/index.ts';
import { incrementalFold } from '../visit/visit.ts';
import { quoted } from './repeats.ts';

/** The log as it stands, what its recorder had seen of it, and the acts of the batch that are not in it. */
export type Recording = {
  readonly log: readonly VisitEvent[];
  readonly basedOn: number;
  readonly recorder: Actor;
  readonly reported: readonly ReportedAct[];
};

/**
 * Folds what a recorder knew (PROTOCOL §10): the events that they had seen and those that they have recorded since, and
 * each act that they reported where its `on` puts it, before the event at that place. The fold goes on with their next acts.
 */
export function foldOwnView(recording: Recording): ReturnType<typeof incrementalFold> {
  const { log, basedOn, recorder } = recording;
  const fold = incrementalFold();
  const reported = reportedActs(recording).sort((one, other) => one.on - other.on);
  let next = 0;
  for (let place = 0; place <= log.length; place += 1) {
    for (let act = reported[next]; act?.on === place; act = reported[next]) {
      fold.step(quoted(act));
      next += 1;
    }
    const event = log[place];
    if (event !== undefined && (place < basedOn || isRecordedBy(recorder, event))) fold.step(event);
  }
  return fold;
}

/** True if a person recorded an event. */
export const isRecordedBy = ({ role, id }: Actor, { data: { by, recordedBy = by } }: VisitEvent): boolean =>
  recordedBy.role === role && recordedBy.id === id;

/** The acts that the recorder reported: those that nothing they had seen settles, and all of later reports. */
function reportedActs({ log, basedOn, recorder, reported }: Recording): ReportedAct[] {
  const seen = log.slice(0, basedOn);
  const earlier = log.flatMap((event, index) => {
    if (event.type !== 'DiscrepancyReported' || !isRecordedBy(recorder, event)) return [];
    if (index >= basedOn) return event.data.acts;
    // The fact that a twin tells stands in what they had seen.
    return isSettled(seen, event) ? [] : event.data.acts.filter(({ twinOf }) => twinOf === undefined);
  });
  return [...earlier, ...reported];
}

/** True if a log settles a report. */
export const isSettled = (log: readonly VisitEvent[], { data }: EventOf<'ReportDiscrepancy'>): boolean =>
  log.some((event) => event.type === 'DiscrepancySettled' && event.data.discrepancyId === data.discrepancyId);
