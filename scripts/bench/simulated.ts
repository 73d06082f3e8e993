import { decide, evolve, initialState, type VisitCommand, type VisitEvent, type VisitState } from 'auxilio';
import { simulate } from 'auxilio/testing';

/** The logs of so many simulated visits, always the same. */
export function simulatedLogs(visits: number): VisitEvent[][] {
  return [...simulate({ seed: 7, visits })].map(({ events }) => [...events]);
}

/** A command and the state that it is judged on. */
type Case = readonly [command: VisitCommand, state: VisitState];

/**
 * The commands of so many simulated visits, each on the state that it met, and each once more on the state before that: where
 * some are refused.
 */
export function simulatedCases(visits: number): { accepted: Case[]; refused: Case[]; states: VisitState[] } {
  const [accepted, refused, states]: [Case[], Case[], VisitState[]] = [[], [], []];
  for (const { commands } of simulate({ seed: 7, visits })) {
    let state = initialState();
    let earlier = state;
    for (const command of commands) {
      for (const judged of [state, earlier]) {
        (decide(command, judged).ok ? accepted : refused).push([command, judged]);
      }
      const decision = decide(command, state);
      if (!decision.ok) continue;
      earlier = state;
      for (const event of decision.events) state = evolve(state, event);
      states.push(state);
    }
  }
  return { accepted, refused, states };
}
