export { type DecisionOf, failedRules, isNonEmpty, type NonEmpty, none, type Refusal } from './decision.ts';
export { deepFreeze, foldAll, foldOne, type Recipe, startFold } from './fold.ts';
export type { Facts, FailedRule, Json, Rule } from './rule.ts';
