export { isNonEmpty, type NonEmpty, type Refusal, type Verdict, violationsOf } from './decision.ts';
export { type Fold, foldOf, frozen, type Recipe } from './fold.ts';
export type { Facts, Json, Rule, Violation } from './rule.ts';
