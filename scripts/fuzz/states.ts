import { evolve, initialState, type Phase, type VisitState } from 'auxilio';
import { parseEvent } from 'auxilio/wire';
import { logs } from './documents.ts';

/** The last state in each phase that the stored logs pass through: the fullest one. */
function statesByPhase(): ReadonlyMap<Phase, VisitState> {
  const found = new Map<Phase, VisitState>([['unassigned', initialState()]]);
  for (const log of logs) {
    let state = initialState();
    for (const line of log) {
      const parsed = parseEvent(line);
      if (parsed.ok) state = evolve(state, parsed.value);
      found.set(state.phase, state);
    }
  }
  return found;
}

const states = [...statesByPhase().values()];

/** A state in each phase, all of one visit but that of no visit yet. */
export const statesOf = (visitId: string): readonly VisitState[] =>
  states.map((state) => (state.visitId === null ? state : Object.freeze({ ...state, visitId })));
