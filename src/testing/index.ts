/** What other teams' suites import to test their code against the protocol; takes fast-check as a peer. */
export { anyEvent } from './arbitraries/events.ts';
export {
  commandsIn,
  type History,
  histories,
  type IllegalHistory,
  type Interleaving,
  illegalHistories,
  interleavings,
  type NearCommand,
  nearCommandsIn,
} from './arbitraries/histories.ts';
export { policies } from './arbitraries/policies.ts';
export { badLines } from './arbitraries/texts.ts';
export { type Asked, type Walk, walks } from './arbitraries/walks.ts';
export { wild as anyCommand } from './arbitraries/wild.ts';
export { type Expectation, type Given, given, givenOn, type Refused, StoryError, type Subject } from './given.ts';
export { type CoreSubject, coreLaws, type Law, type LawParameters } from './laws.ts';
export { type Mix, usual as usualMix } from './simulate/mix.ts';
export { type SimulatedVisit, type Simulation, simulate } from './simulate.ts';
export { cast, type Overrides, type Point, points, type VisitAt, visitAt } from './visit-at.ts';
