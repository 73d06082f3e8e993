export { type DecisionOf, type NonEmpty, type Refusal, violationsOf } from './decision.ts';
export { deepFreeze, evolveBy, type Recipe, replayBy, walkBy } from './fold.ts';
export type { Facts, FailedRule, Json, Rule } from './rule.ts';
