import type { ReportedAct, VisitEvent } from '../messages/index.ts';
import { incrementalFold } from '../visit/visit.ts';
import type { Fold } from './log-index.ts';
import { quoted } from './repeats.ts';

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
    if (takesAct(act, trial.passed)) trial.fold.step(quoted(act));
    trial.passed += 1;
  }
}
