import type { Actor, Id, ReportedAct, VisitEvent } from '../messages/index.ts';
import { owes } from '../visit/debts.ts';
import { decide, type Policy } from '../visit/index.ts';
import { incrementalFold } from '../visit/visit.ts';
import type { Fold, LogIndex } from './log-index.ts';
import { tellsOfReports } from './own-view.ts';
import { commandOf, quoted } from './repeats.ts';

/** An act of an open report: the report, its position there, the recorder, and what they had seen. */
export type Unsettled = {
  readonly discrepancyId: Id;
  readonly position: number;
  readonly recorder: Actor;
  readonly basedOn: number;
  readonly act: ReportedAct;
};

/** Lists the acts of the reports whose debt is open, in the order in which they were reconciled. */
export function unsettledActs({ fold: { state }, reports }: LogIndex): readonly Unsettled[] {
  const acts = [...reports.values()].flatMap(({ event }) => {
    const { discrepancyId, basedOn, by: recorder, acts } = event.data;
    if (!owes(state, 'settle-discrepancy', discrepancyId)) return [];
    return acts.map((act, position) => ({ discrepancyId, position, recorder, basedOn, act }));
  });
  return acts.sort((one, other) => one.act.on - other.act.on);
}

/** The unsettled acts of a log, and the number of events and acts that may still be folded in search of conflicts. */
export type Search = {
  readonly log: readonly VisitEvent[];
  readonly acts: readonly Unsettled[];
  readonly policy: Policy;
  budget: number;
};

/** A fold of so many events of a log, and of so many unsettled acts, taken where they were judged. */
export type Trial = { readonly fold: Fold; length: number; passed: number };

/** Starts a trial, before the first event or where another one is. */
export const startTrial = (other?: Trial): Trial => ({
  length: 0,
  passed: 0,
  ...other,
  fold: incrementalFold(other?.fold.state),
});

/** The places of events and of acts that a trial leaves out. */
type LeaveOut = { readonly events?: readonly number[]; readonly acts?: ReadonlySet<number> };

/** Goes on with a trial past the acts before that place to where its act was judged, or to that many events. */
export function goOn(
  { log, acts }: Search,
  trial: Trial,
  place: number,
  { events, acts: others }: LeaveOut,
  length = log.length,
): void {
  for (let one = acts[trial.passed]; one !== undefined; one = acts[trial.passed]) {
    const { act } = one;
    for (const event of log.slice(trial.length, Math.min(act.on, length))) {
      if (!tellsOfReports(event) && !events?.includes(trial.length)) trial.fold.step(event);
      trial.length += 1;
    }
    if (trial.passed === place || act.on > length) return;
    if (act.twinOf === undefined && !others?.has(trial.passed)) trial.fold.step(quoted(act));
    trial.passed += 1;
  }
}

/** True if an act is accepted where it was judged: a trial goes on to it. */
export function isAccepted(search: Search, trial: Trial, place: number, leaveOut: LeaveOut = {}): boolean {
  goOn(search, trial, place, leaveOut);
  const { act, recorder } = search.acts[place] as Unsettled;
  const command = commandOf(act, recorder);
  return command !== undefined && decide(command, trial.fold.state, search.policy).ok;
}
