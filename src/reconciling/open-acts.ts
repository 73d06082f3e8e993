import type { Actor, Id, ReportedAct, VisitCommand, VisitEvent } from '../messages/index.ts';
import { reconstructCommand } from '../reading/judging/reconstruct-command.ts';
import { owes } from '../visit/debts.ts';
import { decide, type Policy, type VisitState } from '../visit/index.ts';
import { actOfEvent } from '../visit/table.ts';
import { incrementalFold } from '../visit/visit.ts';
import { quoted } from './repeats.ts';

/** An act of an open report: the report, its position there, the recorder, and what they had seen. */
export type Unsettled = {
  readonly discrepancyId: Id;
  readonly position: number;
  readonly recorder: Actor;
  readonly basedOn: number;
  readonly act: ReportedAct;
};

/** Lists the acts of the reports whose debt is open, in the order in which they were reconciled. */
export function unsettledActs(log: readonly VisitEvent[], visit: VisitState): readonly Unsettled[] {
  return log.flatMap((event) => {
    if (event.type !== 'DiscrepancyReported' || !owes(visit, 'settle-discrepancy', event.data.discrepancyId)) return [];
    const { discrepancyId, basedOn, by: recorder, acts } = event.data;
    return acts.map((act, position) => ({ discrepancyId, position, recorder, basedOn, act }));
  });
}

/** The part of a log that is left out of a trial: events by their index, and unsettled acts. */
type Without = { readonly events?: readonly number[]; readonly acts?: readonly Unsettled[] };

/** The unsettled acts of a visit, each of which can be tried where it was judged. */
export type Trial = {
  /** The number of events and acts that may still be folded before the search gives up. */
  budget: number;
  /** True if an act would have been accepted where it was judged, had those before it been taken where they were. */
  readonly isAccepted: (one: Unsettled, without?: Without) => boolean;
};

/** Starts to try the unsettled acts of a log. */
export function startTrial(
  log: readonly VisitEvent[],
  acts: readonly Unsettled[],
  policy: Policy,
  budget: number,
): Trial {
  const start = Math.min(log.length, ...acts.flatMap(({ basedOn, act }) => [basedOn, act.on]));
  const before = incrementalFold();
  for (const event of log.slice(0, start)) before.step(event);
  const trial: Trial = {
    budget,
    isAccepted: (one, { events = [], acts: others = [] } = {}) => {
      const { state, step } = incrementalFold(before.state);
      const earlier = acts.slice(0, acts.indexOf(one)).filter(({ act }) => act.twinOf === undefined);
      const taken = earlier.filter((other) => !others.includes(other));
      for (let place = start; place <= one.act.on; place += 1) {
        for (const { act } of taken) if (act.on === place) step(quoted(act));
        const event = place < one.act.on ? log[place] : undefined;
        if (event !== undefined && !events.includes(place)) step(event);
      }
      trial.budget -= one.act.on - start + taken.length + 1;
      return decide(commandOf(one), state, policy).ok;
    },
  };
  return trial;
}

/** The command of an act that was reported. */
function commandOf({ act, recorder: actor }: Unsettled): VisitCommand {
  const definition = actOfEvent(act.type);
  const type = definition?.command ?? act.type;
  const data = definition === undefined ? act.data : reconstructCommand(definition, quoted(act)).data;
  return { type, data, metadata: { actor } } as VisitCommand;
}
