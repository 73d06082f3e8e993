export type {
  Arrow,
  Broken,
  Exploration,
  Finding,
  NamedState,
  Overreach,
  Path,
  Step,
} from './answers.ts';
export { type ExploreOptions, explore } from './explore.ts';
export type { FactGroup } from './facts.ts';
export type { Progress } from './found.ts';
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
