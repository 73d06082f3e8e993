import type { Actor, ReportedAct, VisitEvent } from '../messages/index.ts';
import type { Fold, LogIndex } from './log-index.ts';
import { goOn, startTrial } from './trial.ts';

/** The log as it stands, what its recorder had seen of it, and the acts of the batch that are not in it. */
export type Recording = Pick<LogIndex, 'reports'> & {
  readonly log: readonly VisitEvent[];
  readonly basedOn: number;
  readonly recorder: Actor;
  readonly reported: readonly ReportedAct[];
};

/**
 * Folds what a recorder knew (PROTOCOL §10): the events that they had seen and those that they have recorded since, and
 * each act that they reported where its `on` puts it, before the event at that place. The fold goes on with their next acts.
 * Some events may be left out: they still hold their places.
 */
export function foldOwnView(
  { log, basedOn, recorder, reported, reports }: Recording,
  isLeftOut: (event: VisitEvent) => boolean = () => false,
): Fold {
  const earlier = [...reports.values()].flatMap(({ event, place, settledAt }) => {
    const { acts } = event.data;
    // The recorder had seen what a settlement decided and the event that a twin repeats: those acts are not folded again.
    if (!isRecordedBy(recorder, event) || settledAt < basedOn) return [];
    return place < basedOn ? acts.filter(({ twinOf }) => twinOf === undefined) : acts;
  });
  const trial = startTrial();
  goOn(trial, {
    log,
    acts: [...earlier, ...reported].sort((one, other) => one.on - other.on),
    takesEvent: (event, place) => !isLeftOut(event) && (place < basedOn || isRecordedBy(recorder, event)),
    takesAct: () => true,
  });
  return trial.fold;
}

/** True for reports and settlements: no rule of an act that can be reported reads them, and folding many takes long. */
export const tellsOfReports = ({ type }: VisitEvent): boolean =>
  type === 'DiscrepancyReported' || type === 'DiscrepancySettled';

/** True if a person recorded an event. */
export const isRecordedBy = ({ role, id }: Actor, { data: { by, recordedBy = by } }: VisitEvent): boolean =>
  recordedBy.role === role && recordedBy.id === id;
