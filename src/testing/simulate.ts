import type { VisitCommand, VisitEvent } from '../messages/index.ts';
import type { VisitState } from '../visit/index.ts';
import { dice } from './simulate/dice.ts';
import { type Mix, usual } from './simulate/mix.ts';
import { tell } from './simulate/story.ts';

/** How many visits, from which seed, and how often each branch is taken (`usual` where absent). @since 0.2.0 */
export type Simulation = { readonly visits: number; readonly seed?: number; readonly mix?: Partial<Mix> };

/** One visit, whole: what was asked in the order of its instants, the events, and the state after them. @since 0.2.0 */
export type SimulatedVisit = {
  readonly visitId: string;
  readonly commands: readonly VisitCommand[];
  readonly events: readonly VisitEvent[];
  readonly state: VisitState;
};

/**
 * A stream of realistic visits: working hours in Costa Rica, travel times, waits for materials, second visits days
 * later, and each branch of the protocol at its rate. The same seed makes the same visits. One visit at a time is in
 * memory, so that a million of them need no more than one.
 * @since 0.2.0
 */
export function* simulate({ visits, seed = 1, mix = {} }: Simulation): Generator<SimulatedVisit> {
  for (let index = 0; index < visits; index += 1) yield tell(index, dice(seed, index), { ...usual, ...mix });
}
