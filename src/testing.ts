/** `auxilio/testing`: the entry for test suites of applications; takes fast-check as a peer. */

export { anyCommand, anyEvent, badLines } from './testing/arbitraries/anything.ts';
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
} from './testing/arbitraries/histories.ts';
export { type Asked, policies, type Walk, walks } from './testing/arbitraries/walks.ts';
export { ConformanceError } from './testing/assert.ts';
export {
  type Commutation,
  type CommutationOptions,
  type CommutationPair,
  type CommutationVerdict,
  type ConflictExample,
  exploreCommutation,
} from './testing/explore/commutation.ts';
export { type ExploreOptions, explore } from './testing/explore/explore.ts';
export type { FactGroup } from './testing/explore/facts.ts';
export type { CommutationConflict } from './testing/explore/pair-check.ts';
export type {
  Arrow,
  Broken,
  Exploration,
  NamedState,
  Overreach,
  Path,
  StateReport,
  Step,
} from './testing/explore/result.ts';
export type { Progress } from './testing/explore/search-graph.ts';
export {
  type DecisionCell,
  type DecisionRow,
  decisionTable,
  type Part,
  type RoleRow,
  roleMatrix,
  shortestHistories,
  stateDiagram,
} from './testing/explore/tables.ts';
export { type BrokenInvariant, firstBroken } from './testing/first-broken.ts';
export { actors, advance, type CommandData, command, fact, minute } from './testing/fixtures.ts';
export {
  type Expectation,
  type Given,
  given,
  givenOn,
  type Refused,
  SpecificationError,
  type Subject,
} from './testing/given.ts';
export { type CoreSubject, coreLaws } from './testing/laws/core.ts';
export type { ReconcileSubject } from './testing/laws/deliver.ts';
export type { Handler } from './testing/laws/handler-harness.ts';
export {
  type AsyncLaw,
  type HandlerHost,
  handlerLaws,
  type Projection,
  projectionLaws,
} from './testing/laws/host.ts';
export type { Law, LawParameters } from './testing/laws/law.ts';
export { type Merge, merges } from './testing/laws/merges.ts';
export { reconcileLaws } from './testing/laws/reconcile.ts';
export { sampleData } from './testing/sample-data.ts';
export { type SyncServerCase, syncServerConformance } from './testing/server/conformance.ts';
export type { SyncServerHost, SyncServerPerson } from './testing/server/stage.ts';
export { defaultMix, type Mix, offlineMix } from './testing/simulate/mix.ts';
export { type Simulation, simulate } from './testing/simulate/simulate.ts';
export type { SimulatedRequest, SimulatedVisit } from './testing/simulate/visit-recorder.ts';
export { type StoreCase, type StoreConformance, storeConformance } from './testing/store/conformance.ts';
export {
  type ReplicaStoreCase,
  type ReplicaStoreHost,
  replicaStoreConformance,
} from './testing/store/replica-conformance.ts';
export {
  type AppendRecord,
  checkHistory,
  type FinalStream,
  type HistoryFault,
  type HistoryFinding,
} from './testing/store/stage/history-checker.ts';
export {
  describeCapability,
  type HeldAppend,
  type OpenedParts,
  type OpenedStore,
  type StoreCapability,
  type StoreHost,
  type StoreProcess,
  storeCapabilities,
  type TransactionOf,
} from './testing/store/stage/host.ts';
export { storeTask } from './testing/store/stage/writers.ts';
export {
  eventsAfter,
  eventsBefore,
  type Overrides,
  type Point,
  plainVisit,
  points,
  type VisitAt,
  visitAt,
} from './testing/visit-at.ts';
