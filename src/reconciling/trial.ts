import type { Actor, ReportedAct, VisitEvent } from '../messages/index.ts';
import { incrementalFold } from '../visit/visit.ts';
import type { Fold, LogIndex } from './log-index.ts';
import { quoteAct } from './repeats.ts';

/** A fold of the first `length` events of a log, and of the first `passed` acts that are not in it, each where it was judged. */
export type Trial = { readonly fold: Fold; length: number; passed: number };

/** Starts a trial before the first event, or as a copy of another trial. */
export const startTrial = (other?: Trial): Trial => ({
  length: 0,
  passed: 0,
  ...other,
  fold: incrementalFold(other?.fold.state),
});

/** The events and acts that a trial passes, and which of them it folds. */
type Course = {
  readonly log: readonly VisitEvent[];
  /** In the order of their `on`: each stands before the event at that place. */
  readonly acts: readonly ReportedAct[];
  readonly takesEvent: (event: VisitEvent, place: number) => boolean;
  readonly takesAct: (act: ReportedAct, place: number) => boolean;
};

/** Continues a trial past `passed` acts, up to where the next one was judged, or to `length` events. */
export function goOn(
  trial: Trial,
  { log, acts, takesEvent, takesAct }: Course,
  passed = acts.length,
  length = log.length,
): void {
  for (;;) {
    const act = acts[trial.passed];
    for (const event of log.slice(trial.length, Math.min(act?.on ?? length, length))) {
      if (takesEvent(event, trial.length)) trial.fold.step(event);
      trial.length += 1;
    }
    if (act === undefined || trial.passed === passed || act.on > length) return;
    if (takesAct(act, trial.passed)) trial.fold.step(quoteAct(act));
    trial.passed += 1;
  }
}

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
