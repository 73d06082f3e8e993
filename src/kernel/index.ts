export { type NonEmpty, type Refusal, type Verdict, violationsOf } from './decision.ts';
export { foldOf, frozen } from './fold.ts';
export type { Facts, Json, Rule, Unmet } from './rule.ts';
