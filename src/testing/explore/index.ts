export {
  type Commutation,
  type CommutationOptions,
  type CommutationPair,
  type CommutationVerdict,
  type ConflictExample,
  exploreCommutation,
} from './commutation.ts';
export { type ExploreOptions, explore } from './explore.ts';
export type { FactGroup } from './facts.ts';
export type { CommutationConflict } from './pair-check.ts';
export type {
  Arrow,
  Broken,
  Exploration,
  NamedState,
  Overreach,
  Path,
  StateReport,
  Step,
} from './result.ts';
export type { Progress } from './search-graph.ts';
export {
  type DecisionCell,
  type DecisionRow,
  decisionTable,
  type Part,
  type RoleRow,
  roleMatrix,
  shortestHistories,
  stateDiagram,
} from './tables.ts';
