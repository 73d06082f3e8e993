/** `auxilio/testing`: the entry for test suites of applications; takes fast-check as a peer. */

export { wild as anyCommand } from './arbitraries/any-command.ts';
export { anyEvent } from './arbitraries/events.ts';
export {
  commandsIn,
  histories,
  type IllegalHistory,
  type Interleaving,
  illegalHistories,
  interleavings,
  type NearCommand,
  nearCommandsIn,
  type VisitHistory,
} from './arbitraries/histories.ts';
export { policies } from './arbitraries/policies.ts';
export { badLines } from './arbitraries/texts.ts';
export { type Asked, type Walk, walks } from './arbitraries/walks.ts';
export { ConformanceError } from './assert.ts';
export {
  type Arrow,
  type Broken,
  type Commutation,
  type CommutationConflict,
  type CommutationOptions,
  type CommutationPair,
  type CommutationVerdict,
  type ConflictExample,
  type DecisionCell,
  type DecisionRow,
  decisionTable,
  type Exploration,
  type ExploreOptions,
  explore,
  exploreCommutation,
  type FactGroup,
  type NamedState,
  type Overreach,
  type Part,
  type Path,
  type Progress,
  type RoleRow,
  roleMatrix,
  type StateReport,
  type Step,
  shortestHistories,
  stateDiagram,
} from './explore/index.ts';
export { type BrokenInvariant, firstBroken } from './first-broken.ts';
export { actors, advance, type CommandData, command, fact, minute } from './fixtures.ts';
export {
  type Expectation,
  type Given,
  given,
  givenOn,
  type Refused,
  SpecificationError,
  type Subject,
} from './given.ts';
export { type CoreSubject, coreLaws } from './laws/core.ts';
export type { ReconcileSubject } from './laws/deliver.ts';
export type { Handler } from './laws/handler-harness.ts';
export {
  type AsyncLaw,
  type HandlerHost,
  handlerLaws,
  type Projection,
  projectionLaws,
} from './laws/host.ts';
export type { Law, LawParameters } from './laws/law.ts';
export { type Merge, merges } from './laws/merges.ts';
export { reconcileLaws } from './laws/reconcile.ts';
export { sampleData } from './sample-data.ts';
export { type SyncServerCase, syncServerConformance } from './server/conformance.ts';
export type { SyncServerHost, SyncServerPerson } from './server/host.ts';
export { defaultMix, type Mix, offlineMix } from './simulate/mix.ts';
export { type Simulation, simulate } from './simulate/simulate.ts';
export type { SimulatedRequest, SimulatedVisit } from './simulate/simulated-visit.ts';
export { type StoreCase, type StoreConformance, storeConformance } from './store/conformance.ts';
export {
  type ReplicaStoreCase,
  type ReplicaStoreHost,
  replicaStoreConformance,
} from './store/replica-conformance.ts';
export { describeCapability, type StoreCapability, storeCapabilities } from './store/stage/capability.ts';
export {
  type AppendRecord,
  checkHistory,
  type FinalStream,
  type HistoryFault,
  type HistoryFinding,
} from './store/stage/history-checker.ts';
export type {
  HeldAppend,
  OpenedParts,
  OpenedStore,
  StoreHost,
  StoreProcess,
  TransactionOf,
} from './store/stage/host.ts';
export { storeTask } from './store/stage/task.ts';
export {
  eventsAfter,
  eventsBefore,
  type Overrides,
  type Point,
  plainVisit,
  points,
  type VisitAt,
  visitAt,
} from './visit-at.ts';
