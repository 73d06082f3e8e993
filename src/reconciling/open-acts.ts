import type { Actor, Id, ReportedAct, VisitEvent } from '../messages/index.ts';
import { owes } from '../visit/debts.ts';
import { decide, type Policy } from '../visit/index.ts';
import type { LogIndex } from './log-index.ts';
import { rebuildCommand, recordedUnder } from './repeats.ts';
import { goOn, type Trial, tellsOfReports } from './trial.ts';

/** An act of an open report: the report, its position there, the recorder, and what they had seen. */
export type Unsettled = ReportedAct & {
  readonly discrepancyId: Id;
  readonly position: number;
  readonly recorder: Actor;
  readonly basedOn: number;
};

/** Lists the acts of the reports whose debt is open, in the order in which they were reconciled. */
export function unsettledActs({ fold: { state }, reports }: LogIndex): readonly Unsettled[] {
  const acts = [...reports.values()].flatMap(({ event }) => {
    const { discrepancyId, basedOn, by: recorder, acts } = event.data;
    if (!owes(state, 'settle-discrepancy', discrepancyId)) return [];
    return acts.map((act, position) => ({ ...act, discrepancyId, position, recorder, basedOn }));
  });
  return acts.sort((one, other) => one.on - other.on);
}

/** The unsettled acts of a log, and the number of events and acts that may still be folded in search of conflicts. */
export type Search = {
  readonly log: readonly VisitEvent[];
  readonly acts: readonly Unsettled[];
  readonly policy: Policy;
  budget: number;
};

/** The places of events and of acts that a trial leaves out. */
type LeaveOut = { readonly events?: readonly number[]; readonly acts?: ReadonlySet<number> };

/** Continues a trial past the acts before a place, up to where the act at that place was judged, or to `length` events. */
export function goOnTo({ log, acts }: Search, trial: Trial, place: number, leaveOut: LeaveOut, length?: number): void {
  const { events, acts: others } = leaveOut;
  const takesEvent = (event: VisitEvent, nth: number) => !tellsOfReports(event) && !events?.includes(nth);
  const takesAct = ({ twinOf }: ReportedAct, nth: number) => twinOf === undefined && !others?.has(nth);
  goOn(trial, { log, acts, takesEvent, takesAct }, place, length);
}

/** True if an act is accepted where it was judged: a trial goes on to it. */
export function isAccepted(search: Search, trial: Trial, place: number, leaveOut: LeaveOut = {}): boolean {
  goOnTo(search, trial, place, leaveOut);
  const { acts, policy } = search;
  const act = acts[place] as Unsettled;
  if (act.violations[0]?.rule === 'id-reused') {
    const log = search.log.filter((_, nth) => nth < act.on && !leaveOut.events?.includes(nth));
    if (recordedUnder(act.commandId, { log, reported: acts.slice(0, place) })[0]) return false;
  }
  const command = rebuildCommand(act, act.recorder);
  return command !== undefined && decide(command, trial.fold.state, policy).ok;
}
